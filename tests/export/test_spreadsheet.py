"""CSV: read back by Python and by Anki, and run by no spreadsheet program."""

import csv
import html
import io
from dataclasses import replace

import pytest
from anki.collection import ImportCsvRequest
from anki.import_export_pb2 import CsvMetadata
from hypothesis import given
from hypothesis import strategies as st

from nam_flash.export.spreadsheet import export, safe
from nam_flash.notetypes import BASIC
from tests.conftest import FactBase
from tests.export.test_text import have_types, learner  # noqa: F401
from tests.test_updates import FACTS, Learner


def read(data: bytes) -> list[dict[str, str]]:
    text = data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_python_reads_back_what_was_written(base: FactBase) -> None:
    deck = base.write(FACTS).build().deck
    files = export(deck, "x")
    assert list(files) == ["README.txt", "x-basic.csv"]
    assert b"Licence: CC BY 4.0" in files["README.txt"]
    assert b"A study of muscle" in files["README.txt"]
    rows = read(files["x-basic.csv"])
    assert [tuple(row[name] for name in BASIC.names) for row in rows] == [
        note.fields for note in deck.notes
    ]
    one, note = rows[0], deck.notes[0]
    assert (one["GUID"], one["Deck"], one["Tags"]) == (note.guid, note.deck, " ".join(note.tags))
    assert one["Licence"] == "CC BY 4.0"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert safe(text).startswith("&#")
    assert html.unescape(safe(text)) == text


@given(st.text())
def test_html_means_the_same_as_before(text: str) -> None:
    """What is shown does not change, and a cell that is no formula not even in its bytes."""
    assert safe(text) == text or html.unescape(safe(text)[: safe(text).index(";") + 1]) == text[0]
    assert safe(text)[:1] not in set("=+-@\t\r\n＝＋－＠")


def test_anki_imports_it(base: FactBase, learner: Learner) -> None:  # noqa: F811
    """With the columns that a learner chooses in the dialogue. Anki takes the head for a note."""
    deck = base.write(FACTS).build().deck
    have_types(learner, deck)
    values = {"Question": 'a "b", c;\td\ne', "Answer": "-5 °C 🧬", "Extra": "=1"}
    one = deck.notes[0]
    fields = tuple(values.get(name, one.value(name)) for name in BASIC.names)
    data = export(replace(deck, notes=(replace(one, fields=fields),)), "x")["x-basic.csv"]
    path = learner.path / "x.csv"
    path.write_bytes(data)
    columns = list(read(data)[0])
    metadata = learner.col.get_csv_metadata(str(path), CsvMetadata.COMMA)
    metadata.is_html = True
    metadata.guid_column = columns.index("GUID") + 1
    metadata.tags_column = columns.index("Tags") + 1
    metadata.deck_column = columns.index("Deck") + 1
    metadata.global_notetype.id = BASIC.id
    metadata.global_notetype.field_columns[:] = [columns.index(n) + 1 for n in BASIC.names]
    learner.col.import_csv(ImportCsvRequest(path=str(path), metadata=metadata))
    note = learner.note("one")
    assert note.guid == one.guid
    assert [html.unescape(field) for field in note.fields] == [html.unescape(f) for f in fields]
    assert sorted(note.tags) == sorted(one.tags)
    assert learner.col.decks.name(note.cards()[0].did) == one.deck
    assert learner.col.note_count() == 2
