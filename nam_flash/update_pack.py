"""Deck -> an update pack: a zip for learners who write in their notes.

A package replaces a changed note as a whole, personal tags and My Notes with it. The pack brings
changes as text files that name only our own fields: Anki then leaves everything else on the note
alone, whatever its stamp (docs/updates.md). There is one text file for each note type, and one more
for what was retired, whose header adds the tag of retired notes.

Its package comes first and holds every note. New ones have their stamp; all others have one so old
that Anki touches none that a learner has, but brings those that are not there whole, with tags and
in their place: a text file would add them bare.
"""

import io
import zipfile
from collections.abc import Set
from dataclasses import replace
from typing import Final

from nam_flash.deck import Deck, Note
from nam_flash.export import apkg, text

#: A stamp that is older than any that a learner can have (Unix seconds).
_OLDEST: Final = 1

_README: Final = """\
{name}, update pack: from release {since} to release {version}

For learners who have release {since} and write in My Notes, tag or edit our notes.
Everyone else: import the package ({stem}.apkg) and leave this alone.

Import these files into Anki, one after the other, in this order (File > Import):

{steps}

Leave the options of each dialogue as they are. Fixes arrive on every note; My Notes, your own
tags, and your progress stay. Your own edits of our fields are replaced on the notes that changed.

The files were made for release {since}. Notes that you deleted come back, as with every import;
suspend what you do not want.

Version {version}. Licence: {licence}. Sources: on every card.
For education only; not medical advice.
"""


def export(deck: Deck, new: Set[str], changed: Set[str], since: str, stem: str) -> dict[str, bytes]:
    """Return ``{"<stem>-update-from-<since>.zip": bytes}``; nothing when nothing is new or changed.

    ``new`` and ``changed`` are keys of notes of the deck, by what came since the release ``since``.
    """
    files = _files(deck, new, changed)
    if not files:
        return {}
    readme = _README.format(
        name=deck.name,
        since=since,
        version=deck.version,
        licence=deck.licence,
        stem=stem,
        steps="\n".join(f"{i}. {name}" for i, name in enumerate(files, start=1)),
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in {"README.txt": readme.encode(), **files}.items():
            archive.writestr(apkg.entry(name), data)
    return {f"{stem}-update-from-{since}.zip": buffer.getvalue()}


def _files(deck: Deck, new: Set[str], changed: Set[str]) -> dict[str, bytes]:
    """Return the files in the order of import: names say it too."""
    files: dict[str, bytes] = {}
    if not new | changed:
        return files
    aged = tuple(n if n.key in new else replace(n, mod=_OLDEST) for n in deck.notes)
    files.update(apkg.export(replace(deck, notes=aged), "1-new"))
    groups: dict[tuple[str, str], list[Note]] = {}
    for note in deck.notes:
        if note.key in changed:
            retired = next((tag for tag in note.tags if "::!Retired::" in tag), "")
            groups.setdefault((retired, note.note_type.key), []).append(note)
    for i, ((retired, key), notes) in enumerate(sorted(groups.items()), start=2):
        name = f"{i}-{'retired' if retired else 'changed'}-{key}.txt"
        files[name] = text.gentle(notes[0].note_type, notes, retired)
    return files
