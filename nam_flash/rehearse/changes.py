"""What a release does to each note, told from two packages alone."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from nam_flash.deck import NoteType
from nam_flash.edition import MY_NOTES, Edition, Shipped

#: Class of change -> what it means. A note can undergo several.
CHANGES: Final[dict[str, str]] = {
    "new": "a note that was not there before",
    "wording": "another question, explanation, source or status",
    "answer": "another answer",
    "tags": "other tags",
    "topic": "another topic, and with it another deck for new learners",
    "level": "from advanced to core, or back",
    "picture": "another picture",
    "retired": "a note that no longer holds",
    "returned": "a retired note that holds after all",
    "grown": "a table with more cells on the back",
    "reordered": "a table with its cells in another order",
    "style": "the CSS of a note type",
    "layout": "the HTML of a note type's templates",
    "unchanged": "what we did not touch, and all else in the collection",
}

#: Fields that say what is asked for; the hidden parts of a cloze count too.
_ANSWERS: Final = frozenset({"Answer", "Reverse Answer"})
#: Fields that follow from others, or have a class of their own.
_DERIVED: Final = frozenset({"Version", "Topic", "Report", MY_NOTES})
_PICTURE: Final = re.compile(r"<figure>.*?</figure>|<img[^>]*>", re.DOTALL)
_IMAGE: Final = re.compile(r'<img[^>]*?src="([^"]+)"')
_CELL: Final = re.compile(r"<t[dh][^>]*>(.*?)</t[dh]>", re.DOTALL)
_HIDDEN: Final = re.compile(r"\{\{c\d+::(.*?)(?:::.*?)?\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Changes:
    """The classes of change by GUID of the note, and by name of the note type."""

    of: dict[str, tuple[str, ...]]

    def classes(self, owner: str) -> tuple[str, ...]:
        """Return the classes of a note or note type; those that we do not know did not change."""
        return self.of.get(owner, ("unchanged",))


def changes(old: Edition, new: Edition) -> Changes:
    """Compare two packages."""
    found: dict[str, tuple[str, ...]] = {}
    for guid, note in new.notes.items():
        before = old.notes.get(guid)
        found[guid] = _ordered(_note(before, note)) if before else ("new",)
    for name, type_ in new.types_by_name.items():
        shipped = old.types_by_name.get(name)
        if shipped is not None:
            found[name] = _ordered(_type(shipped, type_))
    return Changes(found)


def images(note: Shipped) -> set[str]:
    """Return the names of the pictures that a note shows."""
    return {name for text in note.fields.values() for name in _IMAGE.findall(text)}


def by_tag(tag: str, added: bool) -> str:
    """Return the class of change that adds a tag to a note, or takes it away."""
    if "::^Level::" in tag:
        return "level"
    if "::!Retired::" in tag:
        return "retired" if added else "returned"
    return "tags"


def _ordered(found: set[str]) -> tuple[str, ...]:
    return tuple(name for name in CHANGES if name in found) or ("unchanged",)


def _type(old: NoteType, new: NoteType) -> set[str]:
    found = set()
    if old.css != new.css:
        found.add("style")
    if old.templates != new.templates:
        found.add("layout")
    return found


def _note(old: Shipped, new: Shipped) -> set[str]:
    found = _tags(old, new)
    if images(old) != images(new):
        found.add("picture")
    for name in new.fields.keys() - _DERIVED:
        before, after = (_PICTURE.sub("", note.fields.get(name, "")) for note in (old, new))
        if before == after or (name == "Status" and found & {"retired", "returned"}):
            continue
        if name in _ANSWERS or (
            name == "Text" and _HIDDEN.findall(before) != _HIDDEN.findall(after)
        ):
            found.add("answer")
        elif name == "Detail" and 'class="comparison"' in after:
            found.add(_table(before, after))
        else:
            found.add("wording")
    return found


def _tags(old: Shipped, new: Shipped) -> set[str]:
    found = {by_tag(tag, tag in new.tags) for tag in set(old.tags) ^ set(new.tags)}
    moved = old.deck != new.deck or not set(old.ords) <= set(new.ords)
    if old.fields.get("Topic") != new.fields.get("Topic") or (
        moved and not found & {"retired", "returned"}
    ):
        found = found - {"tags"} | {"topic"}
    return found


def _table(old: str, new: str) -> str:
    before, after = Counter(_CELL.findall(old)), Counter(_CELL.findall(new))
    # A table's empty corner, and the dash of a cell that nobody filled in, are no content.
    for cells in (before, after):
        cells.pop("", None)
        cells.pop("–", None)
    if before == after:
        return "reordered"
    return "grown" if before < after else "wording"
