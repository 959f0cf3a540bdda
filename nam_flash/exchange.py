"""The whole fact base as one value, for other programs: what `nam-flash export json` writes.

The dataclasses are its documentation, and `nam_flash.schema` makes its JSON Schema of them.
"""

from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from typing import Annotated, Any

from nam_flash.fact import Abbreviation, Source
from nam_flash.kinds import KINDS, AnyFact, kind_of
from nam_flash.reader import Form, Line, Text, TopicPath, Version, about

#: The content of an Anki field.
Markup = Annotated[str, Form("HTML or nothing", r"[\s\S]*")]


@dataclass(frozen=True, slots=True)
class TopicEntry:
    """A topic with its place among the others."""

    path: TopicPath = field(metadata=about("What facts write as their topic."))
    names: tuple[Line, ...] = field(metadata=about("Its name after those of the topics above."))
    tag: Line = field(metadata=about("The whole tag."))
    deck: Line = field(metadata=about("Its subdeck."))


@dataclass(frozen=True, slots=True)
class NoteEntry:
    """A note as Anki gets it."""

    key: Line = field(metadata=about("The fact's id and, in a comparison, the cell."))
    guid: Line = field(metadata=about("By which Anki knows the note."))
    note_type: Line = field(metadata=about("The name of its note type.", key="note-type"))
    fields: dict[Line, Markup] = field(metadata=about("Name of the field → HTML."))
    tags: tuple[Line, ...] = field(metadata=about("Its tags."))
    deck: Line = field(metadata=about("The whole name of its deck."))
    cards: tuple[int, ...] = field(metadata=about("Anki's numbers of its cards, from 0."))
    version: Version = field(metadata=about("The release of its last change."))


@dataclass(frozen=True, slots=True)
class FactBase:
    """Everything in one value."""

    name: Line = field(metadata=about("The name of the deck."))
    version: Version = field(metadata=about("The release."))
    licence: Line = field(metadata=about("The licence of all that follows."))
    description: Text = field(metadata=about("What readers should know."))
    topics: tuple[TopicEntry, ...] = field(metadata=about("All topics in teaching order."))
    glossary: dict[str, Abbreviation] = field(metadata=about("Abbreviation → long form."))
    sources: tuple[Source, ...] = field(metadata=about("The works cited, in CSL-JSON."))
    facts: tuple[AnyFact, ...] = field(
        metadata=about("The facts in teaching order, with the keys of the YAML files.")
    )
    notes: tuple[NoteEntry, ...] = field(metadata=about("The notes made of them, in that order."))


def plain(value: Any) -> Any:
    """Return a value of the types that `nam_flash.reader` reads as it stands in a file.

    Keys with their defaults are left out, and a value of which only the short key is left is
    written in short: reading the result gives the value again.
    """
    if is_dataclass(value):
        kept = {
            part.metadata.get("key", part.name): plain(getattr(value, part.name))
            for part in fields(value)
            if part.name != "origin" and getattr(value, part.name) != _default(part)
        }
        if type(value) in KINDS.values():
            return {"kind": kind_of(value), **kept}
        short = getattr(value, "SHORT", "")
        return kept[short] if list(kept) == [short] else kept
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


def _default(part: "Field[Any]") -> Any:
    """Return the default of a dataclass field, or what equals nothing."""
    return part.default if part.default_factory is MISSING else part.default_factory()
