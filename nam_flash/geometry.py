"""Where the elements of a drawing lie: an SVG -> the box of every element with an id.

Shapes are exact: svgelements, the library that knows SVG's paths, arcs and transforms without
needing anything else, computes them. How wide a text is depends on the learner's fonts, which
nobody has here, so its box is an upper bound: every letter counts as wide as in the widest of the
common sans-serif fonts. Style sheets are not read (they may not stand in a picture at all), and
lines have no thickness: whoever covers an element adds a margin.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.parsers import expat

from nam_flash.problem import Problem, Where

if TYPE_CHECKING:
    from svgelements import Matrix

#: Children of these are drawn only where something refers to them.
_HIDDEN: Final = frozenset(
    "defs symbol clipPath mask marker pattern linearGradient radialGradient title desc".split()
)
#: Attributes that hold for everything inside, as far as they move or size a text.
_INHERITED: Final[tuple[str, ...]] = (
    "font-size", "font-weight", "text-anchor", "dominant-baseline", "letter-spacing",
)  # fmt: skip

#: How wide a letter may be, in units of the font's size: the widths of DejaVu Sans and Verdana,
#: the widest sans-serif fonts that systems fall back on, rounded up.
_WIDTHS: Final = {
    **dict.fromkeys("ijlI.,:;'|! ·", 0.33),
    **dict.fromkeys("frt()[]/\\-‐‑", 0.43),
    **dict.fromkeys("csz", 0.55),
    **dict.fromkeys("mwMW@%–—→←≥≤±×…&", 1.02),
}
#: Every other letter: small ones and digits; all else.
_SMALL: Final = 0.65
_LARGE: Final = 0.8
#: A bold letter is that much wider (DejaVu Sans Bold over DejaVu Sans).
_BOLD: Final = 1.15
#: How far a text reaches above and below the line that its ``y`` names, in units of the font's
#: size, by ``dominant-baseline``; of the fonts above, with some room.
_REACH: Final = {
    "middle": (0.85, 0.85),
    "central": (0.85, 0.85),
    "hanging": (0.4, 1.3),
    "text-before-edge": (0.1, 1.3),
}
_ON_THE_LINE: Final = (1.1, 0.31)
_NUMBER: Final = re.compile(r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)(?:px)?\s*")


class Box(NamedTuple):
    """A rectangle in the units of the drawing's viewBox, from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def area(self) -> float:
        """The area; nothing for a box without extent."""
        return max(0.0, self.right - self.left) * max(0.0, self.bottom - self.top)

    def shared(self, other: "Box") -> float:
        """Return which part (0 to 1) of the smaller of two boxes lies in the other."""
        common = Box(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )
        if common.right <= common.left or common.bottom <= common.top:
            return 0.0
        return common.area / min(self.area, other.area)

    def grown(self, margin: float) -> "Box":
        """Return the box with a margin on every side."""
        return Box(self.left - margin, self.top - margin, self.right + margin, self.bottom + margin)


def around(boxes: Iterable[Box]) -> Box | None:
    """Return the smallest box around all, None for none."""
    sides = [*zip(*boxes, strict=True)]
    if not sides:
        return None
    return Box(min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3]))


@dataclass(frozen=True, slots=True)
class Drawing:
    """The size of a drawing (viewBox units) and the boxes of its elements.

    ``boxes`` has every id, with None for an element that shows nothing; ``texts`` are the texts
    that it shows, each with the ids of the element and of those around it.
    """

    width: float
    height: float
    boxes: dict[str, Box | None]
    texts: tuple[tuple[str, frozenset[str]], ...]


def measure(path: str, data: bytes) -> tuple[Drawing | None, list[Problem]]:
    """Return where the elements of an SVG lie, and what stands in the way, at its line and column.

    The drawing needs a ``viewBox``, and ``width`` and ``height`` of the same proportions: without
    them browsers disagree on the size of the picture, and masks would lie beside it. Without a
    drawing there is at least one problem.
    """
    drawing, problems = _measured(path, data)
    return drawing, [*problems]


@lru_cache(maxsize=64)  # for who builds again and again while facts are written
def _measured(path: str, data: bytes) -> tuple[Drawing | None, tuple[Problem, ...]]:
    reader = _Reader(path)
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        reader.problem(
            error.lineno, error.offset + 1, expat.ErrorString(error.code), "well-formed XML"
        )
        return None, tuple(reader.problems)
    root = reader.root
    size = _size(root, reader)
    if size is None:
        return None, tuple(reader.problems)
    walk = _Walk(reader, size)
    walk.draw(root.children, root.style({}), (), _matrix(f"translate({-size.left} {-size.top})"))
    boxes = {id_: around(found) for id_, found in walk.boxes.items()}
    if reader.problems:
        return None, tuple(reader.problems)
    width, height = size.right - size.left, size.bottom - size.top
    return Drawing(width, height, boxes, tuple(walk.texts)), ()


@dataclass(slots=True)
class _Element:
    """An element as it stands in the file; ``children`` are elements and texts, in order."""

    tag: str
    attributes: dict[str, str]
    line: int
    column: int
    children: list["_Element | str"] = field(default_factory=list)

    def style(self, above: Mapping[str, str]) -> dict[str, str]:
        """Return the inherited attributes, this element's own over those of the one around it."""
        own = {name: self.attributes[name] for name in _INHERITED if name in self.attributes}
        for declaration in self.attributes.get("style", "").split(";"):
            name, _, value = declaration.partition(":")
            if name.strip() in _INHERITED:
                own[name.strip()] = value.strip()
        return {**above, **own}


class _Reader:
    """Reads the file into elements that know their places."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.root = _Element("", {}, 1, 1)
        self.open = [self.root]
        self.ids: dict[str, _Element] = {}
        self.parser = expat.ParserCreate("UTF-8", " ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = lambda _: self.open.pop()
        self.parser.CharacterDataHandler = lambda text: self.open[-1].children.append(text)

    def problem(self, line: int, column: int, found: str, expected: str, hint: str = "") -> None:
        """Report what makes the drawing useless for masks."""
        where = Where(self.path, line, column)
        self.problems.append(Problem(where, "NF033", found, expected, hint))

    def at(self, element: _Element, found: str, expected: str, hint: str = "") -> None:
        """Report it at an element."""
        self.problem(element.line, element.column, found, expected, hint)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        element = _Element(name.rpartition(" ")[2], plain, line, column)
        if len(self.open) == 1:
            self.root = element
        self.open[-1].children.append(element)
        self.open.append(element)
        if id_ := plain.get("id"):
            first = self.ids.setdefault(id_, element)
            if first is not element:
                expected = f"an id of its own (first at {self.path}:{first.line}:{first.column})"
                self.at(element, f"the id {id_!r} again", expected)


def _size(root: _Element, reader: _Reader) -> Box | None:
    """Return the viewBox as left, top, right, bottom, or None with the problem reported."""
    view = root.attributes.get("viewBox", "")
    numbers = [_number(part) for part in re.split(r"[\s,]+", view.strip())]
    if root.tag != "svg" or len(numbers) != 4 or None in numbers:
        found = f"viewBox={view!r}" if view else f"<{root.tag}> without a viewBox"
        reader.at(root, found, 'an <svg> with a viewBox such as "0 0 400 300"')
        return None
    left, top, width, height = (number or 0.0 for number in numbers)
    if width <= 0 or height <= 0:
        reader.at(root, f"viewBox={view!r}", "a width and a height above 0")
        return None
    shown = [_number(root.attributes.get(name, "")) or 0.0 for name in ("width", "height")]
    # Half a pixel in a picture of a thousand.
    if min(shown) <= 0 or abs(shown[0] / shown[1] * height / width - 1) > 0.0005:
        found = " ".join(
            f"{name}={root.attributes[name]!r}" if name in root.attributes else f"no {name}"
            for name in ("width", "height")
        )
        expected = f'width="{width:g}" height="{height:g}", as in the viewBox'
        hint = "without them the picture has another size on each device"
        reader.at(root, found, expected, hint)
        return None
    return Box(left, top, left + width, top + height)


def _number(text: str) -> float | None:
    match = _NUMBER.fullmatch(text)
    return float(match[1]) if match else None


def _matrix(transform: str) -> "Matrix":
    from svgelements import Matrix

    return Matrix(transform)


class _Walk:
    """Goes through what is drawn and notes the boxes."""

    def __init__(self, reader: _Reader, size: Box) -> None:
        self.reader = reader
        self.size = size
        self.boxes: dict[str, list[Box]] = {id_: [] for id_ in reader.ids}
        self.texts: list[tuple[str, frozenset[str]]] = []
        self.used: list[_Element] = []
        #: The boxes of shapes as they were drawn, by their object: one may be used many times.
        self.own: dict[int, tuple[float, float, float, float] | None] = {}

    def draw(
        self,
        children: list[_Element | str],
        style: dict[str, str],
        ids: tuple[str, ...],
        matrix: "Matrix",
    ) -> None:
        """Note the boxes of elements inside those of ``ids``, drawn with ``matrix``."""
        for child in children:
            if isinstance(child, _Element) and child.tag not in _HIDDEN:
                self._element(child, child.style(style), ids, matrix)

    def _element(
        self, element: _Element, style: dict[str, str], ids: tuple[str, ...], matrix: "Matrix"
    ) -> None:
        own = element.attributes.get("id")
        # What <use> repeats counts for the <use>, and for its original only where that stands.
        ids = (*ids, own) if own and not self.used else ids
        if "transform" in element.attributes:
            # svgelements multiplies from the left: what is nearest to the shape comes first.
            matrix = _matrix(element.attributes["transform"]) * matrix
        if element.tag == "g":
            self.draw(element.children, style, ids, matrix)
        elif element.tag == "use":
            self._use(element, style, ids, matrix)
        elif element.tag == "text":
            boxes = list(self._runs(element, style, matrix))
            self._note(ids, boxes)
            said = " ".join("".join(_said(element)).split())
            if said:
                self.texts.append((said, frozenset(ids)))
        else:
            self._shape(element, ids, matrix)

    def _note(self, ids: tuple[str, ...], boxes: Iterable[Box]) -> None:
        boxes = list(boxes)
        for id_ in ids:
            self.boxes[id_] += boxes

    def _use(
        self, element: _Element, style: dict[str, str], ids: tuple[str, ...], matrix: "Matrix"
    ) -> None:
        target = self.reader.ids.get(element.attributes.get("href", "").removeprefix("#"))
        if target is None or target in self.used:
            href = element.attributes.get("href", "")
            self.reader.at(element, f"<use> of {href!r}", "the id of another element")
            return
        x, y = (_number(element.attributes.get(name, "0")) or 0.0 for name in ("x", "y"))
        moved = _matrix(f"translate({x} {y})") * matrix
        self.used.append(target)
        shown: list[_Element | str] = [target]
        self.draw(target.children if target.tag == "symbol" else shown, style, ids, moved)
        self.used.pop()

    def _shape(self, element: _Element, ids: tuple[str, ...], matrix: "Matrix") -> None:
        import svgelements

        makers = {
            "path": svgelements.Path,
            "rect": svgelements.Rect,
            "circle": svgelements.Circle,
            "ellipse": svgelements.Ellipse,
            "line": svgelements.SimpleLine,
            "polyline": svgelements.Polyline,
            "polygon": svgelements.Polygon,
        }
        if element.tag not in makers:
            return
        geometry = {k: v for k, v in element.attributes.items() if k in _GEOMETRY}
        for name, value in geometry.items():
            if name not in ("d", "points") and _number(value) is None:
                self.reader.at(element, f"{name}={value!r}", "a number in units of the viewBox")
                return
        # Where nothing is turned or skewed, the box of a moved shape is the moved box.
        upright = matrix.b == 0 == matrix.c
        try:
            if not upright:
                sides = (makers[element.tag](geometry) * matrix).bbox()
            elif id(element) in self.own:
                sides = self.own[id(element)]
            else:
                sides = self.own[id(element)] = makers[element.tag](geometry).bbox()
        except (ValueError, IndexError, TypeError, AttributeError, ZeroDivisionError):
            # What svgelements raises for paths and lists of points that are none.
            self.reader.at(element, f"a <{element.tag}> that cannot be read", "a well-formed shape")
            return
        if sides is None:
            return
        left, top, right, bottom = map(float, sides)
        if upright:
            left, right = sorted(matrix.a * x + matrix.e for x in (left, right))
            top, bottom = sorted(matrix.d * y + matrix.f for y in (top, bottom))
        self._note(ids, [Box(left, top, right, bottom)])

    def _runs(self, element: _Element, style: dict[str, str], matrix: "Matrix") -> Iterator[Box]:
        """Yield a box for each run of a text: what stands in one line from one starting point."""
        pen = _Pen()
        self._write(element, style, pen)
        for x, y, anchor, letters in pen.runs:
            width = sum(width for width, _, _ in letters)
            if not letters:
                continue
            above = max(above for _, above, _ in letters)
            below = max(below for _, _, below in letters)
            left = x - width * {"middle": 0.5, "end": 1.0}.get(anchor, 0.0)
            corners = [
                matrix.point_in_matrix_space((cx, cy))
                for cx in (left, left + width)
                for cy in (y - above, y + below)
            ]
            xs, ys = [p.x for p in corners], [p.y for p in corners]
            yield Box(min(xs), min(ys), max(xs), max(ys))

    def _write(self, element: _Element, style: dict[str, str], pen: "_Pen") -> None:
        place = {}
        for name in ("x", "y", "dx", "dy"):
            text = element.attributes.get(name)
            if text is not None:
                place[name] = _number(text)
                if place[name] is None:
                    expected = "one number in units of the viewBox"
                    self.reader.at(element, f"{name}={text!r}", expected)
                    return
        pen.move(place, style.get("text-anchor", "start"))
        size = _number(style.get("font-size", "16"))
        if size is None:
            found = f"font-size={style['font-size']!r}"
            self.reader.at(element, found, "a number in units of the viewBox")
            return
        above, below = _REACH.get(style.get("dominant-baseline", ""), _ON_THE_LINE)
        space = _number(style.get("letter-spacing", "0")) or 0.0
        bold = style.get("font-weight", "") in ("bold", "bolder", "600", "700", "800", "900")
        for child in element.children:
            if isinstance(child, str):
                for letter in " ".join(f"-{child}-".split())[1:-1]:
                    width = _letter(letter) * size * (_BOLD if bold else 1) + max(0.0, space)
                    pen.write(letter, width, above * size, below * size)
            elif child.tag == "tspan":
                self._write(child, child.style(style), pen)


#: The attributes that shapes are made of.
_GEOMETRY: Final = frozenset("x y width height rx ry cx cy r x1 y1 x2 y2 d points".split())


def _letter(letter: str) -> float:
    other = _SMALL if letter.islower() or letter.isdigit() else _LARGE
    return _WIDTHS.get(letter, other)


def _said(element: _Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, str):
            yield child
        else:
            # A new line begins a new word.
            yield " " if {"x", "y", "dy"} & child.attributes.keys() else ""
            yield from _said(child)


class _Pen:
    """Where a text is written: runs as (x, y, anchor, [(width, above, below) a letter])."""

    def __init__(self) -> None:
        self.runs: list[tuple[float, float, str, list[tuple[float, float, float]]]] = []
        self.last = " "

    def move(self, place: Mapping[str, float | None], anchor: str) -> None:
        """Begin a new run where a text or tspan has a place of its own."""
        if self.runs and not place:
            return
        x, y = 0.0, 0.0
        if self.runs:
            x0, y, old, letters = self.runs[-1]
            width = sum(width for width, _, _ in letters)
            # A run that goes on beside a centred one could lie anywhere near its end.
            x = x0 + width * {"middle": 0.5, "end": 0.0}.get(old, 1.0)
        x = (place["x"] or 0.0) if "x" in place else x
        y = (place["y"] or 0.0) if "y" in place else y
        self.runs.append((x + (place.get("dx") or 0), y + (place.get("dy") or 0), anchor, []))
        self.last = " "

    def write(self, letter: str, width: float, above: float, below: float) -> None:
        """Add a letter; blanks at the beginning and after blanks take no room."""
        if not (letter == " " and self.last == " "):
            self.runs[-1][3].append((width, above, below))
        self.last = letter
