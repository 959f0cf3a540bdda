"""Deck -> .csv, one file for each note type, for spreadsheet programs and scripts.

RFC 4180: comma, every cell quoted, lines end in CR LF, names of the columns in the first. UTF-8
with a byte order mark, without which Excel takes it for another encoding. Cells of the note type's
fields are HTML.

A spreadsheet program runs a cell as a formula when it begins with one of certain signs (OWASP,
"CSV Injection"). In front of other text an apostrophe or a space would change the field when it
comes back. So the sign itself is written as HTML: ``=1`` becomes ``&#61;1``, which shows the same
on a card and in a browser; `html.unescape` gives back the text itself.
"""

import csv
import io
import re
from collections.abc import Iterable
from typing import Final

from nam_flash.deck import Deck
from nam_flash.export.colophon import readme

#: What begins a formula, half and full width; tab and line breaks are skipped before one.
_FORMULA: Final = re.compile(r"[=+\-@\t\r\n＝＋－＠]")

_ABOUT: Final = """\
One .csv file for each note type: UTF-8, commas, every cell quoted, column names in the first line.
The fields are HTML. A sign that would make a spreadsheet program run a cell as a formula is written
as HTML too: &#61; is =, &#43; is +, &#45; is -, &#64; is @.
"""


def export(deck: Deck, stem: str) -> dict[str, bytes]:
    """Return ``<stem>-<note type>.csv`` for each note type, and ``README.txt``."""
    files = {"README.txt": readme(deck, _ABOUT)}
    for note_type in deck.note_types:
        rows = [["GUID", *note_type.names, "Deck", "Tags", "Licence"]]
        rows += [
            [note.guid, *note.fields, note.deck, " ".join(note.tags), deck.licence]
            for note in deck.notes
            if note.note_type.key == note_type.key
        ]
        files[f"{stem}-{note_type.key}.csv"] = _csv(rows)
    return files


def _csv(rows: Iterable[list[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, dialect="excel", quoting=csv.QUOTE_ALL)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def safe(cell: str) -> str:
    """Return the cell such that no program runs it: a dangerous first sign becomes HTML."""
    return _FORMULA.sub(lambda sign: f"&#{ord(sign.group())};", cell[:1]) + cell[1:]
