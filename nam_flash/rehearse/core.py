"""The core level of a package, for learners who began with it."""

import io
import sqlite3
import zipfile
from contextlib import closing


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
