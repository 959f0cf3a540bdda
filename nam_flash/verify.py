"""A package -> a `Report`: proof, by the real Anki, that a learner gets all of it and only that.

The package is imported into a new collection of Anki's own backend, in a temporary folder. What
arrived is compared with what `package` reads in the file, without Anki or our exporter. Then every
card is rendered, the package is imported again, which must change nothing, and Anki's own checks
run.
"""

import hashlib
import html
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, fields
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from nam_flash.deck import NoteType
from nam_flash.package import DEFAULT_DECK, Contents, note_type, read_package

if TYPE_CHECKING:
    from nam_flash.backend import Collection, DBProxy, ImportLogWithChanges

#: Where Anki's messages about templates point to, in every language.
_ERROR: Final = "docs.ankiweb.net/templates/errors"
#: Tags that show nothing themselves.
_MARKUP: Final = re.compile(r"<(?!(?:img|svg|object|audio|video)\b)[^>]*>", re.IGNORECASE)
#: Anki's number of its note type for masked pictures.
_IMAGE_OCCLUSION: Final = 6
#: A mask as Anki writes it: cloze number, shape, properties.
_MASK: Final = re.compile(r"\{\{c(\d+)::image-occlusion:(\w+)((?::[^:}]*)*)\}\}")
#: Rows asked for at once: the backend has no cursors, and fields are long.
_BATCH: Final = 2000


@dataclass(frozen=True, slots=True)
class Check:
    """One thing proved or refuted: how many were looked at, and what is wrong with which."""

    name: str
    checked: int
    failures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The checks of one package, in the order in which they ran."""

    file: str
    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Tell whether nothing failed."""
        return not any(check.failures for check in self.checks)


def verify(data: bytes, name: str, status: Callable[[str], None] = lambda text: None) -> Report:
    """Import a package into Anki and compare what arrives with what the package holds.

    ``name`` is what the report calls the package; ``status`` is told what comes next. The report
    ends with the check that cannot go on: the first, when the package cannot be read. Raises
    ImportError when the ``anki`` package is missing.
    """
    from nam_flash.backend import AnkiException, Collection

    status(f"{name}: reading")
    package = read_package(data)
    if isinstance(package, str):
        return Report(name, (Check("package", 1, (package,)),))
    checks = [Check("package", 1, ())]
    with TemporaryDirectory(prefix="nam-flash-") as folder, closing(package.db):
        path = Path(folder, "package.apkg")
        path.write_bytes(data)
        with closing(Collection(str(Path(folder, "collection.anki2")))) as collection:
            stock = frozenset(item.id for item in collection.models.all_names_and_ids())
            trial = _Trial(package, path, collection, stock)
            for check, run in _CHECKS.items():
                status(f"{name}: {check}")
                try:
                    checked, failures = run(trial)
                except AnkiException as error:
                    checks.append(Check(check, 1, (f"Anki stops: {_plain(str(error))}",)))
                    break
                checks.append(Check(check, checked, tuple(failures)))
    return Report(name, tuple(checks))


@dataclass(frozen=True, slots=True)
class _Trial:
    """A package and the collection that it goes into; ``stock`` are the note types there before."""

    package: Contents
    path: Path
    collection: "Collection"
    stock: frozenset[int]

    @property
    def db(self) -> "DBProxy":
        """The collection's database."""
        from nam_flash.backend import database

        return database(self.collection)


class _Card(NamedTuple):
    id: int
    guid: str
    ord: int
    deck: int
    type: int
    queue: int
    due: int

    def __str__(self) -> str:
        return f"{self.guid} card {self.ord + 1}"


#: How many were looked at, and what is wrong.
_Outcome = tuple[int, list[str]]


def _import(trial: _Trial) -> _Outcome:
    """Every note is new to Anki: none is skipped, in conflict or without a note type."""
    from nam_flash.backend import import_package

    return _log(import_package(trial.collection, trial.path), "new")


def _notes(trial: _Trial) -> _Outcome:
    """Every note of the package arrives and no other; no two share a GUID."""
    packaged, arrived = (
        [guid for (guid,) in db.execute("SELECT guid FROM notes ORDER BY id")]
        for db in (trial.package.db, trial.db)
    )
    twice = [f"{guid}: the GUID of {n} notes" for guid, n in Counter(packaged).items() if n > 1]
    return len(packaged), twice + _unequal(packaged, arrived)


def _fields(trial: _Trial) -> _Outcome:
    """Every field's text arrives, to the character."""
    checked, failures = 0, []
    for guid, (mid, before), (_, after) in _pairs(trial, "mid, flds"):
        names = trial.package.note_types[mid].names
        checked += len(names)
        texts = zip(names, before.split("\x1f"), after.split("\x1f"), strict=True)
        failures += [_change(f"{guid} {name}", old, new) for name, old, new in texts if old != new]
    return checked, failures


def _tags(trial: _Trial) -> _Outcome:
    """Every note's tags arrive as they are written, in any order."""
    checked, failures = 0, []
    for guid, (before,), (after,) in _pairs(trial, "tags"):
        packaged, arrived = (tags.split() for tags in (before, after))
        checked += len(packaged)
        failures += [f"{guid} tag {failure}" for failure in _unequal(packaged, arrived)]
    return checked, failures


def _stamps(trial: _Trial) -> _Outcome:
    """Every note keeps its id, its time of change and its note type."""
    names = ("id", "mod", "note type")
    checked, failures = 0, []
    for guid, before, after in _pairs(trial, "id, mod, mid"):
        checked += len(names)
        stamps = zip(names, before, after, strict=True)
        failures += [_change(f"{guid} {name}", old, new) for name, old, new in stamps if old != new]
    return checked, failures


def _cards(trial: _Trial) -> _Outcome:
    """Every card of the package arrives with its id, and no other; every note has one."""
    packaged, arrived = (
        [f"{card} (id {card.id})" for card in _card_rows(db).values()]
        for db in (trial.package.db, trial.db)
    )
    lone = "SELECT id, nid FROM cards WHERE nid NOT IN (SELECT id FROM notes) ORDER BY id"
    bare = "SELECT guid FROM notes WHERE id NOT IN (SELECT nid FROM cards) ORDER BY id"
    failures = [f"card {id_}: no note {nid}" for id_, nid in trial.package.db.execute(lone)]
    failures += [f"{guid}: no card" for (guid,) in trial.package.db.execute(bare)]
    return len(packaged), failures + _unequal(packaged, arrived)


def _decks(trial: _Trial) -> _Outcome:
    """Every deck arrives with its description, and every card in its deck."""
    here = {deck["id"]: (deck["name"], deck["desc"]) for deck in trial.collection.decks.all()}
    there = trial.package.decks
    before, after = (
        {name: text for id_, (name, text) in decks.items() if id_ != DEFAULT_DECK}
        for decks in (there, here)
    )
    failures = _unequal(before, after)
    failures += [
        _change(f"{name} description", before[name], after[name])
        for name in before.keys() & after.keys()
        if before[name] != after[name]
    ]
    cards = _card_pairs(trial)
    for old, new in cards:
        name, _ = there.get(old.deck, ("no deck", ""))
        found, _ = here.get(new.deck, ("no deck", ""))
        if name != found:
            failures.append(_change(f"{old} deck", name, found))
    return len(before) + len(cards), failures


def _positions(trial: _Trial) -> _Outcome:
    """Every card is new, in its place of the teaching order."""
    cards = _card_pairs(trial)
    failures = []
    for old, new in cards:
        if any(card.type or card.queue for card in (old, new)):
            failures.append(f"{old}: not a new card (type {old.type}, queue {old.queue})")
        if old.due != new.due:
            failures.append(_change(f"{old} position", old.due, new.due))
    return len(cards), failures


def _note_types(trial: _Trial) -> _Outcome:
    """Every note type arrives with all that a card needs, and Anki makes none beside them ("+")."""
    packaged = trial.package.note_types
    models = trial.collection.models.all()
    arrived = {model["id"]: note_type(model) for model in models if model["id"] not in trial.stock}
    failures = _unequal(
        [f"{type_.name} (id {type_.id})" for type_ in packaged.values()],
        [f"{type_.name} (id {type_.id})" for type_ in arrived.values()],
    )
    for id_ in packaged.keys() & arrived.keys():
        old, new = packaged[id_], arrived[id_]
        for field in fields(NoteType):
            before, after = getattr(old, field.name), getattr(new, field.name)
            if before != after:
                failures.append(_change(f"{old.name} {field.name}", before, after))
    return len(packaged), failures


def _media(trial: _Trial) -> _Outcome:
    """Every file arrives, to the byte, and no other; fields name all of them and no others."""
    packaged = trial.package.media
    arrived = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in Path(trial.collection.media.dir()).iterdir()
    }
    # Anki takes a file whose name begins with "_" for used, whatever the fields say.
    texts = " ".join(trial.db.list("SELECT flds FROM notes"))
    named = set(re.findall(r'<img\b[^>]*\bsrc="([^"]*)"', texts))
    failures = [f"{name}: named by no field" for name in packaged if name not in named]
    failures += [f"{name}: lost" for name in packaged if name in named and name not in arrived]
    failures += [f"{name}: not in the package" for name in arrived if name not in packaged]
    failures += [
        f"{name}: other bytes"
        for name in packaged.keys() & arrived.keys()
        if packaged[name] != arrived[name]
    ]
    check = trial.collection.media.check()
    failures += [f"{name}: named by a field, but missing" for name in check.missing]
    failures += [f"{name}: unused" for name in check.unused]
    return len(packaged), failures


def _rendering(trial: _Trial) -> _Outcome:
    """Anki's renderer shows both sides of every card, without an error and not the same twice."""
    from nam_flash.backend import AnkiException, CardId

    cards = _card_rows(trial.db)
    failures = []
    for card in cards.values():
        try:
            output = trial.collection.get_card(CardId(card.id)).render_output()
        except AnkiException as error:
            failures.append(f"{card}: {_plain(str(error))}")
        else:
            faults = _faults(output.question_text, output.answer_text)
            failures += [f"{card} {fault}" for fault in faults]
    return 2 * len(cards), failures


def _occlusion(trial: _Trial) -> _Outcome:
    """Anki's own image occlusion reads every mask, and the picture under it, as the note has it."""
    checked, failures = 0, []
    for guid, (id_, mid, flds), _ in _pairs(trial, "id, mid, flds"):
        note_type = trial.package.note_types[mid]
        if note_type.stock != _IMAGE_OCCLUSION:
            continue
        values = dict(
            zip((field.tag for field in note_type.fields), flds.split("\x1f"), strict=True)
        )
        response = trial.collection.get_image_occlusion_note(id_)
        if response.HasField("error"):
            failures.append(f"{guid}: {_plain(response.error)}")
            continue
        note = response.note
        written = sorted(_masks(values.get(0, "")))
        read = sorted(
            (occlusion.ordinal, shape.shape, tuple((p.name, p.value) for p in shape.properties))
            for occlusion in note.occlusions
            for shape in occlusion.shapes
        )
        checked += len(written)
        if not written:
            failures.append(f"{guid}: no mask")
        failures += [
            f"{guid} mask {fault}" for fault in _unequal(map(str, written), map(str, read))
        ]
        failures += [
            f"{guid} mask of c{number}: not inside of the picture"
            for number, _, sides in written
            if not _inside(dict(sides))
        ]
        picture = trial.package.media.get(note.image_file_name)
        if picture is None or picture != hashlib.sha256(note.image_data).hexdigest():
            failures.append(f"{guid}: Anki finds no picture of the package under the masks")
        texts = (("header", 2, note.header), ("explanation", 3, note.back_extra))
        failures += [
            _change(f"{guid} {name}", values.get(tag, ""), text)
            for name, tag, text in texts
            if values.get(tag, "") != text
        ]
    return checked, failures


def _masks(text: str) -> Iterator[tuple[int, str, tuple[tuple[str, str], ...]]]:
    """Yield the masks that a field holds: cloze number, shape, and properties in order."""
    for number, shape, properties in _MASK.findall(text):
        pairs = (part.partition("=") for part in properties.strip(":").split(":"))
        yield int(number), shape, tuple((name, value) for name, _, value in pairs)


def _inside(sides: dict[str, str]) -> bool:
    """Tell whether a rectangle in fractions of a picture has an extent and lies in it."""
    try:
        left, top, width, height = (float(sides[n]) for n in ("left", "top", "width", "height"))
    except (KeyError, ValueError):
        return False
    # Each is rounded to four digits.
    most = 1.0002
    return min(left, top) >= 0 < min(width, height) and left + width < most and top + height < most


def _faults(front: str, back: str) -> list[str]:
    """Return what is wrong with the two sides of a rendered card."""
    seen = {"front": _plain(front), "back": _plain(back)}
    faults = [
        f"{side}: {text or 'empty'}"
        for (side, text), markup in zip(seen.items(), (front, back), strict=True)
        if not text or _ERROR in markup or "{{" in text or "{unknown field" in text
    ]
    if not faults and seen["front"] == seen["back"]:
        return ["front and back: the same"]
    return faults


def _again(trial: _Trial) -> _Outcome:
    """Another import brings nothing new to Anki, and changes no byte of notes and cards."""
    from nam_flash.backend import import_package

    before = _snapshot(trial.db)
    checked, failures = _log(import_package(trial.collection, trial.path), "duplicate")
    after = _snapshot(trial.db)
    for row in sorted(before.keys() | after.keys()):
        old, new = before.get(row), after.get(row)
        if old != new:
            what = "added" if old is None else "removed" if new is None else "changed"
            failures.append(f"{row[0]} {row[1]}: {what}")
    return checked, failures


def _empty_cards(trial: _Trial) -> _Outcome:
    """Anki finds no card with an empty front."""
    cards = _card_rows(trial.db)
    notes = trial.collection.get_empty_cards().notes
    return len(cards), [f"{cards[id_]}: empty" for note in notes for id_ in note.card_ids]


def _missing_cards(trial: _Trial) -> _Outcome:
    """Anki makes no further card of the notes."""
    before = _card_rows(trial.db)
    notes = trial.db.list("SELECT id FROM notes")
    trial.collection.after_note_updates(notes, mark_modified=False)
    new = [card for id_, card in _card_rows(trial.db).items() if id_ not in before]
    return len(notes), [f"{card}: made by Anki, not in the package" for card in new]


def _integrity(trial: _Trial) -> _Outcome:
    """Anki's check of the database finds nothing to repair."""
    message, ok = trial.collection.fix_integrity()
    return 1, [] if ok else [_plain(message)]


#: The checks after "package", in the order in which they run: the last ones change the collection.
_CHECKS: Final[dict[str, Callable[[_Trial], _Outcome]]] = {
    "import": _import,
    "notes": _notes,
    "fields": _fields,
    "tags": _tags,
    "stamps": _stamps,
    "cards": _cards,
    "decks": _decks,
    "positions": _positions,
    "note types": _note_types,
    "media": _media,
    "rendering": _rendering,
    "occlusion": _occlusion,
    "empty cards": _empty_cards,
    "import again": _again,
    "missing cards": _missing_cards,
    "integrity": _integrity,
}


def _log(response: "ImportLogWithChanges", expected: str) -> _Outcome:
    """Return which notes an import put into another list of its log than the expected one."""
    lists = (
        "new", "updated", "duplicate", "conflicting", "first_field_match",
        "missing_notetype", "missing_deck", "empty_first_field",
    )  # fmt: skip
    failures = [
        f"{note.fields[0]}: {list_.replace('_', ' ')}"
        for list_ in lists
        if list_ != expected
        for note in getattr(response.log, list_)
    ]
    return response.log.found_notes, failures


def _pairs(trial: _Trial, columns: str) -> Iterator[tuple[str, list[Any], list[Any]]]:
    """Yield the GUID and the columns of every note, in the package and as it arrived.

    GUIDs that several notes share are left out: `_notes` reports them.
    """
    ids = {row[0]: row[1] for row in trial.db.all("SELECT guid, id FROM notes")}
    cursor = trial.package.db.execute(
        f"SELECT guid, {columns} FROM notes GROUP BY guid HAVING count(*) = 1"
    )
    while rows := cursor.fetchmany(_BATCH):
        wanted = ",".join(str(ids[row[0]]) for row in rows if row[0] in ids)
        arrived = trial.db.all(f"SELECT guid, {columns} FROM notes WHERE id IN ({wanted})")
        found = {guid: values for guid, *values in arrived}
        yield from ((guid, values, found[guid]) for guid, *values in rows if guid in found)


def _card_rows(db: "sqlite3.Connection | DBProxy") -> dict[int, _Card]:
    """Return all cards that have a note, by id."""
    rows = db.execute(
        "SELECT cards.id, guid, ord, did, type, queue, due "
        "FROM cards JOIN notes ON notes.id = nid ORDER BY cards.id"
    )
    return {row[0]: _Card(*row) for row in rows}


def _card_pairs(trial: _Trial) -> list[tuple[_Card, _Card]]:
    """Return every card in the package and as it arrived; `_cards` reports those that did not."""
    packaged, arrived = _card_rows(trial.package.db), _card_rows(trial.db)
    return [(card, arrived[id_]) for id_, card in packaged.items() if id_ in arrived]


def _snapshot(db: "DBProxy") -> dict[tuple[str, int], bytes]:
    """Return a digest of every row of the notes and cards."""
    digests = {}
    for name in ("note", "card"):
        last = 0
        query = f"SELECT * FROM {name}s WHERE id > ? ORDER BY id LIMIT {_BATCH}"
        while rows := db.all(query, last):
            for row in rows:
                digests[name, row[0]] = hashlib.sha256(repr(row).encode()).digest()
            last = rows[-1][0]
    return digests


def _unequal(packaged: Iterable[str], arrived: Iterable[str]) -> list[str]:
    """Return what was lost and what was invented."""
    before, after = Counter(iter(packaged)), Counter(iter(arrived))
    return [
        *(f"{item}: lost" for item in before - after),
        *(f"{item}: not in the package" for item in after - before),
    ]


def _change(what: str, before: object, after: object) -> str:
    """Say what changed, showing where two values begin to differ."""
    old, new = str(before), str(after)
    pairs = enumerate(zip_longest(old, new))
    start = max(0, next((i for i, (a, b) in pairs if a != b), 0) - 20)
    return f"{what}: {old[start : start + 60]!r} became {new[start : start + 60]!r}"


def _plain(text: str) -> str:
    """Return what is seen of HTML, on one line; media count as seen."""
    # Anki isolates what it puts into its messages with invisible marks.
    text = re.sub("[\u2068\u2069]", "", html.unescape(_MARKUP.sub(" ", text)))
    return " ".join(text.split())
