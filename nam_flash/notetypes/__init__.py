"""The note types: few, shared by many kinds, frozen.

Everything numeric here is identity: Anki merges a renamed field or template only when the ids
stay. After 1.0 no field or template is added, renamed, removed or moved (Anki would fork the note
type or demand a full sync). Two spare fields wait for what we did not think of.

`My Notes` is last and always empty in what we ship: it belongs to the learner. `ID` is first
because Anki sorts and shows notes by their first field. `Detail` carries what only some cards
have (a comparison's table, a threshold's arithmetic). The HTML and CSS are the files beside this.
"""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

from nam_flash.deck import CardTemplate, Field, NoteType

_HERE: Final = Path(__file__).parent

#: When the templates or the CSS last changed (Unix seconds). It ships with the tool, so that every
#: fact base gives learners the same stamp and their own CSS survives; a test asks for a new one
#: when the content changes.
_CHANGED: Final = 1795770600

#: What every note type has after its own fields: name and offset of the field's id.
_COMMON: Final = (
    ("Extra", 50),
    ("Source", 51),
    ("Status", 52),
    ("Version", 53),
    ("Topic", 57),
    ("Report", 58),
    ("Spare 1", 54),
    ("Spare 2", 55),
    ("My Notes", 56),
)


def _fields(base: int, *own: str) -> tuple[Field, ...]:
    fields = [Field(name, base + i) for i, name in enumerate(own, start=1)]
    return (*fields, *(Field(name, base + offset) for name, offset in _COMMON))


def _tagged(fields: tuple[Field, ...], *names: str) -> tuple[Field, ...]:
    """Return the fields with Anki's tags 0, 1, 2 ... at those of these names."""
    return tuple(
        replace(field, tag=names.index(field.name)) if field.name in names else field
        for field in fields
    )


@cache
def _file(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _template(name: str, id_: int, stem: str) -> CardTemplate:
    return CardTemplate(name, id_, _file(f"{stem}-front.html"), _file(f"{stem}-back.html"))


BASIC: Final = NoteType(
    key="basic",
    id=1763769600100,
    name="nam-flash Basic",
    fields=_fields(
        1763769600100,
        "ID",
        "Question",
        "Answer",
        "Reverse Question",
        "Reverse Answer",
        "Detail",
    ),
    templates=(
        _template("Card", 1763769600191, "basic-card"),
        _template("Reverse", 1763769600192, "basic-reverse"),
    ),
    css=_file("card.css"),
    mod=_CHANGED,
)

CLOZE: Final = NoteType(
    key="cloze",
    id=1763769600200,
    name="nam-flash Cloze",
    fields=_fields(1763769600200, "ID", "Text", "Detail"),
    templates=(_template("Cloze", 1763769600291, "cloze"),),
    css=_file("card.css"),
    mod=_CHANGED,
    cloze=True,
)

VIGNETTE: Final = NoteType(
    key="vignette",
    id=1763769600300,
    name="nam-flash Vignette",
    fields=_fields(
        1763769600300,
        "ID",
        "Stem",
        "Question",
        "Options",
        "Answer",
        "Explanations",
    ),
    templates=(_template("Vignette", 1763769600391, "vignette"),),
    css=_file("card.css"),
    mod=_CHANGED,
)

#: Anki's own image occlusion, with our fields around its five. Anki finds those by their tags, so
#: `ID` can stay first; `My Notes` is what it calls comments. It draws the masks of `Occlusion` over
#: `Image` with its own script; `Answers` and `Detail` have a cloze for each mask, in words.
OCCLUSION: Final = NoteType(
    key="occlusion",
    id=1763769600400,
    name="nam-flash Image Occlusion",
    fields=_tagged(
        _fields(1763769600400, "ID", "Occlusion", "Image", "Header", "Answers", "Detail"),
        "Occlusion",
        "Image",
        "Header",
        "Extra",
        "My Notes",
    ),
    templates=(_template("Image Occlusion", 1763769600491, "occlusion"),),
    css=_file("card.css") + _file("occlusion.css"),
    mod=_CHANGED,
    cloze=True,
    stock=6,
)

#: All note types by key.
NOTE_TYPES: Final[dict[str, NoteType]] = {
    "basic": BASIC,
    "cloze": CLOZE,
    "vignette": VIGNETTE,
    "occlusion": OCCLUSION,
}
