"""What learners have of one release: the notes, note types and pictures, with their stamps.

An `Edition` comes from a deck that was just built or from the bytes of a package, and is the same
from both. It knows of no fact and of no Anki, so editions of any age can be compared.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from nam_flash.deck import Deck, NoteType
from nam_flash.package import DEFAULT_DECK, Contents, read_package

#: Fields that say when a note changed and where to report it, not what it says. They follow the
#: release, and alone are no reason to replace a note (`Note.hash` leaves them out too).
FOLLOWING: Final = frozenset({"Version", "Report"})

#: The field that belongs to the learner.
MY_NOTES: Final = "My Notes"

#: How `build` ends the description of a deck.
_VERSION: Final = re.compile(r"\bVersion (\d+\.\d+\.\d+)\.")
_NUMBERS: Final = re.compile(r"\d+\.\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Shipped:
    """A note as learners have it.

    ``key`` is what stands in its field ID (its GUID where there is none); ``fields`` are HTML by
    name, in the order of the note type; ``ords`` are the ordinals of its cards, ``deck`` is that
    of its first card; ``mod`` in Unix seconds, ``id`` is Anki's.
    """

    key: str
    guid: str
    type_id: int
    type_name: str
    fields: Mapping[str, str]
    ords: tuple[int, ...]
    tags: tuple[str, ...]
    deck: str
    mod: int
    id: int

    @property
    def fact(self) -> str:
        """The id of the fact from which the note came."""
        return self.key.partition("/")[0]

    @property
    def said(self) -> dict[str, str]:
        """The fields that count as content: all but those that follow the release."""
        return {name: text for name, text in self.fields.items() if name not in FOLLOWING}

    def same_content(self, other: "Shipped") -> bool:
        """Tell whether an update from one to the other would bring a learner nothing.

        The deck does not count: Anki moves no card.
        """
        return (
            self.said == other.said
            and set(self.tags) == set(other.tags)
            and self.ords == other.ords
            and self.type_id == other.type_id
        )


@dataclass(frozen=True)
class Edition:
    """What learners have of one release.

    ``notes`` are by GUID and in teaching order, ``note_types`` by Anki's id (without our key),
    ``media`` the SHA-256 of each file in hexadecimal. ``twice`` are the GUIDs that several notes
    share; ``notes`` has the first of them.
    """

    name: str
    version: str
    notes: Mapping[str, Shipped]
    note_types: Mapping[int, NoteType]
    decks: tuple[str, ...]
    media: Mapping[str, str] = field(default_factory=dict)
    twice: tuple[str, ...] = ()

    @cached_property
    def types_by_name(self) -> Mapping[str, NoteType]:
        """The note types by their names, by which learners know them."""
        return {note_type.name: note_type for note_type in self.note_types.values()}

    @cached_property
    def cards(self) -> int:
        """The number of cards."""
        return sum(len(note.ords) for note in self.notes.values())


def of_deck(deck: Deck) -> Edition:
    """Return what a learner would have who imports the package of a deck."""
    notes: dict[str, Shipped] = {}
    twice: list[str] = []
    for note in deck.notes:
        if note.guid in notes:
            twice.append(note.guid)
            continue
        notes[note.guid] = Shipped(
            key=note.key,
            guid=note.guid,
            type_id=note.note_type.id,
            type_name=note.note_type.name,
            fields=dict(zip(note.note_type.names, note.fields, strict=True)),
            ords=tuple(sorted(note.ords)),
            tags=note.tags,
            deck=note.deck,
            mod=note.mod,
            id=note.id,
        )
    return Edition(
        name=deck.name,
        version=deck.version,
        notes=notes,
        note_types={type_.id: replace(type_, key="") for type_ in deck.note_types},
        decks=deck.subdecks,
        media={name: hashlib.sha256(data).hexdigest() for name, data in deck.media.items()},
        twice=tuple(dict.fromkeys(twice)),
    )


def read(data: bytes) -> Edition | str:
    """Return what the bytes of an .apkg bring to a learner, or what is wrong with them, in words.

    Packages of others can be read too, if they are in the format that `read_package` takes.
    """
    contents = read_package(data)
    if isinstance(contents, str):
        return contents
    with closing(contents.db):
        try:
            return _edition(contents)
        except ValueError as error:
            return str(error)


def _edition(contents: Contents) -> Edition:
    """Raise ValueError, with what is wrong in words, for a note that Anki would not take."""
    cards: dict[int, list[tuple[int, str, int]]] = {}
    for note_id, ord_, deck_id, due in contents.db.execute("SELECT nid, ord, did, due FROM cards"):
        name, _ = contents.decks.get(deck_id, ("", ""))
        cards.setdefault(note_id, []).append((ord_, name, due))
    rows = [
        (min((due for _, _, due in cards.get(row[0], ())), default=0), *row)
        for row in contents.db.execute("SELECT id, guid, mid, mod, tags, flds FROM notes")
    ]
    notes: dict[str, Shipped] = {}
    twice: list[str] = []
    for _, id_, guid, type_id, mod, tags, text in sorted(rows):
        note_type = contents.note_types.get(type_id)
        if note_type is None:
            raise ValueError(f"{guid}: no note type {type_id}")
        values = text.split("\x1f")
        if len(values) != len(note_type.names):
            raise ValueError(f"{guid}: {len(values)} fields, not {len(note_type.names)}")
        if guid in notes:
            twice.append(guid)
            continue
        fields = dict(zip(note_type.names, values, strict=True))
        placed = sorted(cards.get(id_, ()))
        notes[guid] = Shipped(
            key=fields.get("ID") or guid,
            guid=guid,
            type_id=type_id,
            type_name=note_type.name,
            fields=fields,
            ords=tuple(ord_ for ord_, _, _ in placed),
            tags=tuple(tags.split()),
            deck=placed[0][1] if placed else "",
            mod=mod,
            id=id_,
        )
    own = {id_: deck for id_, deck in contents.decks.items() if id_ != DEFAULT_DECK}
    tops = Counter(note.deck.partition("::")[0] for note in notes.values())
    name = tops.most_common(1)[0][0] if tops else min((n for n, _ in own.values()), default="")
    return Edition(
        name=name,
        version=_version(dict(own.values()).get(name, ""), notes),
        notes=notes,
        note_types=contents.note_types,
        decks=tuple(sorted(deck for deck, _ in own.values())),
        media=contents.media,
        twice=tuple(dict.fromkeys(twice)),
    )


def _version(description: str, notes: Mapping[str, Shipped]) -> str:
    """Return the release: from the description, else the newest of a note, else an empty text."""
    if match := _VERSION.search(description):
        return match[1]
    found = (note.fields.get("Version", "") for note in notes.values())
    return max(
        (version for version in found if _NUMBERS.fullmatch(version)),
        key=lambda version: tuple(int(part) for part in version.split(".")),
        default="",
    )
