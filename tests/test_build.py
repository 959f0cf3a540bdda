"""Library + recipe + lock -> deck: order, subdecks, tags, slices, media."""

import hashlib

import pytest

from nam_flash.build import teaching_order
from nam_flash.recipe import Selection, select
from tests.conftest import FactBase

LINE = "kind: basic, level: {level}, cite: [smith2020], question: '{id}?', answer: A"


def fact(id_: str, topic: str, level: str = "core", more: str = "") -> str:
    return f"- {{id: {id_}, topic: {topic}, {LINE.format(level=level, id=id_)}{more}}}\n"


def order(base: FactBase, facts: str) -> list[str]:
    base.write(facts)
    return [fact.id for fact in teaching_order(base.load()[0])]


def test_topics_come_in_the_order_of_the_taxonomy(base: FactBase) -> None:
    facts = (
        fact("d", "second")
        + fact("c", "first/beta")
        + fact("b", "first/alpha")
        + fact("a", "first")
    )
    assert order(base, facts) == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("needs", "expected"),
    [
        ({}, "abcd"),
        ({"a": "c"}, "bcad"),
        ({"a": "d", "d": "b"}, "bcda"),
        ({"b": "a", "c": "b", "d": "c"}, "abcd"),
        ({"a": "z"}, "abcd"),
    ],
)
def test_needs_come_first_and_nothing_else_moves(
    base: FactBase, needs: dict[str, str], expected: str
) -> None:
    facts = "".join(
        fact(id_, "first", more=f", needs: [{needs[id_]}]" if id_ in needs else "")
        for id_ in "abcd"
    )
    facts += fact("z", "second")
    assert "".join(order(base, facts)).removesuffix("z") == expected


def test_tags_and_subdecks(base: FactBase) -> None:
    base.write(fact("a", "first/alpha", "advanced", ", tags: [second]"))
    note = base.note("a")
    assert note.tags == ("T::First::Alpha", "T::Second", "T::^Level::Advanced", "T::^Kind::Basic")
    assert note.deck == "Test::10 First"


def test_positions_number_the_notes(base: FactBase) -> None:
    base.write(fact("b", "second") + fact("a", "first"))
    assert [(n.key, n.position) for n in base.build().deck.notes] == [("a", 1), ("b", 2)]


@pytest.mark.parametrize(
    ("selection", "keys"),
    [
        (Selection(), "abcd"),
        (Selection(level=("core",)), "ac"),
        (Selection(topic=("first",)), "abd"),
        (Selection(topic=("first/alpha",)), "ad"),
        (Selection(topic=("second", "first/beta"), level=("advanced",)), "bd"),
        (Selection(kind=("cloze",)), ""),
    ],
)
def test_slices_keep_notes_as_they_are(base: FactBase, selection: Selection, keys: str) -> None:
    base.write(
        fact("a", "first/alpha")
        + fact("b", "first/beta", "advanced")
        + fact("c", "second")
        + fact("d", "second", "advanced", ", tags: [first/alpha]")
    )
    whole = base.build().deck
    part = select(whole, selection, "A part")
    assert "".join(sorted(note.key for note in part.notes)) == keys
    assert all(note in whole.notes for note in part.notes)
    assert part.description.startswith("A part.\n")


def test_the_description_says_what_learners_must_know(base: FactBase) -> None:
    base.write(fact("a", "first"))
    description = base.build().deck.description
    for part in ("A deck for tests.", "Version 0.1.0", "CC BY 4.0", "not medical advice"):
        assert part in description


def test_figures_are_named_by_content(base: FactBase) -> None:
    base.picture("ring")
    base.write(fact("a", "first", more=", figure: ring") + fact("b", "first"))
    picture = (base.cards / "ring.svg").read_bytes()
    deck = base.build().deck
    name = f"_nam-flash-{hashlib.sha256(picture).hexdigest()[:16]}.svg"
    assert deck.media == {name: picture}
    assert deck.notes[0].media == (name,)
    assert deck.notes[0].value("Extra") == (
        f'<figure><img src="{name}" alt="A &lt;b&gt;"><figcaption>T; Me, CC0</figcaption></figure>'
    )
    before = deck.notes[0].mod
    (base.cards / "ring.svg").write_bytes(picture + b"\n")
    changed = base.build(before + 9).deck
    assert [note.mod for note in changed.notes] == [before + 9, before]


def test_a_figure_that_no_fact_shows_is_not_in_the_deck(base: FactBase) -> None:
    assert base.picture("ring").write(fact("a", "first")).build().deck.media == {}


def test_text_is_stored_in_normal_form(base: FactBase) -> None:
    base.write(fact("a", "first").replace("answer: A", "answer: Sjo\u0308gren"))
    assert base.note("a").value("Answer") == "Sjögren"
