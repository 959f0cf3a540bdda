"""The package: the same bytes for the same deck, and nothing of the machine in it."""

import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from nam_flash.export.apkg import deck_id, export
from nam_flash.recipe import Selection, select
from tests.conftest import FactBase, pack

ROOT = Path(__file__).parents[2]
FACTS = """\
- {id: one, kind: basic, topic: first/alpha, level: core, cite: [smith2020], question: One?,
   answer: A, reverse: {question: Uno?, answer: Z},
   figure: picture}
- {id: two, kind: cloze, topic: second, level: core, cite: [smith2020], text: "{{c1::x}} {{c2::y}}"}
"""


@pytest.fixture
def deck(base: FactBase) -> FactBase:
    return base.picture("picture").write(FACTS)


def test_same_deck_same_bytes(deck: FactBase) -> None:
    built = deck.build().deck
    assert pack(built) == pack(built)


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "LANG": "C"},
        {"PYTHONHASHSEED": "3", "TZ": "America/Lima", "PYTHONUTF8": "0"},
    ],
)
def test_same_bytes_in_another_process(deck: FactBase, environment: dict[str, str]) -> None:
    """Hash seed, time zone, locale, umask and working directory leave no trace."""
    whole = deck.build().deck
    expected = pack(select(whole, Selection(), whole.name))
    output = deck.folder / "out" / "test.apkg"
    old = os.umask(0o077 if environment["PYTHONHASHSEED"] == "1" else 0o002)
    try:
        subprocess.run(
            [sys.executable, "-m", "nam_flash", "build", "--cards", str(deck.cards), "-o", str(output)],
            check=True, capture_output=True, cwd=deck.folder, timeout=600,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        )  # fmt: skip
    finally:
        os.umask(old)
    assert output.read_bytes() == expected


def test_the_zip_holds_no_clock_and_no_owner(deck: FactBase) -> None:
    with zipfile.ZipFile(BytesIO(pack(deck.build().deck))) as archive:
        infos = archive.infolist()
        assert [info.filename for info in infos] == ["collection.anki2", "media", "0"]
        assert {(i.date_time, i.create_system, i.external_attr >> 16) for i in infos} == {
            ((1980, 1, 1, 0, 0, 0), 3, 0o644)
        }
        (name,) = json.loads(archive.read("media")).values()
        assert name.startswith("_nam-flash-")
        assert archive.read("0") == (deck.cards / "picture.svg").read_bytes()


def test_rows(deck: FactBase) -> None:
    built = deck.build().deck
    with zipfile.ZipFile(BytesIO(export(built, "x")["x.apkg"])) as archive:
        database = sqlite3.connect(":memory:")
        database.deserialize(archive.read("collection.anki2"))
    one, two = built.notes
    assert database.execute("SELECT id, guid, mod, tags, sfld FROM notes").fetchall() == [
        (one.id, "test:one", one.mod, " T::First::Alpha T::^Level::Core T::^Kind::Basic ", "one"),
        (two.id, "test:two", two.mod, " T::Second T::^Level::Core T::^Kind::Cloze ", "two"),
    ]
    assert database.execute("SELECT id, nid, did, ord, due, type FROM cards").fetchall() == [
        (note.id + ord_, note.id, deck_id(note.deck), ord_, note.position, 0)
        for note in (one, two)
        for ord_ in (0, 1)
    ]
    decks = json.loads(database.execute("SELECT decks FROM col").fetchone()[0])
    names = {deck["name"]: deck["desc"] for deck in decks.values()}
    assert set(names) == {"Default", "Test", "Test::10 First", "Test::20 Second"}
    assert "not medical advice" in names["Test"]
    models = json.loads(database.execute("SELECT models FROM col").fetchone()[0])
    assert {model["name"]: model["mod"] for model in models.values()} == {
        "nam-flash Basic": built.note_types[0].mod,
        "nam-flash Cloze": built.note_types[1].mod,
    }
    assert all(field["id"] for model in models.values() for field in model["flds"])
