"""The decks in the repository are those of its facts, and the facts hold what we promise."""

import sqlite3
import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest

from nam_flash.build import Built, build
from nam_flash.export import apkg
from nam_flash.kinds import kind_of
from nam_flash.load import Library, load
from nam_flash.lock import parse_lock
from nam_flash.problem import Problem
from nam_flash.recipe import Recipe, read_recipe, select

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "decks" / "nam.lock"


@pytest.fixture(scope="module")
def library() -> Library:
    library, problems = load(ROOT / "cards")
    assert [str(problem) for problem in problems] == []
    return library


@pytest.fixture(scope="module")
def recipe() -> Recipe:
    problems: list[Problem] = []
    recipe = read_recipe(ROOT / "decks" / "nam.yaml", problems)
    assert recipe is not None, problems
    return recipe


@pytest.fixture(scope="module")
def built(library: Library, recipe: Recipe) -> Built:
    lock, problems = parse_lock(str(LOCK), LOCK.read_text(encoding="utf-8"))
    # A clock far ahead shows in every stamp that the lock does not hold.
    built, found = build(library, recipe, lock, LOCK, 4_000_000_000)
    assert [str(problem) for problem in (*problems, *found)] == []
    assert built.lock == lock
    return built


def database(package: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(package)) as archive:
        return archive.read("collection.anki2")


@pytest.mark.parametrize("name", ["nam.apkg", "nam-core.apkg", "nam-board.apkg"])
def test_the_packages_are_current(built: Built, recipe: Recipe, name: str) -> None:
    """The inner database is compared, as compression may differ between builds of zlib."""
    (package,) = (package for package in recipe.packages if package.file == name)
    deck = select(built.deck, package.select, package.title)
    fresh = apkg.export(deck, "x")["x.apkg"]
    assert database((ROOT / "decks" / name).read_bytes()) == database(fresh)


def test_there_is_enough_to_learn(library: Library, built: Built) -> None:
    kinds = Counter(kind_of(fact) for fact in library.facts)
    assert len(library.facts) >= 400
    assert sum(1 for _ in built.deck.cards()) >= 800
    assert kinds["vignette"] >= 60
    assert kinds["comparison"] >= 12
    assert kinds["threshold"] >= 8
    core = sum(len(note.ords) for note in built.deck.notes if note.fact.level == "core")
    assert 150 <= core <= 220


def test_no_topic_is_a_desert(library: Library) -> None:
    facts = Counter(fact.topic.split("/")[0] for fact in library.facts)
    tops = {path.split("/")[0] for path in library.topics}
    assert set(facts) == tops
    assert min(facts.values()) >= 10


def test_every_source_is_cited_and_no_source_carries_the_deck(library: Library) -> None:
    cited: Counter[str] = Counter()
    for fact in library.facts:
        cited.update({citation.id for _, citation in fact.citations()})
    cited.update(citation.id for figure in library.figures.values() for citation in figure.cite)
    assert set(cited) == set(library.sources)
    assert max(cited.values()) < len(library.facts) / 10


def test_the_lookalikes_are_compared(library: Library) -> None:
    (fact,) = (fact for fact in library.facts if fact.id == "imnm-lookalikes")
    assert kind_of(fact) == "comparison"
    assert len(getattr(fact, "entities", ())) >= 9


def test_no_card_is_without_a_linked_source(built: Built) -> None:
    for note in built.deck.notes:
        assert '<a href="https://' in note.value("Source"), note.key


def test_the_database_is_sound(built: Built) -> None:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(database((ROOT / "decks" / "nam.apkg").read_bytes()))
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    (count,) = connection.execute("SELECT count(*) FROM notes").fetchone()
    assert count == len(built.deck.notes)
