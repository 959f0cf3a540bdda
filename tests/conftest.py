"""A small fact base to write facts into, with everything real behind it."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from nam_flash.build import Built, build
from nam_flash.deck import Deck, Note
from nam_flash.distribution import Distribution, distribute
from nam_flash.export import apkg
from nam_flash.load import Library, load
from nam_flash.lock import Lock, parse_lock, released, render_lock
from nam_flash.problem import Problem
from nam_flash.recipe import read_recipe
from nam_flash.release import with_version

# A busy machine is no failure: no absolute time bounds a test.
settings.register_profile("untimed", deadline=None, derandomize=True)
settings.load_profile("untimed")

TEMPLATES = Path(__file__).parents[1] / "nam_flash" / "templates"
BASE = Path(__file__).parent / "fixtures" / "base"

#: 2024-01-01, the clock of the tests unless one says otherwise: Anki rewrites ids of the future.
NOW = 1704067200

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><title>A</title><desc>B</desc>{}</svg>'
#: The drawing that `nam-flash init` makes.
DRAWING = (TEMPLATES / "drawing.svg").read_text(encoding="utf-8")
FIGURE = """\
- {{id: {0}, file: {0}.svg, title: T, alt: 'A <b>', topic: first, credit: Me, licence: CC0,
   cite: [smith2020]}}
"""


@dataclass
class FactBase:
    """A folder with cards/ and decks/ that a test fills."""

    folder: Path

    @property
    def cards(self) -> Path:
        return self.folder / "cards"

    @property
    def recipe(self) -> Path:
        return self.folder / "decks" / "test.yaml"

    @property
    def lock(self) -> Path:
        return self.folder / "decks" / "test.lock"

    def write(self, facts: str, name: str = "facts.yaml") -> "FactBase":
        path = self.cards / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(facts, encoding="utf-8")
        return self

    def picture(self, id_: str, more: str = "") -> "FactBase":
        """Add a figure, ``more`` inside its SVG."""
        (self.cards / f"{id_}.svg").write_text(SVG.format(more), encoding="utf-8")
        with (self.cards / "figures.yaml").open("a", encoding="utf-8") as file:
            file.write(FIGURE.format(id_))
        return self

    def drawing(self, svg: str = DRAWING) -> "FactBase":
        """Add the figure ``drawing``, a fibre with a membrane and a nucleus, or another SVG."""
        (self.cards / "drawing.svg").write_text(svg, encoding="utf-8")
        return self.write(FIGURE.format("drawing"), "figures.yaml")

    def load(self) -> tuple[Library, list[Problem]]:
        return load(self.cards)

    def problems(self) -> list[Problem]:
        """All problems of loading and building."""
        return self._build(NOW)[1]

    def codes(self) -> list[str]:
        return [problem.code for problem in self.problems()]

    def build(self, now: int = NOW) -> Built:
        """Build, keep the lock on disk, and fail on any problem."""
        built, problems = self._build(now)
        assert problems == []
        self.lock.write_text(render_lock(built.lock), encoding="utf-8")
        return built

    def release(self, version: str, now: int = NOW) -> Distribution:
        """Make a release of the facts as they are, as `nam-flash release` does."""
        library, problems = self.load()
        recipe = read_recipe(self.recipe, problems)
        assert recipe is not None
        self.recipe.write_text(
            with_version(self.recipe.read_text("utf-8"), recipe, version), "utf-8"
        )
        lock = released(self.build(now).lock, version, now)
        self.lock.write_text(render_lock(lock), encoding="utf-8")
        recipe = read_recipe(self.recipe, problems)
        assert recipe is not None
        built, found = build(library, recipe, lock, self.lock, now)
        assert [*problems, *found] == []
        return distribute(built.deck, recipe, built.lock)

    def note(self, key: str) -> Note:
        (note,) = (note for note in self.build().deck.notes if note.key == key)
        return note

    def package(self, now: int = NOW, name: str = "test") -> Path:
        """Build and write the package as a student would get it."""
        path = self.folder / f"{name}.apkg"
        path.write_bytes(pack(self.build(now).deck))
        return path

    def _build(self, now: int) -> tuple[Built, list[Problem]]:
        library, problems = self.load()
        recipe = read_recipe(self.recipe, problems)
        assert recipe is not None, problems
        lock = Lock()
        if self.lock.exists():
            lock, found = parse_lock(str(self.lock), self.lock.read_text(encoding="utf-8"))
            problems += found
        built, found = build(library, recipe, lock, self.lock, now)
        return built, [*problems, *found]


def pack(deck: Deck) -> bytes:
    return apkg.export(deck, "test")["test.apkg"]


def fill(folder: Path) -> FactBase:
    """Copy the empty fact base into a folder."""
    for path in sorted(BASE.rglob("*.yaml")):
        target = folder / path.relative_to(BASE)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    return FactBase(folder)


@pytest.fixture
def base(tmp_path: Path) -> FactBase:
    """An empty fact base: taxonomy, sources, glossary and recipe, no fact."""
    return fill(tmp_path)
