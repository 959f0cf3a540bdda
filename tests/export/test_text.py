"""Text files in the real Anki: equal notes in an empty collection, and what an update leaves."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection, ImportCsvRequest
from anki.import_export_pb2 import ImportResponse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nam_flash.deck import Deck, Note, NoteType, nfc
from nam_flash.export.text import export, gentle
from nam_flash.notetypes import BASIC, NOTE_TYPES
from tests.conftest import NOW, FactBase, pack
from tests.test_updates import FACTS, Learner

CLOZE = "- {id: c, kind: cloze, topic: second, level: core, cite: [smith2020], text: '{{c1::x}} {{c2::y}}'}\n"


def take(collection: Collection, data: bytes, folder: Path) -> ImportResponse.Log:
    """Import as Anki does when the learner changes nothing in its dialogue."""
    path = folder / "given.txt"
    path.write_bytes(data)
    metadata = collection.get_csv_metadata(str(path), None)
    return collection.import_csv(ImportCsvRequest(path=str(path), metadata=metadata)).log


def counts(log: ImportResponse.Log) -> dict[str, int]:
    lists = (
        "new", "updated", "duplicate", "conflicting", "first_field_match",
        "missing_notetype", "missing_deck", "empty_first_field",
    )  # fmt: skip
    return {name: len(getattr(log, name)) for name in lists if getattr(log, name)}


def of(deck: Deck, note_type: NoteType) -> list[Note]:
    return [note for note in deck.notes if note.note_type.key == note_type.key]


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    (tmp_path / "anki").mkdir()
    learner = Learner(tmp_path / "anki" / "collection.anki2")
    yield learner
    learner.col.close()


def have_types(learner: Learner, deck: Deck) -> None:
    """Give the learner our note types, but no note and no deck."""
    learner.take(pack(deck))
    learner.col.remove_notes(learner.col.find_notes(""))
    id_ = learner.col.decks.id(deck.name)
    assert id_ is not None
    learner.col.decks.remove([id_])
    top = learner.col.decks.id(deck.name)
    assert top is not None
    learner.col.decks.remove([top])


def test_an_empty_collection_gets_equal_notes(base: FactBase, learner: Learner) -> None:
    deck = base.write(FACTS + CLOZE).build().deck
    have_types(learner, deck)
    for name, data in export(deck, "x").items():
        if name != "README.txt":
            assert set(counts(take(learner.col, data, learner.path))) == {"new"}
    for note in deck.notes:
        arrived = learner.note(note.key)
        assert (arrived.guid, tuple(arrived.fields)) == (note.guid, note.fields)
        assert sorted(arrived.tags) == sorted(note.tags)
        cards = arrived.cards()
        assert tuple(card.ord for card in cards) == note.ords
        assert {learner.col.decks.name(card.did) for card in cards} == {note.deck}
    assert learner.col.note_count() == len(deck.notes)


def test_files_say_what_they_are(base: FactBase) -> None:
    files = export(base.write(FACTS + CLOZE).build().deck, "x")
    assert list(files) == ["README.txt", "x-basic.txt", "x-cloze.txt"]
    for name in ("x-basic.txt", "x-cloze.txt"):
        assert b"#about:Version 0.1.0. Licence: CC BY 4.0.\n" in files[name]
    assert b"Smith J, Jones K. A study of muscle. J Muscle. 2020." in files["README.txt"]


def test_pictures_come_along(base: FactBase) -> None:
    base.picture("a")
    deck = base.write(FACTS.replace("answer: A", "answer: A, figure: a")).build().deck
    ((name, data),) = deck.media.items()
    assert export(deck, "x")[f"media/{name}"] == data


def test_a_second_import_of_the_whole_changes_nothing(base: FactBase, learner: Learner) -> None:
    learner.take(pack(base.write(FACTS).build().deck))
    before = learner.state()
    fixed = base.write(FACTS.replace("answer: A", "answer: a fix")).build(NOW + 60).deck
    take(learner.col, export(fixed, "x")["x-basic.txt"], learner.path)
    assert learner.state() == before


def test_a_fix_lands_gently(base: FactBase, learner: Learner) -> None:
    """Even over a newer edit; the learner's field, tags, schedule, flags and decks stay."""
    learner.take(pack(base.write(FACTS).build().deck))
    mine = learner.note("one")
    mine["My Notes"], mine["Answer"] = "remember", "my own words"
    mine.tags.append("mine")
    learner.col.update_note(mine)
    (card,) = mine.cards()
    elsewhere = learner.col.decks.id("Elsewhere")
    assert elsewhere is not None
    learner.col.set_deck([card.id], elsewhere)
    learner.col.sched.set_due_date([card.id], "7")
    learner.col.sched.suspend_cards([card.id])
    learner.col.set_user_flag_for_cards(3, [card.id])
    before = learner.state()
    fixed = base.write(FACTS.replace("answer: A", "answer: a fix")).build(NOW + 60).deck
    log = take(learner.col, gentle(BASIC, of(fixed, BASIC)), learner.path)
    assert counts(log) == {"updated": 1, "duplicate": 1}
    note, after = learner.note("one"), learner.state()
    assert (note["Answer"], note["My Notes"], "mine" in note.tags) == ("a fix", "remember", True)
    assert after["cards"] == before["cards"]
    assert after["types"] == before["types"]
    assert after["notes"][1] == before["notes"][1]


def test_a_field_can_become_empty(base: FactBase, learner: Learner) -> None:
    deck = base.write(FACTS).build().deck
    learner.take(pack(deck))
    one = deck.notes[0]
    fields = tuple("" if name == "Source" else one.value(name) for name in BASIC.names)
    take(learner.col, gentle(BASIC, [replace(one, fields=fields)]), learner.path)
    assert learner.note("one")["Source"] == ""


def test_what_the_learner_has_not_is_added(base: FactBase, learner: Learner) -> None:
    """A deleted note comes back, as with a package, but without tags, in the deck that is open."""
    deck = base.write(FACTS).build().deck
    learner.take(pack(deck))
    learner.col.remove_notes([learner.note("one").id])
    log = take(learner.col, gentle(BASIC, of(deck, BASIC)), learner.path)
    assert counts(log) == {"new": 1, "duplicate": 1}
    note = learner.note("one")
    assert note.guid == "test:one"
    assert note.tags == []
    assert learner.col.decks.name(note.cards()[0].did) == "Default"


@pytest.mark.parametrize("whole", [True, False])
def test_without_the_note_type_nothing_is_added(
    base: FactBase, learner: Learner, whole: bool
) -> None:
    """Else notes of another type would hold our GUIDs, and the package could never add its own."""
    deck = base.write(FACTS).build().deck
    data = export(deck, "x")["x-basic.txt"] if whole else gentle(BASIC, of(deck, BASIC))
    assert counts(take(learner.col, data, learner.path)) == {"empty_first_field": 2}
    assert learner.take(pack(deck)) == (2, 0)


@pytest.mark.parametrize("change", ["add a field", "reorder the fields", "rename the type"])
def test_a_note_type_that_the_learner_changed(
    base: FactBase, learner: Learner, change: str
) -> None:
    learner.take(pack(base.write(FACTS).build().deck))
    models = learner.col.models
    own: Any = models.by_name(BASIC.name)
    if change == "add a field":
        models.add_field(own, models.new_field("Mine"))
        models.reposition_field(own, own["flds"][-1], 2)
    elif change == "reorder the fields":
        models.reposition_field(own, own["flds"][2], 6)
    else:
        own["name"] = "Renamed"
    models.update_dict(own)
    before = dict(learner.note("one").items())
    fixed = base.write(FACTS.replace("answer: A", "answer: a fix")).build(NOW + 60).deck
    take(learner.col, gentle(BASIC, of(fixed, BASIC)), learner.path)
    # By a new name Anki does not find the type: the learner keeps the old text, and nothing else.
    answer = "A" if change == "rename the type" else "a fix"
    assert dict(learner.note("one").items()) == before | {"Answer": answer}
    assert learner.col.note_count() == 2


#: Anki itself strips control characters; ours never reach a field, as YAML forbids them.
HOSTILE = st.text(
    st.one_of(
        st.sampled_from("\t\n\"'#;,:|\\<>&= {}[]$@+-\u00a0\u2028"),
        st.characters(blacklist_categories=["Cs", "Cc"]),
    ),
    max_size=40,
).map(nfc)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_text_survives(base: FactBase, learner: Learner, data: st.DataObject) -> None:
    """Whatever stands in the fields arrives, new through the whole and changed through the fix."""
    if not (base.cards / "facts.yaml").exists():
        have_types(learner, base.write(FACTS).build().deck)
    deck = base.build().deck
    own = [name for name in BASIC.names if name not in ("ID", "My Notes")]
    texts = data.draw(
        st.lists(
            st.fixed_dictionaries(dict.fromkeys(own, HOSTILE)), min_size=2 * len(deck.notes),
            max_size=2 * len(deck.notes),
        )
    )  # fmt: skip
    learner.col.remove_notes(learner.col.find_notes(""))
    for half in (texts[:2], texts[2:]):
        notes = tuple(
            replace(note, fields=(note.key, *text.values(), ""))
            for note, text in zip(deck.notes, half, strict=True)
        )
        if half is texts[:2] or not learner.col.note_count():
            files = export(replace(deck, notes=notes), "x")
            take(learner.col, files["x-basic.txt"], learner.path)
        take(learner.col, gentle(NOTE_TYPES["basic"], notes), learner.path)
        database = learner.col.db
        assert database is not None
        pairs: list[tuple[str, str]] = [
            (g, f) for g, f in database.all("SELECT guid, flds FROM notes")
        ]
        rows = dict(pairs)
        rows = {row[0]: row[1] for row in database.all("SELECT guid, flds FROM notes")}
        assert rows == {note.guid: "\x1f".join(note.fields) for note in notes}
