"""All that a learner owns in a collection: taken stock of, and compared.

What is the learner's and what is ours is told by the package that they imported: a tag that it
does not have, or a text that differs from it, is theirs.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from nam_flash.edition import MY_NOTES, Edition
from nam_flash.rehearse.changes import Changes

if TYPE_CHECKING:
    from nam_flash.backend import Collection

#: What a learner can own -> in words. The names are those of limits and reports.
BELONGINGS: Final[dict[str, str]] = {
    "note": "the note itself",
    "untouched": "every byte of a note that we did not change",
    "schedule": "due date, interval, ease, counts, custom data of a card",
    "log": "the reviews of a card",
    "suspension": "a suspended or buried card",
    "flag": "the flag of a card",
    "deck": "the deck in which a card is",
    "tag": "a tag of the learner's own",
    "my notes": "what they wrote in My Notes",
    "edit": "what they changed in a field of ours",
    "own field": "a field that they added, and what they wrote in it",
    "own template": "a card type that they added or changed",
    "own style": "the style of the cards as they changed it",
    "deck name": "the name of a deck",
    "options": "the options of a deck",
    "own note": "a note that is not ours",
    "media": "a picture or sound",
    "deletion": "that a note is gone",
    "single": "that nothing is there twice",
}


class Item(NamedTuple):
    """A thing owned: ``what`` of `BELONGINGS`, the GUID or note type that it hangs on, which."""

    what: str
    owner: str
    name: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in self if part)


class Loss(NamedTuple):
    """What was lost or did not come: ``what`` (as in limits), on which note, how.

    ``changes`` are the classes of change that it belongs to, where not to all of the note's.
    """

    what: str
    owner: str
    detail: str
    changes: frozenset[str] = frozenset()


Estate = dict[Item, str]


def estate(collection: "Collection", ours: Edition) -> Estate:
    """Take stock of a collection into which the package ``ours`` was imported."""
    return dict(
        [
            *_notes(collection, ours),
            *_cards(collection, ours),
            *_deletions(collection, ours),
            *_note_types(collection, ours),
            *_decks(collection),
            *_media(collection),
        ]
    )


def losses(before: Estate, after: Estate, changed: Changes) -> list[Loss]:
    """Return everything owned before that is not there as it was."""
    return [
        Loss(item.what, item.owner, f"{item}: {_short(value)} -> {_short(after.get(item))}")
        for item, value in before.items()
        if after.get(item) != value
        and (item.what != "untouched" or changed.classes(item.owner) == ("unchanged",))
    ]


def doubles(collection: "Collection") -> list[Loss]:
    """Return what is there twice: a GUID, or one of our ids in the first field, ``ID``."""
    from nam_flash.backend import database

    db = database(collection)
    types = [m["id"] for m in collection.models.all() if m["flds"][0]["name"] == "ID"]
    wanted = ",".join(str(id_) for id_ in types)
    rows = db.all(f"SELECT guid, flds, mid IN ({wanted}) FROM notes")
    guids = Counter(guid for guid, _, _ in rows)
    keys = Counter(flds.partition("\x1f")[0] for _, flds, known in rows if known)
    return [
        Loss("single", name, f"{name}: {count} times")
        for name, count in (guids | keys).items()
        if count > 1
    ]


def _short(value: str | None) -> str:
    if value is None:
        return "gone"
    return repr(value if len(value) <= 60 else f"{value[:57]}...")


def _notes(collection: "Collection", ours: Edition) -> Iterator[tuple[Item, str]]:
    from nam_flash.backend import database

    names = {m["id"]: [field["name"] for field in m["flds"]] for m in collection.models.all()}
    for guid, id_, mid, mod, tags, flds in database(collection).all(
        "SELECT guid, id, mid, mod, tags, flds FROM notes"
    ):
        shipped = ours.notes.get(guid)
        if shipped is None:
            yield Item("own note", "", guid), f"{id_} {mid} {tags} {flds}"
            continue
        yield Item("note", guid), str(id_)
        yield Item("untouched", guid), f"{mid} {mod} {tags} {flds}"
        for tag in tags.split():
            if tag not in shipped.tags:
                yield Item("tag", guid, tag), tag
        for name, value in zip(names[mid], flds.split("\x1f"), strict=True):
            if name == MY_NOTES:
                if value:
                    yield Item("my notes", guid), value
            elif name not in shipped.fields:
                yield Item("own field", guid, name), value
            elif value != shipped.fields[name]:
                yield Item("edit", guid, name), value


def _cards(collection: "Collection", ours: Edition) -> Iterator[tuple[Item, str]]:
    from nam_flash.backend import database

    db = database(collection)
    log: dict[int, Any] = {}
    for row in db.execute("SELECT cid, id, ease, ivl, lastIvl, factor, time, type FROM revlog"):
        log.setdefault(row[0], hashlib.sha256()).update(repr(row).encode())
    yield Item("log", "", "reviews"), str(db.scalar("SELECT count() FROM revlog"))
    for guid, id_, ord_, did, queue, flags, *schedule in db.execute(
        "SELECT guid, c.id, ord, did, queue, c.flags, type, due, ivl, factor, reps, lapses, left, "
        "odue, odid, c.data FROM cards c JOIN notes n ON n.id = nid"
    ):
        known = guid in ours.notes
        owner, name = (guid, f"card {ord_ + 1}") if known else ("", f"{guid} card {ord_ + 1}")
        yield Item("schedule", owner, name), f"{max(queue, -1)} {schedule}"
        yield Item("deck", owner, name), str(did)
        if queue < 0:
            yield Item("suspension", owner, name), "suspended" if queue == -1 else "buried"
        if flags:
            yield Item("flag", owner, name), str(flags)
        if id_ in log:
            yield Item("log", owner, name), log[id_].hexdigest()[:16]


def _deletions(collection: "Collection", ours: Edition) -> Iterator[tuple[Item, str]]:
    """Yield our notes that the learner has deleted: Anki remembers them, in order to sync."""
    from nam_flash.backend import database

    db = database(collection)
    here = set(db.list("SELECT guid FROM notes"))
    gone = set(db.list("SELECT oid FROM graves WHERE type = 1"))
    for guid, note in ours.notes.items():
        if guid not in here and note.id in gone:
            yield Item("deletion", guid), "deleted"


def _note_types(collection: "Collection", ours: Edition) -> Iterator[tuple[Item, str]]:
    for model in collection.models.all():
        shipped = ours.note_types.get(model["id"])
        if shipped is None:
            continue
        if model["css"] != shipped.css:
            yield Item("own style", shipped.name), model["css"]
        for field in model["flds"]:
            if field["name"] not in shipped.names:
                yield Item("own field", shipped.name, field["name"]), field["name"]
        theirs = {t.name: (t.front, t.back) for t in shipped.templates}
        for template in model["tmpls"]:
            texts = (template["qfmt"], template["afmt"])
            if theirs.get(template["name"]) != texts:
                yield Item("own template", shipped.name, template["name"]), repr(texts)


def _decks(collection: "Collection") -> Iterator[tuple[Item, str]]:
    for deck in collection.decks.all():
        yield Item("deck name", "", str(deck["id"])), deck["name"]
        yield Item("options", "", str(deck["id"])), str(deck.get("conf"))
    for preset in collection.decks.all_config():
        kept = {key: value for key, value in preset.items() if key not in ("mod", "usn")}
        yield Item("options", "", f"preset {preset['id']}"), json.dumps(kept, sort_keys=True)


def _media(collection: "Collection") -> Iterator[tuple[Item, str]]:
    for path in sorted(Path(collection.media.dir()).iterdir()):
        yield Item("media", "", path.name), hashlib.sha256(path.read_bytes()).hexdigest()
