"""Editions: what learners have of a release, the same from a deck and from its package."""

from dataclasses import replace
from pathlib import Path

import pytest

from nam_flash.deck import Deck
from nam_flash.edition import Edition, of_deck, read
from tests.conftest import FactBase, pack
from tests.test_verify import damaged

SMALL = Path(__file__).parent / "fixtures" / "small"


@pytest.fixture
def deck(base: FactBase) -> Deck:
    """A deck with a note of each kind and a figure."""
    base.write((SMALL / "facts.yaml").read_text(encoding="utf-8"))
    for name in ("figure.svg", "figures.yaml"):
        (base.cards / name).write_bytes((SMALL / name).read_bytes())
    return base.build().deck


def edition(data: bytes) -> Edition:
    found = read(data)
    assert isinstance(found, Edition), found
    return found


def test_a_deck_and_its_package_are_one_edition(deck: Deck) -> None:
    built, shipped = of_deck(deck), edition(pack(deck))
    assert built == shipped
    assert list(built.notes) == list(shipped.notes)  # in teaching order
    assert (built.name, built.version, len(built.notes), built.cards) == ("Test", "0.1.0", 8, 12)
    assert len(built.media) == 1


def test_a_note_says_what_learners_have(deck: Deck) -> None:
    note = of_deck(deck).notes["test:table/site/a"]
    assert (note.key, note.fact, note.ords) == ("table/site/a", "table", (0, 1))
    assert (note.type_name, note.deck) == ("nam-flash Basic", "Test::10 First")
    assert note.fields["Answer"] == "thigh"
    assert note.fields.keys() - note.said.keys() == {"Version", "Report"}


@pytest.mark.parametrize(
    ("sql", "version"),
    [
        ("UPDATE col SET decks = replace(decks, 'Version 0.1.0.', '')", "0.1.0"),
        ("UPDATE col SET decks = replace(decks, 'Version 0.1.0.', 'Version 3.2.1.')", "3.2.1"),
        (
            "UPDATE col SET decks = replace(decks, 'Version 0.1.0.', '');"
            "UPDATE notes SET flds = replace(flds, '0.1.0', '0.10.0') WHERE guid = 'test:case'",
            "0.10.0",
        ),
    ],
)
def test_the_version_is_that_of_the_description_else_the_newest_of_a_note(
    deck: Deck, sql: str, version: str
) -> None:
    assert edition(damaged(pack(deck), sql)).version == version


def test_a_guid_that_notes_share_is_noted(deck: Deck) -> None:
    sql = "UPDATE notes SET guid = 'test:question' WHERE guid = 'test:sentence'"
    assert edition(damaged(pack(deck), sql)).twice == ("test:question",)
    twice = replace(deck, notes=(*deck.notes, deck.notes[0]))
    assert of_deck(twice).twice == (deck.notes[0].guid,)


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("UPDATE notes SET mid = 1 WHERE guid = 'test:case'", "test:case: no note type 1"),
        ("UPDATE notes SET flds = 'x' WHERE guid = 'test:case'", "test:case: 1 fields, not 15"),
        ("DROP TABLE cards", "damaged, or no Anki package"),
    ],
)
def test_what_is_wrong_with_a_package_is_said(deck: Deck, sql: str, message: str) -> None:
    assert message in str(read(damaged(pack(deck), sql)))
    assert "no Anki package" in str(read(b"text"))
