"""A card's question and answer as Anki renders them, without Anki.

Anki's template language is small, and our templates use a part of it: ``{{Field}}``, sections
``{{#Field}}`` and ``{{^Field}}``, ``{{cloze:Field}}``, also of masks over a picture (rectangles),
``{{cloze-only:Field}}`` and ``{{FrontSide}}``. Anything else is an error here rather than a card
that differs. A test compares every shipped card, byte for byte, with
``render_output()`` of Anki's own backend.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Final, NamedTuple

from nam_flash.deck import Note

_TAG: Final = re.compile(r"\{\{\s*([#^/]?)\s*(.*?)\s*\}\}")
#: A field with nothing else is empty to Anki's sections.
_BLANK: Final = re.compile(r"(?:\s|</?(?:br|div) ?/?>)*")
_NAMED: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_CLOZE: Final = re.compile(r"\{\{c(\d+)::(.*?)(?:::(.*?))?\}\}", re.DOTALL)
_MASK: Final = re.compile(
    r"image-occlusion:rect:((?:(?:left|top|width|height|oi)=[0-9.]+)(?::(?:left|top|width|height|oi)=[0-9.]+)*)"
)
#: Where Anki's attribute has another name than its key.
_KEYS: Final = {"oi": "occludeInactive"}


class Sides(NamedTuple):
    """The HTML of both sides of a card; the answer repeats what it shows of the question."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class _Field:
    name: str


@dataclass(frozen=True, slots=True)
class _Section:
    name: str
    filled: bool  # shown when the field is filled, or when it is empty
    parts: "_Parts"


_Parts = tuple[str | _Field | _Section, ...]


def render(note: Note, ord_: int) -> Sides:
    """Return both sides of the card of ordinal ``ord_``.

    Raises ValueError when a template uses what this renderer does not know, KeyError when it names
    a field that the note type does not have.
    """
    note_type = note.note_type
    fields = dict(zip(note_type.names, note.fields, strict=True))
    template = note_type.templates[0 if note_type.cloze else ord_]
    question = "".join(_fill(_parsed(template.front), fields, ord_ + 1, False))
    fields["FrontSide"] = question
    return Sides(question, "".join(_fill(_parsed(template.back), fields, ord_ + 1, True)))


@cache
def _parsed(template: str) -> _Parts:
    """Take a template apart, once."""
    # With two groups in the pattern: text, sign, name, text, sign, name, text.
    first, *rest = _TAG.split(template)
    tokens = iter(zip(rest[::3], rest[1::3], rest[2::3], strict=True))
    return (first, *_parts(tokens, ""))


def _parts(
    tokens: Iterator[tuple[str, str, str]], inside: str
) -> Iterator[str | _Field | _Section]:
    """Yield the parts up to the end of the section ``inside``, or of the template."""
    for sign, name, after in tokens:
        if sign == "/":
            if name != inside:
                raise ValueError(f"{{{{/{name}}}}} ends {inside or 'nothing'}")
            yield after
            return
        if sign:
            # The text after the section's end is its last part, so it moves out here.
            *parts, last = (after, *_parts(tokens, name))
            yield _Section(name, sign == "#", tuple(parts))
            yield last
        elif ":" in re.sub("^cloze(-only)?:", "", name):
            raise ValueError(f"an unknown filter in {{{{{name}}}}}")
        else:
            yield _Field(name)
            yield after
    if inside:
        raise ValueError(f"{{{{#{inside}}}}} has no end")


def _fill(parts: _Parts, fields: dict[str, str], number: int, back: bool) -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            yield part
        elif isinstance(part, _Section):
            if bool(_BLANK.fullmatch(fields[part.name])) != part.filled:
                yield from _fill(part.parts, fields, number, back)
        elif part.name.startswith("cloze:"):
            text = fields[part.name.removeprefix("cloze:")]
            yield _CLOZE.sub(partial(_cloze, number, back), text)
        elif part.name.startswith("cloze-only:"):
            text = fields[part.name.removeprefix("cloze-only:")]
            own = (match for match in _CLOZE.finditer(text) if int(match[1]) == number)
            yield ", ".join(match[2] if back else match[3] or "..." for match in own)
        else:
            yield fields[part.name]


def _cloze(number: int, back: bool, match: re.Match[str]) -> str:
    """Return one cloze: hidden on the front of its own card, shown everywhere else."""
    own, text, hint = match.groups()
    if text.startswith("image-occlusion:"):
        state = "inactive" if int(own) != number else "highlight" if back else ""
        name = f"cloze-{state}" if state else "cloze"
        return f'<div class="{name}" data-ordinal="{own}" {_mask(text)}></div>'
    if int(own) != number:
        return f'<span class="cloze-inactive" data-ordinal="{own}">{text}</span>'
    if back:
        return f'<span class="cloze" data-ordinal="{own}">{text}</span>'
    shown = f"[{hint}]" if hint else "[...]"
    secret = "".join(map(_attribute, text))
    return f'<span class="cloze" data-cloze="{secret}" data-ordinal="{own}">{shown}</span>'


def _mask(text: str) -> str:
    """Return the attributes of a mask, ``image-occlusion:rect:left=.1:...``, each with a space."""
    match = _MASK.fullmatch(text)
    if match is None:
        raise ValueError(f"a mask that is not a rectangle in numbers: {text}")
    pairs = (pair.split("=") for pair in match[1].split(":"))
    return 'data-shape="rect" ' + "".join(f'data-{_KEYS.get(k, k)}="{v}" ' for k, v in pairs)


def _attribute(sign: str) -> str:
    """Escape one character as Anki's backend does (Rust's ``htmlescape::encode_attribute``)."""
    if ord(sign) > 255 or (sign.isascii() and sign.isalnum()):
        return sign
    return _NAMED.get(sign) or f"&#x{ord(sign):X};"
