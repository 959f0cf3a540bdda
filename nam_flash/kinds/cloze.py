"""Kind ``cloze``: a sentence with hidden parts, ``{{c1::text}}`` or ``{{c1::text::hint}}``.

Anki numbers the cards by the cloze numbers, so these are identity: they count from 1 without a
gap and never change. What Anki silently loses (nesting, several numbers in one, an empty part)
is an error here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from nam_flash.deck import IDS_PER_NOTE
from nam_flash.fact import Fact
from nam_flash.kinds.draft import Desk, Draft
from nam_flash.markup import Side
from nam_flash.reader import Text, about

_MARK: Final = re.compile(r"\{\{|\}\}")
_OPEN: Final = re.compile(r"\{\{c(\d+)::")
_TAGS: Final = re.compile(r"<(/?)(\w+)[^>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloze(Fact):
    """A sentence of which each numbered part is hidden on a card of its own."""

    text: Text = field(metadata=about("The sentence with {{c1::hidden}} parts."))

    def drafts(self, desk: Desk) -> Iterator[Draft]:
        """Yield the one note; each cloze number is a card."""
        side = desk.side(self, self.text)
        numbers = _numbers(self.text, side)
        fields = {"Text": side(self.text, "text")}
        _balanced(fields["Text"], side)
        ords = tuple(number - 1 for number in numbers)
        yield Draft("cloze", fields, ords, extra=side(self.extra, "extra"), cite=self.cite)


def _numbers(text: str, side: Side) -> list[int]:
    """Return the cloze numbers in order, after reporting what is wrong with the syntax."""
    numbers: set[int] = set()
    start = -1  # where the text of the open cloze begins
    for mark in _MARK.finditer(text):
        if mark.group() == "}}":
            if start < 0:
                _report(side, "'}}' that closes nothing", "{{c1::text}}")
                continue
            hidden = text[start : mark.start()].split("::")
            if not hidden[0].strip():
                _report(side, "an empty cloze", "{{c1::text}}")
            elif len(hidden) > 2:
                _report(side, f"more than one hint in {'::'.join(hidden)!r}", "{{c1::text::hint}}")
            start = -1
            continue
        opened = _OPEN.match(text, mark.start())
        if start >= 0:
            _report(side, "a cloze inside a cloze", "clozes beside each other")
        elif opened is None:
            found = repr(text[mark.start() : mark.start() + 12])
            _report(side, found, "a cloze with one number, such as {{c1::text}}")
        else:
            numbers.add(int(opened[1]))
        start = opened.end() if opened else mark.end()
    if start >= 0:
        _report(side, "a cloze that is not closed", "{{c1::text}}")
    found_numbers = sorted(numbers)
    if not found_numbers:
        _report(side, "no cloze", "at least one {{c1::text}}")
    elif found_numbers != list(range(1, len(found_numbers) + 1)):
        listed = ", ".join(f"c{number}" for number in found_numbers)
        _report(side, listed, "numbers from c1 without a gap")
    elif found_numbers[-1] > IDS_PER_NOTE:
        _report(side, f"c{found_numbers[-1]}", f"at most {IDS_PER_NOTE} numbers")
    return found_numbers


def _balanced(rendered: str, side: Side) -> None:
    """Report markup that begins inside a cloze and ends outside of it, or the reverse."""
    for part in re.findall(r"\{\{c\d+::(.*?)\}\}", rendered, re.DOTALL):
        depth = 0
        for slash, name in _TAGS.findall(part):
            if name != "br":
                depth += -1 if slash else 1
            if depth < 0:
                break
        if depth:
            _report(side, "markup across the edge of a cloze", "markup wholly inside or outside")


def _report(side: Side, found: str, expected: str) -> None:
    side.problem("NF031", found, expected, "", "text")
