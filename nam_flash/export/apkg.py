"""Deck -> .apkg, Anki's package: a SQLite collection and media in a zip.

genanki gives the schema, the note types' and decks' JSON; the container is ours: inserted in bulk,
compressed, and equal to the byte for equal decks, whatever the machine, the clock, the time zone,
the umask or the hash seed. The pragmas are those that leave no stale bytes in SQLite's file, so
that its version does not show either.
"""

import io
import json
import shutil
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from nam_flash.deck import Deck, Field, Note, NoteType

#: The earliest time that a zip can hold.
_ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)
#: Level 1 takes a third of the time of the default, for a file that is a third larger.
_ZIP_LEVEL: Final = 1

#: Where SQLite notes how often the file changed and which version wrote it (file format, 1.3):
#: change counter, version-valid-for, SQLITE_VERSION_NUMBER. Zeroed, they are ignored.
_VERSION_MARKS: Final = (24, 92, 96)

_NOTES: Final = "INSERT INTO notes VALUES (?,?,?,?,-1,?,?,?,0,0,'')"
_CARDS: Final = "INSERT INTO cards VALUES (?,?,?,?,?,-1,0,0,?,0,0,0,0,0,0,0,0,'')"


def export(deck: Deck, stem: str) -> dict[str, bytes]:
    """Return ``{"<stem>.apkg": bytes}``."""
    names = sorted(deck.media)
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w") as archive,
        TemporaryDirectory(prefix="nam-flash-") as folder,
    ):
        path = Path(folder, "collection.anki2")
        write_collection(deck, path)
        with path.open("rb") as database, archive.open(entry(path.name), "w") as target:
            shutil.copyfileobj(database, target, 1 << 20)
        listed = json.dumps({str(i): name for i, name in enumerate(names)})
        archive.writestr(entry("media"), listed)
        for i, name in enumerate(names):
            archive.writestr(entry(str(i)), deck.media[name])
    return {f"{stem}.apkg": buffer.getvalue()}


def entry(name: str) -> zipfile.ZipInfo:
    """Return a zip entry without clock, owner or system."""
    info = zipfile.ZipInfo(name, _ZIP_TIME)
    info.create_system = 3  # Unix, on every system
    info.external_attr = 0o644 << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    # An entry has a level of its own, which zipfile lets only `writestr` say in public.
    info._compresslevel = _ZIP_LEVEL  # type: ignore[attr-defined]
    return info


def write_collection(deck: Deck, path: Path) -> None:
    """Write the SQLite database of a deck to a new file (in memory it would stand thrice)."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.executescript(
            "PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; PRAGMA auto_vacuum = NONE;"
            "PRAGMA secure_delete = ON; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
        )
        _fill(connection, deck)
    finally:
        connection.close()
    with path.open("r+b") as file:
        for offset in _VERSION_MARKS:
            file.seek(offset)
            file.write(bytes(4))


def deck_id(name: str) -> int:
    """Return Anki's id of a deck.

    Anki matches decks by name on import, so the name is the identity; the range is that which
    genanki recommends for ids of one's own.
    """
    return (1 << 30) + (zlib.crc32(name.encode()) & ((1 << 30) - 1))


def _fill(connection: sqlite3.Connection, deck: Deck) -> None:
    from genanki.apkg_col import APKG_COL
    from genanki.apkg_schema import APKG_SCHEMA

    connection.execute("BEGIN")
    for script in (APKG_SCHEMA, APKG_COL):
        for statement in script.split(";\n"):
            # Anki reads a package from end to end: its indices would only make it larger.
            if statement.strip() and "CREATE INDEX" not in statement:
                connection.execute(statement)
    models = {str(t.id): _model(t) for t in deck.note_types}
    (decks_json,) = connection.execute("SELECT decks FROM col").fetchone()
    decks: dict[str, Any] = json.loads(decks_json)
    for name in deck.subdecks:
        decks[str(deck_id(name))] = _deck(name, deck.description if name == deck.name else "")
    connection.execute(
        "UPDATE col SET models = ?, decks = ?",
        (json.dumps(models, ensure_ascii=False), json.dumps(decks, ensure_ascii=False)),
    )
    # In the order of the primary keys every insert is an append.
    notes = sorted(deck.notes, key=lambda note: note.id)
    connection.executemany(_NOTES, _note_rows(notes))
    connection.executemany(_CARDS, _card_rows(notes))
    connection.execute("COMMIT")


def _note_rows(notes: list[Note]) -> Iterator[tuple[int | str, ...]]:
    for note in notes:
        fields = "\x1f".join(note.fields)
        tags = f" {' '.join(note.tags)} " if note.tags else ""
        key = note.key
        yield note.id, note.guid, note.note_type.id, note.mod, tags, fields, key


def _card_rows(notes: list[Note]) -> Iterator[tuple[int, ...]]:
    ids: dict[str, int] = {}
    for note in notes:
        did = ids.get(note.deck)
        if did is None:
            did = ids[note.deck] = deck_id(note.deck)
        for ord_ in note.ords:
            yield note.id + ord_, note.id, did, ord_, note.mod, note.position


def _model(note_type: NoteType) -> dict[str, Any]:
    import genanki

    model = genanki.Model(
        note_type.id,
        note_type.name,
        fields=[_field(field) for field in note_type.fields],
        templates=[
            {"name": t.name, "id": t.id, "qfmt": t.front, "afmt": t.back}
            for t in note_type.templates
        ],
        css=note_type.css,
        model_type=genanki.Model.CLOZE if note_type.cloze else genanki.Model.FRONT_BACK,
        sort_field_index=0,
    )
    result: dict[str, Any] = model.to_json(note_type.mod, None)
    if note_type.stock:
        result["originalStockKind"] = note_type.stock
    return result


def _field(field: Field) -> dict[str, Any]:
    """Return a field for genanki, which passes on what it does not know.

    A tagged one is a field that Anki needs; the last of image occlusion, comments, it does not.
    """
    if field.tag is None:
        return {"name": field.name, "id": field.id}
    kept = field.tag < 4
    return {"name": field.name, "id": field.id, "tag": field.tag, "preventDeletion": kept}


def _deck(name: str, description: str) -> dict[str, Any]:
    import genanki

    html = description.replace("\n", "<br>")
    result: dict[str, Any] = genanki.Deck(deck_id(name), name, html).to_json()
    return result
