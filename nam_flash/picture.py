"""The bytes of a picture: whether it may be shown to learners.

An SVG is a program that a browser runs. What learners import and what a website shows must draw
and nothing else, so only elements that draw are let through; and it must say in words what it
shows, as a screen reader cannot see. Photographs are left as they are.

Source of the list: SVG 1.1, "Element Index" (w3.org/TR/SVG11), less what runs, loads, links,
filters or moves.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.parsers import expat

from nam_flash.problem import Problem, Where

#: What Anki shows in a card's picture, and what a browser cannot be tricked with.
MEDIA_TYPES: Final = frozenset({".svg", ".png", ".jpg", ".jpeg", ".webp"})

_SVG: Final = "http://www.w3.org/2000/svg "
_DRAWING: Final = frozenset(
    "svg title desc g defs symbol use path rect circle ellipse line polyline polygon text tspan "
    "marker clipPath mask pattern linearGradient radialGradient stop".split()
)
#: A reference that leaves the file: anything in ``url()`` but an id.
_OUTSIDE: Final = re.compile(r"url\((?!\s*['\"]?\s*#)", re.IGNORECASE)


def faults(path: Path, data: bytes) -> Iterator[Problem]:
    """Yield what is wrong with a picture at its line and column; only SVG is looked into."""
    if path.suffix == ".svg":
        yield from _Drawing(str(path)).read(data)


class _Drawing:
    """Reads one SVG, noting what it may not hold."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.open: list[str] = []
        self.words = dict.fromkeys(("title", "desc"), "")
        # Names of elements and attributes come as "namespace name".
        self.parser = expat.ParserCreate("UTF-8", " ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = lambda _: self.open.pop()
        self.parser.CharacterDataHandler = self._text
        self.parser.ProcessingInstructionHandler = self._instruction
        # Entities, with which a small file can grow without end, are declared there alone.
        self.parser.StartDoctypeDeclHandler = self._doctype

    def read(self, data: bytes) -> list[Problem]:
        """Return the problems of the whole file."""
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as error:
            found = expat.ErrorString(error.code)
            self._problem(found, "well-formed XML", error.lineno, error.offset + 1)
            return self.problems
        for name, text in self.words.items():
            if not text.strip():
                self._problem(f"no <{name}>", f"<{name}> in words, just below <svg>", 1, 1)
        return self.problems

    def _problem(self, found: str, expected: str, line: int = 0, column: int = 0) -> None:
        where = Where(
            self.path,
            line or self.parser.CurrentLineNumber,
            column or self.parser.CurrentColumnNumber + 1,
        )
        self.problems.append(Problem(where, "NF025", found, expected))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        known = name.removeprefix(_SVG)
        if not self.open and name != f"{_SVG}svg":
            self._problem(f"<{known}>", 'an <svg xmlns="http://www.w3.org/2000/svg">')
        elif not name.startswith(_SVG) or known not in _DRAWING:
            self._problem(f"<{known.split()[-1]}>", "only elements that draw, and no style sheet")
        self.open.append(known)
        for full, value in attributes.items():
            attribute = full.split()[-1]
            if attribute.lower().startswith("on"):
                self._problem(f"{attribute}=", "no attribute that runs a script")
            elif attribute in ("href", "src") and not value.startswith("#"):
                self._problem(f'{attribute}="{value[:40]}"', 'a part of the same file, "#id"')
            elif _OUTSIDE.search(value) or "@import" in value or "\\" in value:
                self._problem(f'{attribute}="{value[:40]}"', "nothing from outside of the file")

    def _text(self, text: str) -> None:
        if len(self.open) == 2 and self.open[1] in self.words:
            self.words[self.open[1]] += text

    def _instruction(self, target: str, _: str) -> None:
        self._problem(f"<?{target} ...?>", "no processing instruction")

    def _doctype(self, *_: object) -> None:
        self._problem("a DOCTYPE", "none: it may declare entities")
