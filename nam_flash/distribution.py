"""Recipe + deck + lock -> every file that is handed out: packages, update packs, checksums."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import requires, version
from re import match

from nam_flash import __version__, update_pack
from nam_flash.deck import Deck
from nam_flash.export import EXPORTERS
from nam_flash.lock import Lock, numbers
from nam_flash.manifest import Artefact, render
from nam_flash.recipe import Recipe, select


@dataclass(frozen=True, slots=True)
class Distribution:
    """The files to hand out, and those that describe them."""

    artefacts: tuple[Artefact, ...]
    papers: dict[str, bytes]

    @property
    def files(self) -> dict[str, bytes]:
        """All files by name."""
        return {**{a.name: a.data for a in self.artefacts}, **self.papers}


def distribute(
    deck: Deck, recipe: Recipe, lock: Lock, status: Callable[[str], None] = lambda text: None
) -> Distribution:
    """Make the packages of a recipe, and for each an update pack from every earlier release."""
    artefacts = []
    for package in recipe.packages:
        status(f"writing {package.file}")
        part = select(deck, package.select, package.title)
        if not part.notes:
            continue
        stem = package.file.removesuffix(".apkg")
        artefacts.append(artefact(part, EXPORTERS["apkg"](part, stem)))
        artefacts += packs(part, lock, stem)
    return Distribution(tuple(artefacts), render(deck, artefacts, tools()))


def packs(deck: Deck, lock: Lock, stem: str) -> list[Artefact]:
    """Return the update packs of a package from each release before its own."""
    made = []
    for since in sorted(lock.releases, key=numbers):
        if since == deck.version:
            continue
        new = {n.key for n in deck.notes if numbers(lock.notes[n.key].since) > numbers(since)}
        changed = {
            n.key for n in deck.notes if numbers(lock.notes[n.key].version) > numbers(since)
        } - new
        files = update_pack.export(deck, new, changed, since, stem)
        touched = [note for note in deck.notes if note.key in new | changed]
        made += [
            Artefact(name, data, len(touched), sum(len(note.ords) for note in touched))
            for name, data in files.items()
        ]
    return made


def artefact(deck: Deck, files: dict[str, bytes]) -> Artefact:
    """Return the one file that was made of a deck."""
    ((name, data),) = files.items()
    return Artefact(name, data, len(deck.notes), sum(1 for _ in deck.cards()))


def tools() -> dict[str, str]:
    """Return the versions of the tool and of what it needs to build, by name."""
    needed = [line for line in requires("nam-flash") or () if "extra ==" not in line]
    names = [found.group() for line in needed if (found := match(r"[\w.-]+", line))]
    return {"nam-flash": __version__, **{name: version(name) for name in sorted(names)}}
