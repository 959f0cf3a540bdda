"""What a package brings, note by note, as the file says it."""

import io
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import dataclass

from nam_flash.deck import NoteType
from nam_flash.package import read_package

#: The field that belongs to the learner.
MY_NOTES = "My Notes"


@dataclass(frozen=True, slots=True)
class PackagedNote:
    """A note: ``mod`` is its stamp (Unix seconds), ``cards`` are ordinal -> name of the deck."""

    id: int
    guid: str
    note_type: str
    mod: int
    fields: dict[str, str]
    tags: frozenset[str]
    cards: dict[int, str]


@dataclass(frozen=True, slots=True)
class Contents:
    """All of a package: notes by GUID, note types by name, media by name (SHA-256)."""

    notes: dict[str, PackagedNote]
    note_types: dict[str, NoteType]
    decks: frozenset[str]
    media: dict[str, str]

    @property
    def root(self) -> str:
        """The name of the deck above all others."""
        return min(self.decks, key=lambda name: (name.count("::"), name), default="")


def read_contents(data: bytes) -> Contents | str:
    """Return what a package holds, or what is wrong with it."""
    package = read_package(data)
    if isinstance(package, str):
        return package
    with closing(package.db) as db:
        decks = {id_: name for id_, (name, _) in package.decks.items()}
        cards: dict[int, dict[int, str]] = {}
        for nid, ord_, did in db.execute("SELECT nid, ord, did FROM cards ORDER BY id"):
            cards.setdefault(nid, {})[ord_] = decks.get(did, "")
        notes = {}
        for id_, guid, mid, mod, tags, flds in db.execute(
            "SELECT id, guid, mid, mod, tags, flds FROM notes ORDER BY id"
        ):
            type_ = package.note_types[mid]
            fields = dict(zip(type_.names, flds.split("\x1f"), strict=True))
            tagged = frozenset(tags.split())
            notes[guid] = PackagedNote(
                id_, guid, type_.name, mod, fields, tagged, cards.get(id_, {})
            )
    used = {name for note in notes.values() for name in note.cards.values()}
    return Contents(
        notes,
        {type_.name: type_ for type_ in package.note_types.values()},
        frozenset(
            "::".join(parts[: i + 1])
            for name in used
            for parts in [name.split("::")]
            for i in range(len(parts))
        ),
        package.media,
    )


def core_of(data: bytes) -> bytes:
    """Return a package with the notes of the core level alone, as nam-core.apkg is."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(files["collection.anki2"])
        db.execute("DELETE FROM notes WHERE tags NOT LIKE '%::^Level::Core %'")
        db.execute("DELETE FROM cards WHERE nid NOT IN (SELECT id FROM notes)")
        db.commit()
        files["collection.anki2"] = db.serialize()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()
