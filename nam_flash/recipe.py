"""A recipe: which decks to make of a library, their names and their identity."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated

from nam_flash.deck import Deck, Note
from nam_flash.fact import Level
from nam_flash.files import Shelf, read_file
from nam_flash.kinds import kind_of
from nam_flash.problem import Problem
from nam_flash.reader import Form, Line, Origin, Slug, Text, TopicPath, Version, about


@dataclass(frozen=True, slots=True)
class Selection:
    """Which notes a package holds. An empty tuple means all."""

    level: tuple[Level, ...] = field(default=(), metadata=about("Only these levels."))
    topic: tuple[TopicPath, ...] = field(
        default=(), metadata=about("Only these topics with their subtopics.")
    )
    kind: tuple[Slug, ...] = field(default=(), metadata=about("Only these kinds of fact."))

    def takes(self, note: Note) -> bool:
        """Tell whether the selection takes a note, by its fact's level, topics and kind."""
        fact = note.fact
        return (
            (not self.level or fact.level in self.level)
            and (not self.kind or kind_of(fact) in self.kind)
            and (not self.topic or any(self._under(path) for path in (fact.topic, *fact.tags)))
        )

    def _under(self, path: str) -> bool:
        return any(path == topic or path.startswith(f"{topic}/") for topic in self.topic)

    def __str__(self) -> str:
        """Return what is taken, in words, such as ``core; antibodies``."""
        return "; ".join(", ".join(part) for part in (self.level, self.topic, self.kind) if part)


@dataclass(frozen=True, slots=True)
class Package:
    """One file to write."""

    file: Annotated[str, Form("a file name such as nam.apkg", r"[A-Za-z0-9_.-]+\.apkg")] = field(
        metadata=about("The file's name, in the folder of the recipe.")
    )
    title: Line = field(metadata=about("What it is, for the deck's description."))
    select: Selection = field(default=Selection(), metadata=about("Which notes it holds."))


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a library becomes decks."""

    name: Annotated[str, Form("a deck's name without '::'", r"(?![^\n]*::)[^\n\"]*\S")] = field(
        metadata=about("The name of the top deck.")
    )
    namespace: Slug = field(metadata=about("The first part of every GUID: never changed."))
    version: Version = field(metadata=about("The release."))
    description: Text = field(metadata=about("What learners should know; shown by Anki."))
    licence: Line = field(metadata=about("The licence of the cards."))
    packages: tuple[Package, ...] = field(metadata=about("The files to write."))
    origin: Origin = field(repr=False, compare=False)
    retired_deck: Annotated[str, Form("a deck's name without '::'", r"(?![^\n]*::)[^\n\"]*\S")] = (
        field(
            default="99 Retired",
            metadata=about("The subdeck of retired cards, for new learners.", key="retired-deck"),
        )
    )
    report: Annotated[
        str, Form("an address such as 'mailto:?subject={id}'", r"(https://|mailto:)[^\s\"]+")
    ] = field(
        default="",
        metadata=about("Where a card's link for reports leads; {id} and {version} are filled in."),
    )
    kind_decks: dict[str, Line] = field(
        default_factory=dict,
        metadata=about("Kind -> a subdeck of its own, instead of the topic's.", key="kind-decks"),
    )


def read_recipe(path: Path, problems: list[Problem], shelf: Shelf | None = None) -> Recipe | None:
    """Read a recipe; None when it has problems, which are appended."""
    recipe: Recipe | None = read_file(path, Recipe, problems, shelf)
    return recipe


def select(deck: Deck, selection: Selection, title: str) -> Deck:
    """Return the part of a deck that a selection takes; names, ids and stamps stay."""
    chosen = part(deck, (note for note in deck.notes if selection.takes(note)))
    return replace(chosen, description=f"{title}.\n{deck.description}")


def part(deck: Deck, chosen: Iterable[Note]) -> Deck:
    """Return a deck of some of its notes, without what none of them uses."""
    notes = tuple(chosen)
    types = {note.note_type.key for note in notes}
    cited = {citation.id for note in notes for _, citation in note.fact.citations()}
    return replace(
        deck,
        notes=notes,
        note_types=tuple(t for t in deck.note_types if t.key in types),
        sources={id_: source for id_, source in deck.sources.items() if id_ in cited},
        media={name: deck.media[name] for name in sorted({n for x in notes for n in x.media})},
    )
