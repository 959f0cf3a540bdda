"""What of a release has reached a collection, and what has not."""

import hashlib
from collections.abc import Set
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from nam_flash.edition import MY_NOTES, Edition, Shipped
from nam_flash.rehearse.changes import Changes, by_tag, images
from nam_flash.rehearse.estate import Loss

if TYPE_CHECKING:
    from nam_flash.backend import Collection

#: What a release can bring -> in words. The names are those of limits and reports.
GOODS: Final[dict[str, str]] = {
    "new note": "a note that the learner does not have",
    "card": "all cards of a note",
    "text": "the fields that we changed",
    "our tags": "the tags that we changed",
    "picture": "the picture that a field names",
    "place": "new cards in the deck where their like are",
    "one type": "a note of our note type, and not of a copy that Anki made",
    "style": "the CSS of the note type",
    "layout": "the HTML of its templates",
    "import": "that Anki takes the files at all",
}


class Before(NamedTuple):
    """What an arrival is measured against: the package and the notes (GUIDs) that were there.

    ``decks`` are the learner's names of our decks, by our names.
    """

    package: Edition
    guids: Set[str]
    decks: dict[str, str]


def missing(
    collection: "Collection", new: Edition, changed: Changes, before: Before, wanted: Set[str]
) -> list[Loss]:
    """Return what did not arrive of the package ``new``.

    ``wanted`` are the notes (GUIDs) that have to be there; others may be, and then whole.
    """
    from nam_flash.backend import database

    db = database(collection)
    types = {model["id"]: model for model in collection.models.all()}
    decks = {deck["id"]: deck["name"] for deck in collection.decks.all()}
    media = Path(collection.media.dir())
    found: list[Loss] = []
    rows = {row[0]: row for row in db.all("SELECT guid, id, mid, tags, flds FROM notes")}
    cards: dict[int, dict[int, str]] = {}
    for nid, ord_, did in db.execute("SELECT nid, ord, did FROM cards"):
        cards.setdefault(nid, {})[ord_] = decks.get(did, "")
    for guid, note in new.notes.items():
        had = guid in before.guids
        if had and changed.classes(guid) == ("unchanged",):
            continue
        if guid not in rows:
            if guid in wanted:
                found.append(Loss("new note", guid, "not there"))
            continue
        _, id_, mid, tags, flds = rows[guid]
        model = types[mid]
        names = [field["name"] for field in model["flds"]]
        here = dict(zip(names, flds.split("\x1f"), strict=True))
        old = before.package.notes.get(guid) if had else None
        found += _texts(note, old, here)
        found += _tags(note, old, set(tags.split()))
        found += _cards(note, cards.get(id_, {}), {} if had else before.decks, had)
        if model["name"] != note.type_name:
            found.append(Loss("one type", guid, f"of the note type {model['name']}"))
        for name in sorted(images(note) & new.media.keys()):
            path = media / name
            data = path.read_bytes() if path.exists() else b""
            if hashlib.sha256(data).hexdigest() != new.media[name]:
                found.append(Loss("picture", guid, f"{name} not there", frozenset({"picture"})))
    found += _note_types(types, new, changed)
    return found


def _texts(note: Shipped, old: Shipped | None, here: dict[str, str]) -> list[Loss]:
    """Return the fields that we changed and that are not so here; for a new note, all fields."""
    same = {name for name, text in note.fields.items() if old and old.fields.get(name) == text}
    return [
        Loss("text", note.guid, f"{name}: {here.get(name, '')[:40]!r}, not {text[:40]!r}")
        for name, text in note.fields.items()
        if name != MY_NOTES and name not in same and here.get(name) != text
    ]


def _tags(note: Shipped, old: Shipped | None, here: set[str]) -> list[Loss]:
    known = set(old.tags) if old else set()
    ours = set(note.tags)
    found = []
    for tag in sorted((ours - known - here) | ((known - ours) & here)):
        added = tag in ours
        change = by_tag(tag, added)
        belongs = frozenset({change, "topic"} if change == "tags" else {change})
        line = f"{'without' if added else 'still with'} {tag}"
        found.append(Loss("our tags", note.guid, line, belongs))
    return found


def _cards(note: Shipped, here: dict[int, str], names: dict[str, str], had: bool) -> list[Loss]:
    found = []
    expected = names.get(note.deck, note.deck)
    for ord_ in note.ords:
        if ord_ not in here:
            found.append(Loss("card", note.guid, f"card {ord_ + 1} not there"))
        elif not had and here[ord_] != expected:
            line = f"card {ord_ + 1} in {here[ord_]}, not in {expected}"
            found.append(Loss("place", note.guid, line))
    return found


def _note_types(types: dict[Any, Any], new: Edition, changed: Changes) -> list[Loss]:
    found = []
    for name, type_ in new.types_by_name.items():
        model = types.get(type_.id)
        if model is None:
            continue
        classes = changed.classes(name)
        if "style" in classes and model["css"] != type_.css:
            found.append(Loss("style", name, "not ours"))
        here = {t["name"]: (t["qfmt"], t["afmt"]) for t in model["tmpls"]}
        for template in type_.templates:
            texts = (template.front, template.back)
            if "layout" in classes and here.get(template.name) != texts:
                found.append(Loss("layout", name, f"template {template.name} not ours"))
    return found
