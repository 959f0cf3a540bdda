"""Deck -> Anki text files: one for each note type, with headers that fill in Anki's dialogue.

The format is Anki's ("Importing: Text Files" in its manual): lines of tab-separated cells after
header lines that begin with ``#``. Every cell is quoted, so a tab, a quote, a line break or a
leading ``#`` (else a comment) is part of the text. Anki maps the columns by the names in
``#columns``. What was measured in Anki 26.9, and is pinned down in tests/export/test_text.py:

- A row is matched by GUID alone; stamps play no part. ``update current`` replaces the fields that
  have a column, even by an empty text, also where the learner's edit is newer. Schedule,
  suspension, flags and deck stay. ``keep current`` changes nothing.
- A row whose GUID is not in the collection, because the learner never had the note or deleted it,
  becomes a new note.
- A new note goes to the deck of its row; without a deck column, to the deck that the learner has
  open. Cards that are there never move, but a deck that is named and missing is made, even when
  no card goes into it.
- A tags column replaces the learner's tags.
- Where the note type is missing or renamed, Anki falls back to another one and fills its first
  field from the first column. Notes made so would take our GUIDs and keep the package's notes out
  for ever. So the first column is empty and belongs to no field: Anki refuses a note whose first
  field is empty.
"""

import csv
import io
from collections.abc import Iterable
from typing import Final

from nam_flash.deck import Deck, Note, NoteType
from nam_flash.export.colophon import head, readme

#: The empty first column, named as no field of ours is.
_EMPTY: Final = "Empty"

#: The field that belongs to the learner: in no file, so that no import touches it.
_LEARNERS: Final = "My Notes"

_ABOUT: Final = """\
Text files for Anki 2.1.55 or later. Import the package of the deck first, once: it brings the
note types, which a text file cannot. Then import each file with File > Import. Anki reads the
headers and fills in its dialogue. Notes that are there already stay as they are.
If there is a folder `media`, copy its files into the folder `collection.media` of the profile.
"""


def export(deck: Deck, stem: str) -> dict[str, bytes]:
    """Return ``<stem>-<note type>.txt`` for each note type, ``README.txt`` and ``media/...``."""
    files = {"README.txt": readme(deck, _ABOUT)}
    for note_type in deck.note_types:
        notes = [note for note in deck.notes if note.note_type.key == note_type.key]
        files[f"{stem}-{note_type.key}.txt"] = _whole(deck, note_type, notes)
    return files | {f"media/{name}": data for name, data in sorted(deck.media.items())}


def gentle(note_type: NoteType, notes: Iterable[Note], tag: str = "") -> bytes:
    """Return the file that brings fixes to learners who have the notes: GUID and our own fields.

    Neither a deck nor a column of tags nor the learner's field is in it, so that they stay. ``tag``
    is added to every note that changes.
    """
    own = _own(note_type)
    rows = (["", note.guid, *map(note.value, own)] for note in notes)
    headers = ["if matches:update current", "guid column:2"]
    if tag:
        headers.append(f"tags:{tag}")
    return _file(note_type, [_EMPTY, "GUID", *own], rows, headers)


def _whole(deck: Deck, note_type: NoteType, notes: Iterable[Note]) -> bytes:
    """Return the file that gives equal notes in a collection without them: tags and deck too."""
    own = _own(note_type)
    columns = [_EMPTY, "GUID", "Deck", *own, "Tags"]
    rows = (["", n.guid, n.deck, *map(n.value, own), " ".join(n.tags)] for n in notes)
    headers = [
        # No name that Anki knows, so it passes over them.
        *(f"about:{line}" for line in head(deck)),
        "if matches:keep current",
        "guid column:2",
        "deck column:3",
        f"tags column:{len(columns)}",
    ]
    return _file(note_type, columns, rows, headers)


def _own(note_type: NoteType) -> list[str]:
    return [name for name in note_type.names if name != _LEARNERS]


def _file(
    note_type: NoteType, columns: list[str], rows: Iterable[list[str]], headers: list[str]
) -> bytes:
    out = io.StringIO()
    first = ["separator:tab", "html:true", f"notetype:{note_type.name}"]
    for line in (*first, *headers, "columns:" + "\t".join(columns)):
        out.write(f"#{line}\n")
    csv.writer(out, dialect="excel-tab", quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()
