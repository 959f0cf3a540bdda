"""What ``diff`` and ``rehearse`` compare: a package, a folder, or a revision of git."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from nam_flash.cli.input import Loaded, fail, load_all, status
from nam_flash.cli.release import previous

if TYPE_CHECKING:
    from nam_flash.edition import Edition
    from nam_flash.fact import Fact


@dataclass(frozen=True, slots=True)
class Given:
    """One side: its name, its package, what learners have of it.

    Of a folder or a revision also its facts by id, and its update packs by the release from which
    they lead.
    """

    label: str
    data: bytes
    edition: "Edition"
    facts: "Mapping[str, Fact]" = field(default_factory=dict)
    packs: Mapping[str, bytes] = field(default_factory=dict)


def given(text: str) -> Given:
    """Return what ``text`` names: an .apkg, a folder with cards/ and decks/, or a revision.

    Exits with 1 and says why when it cannot be read.
    """
    path = Path(text)
    if path.is_dir():
        return _folder(path, text)
    if path.suffix == ".apkg" or path.is_file():
        return _package(path)
    return _revision(text)


def last_release() -> Given:
    """Return the package of the last release of the folder here."""
    path = previous(load_all(None, None))
    if path is None:
        raise click.UsageError("Nothing has been released yet: say what to compare with (OLD)")
    return _package(path)


def _package(path: Path) -> Given:
    from nam_flash.edition import read

    try:
        data = path.read_bytes()
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}") from error
    edition = read(data)
    if isinstance(edition, str):
        raise click.ClickException(f"{path}: {edition}")
    return Given(str(path), data, edition)


def _folder(folder: Path, label: str) -> Given:
    """Build a folder in memory, with its own lock; nothing is written."""
    cards = folder / "cards"
    if not cards.is_dir():
        raise click.ClickException(f"{folder}: no folder cards/ in it")
    # Relative, so that places in problems are as in `check`.
    return _built(load_all(None if folder == Path() else cards, None), label)


def _built(loaded: Loaded, label: str) -> Given:
    from nam_flash.distribution import packs
    from nam_flash.edition import of_deck
    from nam_flash.export import apkg
    from nam_flash.recipe import select

    if loaded.problems:
        fail(loaded.problems)
    package = loaded.recipe.packages[0]
    deck = select(loaded.built.deck, package.select, package.title)
    (data,) = apkg.export(deck, "x").values()
    facts = {fact.id: fact for fact in loaded.library.facts}
    lock = loaded.built.lock
    made = {since: packs(deck, replace(lock, releases={since: 0}), "x") for since in lock.releases}
    return Given(
        label, data, of_deck(deck), facts, {since: p[0].data for since, p in made.items() if p}
    )


def _revision(revision: str) -> Given:
    from nam_flash.revision import RevisionError, extract

    status(f"reading {revision}")
    with TemporaryDirectory(prefix="nam-flash-") as folder:
        try:
            extract(revision, ("cards", "decks"), Path(), Path(folder))
        except RevisionError as error:
            raise click.ClickException(
                f"{revision!r} is no package, no folder and no revision here: {error}"
            ) from error
        return _folder(Path(folder), revision)
