"""Masks of pictures: they lie where a real browser has the labels, and Anki's own script draws them."""

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
from playwright.sync_api import Page

from nam_flash.geometry import Box, around, measure
from nam_flash.kinds.occlusion import MARGIN, Occlusion
from nam_flash.load import load
from tests.browser.conftest import OpenPage
from tests.browser.reviewer import Reviewer, reviewer
from tests.conftest import FactBase
from tests.kinds.test_occlusion import FACT
from tests.test_geometry import svg

ROOT = Path(__file__).parents[2]

#: The picture of a fact -> the boxes of its elements, in viewBox units.
Boxes = dict[str, list[float]]

TEXTS = {
    "plain": '<text id="a" x="100" y="100">Vastus lateralis</text>',
    "wide": '<text id="a" x="20" y="100" font-size="20">MWMW @ 100 % HMGCR</text>',
    "centred": '<text id="a" x="200" y="100" text-anchor="middle" font-weight="bold">WiMw</text>',
    "at its end": '<g font-size="30" text-anchor="end"><text id="a" x="390" y="100">gracilis</text></g>',
    "lines": '<text id="a" x="90" y="50">adductor<tspan x="90" dy="15">magnus</tspan>'
    '<tspan x="90" dy="15">three</tspan></text>',
    "goes on": '<text id="a" x="50" y="50">anti-<tspan font-weight="700">HMGCR</tspan> antibody</text>',
    "turned": '<text id="a" x="50" y="150" transform="rotate(-90 50 150)">outer side</text>',
    "spaced": '<text id="a" x="50" y="150" style="letter-spacing: 3px">spaced out</text>',
    "on the middle": '<text id="a" x="50" y="150" dominant-baseline="central">Åg</text>',
    "hanging": '<text id="a" x="50" y="150" dominant-baseline="hanging">Åg</text>',
}

MEASURE = """() => [...document.querySelectorAll("svg")].map(svg => {
    const whole = svg.getBoundingClientRect(), scale = svg.viewBox.baseVal.width / whole.width;
    return Object.fromEntries([...svg.querySelectorAll("[id]")].map(e => {
        const r = e.getBoundingClientRect();
        return [e.id, [r.left - whole.left, r.top - whole.top, r.right - whole.left,
                       r.bottom - whole.top].map(n => n * scale)];
    }));
})"""


def measured(page: Page, svgs: list[str]) -> list[Boxes]:
    """The boxes of elements with an id as the browser has them."""
    page.set_content(f"<!doctype html><meta charset=utf-8><body>{''.join(svgs)}")
    boxes: list[Boxes] = page.evaluate(MEASURE)
    return boxes


@pytest.fixture(scope="module")
def shipped() -> list[tuple[Occlusion, str]]:
    """The facts with masks that we ship, each with its picture."""
    library, _ = load(ROOT / "cards")
    facts = [fact for fact in library.facts if isinstance(fact, Occlusion)]
    assert facts
    return [(fact, library.pictures[fact.figure].decode()) for fact in facts]


def test_a_text_is_never_wider_than_its_box(open_page: OpenPage) -> None:
    """In the fonts that this machine has for each of the names."""
    families = ("system-ui", "sans-serif", "DejaVu Sans", "Verdana", "Arial")
    cases = [(name, family) for name in TEXTS for family in families]
    svgs = [svg(f'<g font-family="{family}">{TEXTS[name]}</g>') for name, family in cases]
    for case, text, boxes in zip(cases, svgs, measured(open_page(800, 600), svgs), strict=True):
        found, problems = measure("a.svg", text.encode())
        assert found is not None, problems
        ours = found.boxes["a"]
        assert ours is not None
        ours = ours.grown(1)  # the browser rounds a font's height to whole pixels
        assert around([ours, Box(*boxes["a"])]) == ours, case


def test_every_shipped_label_lies_under_its_mask(
    shipped: list[tuple[Occlusion, str]], open_page: OpenPage
) -> None:
    texts = [text for _, text in shipped]
    for (fact, text), boxes in zip(shipped, measured(open_page(800, 600), texts), strict=True):
        found, problems = measure("", text.encode())
        assert found is not None, problems
        for label in fact.labels:
            for id_ in (label.element, *label.also):
                box = found.boxes[id_]
                assert box is not None
                mask = box.grown(MARGIN)
                assert around([mask, Box(*boxes[id_])]) == mask, (fact.id, id_)


@pytest.fixture(scope="module")
def cards() -> Iterator[Reviewer]:
    """Anki with the deck that we ship."""
    with reviewer(ROOT / "decks" / "nam.apkg") as opened:
        yield opened


def test_the_script_is_that_of_the_same_anki() -> None:
    assert version("aqt") == version("anki")


#: Colours of the canvas at points given in parts of its width and height.
COLOURS = """points => {
    const canvas = document.getElementById("image-occlusion-canvas"), pen = canvas.getContext("2d");
    return points.map(([x, y]) =>
        [...pen.getImageData(x * canvas.width, y * canvas.height, 1, 1).data].join());
}"""
ASKED, CLEAR = "240,180,64,255", "0,0,0,0"


def test_anki_masks_the_asked_label_and_uncovers_it(
    shipped: list[tuple[Occlusion, str]], open_page: OpenPage, cards: Reviewer
) -> None:
    page = open_page(700, 900)
    for fact, text in shipped:
        found, problems = measure("", text.encode())
        assert found is not None, problems
        width, height = found.width, found.height
        for label in fact.labels:
            points = []
            for id_ in (label.element, *label.also):
                box = found.boxes[id_]
                assert box is not None
                xs = (box.left, (box.left + box.right) / 2, box.right)
                ys = (box.top, (box.top + box.bottom) / 2, box.bottom)
                points += [(x / width, y / height) for x in xs for y in ys]
            sides = cards.sides(fact.id, label.number - 1)
            sides.show(page, "front")
            assert {*page.evaluate(COLOURS, points)} == {ASKED}, (fact.id, label.number)
            sides.show(page, "back")
            assert page.evaluate(COLOURS, points[4:5]) == [CLEAR], (fact.id, label.number)


def test_without_the_script_the_front_hides_the_picture(
    base: FactBase, open_page: OpenPage
) -> None:
    base.drawing().write(FACT)
    with reviewer(base.package()) as anki:
        sides = anki.sides("fibre")
    page = open_page(700, 900)
    for text, hidden in ((sides.front, True), (sides.back, False)):
        page.set_content(f"<!doctype html><body class=card><style>{sides.css}</style>{text}")
        assert page.locator("#image-occlusion-container").is_hidden() == hidden
        assert page.locator("#nf-fault").count() == hidden
        if hidden:
            assert page.locator("#nf-fault").is_visible()
