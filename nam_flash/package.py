"""The bytes of an .apkg -> what it holds, read by other means than Anki or our exporter.

Whoever reads packages reads them here, so that all agree on what is damaged.
"""

import hashlib
import io
import json
import sqlite3
import zipfile
from dataclasses import dataclass
from typing import Any, Final

from nam_flash.deck import CardTemplate, Field, NoteType

#: Anki's own deck, in every collection and package; the importer leaves it alone.
DEFAULT_DECK: Final = 1


@dataclass(frozen=True, slots=True)
class Contents:
    """What a package holds.

    ``db`` is its collection, open in memory, to be closed by whoever asked for it; ``note_types``
    and ``decks`` (name and description) are by Anki's id, ``media`` the SHA-256 of each file in
    hexadecimal, by name.
    """

    db: sqlite3.Connection
    note_types: dict[int, NoteType]
    decks: dict[int, tuple[str, str]]
    media: dict[str, str]


def read_package(data: bytes) -> Contents | str:
    """Return what the package holds, or what is wrong with it, in words."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read_archive(archive)
    except Exception as error:
        # Damaged bytes make zipfile, zlib, sqlite3 and json raise nearly anything.
        message = " ".join(str(error).split())
        return f"damaged, or no Anki package: {type(error).__name__}: {message}"


def _read_archive(archive: zipfile.ZipFile) -> Contents | str:
    names = set(archive.namelist())
    newer = names & {"meta", "collection.anki21", "collection.anki21b"}
    if newer:
        return (
            f"a newer format than collection.anki2, with {', '.join(sorted(newer))}; Anki exports "
            "the older one under 'Support older Anki versions'"
        )
    if "collection.anki2" not in names:
        return "no Anki package: it holds no collection.anki2"
    files: dict[str, str] = json.loads(archive.read("media"))
    astray = names ^ {"collection.anki2", "media", *files}
    if astray:
        return f"its list of media and its files differ: {', '.join(sorted(astray))}"
    media = {name: hashlib.sha256(archive.read(file)).hexdigest() for file, name in files.items()}
    db = sqlite3.connect(":memory:")
    try:
        db.deserialize(archive.read("collection.anki2"))
        (sound,) = db.execute("PRAGMA integrity_check(1)").fetchone()
        if sound != "ok":
            raise sqlite3.DatabaseError(sound)
        ids = "SELECT id FROM notes UNION ALL SELECT id FROM cards"
        (lowest,) = db.execute(f"SELECT coalesce(min(id), 1) FROM ({ids})").fetchone()
        if lowest < 1:  # the backend panics at a note 0, beyond the reach of `except`
            raise sqlite3.DatabaseError(f"{lowest} is no id of a note or card")
        ((models, decks),) = db.execute("SELECT models, decks FROM col")
        return Contents(
            db=db,
            note_types={int(id_): note_type(model) for id_, model in json.loads(models).items()},
            decks={int(id_): (d["name"], d["desc"]) for id_, d in json.loads(decks).items()},
            media=media,
        )
    except BaseException:
        db.close()
        raise


def note_type(model: Any) -> NoteType:
    """Return a note type from Anki's JSON, the same in packages and collections; it has no key."""
    return NoteType(
        key="",
        id=int(model["id"]),
        name=model["name"],
        fields=tuple(Field(f["name"], f.get("id"), f.get("tag")) for f in model["flds"]),
        templates=tuple(
            CardTemplate(template["name"], template.get("id"), template["qfmt"], template["afmt"])
            for template in model["tmpls"]
        ),
        css=model["css"],
        cloze=model["type"] == 1,
        mod=model["mod"],
        stock=model.get("originalStockKind", 0),
    )
