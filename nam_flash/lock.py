"""The lock: the ledger of what has shipped, one readable line for each note and note type.

Anki updates a note only when the package's stamp is newer than its own, and then replaces all
fields and tags. So a stamp must move exactly when the content moves: a stamp of the build would
overwrite learners' edits at every release, a constant one would deliver no fix. The lock holds
the hash of what shipped last and the time at which it changed. It also keeps each note's id, and
which cards exist, as Anki never forgets a card.

The file is text, sorted, and merges well; it belongs under version control.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from nam_flash.deck import IDS_PER_NOTE, Note, NoteType, clozes, fingerprint
from nam_flash.problem import Problem, Where

_HEAD: Final = """\
# The identity and the stamps of everything that has shipped. Written by `nam-flash build`.
# release VERSION TIME                                   note-type KEY STAMP HASH SCHEMA
# note KEY ID STAMP SINCE CHANGED TYPE CARDS HASH [retired]
"""
_NOTE: Final = re.compile(
    r"note (?P<key>\S+) (?P<id>\d{1,15}) (?P<mod>\d{1,11}) (?P<since>\d+\.\d+\.\d+) "
    r"(?P<version>\d+\.\d+\.\d+) "
    r"(?P<type>\S+) "
    r"(?P<cards>\d+(?:=[0-9a-f]{4})?(?:,\d+(?:=[0-9a-f]{4})?)*) (?P<hash>[0-9a-f]{16})"
    r"(?P<retired> retired)?"
)
_TYPE: Final = re.compile(
    r"note-type (?P<key>\S+) (?P<mod>\d{1,11}) (?P<hash>[0-9a-f]{16})"
    r" (?P<schema>[0-9a-f]{16})"
)
_RELEASE: Final = re.compile(r"release (?P<version>\d+\.\d+\.\d+) (?P<time>\d{1,11})")
#: The field of a cloze note type whose clozes may not be renumbered: in pictures it is the answer,
#: as a mask moves with the drawing.
_HIDING: Final = {"cloze": "Text", "occlusion": "Answers"}
#: And the key of the fact at which its author numbers them.
_WRITTEN: Final = {"cloze": "text", "occlusion": "labels"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What shipped of one note.

    ``id`` in milliseconds, ``mod`` in seconds since 1970; ``since`` is the release in which it
    first came, ``version`` that of its last change; ``cards`` are ordinals, each with four
    hexadecimal digits of what a cloze hides (empty for other note types).
    """

    id: int
    mod: int
    since: str
    version: str
    note_type: str
    cards: tuple[tuple[int, str], ...]
    hash: str
    retired: bool = False


@dataclass(frozen=True, slots=True)
class TypeEntry:
    """What shipped of one note type: ``schema`` is of its fields and templates."""

    mod: int
    hash: str
    schema: str


@dataclass(frozen=True, slots=True)
class Lock:
    """The whole ledger. ``releases`` has the time (Unix seconds) at which each was made."""

    namespace: str = ""
    deck: str = ""
    notes: dict[str, Entry] = field(default_factory=dict)
    note_types: dict[str, TypeEntry] = field(default_factory=dict)
    releases: dict[str, int] = field(default_factory=dict)

    @property
    def last_release(self) -> str:
        """The newest release, or an empty text before the first."""
        return max(self.releases, key=numbers, default="")


def numbers(version: str) -> tuple[int, ...]:
    """Return a version such as ``0.10.0`` as what it counts by."""
    return tuple(int(part) for part in version.split("."))


def parse_lock(path: str, text: str) -> tuple[Lock, list[Problem]]:
    """Return the lock written in ``text``; every line that is not of its form is a problem."""
    problems: list[Problem] = []
    ids: dict[int, str] = {}
    heads = {"namespace": "", "deck": ""}
    notes: dict[str, Entry] = {}
    types: dict[str, TypeEntry] = {}
    releases: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        known = False
        if match := _NOTE.fullmatch(line):
            known = match["key"] in notes
            twin = ids.setdefault(int(match["id"]), match["key"])
            if twin != match["key"]:
                found = f"the id of {twin!r} for {match['key']!r}"
                hint = "delete the line of the newer one; build gives it an id"
                where = Where(path, number, 1)
                problems.append(Problem(where, "NF043", found, "an id of its own", hint))
            notes[match["key"]] = Entry(
                id=int(match["id"]),
                mod=int(match["mod"]),
                since=match["since"],
                version=match["version"],
                note_type=match["type"],
                cards=tuple(_card(card) for card in match["cards"].split(",")),
                hash=match["hash"],
                retired=match["retired"] is not None,
            )
        elif match := _TYPE.fullmatch(line):
            known = match["key"] in types
            types[match["key"]] = TypeEntry(int(match["mod"]), match["hash"], match["schema"])
        elif match := _RELEASE.fullmatch(line):
            known = match["version"] in releases
            releases[match["version"]] = int(match["time"])
        elif (head := line.partition(" "))[0] in heads and not heads[head[0]]:
            heads[head[0]] = head[2]
        else:
            found = repr(line if len(line) < 60 else line[:57] + "...")
            hint = "after a merge, keep both sides' lines"
            where = Where(path, number, 1)
            problems.append(Problem(where, "NF043", found, "a line that build wrote", hint))
        if known:
            found = f"{line.split()[1]!r} a second time"
            problems.append(Problem(Where(path, number, 1), "NF043", found, "one line for each"))
    return Lock(heads["namespace"], heads["deck"], notes, types, releases), problems


def render_lock(lock: Lock) -> str:
    """Return the text of the lock, sorted by key."""
    lines = [f"namespace {lock.namespace}", f"deck {lock.deck}"]
    releases = sorted(lock.releases.items(), key=lambda release: numbers(release[0]))
    lines += [f"release {version} {time}" for version, time in releases]
    for key, type_entry in sorted(lock.note_types.items()):
        lines.append(f"note-type {key} {type_entry.mod} {type_entry.hash} {type_entry.schema}")
    for key, entry in sorted(lock.notes.items()):
        cards = ",".join(
            f"{ord_}={digest}" if digest else str(ord_) for ord_, digest in entry.cards
        )
        end = " retired" if entry.retired else ""
        lines.append(
            f"note {key} {entry.id} {entry.mod} {entry.since} {entry.version} {entry.note_type} "
            f"{cards} {entry.hash}{end}"
        )
    return _HEAD + "\n".join(lines) + "\n"


def over(base: Lock, module: Lock, hidden: Collection[str]) -> Lock:
    """Return the lock that a module's build starts from: the base's with the module's over it.

    ``hidden`` are facts of the base that the module leaves out: they have not vanished.
    """
    notes = {key: e for key, e in base.notes.items() if key.partition("/")[0] not in hidden}
    for key, entry in module.notes.items():
        shipped = notes.get(key)
        # When the base has changed since, the module's version must come out newer than that.
        outrun = shipped is not None and shipped.mod >= entry.mod
        notes[key] = replace(entry, mod=shipped.mod, hash="") if shipped and outrun else entry
    # A module changes when its author likes, not when the base is released.
    return replace(base, notes=notes, releases={})


def own_part(whole: Lock, base: Lock, namespace: str) -> Lock:
    """Return what of a module's build belongs into the module's own lock: all but the base's."""
    notes = {key: e for key, e in whole.notes.items() if base.notes.get(key) != e}
    return Lock(namespace, whole.deck, notes)


def guard(old: Lock, path: Path, namespace: str, deck: str) -> list[Problem]:
    """Return the problems when the namespace or the name of the deck is not as it shipped."""
    problems = []
    for what, shipped, given, why in (
        ("namespace", old.namespace, namespace, "part of every GUID that shipped"),
        ("deck", old.deck, deck, "by which Anki knows the deck that shipped"),
    ):
        if shipped and shipped != given:
            found, expected = f"the {what} is now {given!r}", f"{shipped!r}, {why}"
            problems.append(Problem(Where(str(path)), "NF043", found, expected))
    return problems


def stamp(
    notes: Iterable[Note],
    old: Lock,
    path: Path,
    namespace: str,
    deck: str,
    version: str,
    now: int,
) -> tuple[tuple[Note, ...], Lock, list[Problem]]:
    """Give every note its position, and from the lock its id, stamp and version; extend the lock.

    ``now`` is in Unix seconds. A note whose hash is the lock's keeps its stamp; a changed one gets
    ``max(now, old + 1)``; a new one also a new id. Returns the stamped notes in the order given,
    the new lock, and the breaches of identity: what shipped may not change its type or have its
    cards renumbered.
    """
    problems = guard(old, path, namespace, deck)
    entries: dict[str, Entry] = {}
    stamped: list[Note] = []
    used = max((entry.id for entry in old.notes.values()), default=0)
    next_id = max(now * 1000, used + IDS_PER_NOTE)
    for position, note in enumerate(notes, start=1):
        hash_, cards = note.hash, _cards(note)
        before = old.notes.get(note.key)
        retired = note.fact.retired is not None
        if before is None:
            type_ = note.note_type.key
            entry = Entry(next_id, now, version, version, type_, cards, hash_, retired)
            next_id += IDS_PER_NOTE
        else:
            problems += _breaches(note, before, cards)
            entry = before
            if hash_ != before.hash or cards != before.cards or retired != before.retired:
                mod = max(now, before.mod + 1)
                entry = replace(
                    before,
                    mod=mod,
                    version=version,
                    note_type=note.note_type.key,
                    cards=cards,
                    hash=hash_,
                    retired=retired,
                )
        entries[note.key] = entry
        stamped.append(note.stamped(position, entry.id, entry.mod, entry.version))
    lock = Lock(namespace, deck, entries, dict(old.note_types), old.releases)
    return tuple(stamped), lock, problems


def removed(old: Lock, new: Lock, path: Path) -> Iterator[Problem]:
    """Yield a problem for each note that shipped and has no fact any more."""
    for key in old.notes.keys() - new.notes.keys():
        yield Problem(
            Where(str(path)),
            "NF042",
            f"{key!r} shipped but is no longer among the facts",
            "the fact with `retired: {release: ..., why: ...}`",
            "if it never reached a learner, delete its line from the lock",
        )


def released(lock: Lock, version: str, now: int) -> Lock:
    """Return the lock of a release that is made ``now`` (Unix seconds) from what was built before.

    What has come or changed since the last release belongs to this one. What changed also gets its
    time: else a learner's edit made between the change and the release would withhold the change.
    What is new keeps its stamp: no learner of a release has it, and who had it from a build before
    the release keeps what they wrote on it.
    """
    notes = {}
    for key, entry in lock.notes.items():
        since = entry.since if entry.since in lock.releases else version
        if entry.version not in lock.releases:
            mod = max(now, entry.mod) if entry.since in lock.releases else entry.mod
            entry = replace(entry, since=since, version=version, mod=mod)
        notes[key] = entry
    return replace(lock, notes=notes, releases={**lock.releases, version: now})


def stamp_types(
    note_types: Iterable[NoteType], old: Lock, path: Path
) -> tuple[tuple[NoteType, ...], dict[str, TypeEntry], list[Problem]]:
    """Give every note type a stamp that is newer than the lock's if, and only if, it changed.

    The stamp itself comes with the note type; returns the note types, the entries, and a problem
    for each with other fields or templates. An unchanged stamp is what lets a learner's own CSS
    survive an import.
    """
    entries = dict(old.note_types)
    stamped = []
    problems = []
    for note_type in note_types:
        before = old.note_types.get(note_type.key)
        hash_, mod = note_type.hash, note_type.mod
        if before is not None:
            mod = before.mod if before.hash == hash_ else max(mod, before.mod + 1)
            if before.schema != note_type.schema:
                found = f"the note type {note_type.name!r} with other fields or templates"
                expected = "those that shipped"
                problems.append(Problem(Where(str(path)), "NF046", found, expected))
        entries[note_type.key] = TypeEntry(mod, hash_, note_type.schema)
        stamped.append(replace(note_type, mod=mod))
    return tuple(stamped), entries, problems


def _cards(note: Note) -> tuple[tuple[int, str], ...]:
    if not note.note_type.cloze:
        return tuple((ord_, "") for ord_ in note.ords)
    hidden = clozes(note.value(_HIDING[note.note_type.key]))
    return tuple((ord_, fingerprint(hidden.get(ord_, []))[:4]) for ord_ in note.ords)


def _breaches(note: Note, before: Entry, cards: tuple[tuple[int, str], ...]) -> Iterable[Problem]:
    """Yield what the author did to a note that Anki cannot follow."""
    said = max((numbers(change.release) for change in note.fact.changes), default=())
    if before.retired and not note.fact.retired and said <= numbers(before.version):
        yield Problem(
            note.fact.origin.at("id"),
            "NF041",
            f"{note.key!r}, which was retired",
            "an id that was never used",
            "if it is the same fact and holds after all, say so under `changes`",
        )
    if before.note_type != note.note_type.key:
        yield Problem(
            note.fact.origin.at("kind"),
            "NF045",
            f"note type {note.note_type.key!r} for {note.key!r}",
            f"{before.note_type!r}, as shipped",
            "retire the fact and give the new one its own id",
        )
        return
    if before.cards == cards:
        return
    old, new = dict(before.cards), dict(cards)
    cloze = note.note_type.cloze
    where = note.fact.origin.at(_WRITTEN.get(note.note_type.key, "id"))
    for ord_ in sorted(old.keys() - new.keys()):
        name = f"cloze c{ord_ + 1}" if cloze else f"card {ord_ + 1}"
        yield Problem(
            where,
            "NF040",
            f"{note.key!r} without {name}, which shipped",
            "every card that shipped",
            "retire the fact and give the new one its own id",
        )
    moved = [
        f"c{ord_ + 1}"
        for ord_, digest in new.items()
        if digest
        and old.get(ord_) not in (digest, None)
        and any(shipped == digest for other, shipped in old.items() if other != ord_)
    ]
    if moved:
        yield Problem(
            where,
            "NF040",
            f"{', '.join(moved)} of {note.key!r} with another number's text",
            "each cloze number kept by its text",
        )


def _card(text: str) -> tuple[int, str]:
    ord_, _, digest = text.partition("=")
    return int(ord_), digest
