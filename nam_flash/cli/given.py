"""A release as a person names it on the command line: a package, a folder or a git revision."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from nam_flash.cli.input import Loaded, clock, fail, load_all
from nam_flash.cli.release import previous

if TYPE_CHECKING:
    from nam_flash.deck import Deck
    from nam_flash.edition import Edition
    from nam_flash.fact import Fact
    from nam_flash.lock import Lock
    from nam_flash.problem import Problem


@dataclass(frozen=True, slots=True)
class Given:
    """A release: what learners have of it, and what is known beyond that.

    ``deck``, its ``lock`` and ``facts`` (by id) are there when it was built from facts, ``data``
    when it was a package; ``label`` is what the person called it.
    """

    label: str
    edition: "Edition"
    deck: "Deck | None" = None
    facts: "Mapping[str, Fact] | None" = None
    data: bytes = b""
    lock: "Lock | None" = None

    def package(self) -> bytes:
        """Return the bytes of its package; of facts, that of the whole deck."""
        if self.deck is None:
            return self.data
        from nam_flash.export import EXPORTERS

        (data,) = EXPORTERS["apkg"](self.deck, "given").values()
        return data

    def pack(self, since: str) -> bytes | None:
        """Return the update pack from a release, of facts that know it; None where nothing is."""
        if self.deck is None or self.lock is None or since not in self.lock.releases:
            return None
        from nam_flash.distribution import packs

        lock = replace(self.lock, releases={since: self.lock.releases[since]})
        return next((made.data for made in packs(self.deck, lock, "given")), None)


def given(text: str) -> Given:
    """Return the release that ``text`` names: a file or folder if there is one, else a revision.

    Facts are built with their own lock, which is not written. Ends the command with 1 when the
    release cannot be read, and prints why.
    """
    path = Path(text)
    if path.is_dir():
        return _folder(path, text)
    if path.exists():
        return _package(path)
    if path.suffix == ".apkg":
        raise click.ClickException(f"{text}: no such package")
    return _revision(text)


def here() -> Given:
    """Return the release that the folder here would make (elsewhere, that of the shipped facts)."""
    return _built(load_all(None, None), "the folder here" if Path("cards").is_dir() else "shipped")


def last_release() -> str:
    """Return the package of the last release of the folder here, or ``HEAD`` before the first."""
    path = previous(load_all(None, None))
    return str(path) if path else "HEAD"


def _package(path: Path) -> Given:
    from nam_flash.edition import read

    try:
        data = path.read_bytes()
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}") from error
    edition = read(data)
    if isinstance(edition, str):
        raise click.ClickException(f"{path}: {edition}")
    return Given(str(path), edition, data=data)


def _folder(folder: Path, label: str) -> Given:
    if not (folder / "cards").is_dir():
        raise click.ClickException(f"{label}: no folder cards/ in it")
    return _built(load_all(folder / "cards", None), label)


def _built(loaded: Loaded, label: str) -> Given:
    from nam_flash.edition import of_deck

    if loaded.problems:
        fail(loaded.problems)
    facts = {fact.id: fact for fact in loaded.library.facts}
    deck = loaded.built.deck
    return Given(label, of_deck(deck), deck, facts, lock=loaded.built.lock)


def _revision(name: str) -> Given:
    from nam_flash.recipe import read_recipe
    from nam_flash.revision import RevisionError, extract
    from nam_flash.workspace import find

    with TemporaryDirectory(prefix="nam-flash-") as temporary:
        folder = Path(temporary)
        try:
            committed = extract(name, folder)
        except RevisionError as error:
            raise click.ClickException(str(error)) from error
        problems: list[Problem] = []
        workspace = find(folder / "cards", None, None, problems)
        if workspace is None or read_recipe(workspace.recipe, problems) is None:
            fail(_placed(problems, folder, name))
        # What its lock does not know was made by its commit, not today.
        loaded = load_all(workspace.cards, workspace.recipe, now=min(committed, clock()))
        loaded = replace(loaded, problems=_placed(loaded.problems, folder, name))
        return _built(loaded, name)


def _placed(problems: "list[Problem]", folder: Path, name: str) -> "list[Problem]":
    """Return the problems with the names that git gives files (``v1.0.0:cards/...``)."""

    def named(text: str) -> str:
        return text.replace(f"{folder}/", f"{name}:")

    return [
        replace(
            problem,
            where=problem.where._replace(path=named(problem.where.path)),
            found=named(problem.found),
            expected=named(problem.expected),
        )
        for problem in problems
    ]
