"""Kind ``occlusion``: labels of a drawing, hidden one at a time under Anki's own masks.

The author names elements of an SVG by id; where they lie is computed. The notes are Anki's native
image occlusion (Anki 23.10 and newer, without an add-on): a cloze per label whose text is a shape
in fractions of the picture, as the Anki manual ("Image Occlusion") and Anki's editor have it. The
cloze numbers are identity, like those of a cloze, so the drawing may move under them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final, Literal

from nam_flash.deck import IDS_PER_NOTE
from nam_flash.fact import Citation, Fact, FigureId, Keys, cited
from nam_flash.geometry import Box, Drawing
from nam_flash.kinds.draft import Desk, Draft
from nam_flash.markup import Side
from nam_flash.problem import suggest
from nam_flash.reader import Line, Text, about

#: How far a mask reaches beyond its element, in units of the viewBox: lines have a thickness, and
#: the frame of a mask should not touch a letter.
MARGIN: Final = 3.0
#: Two masks may share at most this part of the smaller one. Else a card that hides one label hides
#: half of another, or the answer of one shows what is under the other.
_SHARED: Final = 0.25
#: At least this part of an element must lie in the drawing; a text counts as wide as in the widest
#: font, so its box may well reach over the edge.
_VISIBLE: Final = 0.5
#: Digits of a fraction: a hundredth of a unit in a drawing 400 units wide, as Anki's editor writes.
_DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class Label:
    """A part of the drawing that is hidden, and what is there."""

    element: Line = field(metadata=about("The id of the element in the SVG that is covered."))
    number: int = field(metadata=about("Its cloze number from 1: its identity, never changed."))
    answer: Text = field(metadata=about("What is hidden, in words."))
    also: tuple[Line, ...] = field(
        default=(), metadata=about("Ids of further elements that are covered with it.")
    )
    extra: Text = field(default="", metadata=about("An explanation for this label alone."))
    cite: tuple[Citation, ...] = field(default=(), metadata=about("Further works, for this label."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Occlusion(Fact):
    """A drawing whose labels are hidden, each on a card of its own."""

    figure: FigureId = field(metadata=about("The drawing, an SVG."))
    question: Text = field(metadata=about("What is asked of whatever is hidden."))
    mode: Literal["hide-one", "hide-all"] = field(
        default="hide-all",
        metadata=about("hide-all: the other labels are hidden too; hide-one: they can be seen."),
    )
    labels: tuple[Label, ...] = field(metadata=about("What is hidden."))

    def citations(self) -> Iterator[tuple[Keys, Citation]]:
        """Yield the citations of the fact and of its labels."""
        yield from cited(self.cite)
        for i, label in enumerate(self.labels):
            yield from cited(label.cite, "labels", i)

    def drafts(self, desk: Desk) -> Iterator[Draft]:
        """Yield the one note; each label is a card."""
        texts = [text for label in self.labels for text in (label.answer, label.extra)]
        side = desk.side(self, self.question, *texts)
        header = side(self.question, "question")
        self._check(side)
        figure, drawing = desk.figures.get(self.figure), None
        if figure and figure.path.suffix != ".svg":
            side.problem("NF033", repr(figure.file), "an SVG, which has elements", "", "figure")
        elif figure:
            drawing = desk.drawing(figure)
        boxes = self._boxes(side, drawing) if drawing else {}
        answers, details = [], []
        for i, label in sorted(enumerate(self.labels), key=lambda item: item[1].number):
            # What one label explains, the card of another does not have.
            card = desk.side(self, self.question, label.answer, label.extra)
            card.seen = set(side.seen)
            answers.append(_cloze(label.number, card(label.answer, "labels", i, "answer")))
            if label.extra:
                details.append(_cloze(label.number, card(label.extra, "labels", i, "extra")))
        masks = [
            mask(self.labels[i].number, box, drawing, self.mode == "hide-all")
            for i, found in sorted(boxes.items(), key=lambda item: self.labels[item[0]].number)
            for box in found
            if drawing
        ]
        works = [*self.cite, *(citation for label in self.labels for citation in label.cite)]
        yield Draft(
            "occlusion",
            {
                # Line breaks as Anki's editor puts them.
                "Occlusion": "<br>".join(masks),
                "Header": header,
                "Answers": "".join(answers),
                "Detail": "".join(details),
            },
            tuple(sorted({label.number - 1 for label in self.labels if label.number > 0})),
            extra=side(self.extra, "extra"),
            cite=tuple(dict.fromkeys(works)),
            image="Image",
        )

    def _check(self, side: Side) -> None:
        """Report what the shape alone cannot: numbers, and what Anki would read as a cloze."""
        seen: set[int] = set()
        for i, label in enumerate(self.labels):
            if not 0 < label.number <= IDS_PER_NOTE:
                expected = f"a number from 1 to {IDS_PER_NOTE}"
                side.problem("NF033", str(label.number), expected, "", "labels", i, "number")
            elif label.number in seen:
                hint = "name what is hidden with it under 'also'"
                found = f"the number {label.number} again"
                side.problem("NF033", found, "a number of its own", hint, "labels", i, "number")
            seen.add(label.number)
            for key in ("answer", "extra"):
                for sign in ("{{", "}}", "::"):
                    if sign in getattr(label, key):
                        side.problem("NF033", repr(sign), "a text without it", "", "labels", i, key)
        if gaps := set(range(1, max(seen, default=0))) - seen:
            missing = ", ".join(map(str, sorted(gaps)[:5]))
            found = f"no label with the number {missing}"
            side.problem("NF033", found, "numbers from 1 without a gap", "", "labels")

    def _boxes(self, side: Side, drawing: Drawing) -> dict[int, list[Box]]:
        """Return the boxes of each label by its place in the list, margins added."""
        whole = Box(0.0, 0.0, drawing.width, drawing.height)
        boxes: dict[int, list[Box]] = {}
        for i, label in enumerate(self.labels):
            ids: list[tuple[Keys, str]] = [(("element",), label.element)]
            ids += [(("also", j), id_) for j, id_ in enumerate(label.also)]
            for keys, id_ in ids:
                at = ("labels", i, *keys)
                box = drawing.boxes.get(id_)
                if id_ not in drawing.boxes:
                    hint = suggest(id_, drawing.boxes)
                    side.problem("NF033", repr(id_), "the id of an element", hint, *at)
                elif box is None:
                    expected = "a shape, a text or a group of them"
                    side.problem("NF033", f"{id_!r}, which shows nothing", expected, "", *at)
                elif box.grown(MARGIN).shared(whole) < _VISIBLE:
                    found = f"{id_!r}, which lies outside of the drawing ({_sides(box)})"
                    expected = f"an element inside of {_sides(whole)}"
                    side.problem("NF033", found, expected, "", *at)
                else:
                    boxes.setdefault(i, []).append(box.grown(MARGIN))
        self._apart(side, boxes)
        self._told(side, drawing)
        return boxes

    def _apart(self, side: Side, boxes: dict[int, list[Box]]) -> None:
        """Report labels of which one lies under the mask of another."""
        for i, j in combinations(sorted(boxes), 2):
            if any(a.shared(b) > _SHARED for a in boxes[i] for b in boxes[j]):
                first = self.labels[i].element
                found = f"{self.labels[j].element!r} under the mask of {first!r}"
                hint = "move them apart, or hide one with the other by 'also'"
                expected = "masks beside each other"
                side.problem("NF033", found, expected, hint, "labels", j, "element")

    def _told(self, side: Side, drawing: Drawing) -> None:
        """Report answers that can be read elsewhere in the drawing while they are asked."""
        for i, label in enumerate(self.labels):
            hidden = {label.element, *label.also}
            if self.mode == "hide-all":
                hidden = {id_ for label in self.labels for id_ in (label.element, *label.also)}
            answer = re.escape(side.markup.plain(label.answer))
            says = re.compile(rf"(?<!\w){answer}(?!\w)", re.IGNORECASE).search
            for text, ids in drawing.texts:
                if says(text) and not hidden & ids:
                    found = f"{label.answer!r}, which can be read elsewhere in the drawing"
                    expected = f"the text {text!r} hidden with it"
                    hint = "give that text an id and name it under 'also'"
                    side.problem("NF033", found, expected, hint, "labels", i, "answer")


def mask(number: int, box: Box, drawing: Drawing, hide_all: bool) -> str:
    """Return a mask as Anki writes it: a rectangle in fractions of the picture.

    ``oi`` (occlude inactive) draws the mask on the cards of the other labels too.
    """
    left, top = max(0.0, box.left), max(0.0, box.top)
    right, bottom = min(drawing.width, box.right), min(drawing.height, box.bottom)
    shape = {
        "left": left / drawing.width,
        "top": top / drawing.height,
        "width": (right - left) / drawing.width,
        "height": (bottom - top) / drawing.height,
    }
    parts = [f"{name}={_fraction(value)}" for name, value in shape.items()]
    if hide_all:
        parts.append("oi=1")
    return _cloze(number, f"image-occlusion:rect:{':'.join(parts)}")


def _fraction(value: float) -> str:
    return f"{value:.{_DIGITS}f}".rstrip("0").rstrip(".").removeprefix("0") or "0"


def _cloze(number: int, hidden: str) -> str:
    return f"{{{{c{number}::{hidden}}}}}"


def _sides(box: Box) -> str:
    return f"{box.left:.0f} to {box.right:.0f} across, {box.top:.0f} to {box.bottom:.0f} down"
