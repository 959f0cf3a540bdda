"""The waist: note types, notes and decks as Anki knows them, and nothing about facts' kinds.

Everything after ``build`` takes a `Deck`.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from nam_flash.fact import Abbreviation, Fact, Figure, Source

#: How many ids a note takes, for itself and its cards (the card of ordinal n is note id + n).
#: Anki counts ids in milliseconds and rewrites those later than tomorrow: 860,000 new notes.
IDS_PER_NOTE: Final = 100

_CLOZE: Final = re.compile(r"\{\{c(\d+)::(.*?)(?:::.*?)?\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a note type. ``id`` makes renames merge in Anki; it never changes.

    ``tag`` is the number by which Anki itself finds a field of a type that it knows (image
    occlusion: 0 masks, 1 image, 2 header, 3 back extra, 4 comments).
    """

    name: str
    id: int
    tag: int | None = None


@dataclass(frozen=True, slots=True)
class CardTemplate:
    """A template: how one card of a note looks. ``id`` never changes."""

    name: str
    id: int
    front: str
    back: str


@dataclass(frozen=True)
class NoteType:
    """A note type. ``key`` is our name for it, ``id`` Anki's; neither ever changes.

    ``mod`` is the time (Unix seconds) at which its templates or CSS last changed. ``stock`` is
    Anki's number of the type of its own that this one is a form of; 6 is image occlusion.
    """

    key: str
    id: int
    name: str
    fields: tuple[Field, ...]
    templates: tuple[CardTemplate, ...]
    css: str
    cloze: bool = False
    mod: int = 0
    stock: int = 0

    def index(self, field_name: str) -> int:
        """Return the position of a field."""
        return self.names.index(field_name)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the fields, in order."""
        return tuple(field.name for field in self.fields)

    @property
    def schema(self) -> str:
        """The fingerprint of what Anki cannot change later: fields and templates."""
        parts: list[Field | CardTemplate] = [*self.fields, *self.templates]
        return fingerprint([f"{part.id} {part.name}" for part in parts])

    @property
    def hash(self) -> str:
        """The fingerprint of all that a learner's copy of the note type receives."""
        parts = [self.name, self.css, str(self.cloze)]
        parts += [f"{field.id} {field.name}" for field in self.fields]
        if self.stock:
            parts += [str(self.stock), *(str(field.tag) for field in self.fields)]
        for template in self.templates:
            parts += [f"{template.id} {template.name}", template.front, template.back]
        return fingerprint(parts)


@dataclass(frozen=True, slots=True)
class Note:
    """A note: the values of a note type's fields, from which Anki makes one card per ordinal.

    ``guid`` is the namespace and the hand-written key, readable; ``fields`` are HTML in the order
    of the note type. ``id``, ``mod`` (Unix seconds of the last change of content) and ``version``
    (release of that change) come from the lock.
    """

    key: str
    guid: str
    note_type: NoteType
    fields: tuple[str, ...]
    ords: tuple[int, ...]
    tags: tuple[str, ...]
    deck: str
    fact: Fact
    media: tuple[str, ...] = ()
    position: int = 0
    id: int = 0
    mod: int = 0
    version: str = ""

    def value(self, field_name: str) -> str:
        """Return the HTML of a field."""
        return self.fields[self.note_type.index(field_name)]

    def stamped(self, position: int, id_: int, mod: int, version: str) -> "Note":
        """Return the note with its place in the deck and its stamps; the version is a field too.

        It also fills ``{version}`` in the address for reports.
        """
        place = self.note_type.index("Version")
        # A note type has Report right after Version and Topic.
        topic, report = self.fields[place + 1 : place + 3]
        report = report.replace("{version}", version)
        fields = (*self.fields[:place], version, topic, report, *self.fields[place + 3 :])
        # Written out: `dataclasses.replace` takes four times as long, once for every note.
        return Note(
            self.key,
            self.guid,
            self.note_type,
            fields,
            self.ords,
            self.tags,
            self.deck,
            self.fact,
            self.media,
            position,
            id_,
            mod,
            version,
        )

    @property
    def hash(self) -> str:
        """The fingerprint of what the author decides: fields and tags, not stamps.

        Media are named by content, so the fields carry their bytes too. The address for reports
        does not count: a new one is no reason to replace every note that learners have.
        """
        report = self.note_type.index("Report")
        fields = (*self.fields[:report], "", *self.fields[report + 1 :])
        return fingerprint((self.note_type.key, *fields, "", *self.tags))


@dataclass(frozen=True, slots=True)
class Place:
    """A topic as facts use it: its whole tag, its subdeck, its rank in teaching order."""

    path: str
    tag: str
    deck: str
    rank: int

    @property
    def names(self) -> tuple[str, ...]:
        """What a reader calls the topic and those above it, below the root of the tags."""
        return tuple(part.replace("_", " ") for part in self.tag.split("::")[1:])


@dataclass(frozen=True, slots=True)
class Card:
    """One card of a note."""

    note: Note
    ord: int

    @property
    def id(self) -> int:
        """Anki's id of the card, in the range that the note's id reserves."""
        return self.note.id + self.ord


@dataclass(frozen=True, slots=True)
class Deck:
    """A deck with its subdecks, ready to be exported: notes in teaching order.

    ``sources`` are the works that the facts of its notes cite, by id; ``topics`` are all topics,
    in teaching order; ``glossary`` is the whole one, and ``figures`` are all, by id.
    """

    name: str
    description: str
    version: str
    licence: str
    notes: tuple[Note, ...]
    note_types: tuple[NoteType, ...]
    sources: dict[str, Source] = field(default_factory=dict)
    topics: tuple[Place, ...] = ()
    media: dict[str, bytes] = field(default_factory=dict)
    glossary: dict[str, Abbreviation] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)

    def cards(self) -> Iterator[Card]:
        """Yield the cards in teaching order."""
        for note in self.notes:
            for ord_ in note.ords:
                yield Card(note, ord_)

    @property
    def subdecks(self) -> tuple[str, ...]:
        """The names of all decks, parents first, sorted as Anki shows them."""
        names = {self.name}
        for deck in {note.deck for note in self.notes}:
            parts = deck.split("::")
            names.update("::".join(parts[: i + 1]) for i in range(len(parts)))
        return tuple(sorted(names))


def fingerprint(parts: tuple[str, ...] | list[str]) -> str:
    """Return 16 hexadecimal digits (64 bits) of the SHA-256 of the parts."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def clozes(text: str) -> dict[int, list[str]]:
    """Return what a cloze text hides, by the ordinal of the card (``c1`` makes card 0)."""
    hidden: dict[int, list[str]] = {}
    for number, answer in _CLOZE.findall(text):
        hidden.setdefault(int(number) - 1, []).append(answer)
    return hidden


def nfc(text: str) -> str:
    """Return the text in Unicode's normal form C, as Anki stores it."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)
