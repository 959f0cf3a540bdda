"""A sheet to draw on: the visual language of all figures, written as plain SVG.

Only presentation attributes, no style sheet, no script, nothing from elsewhere: so every viewer
and every sanitizer of Anki shows the same. Labels are text. The same drawing gives the same bytes.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from nam_flash.figures.facts import Facts

#: The width of every figure in its own units; a phone shows it at about 360 pixels.
WIDTH: Final = 400
#: The room that stays free at the edges.
MARGIN: Final = 14

#: Named fonts first: what a system calls its own may be a wide serif on Linux.
FONT: Final = (
    "-apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"
)
INK, SOFT, LINE, PAPER, WASH = "#1d2730", "#56616a", "#b9b4a6", "#ffffff", "#f4f2ec"


@dataclass(frozen=True, slots=True)
class Tone:
    """A colour with a meaning: the strong one for strokes and text, the wash for areas."""

    strong: str
    wash: str


#: Meanings and their colours, which the colour-blind can tell apart.
TEAL: Final = Tone("#0b6866", "#dcefec")  # anti-HMGCR, "the answer"
BLUE: Final = Tone("#2b5ea8", "#e1eaf6")  # anti-SRP
OCHRE: Final = Tone("#9a5b00", "#fbeed7")  # seronegative, caution
RED: Final = Tone("#982b2b", "#f8e4e2")  # necrosis, danger
VIOLET: Final = Tone("#5a4696", "#ece8f7")  # complement, immune
GREY: Final = Tone(SOFT, WASH)  # normal, other

#: Widths of characters in thousandths of the size, from the font metrics of Helvetica (Adobe Core
#: 14 AFM files), which the other fonts of `FONT` come near to.
_WIDTHS: Final = {
    character: width
    for width, characters in {
        191: "'",
        222: "ijl‘’",
        278: "ft !,./:;I",
        333: "r()-“”",
        500: "ckszvxyJ",
        556: "abdeghnopqu0123456789?L#$–",
        584: "+<=>×≥≤≈",
        611: "FTZ",
        667: "ABEKPSVXY&",
        722: "CDHNRUw",
        778: "GOQ",
        833: "mM",
        889: "%",
        944: "W",
        1000: "→—",
    }.items()
    for character in characters
}
#: The slack for fonts that run wider than Helvetica, and for bold ones.
_SLACK, _BOLD = 1.08, 1.07


def width_of(text: str, size: float, bold: bool = False) -> float:
    """Return about how wide a line of text is, in units, with slack for other fonts."""
    thousandths = sum(_WIDTHS.get(character, 600) for character in text)
    return thousandths * size * _SLACK * (_BOLD if bold else 1) / 1000


def wrapped(text: str, width: float, size: float, bold: bool = False) -> list[str]:
    """Return the text in lines that fit into ``width`` units; a longer word stays whole."""
    lines: list[str] = []
    for word in text.split():
        if lines and width_of(f"{lines[-1]} {word}", size, bold) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


@dataclass(frozen=True, slots=True)
class Words:
    """A text with its looks, to be set in a box or on the paper."""

    text: str
    size: float = 13
    bold: bool = False
    fill: str = INK

    def lines(self, width: float) -> list[str]:
        """Return the lines of the text at a width."""
        return wrapped(self.text, width, self.size, self.bold)


#: The distance of two lines of text, in sizes.
_LEADING: Final = 1.25


class Sheet:
    """A drawing in the making. Coordinates are units, x to the right and y downwards.

    Things are drawn in parts (`part`), each a group with an id and the ids of its facts, so that
    each can be found, hidden and traced back.
    """

    def __init__(self, facts: Facts, title: str) -> None:
        self.facts = facts
        self.title = title
        self.alt = ""
        self.height = 0.0
        self._root = ET.Element("g")
        self._group = self._root
        self._label: ET.Element | None = None
        self._ids: set[str] = set()

    @contextmanager
    def part(self, id_: str) -> Iterator[None]:
        """Draw a part: a group with an id, the facts read meanwhile, and its label apart."""
        assert id_ not in self._ids, id_
        assert self._group is self._root, f"{id_} inside a part"
        self._ids.add(id_)
        before = len(self.facts.read)
        self._group = ET.SubElement(self._root, "g", {"id": id_})
        self._label = ET.Element("g", {"id": f"label-{id_}"})
        yield
        if len(self._label):
            self._group.append(self._label)
        facts = sorted(set(self.facts.read[before:]))
        if facts:
            self._group.set("data-facts", " ".join(facts))
        self._group, self._label = self._root, None

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        tone: Tone,
        *,
        filled: bool = True,
        radius: float = 6,
        dashed: bool = False,
        stroke: bool = True,
    ) -> None:
        """Draw a rounded box."""
        self._add(
            "rect",
            {
                "x": x,
                "y": y,
                "width": width,
                "height": height,
                "rx": radius,
                "fill": tone.wash if filled else PAPER,
                **({"stroke": tone.strong, "stroke-width": 1.5} if stroke else {}),
                **({"stroke-dasharray": "4 3"} if dashed else {}),
            },
        )
        self.height = max(self.height, y + height)

    def bar(self, x1: float, x2: float, y: float, height: float, fill: str) -> None:
        """Draw a bar without an outline from ``x1`` to ``x2``, ``height`` high around ``y``."""
        self._add(
            "rect",
            {
                "x": x1,
                "y": y - height / 2,
                "width": x2 - x1,
                "height": height,
                "rx": height / 2,
                "fill": fill,
            },
        )

    def dot(self, x: float, y: float, radius: float, tone: Tone, filled: bool = True) -> None:
        """Draw a round mark, filled or open."""
        fill = tone.strong if filled else PAPER
        self._add(
            "circle",
            {
                "cx": x,
                "cy": y,
                "r": radius,
                "fill": fill,
                "stroke": tone.strong,
                "stroke-width": 1.5,
            },
        )

    def shape(self, points: Sequence[tuple[float, float]], fill: str) -> None:
        """Draw a filled polygon."""
        self._add("polygon", {"points": _points(points), "fill": fill})

    def line(
        self,
        *points: tuple[float, float],
        stroke: str = LINE,
        width: float = 1.5,
        arrow: bool = False,
        dashed: bool = False,
    ) -> None:
        """Draw a line through points, with an arrow head at its end if asked."""
        self._add(
            "polyline",
            {
                "points": _points(points),
                "fill": "none",
                "stroke": stroke,
                "stroke-width": width,
                "stroke-linejoin": "round",
                "stroke-linecap": "round",
                **({"stroke-dasharray": "3 4"} if dashed else {}),
            },
        )
        if arrow:
            (x1, y1), (x, y) = points[-2:]
            dx, dy = (x > x1) - (x < x1), (y > y1) - (y < y1)
            back, side = 7, 4
            self.shape(
                [
                    (x, y),
                    (x - back * dx - side * dy, y - back * dy - side * dx),
                    (x - back * dx + side * dy, y - back * dy + side * dx),
                ],
                stroke,
            )
        self.height = max(self.height, *(y for _, y in points))

    def text(self, x: float, y: float, words: Words, anchor: str = "start") -> None:
        """Write one line with its base at ``y``; ``anchor`` is start, middle or end."""
        attributes: dict[str, object] = {"x": x, "y": y}
        if anchor != "start":
            attributes["text-anchor"] = anchor
        attributes["font-size"] = words.size
        if words.bold:
            attributes["font-weight"] = 700
        if words.fill != INK:
            attributes["fill"] = words.fill
        group = self._label if self._label is not None else self._group
        element = ET.SubElement(group, "text", {k: _form(v) for k, v in attributes.items()})
        element.text = words.text
        self.height = max(self.height, y + words.size * 0.3)

    def block(
        self, x: float, y: float, width: float, *texts: Words, anchor: str = "start"
    ) -> float:
        """Write texts below each other from the top ``y``, in lines of ``width``.

        ``x`` is where the anchor of each line stands. Returns the y of the block's bottom.
        """
        for words in texts:
            for line in words.lines(width):
                self.text(
                    x, y + words.size, Words(line, words.size, words.bold, words.fill), anchor
                )
                y += words.size * _LEADING
        return y + 2

    def box(
        self,
        x: float,
        y: float,
        width: float,
        tone: Tone,
        *texts: Words,
        anchor: str = "start",
        height: float = 0,
        filled: bool = True,
        dashed: bool = False,
        pad: float = 9,
    ) -> float:
        """Draw a box around texts, at least ``height`` high. Returns the y of its bottom.

        Texts begin at the top, or stand in the middle both ways with the anchor "middle".
        """
        needed = box_height(width, *texts, pad=pad)
        height = max(height, needed)
        self.rect(x, y, width, height, tone, filled=filled, dashed=dashed)
        at = {"start": x + pad, "middle": x + width / 2}[anchor]
        spare = (height - needed) / 2 if anchor == "middle" else 0
        top = y + spare + pad - 2
        self.block(at, top, width - 2 * pad, *texts, anchor=anchor)
        return y + height

    def heading(self, y: float, text: str) -> float:
        """Write the heading of a panel. Returns the y below it."""
        return self.block(MARGIN, y, WIDTH - 2 * MARGIN, Words(text, 15, bold=True)) + 4

    def svg(self) -> str:
        """Return the drawing as SVG text."""
        height = _form(float(round(self.height + MARGIN)))
        root = ET.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {WIDTH} {height}",
                "role": "img",
                "aria-labelledby": "t d",
                "font-family": FONT,
                "fill": INK,
            },
        )
        ET.SubElement(root, "title", {"id": "t"}).text = self.title
        ET.SubElement(root, "desc", {"id": "d"}).text = self.alt
        paper = {"width": str(WIDTH), "height": height, "rx": "8", "fill": PAPER}
        ET.SubElement(root, "rect", paper)
        root.extend(self._root)
        ET.indent(root)
        return ET.tostring(root, encoding="unicode") + "\n"

    def _add(self, tag: str, attributes: dict[str, object]) -> None:
        ET.SubElement(self._group, tag, {key: _form(value) for key, value in attributes.items()})


def box_height(width: float, *texts: Words, pad: float = 9) -> float:
    """Return how high a box of ``width`` is around texts."""
    inner = sum(len(w.lines(width - 2 * pad)) * w.size * _LEADING for w in texts)
    return inner + 2 * pad - 3


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{_form(float(x))},{_form(float(y))}" for x, y in points)


def _form(value: object) -> str:
    """Return an attribute's value; coordinates have at most one decimal."""
    if isinstance(value, float):
        text = f"{value:.1f}"
        return (
            text.removesuffix(".0").replace("-0", "0")
            if text in ("-0.0",)
            else text.removesuffix(".0")
        )
    return str(value)
