"""Where elements lie: exact for shapes. Texts are measured in tests/browser/test_masks.py."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nam_flash.geometry import Drawing, measure

SIZE = 'width="400" height="300" viewBox="0 0 400 300"'
CARDS = Path(__file__).parents[1] / "cards"


def svg(inside: str, size: str = SIZE) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>\n{inside}</svg>'


def drawing(inside: str, size: str = SIZE) -> Drawing:
    found, problems = measure("a.svg", svg(inside, size).encode())
    assert problems == []
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("inside", "box"),
    [
        ('<rect id="a" x="10" y="20" width="30" height="40"/>', (10, 20, 40, 60)),
        ('<circle id="a" cx="10" cy="20" r="5"/>', (5, 15, 15, 25)),
        ('<ellipse id="a" cx="10" cy="20" rx="5" ry="2"/>', (5, 18, 15, 22)),
        ('<line id="a" x1="9" y1="1" x2="3" y2="40"/>', (3, 1, 9, 40)),
        ('<polygon id="a" points="0,0 10,10 20,0"/>', (0, 0, 20, 10)),
        ('<path id="a" d="M 0 0 C 0 40 40 40 40 0"/>', (0, 0, 40, 30)),
        ('<path id="a" d="M 10 20 a 5 5 0 0 1 10 0"/>', (10, 15, 20, 20)),
        ('<g id="a"><rect width="1" height="1"/><rect x="9" width="1" height="2"/></g>', (0, 0, 10, 2)),
        ('<g transform="translate(10 20)"><g transform="scale(2)"><rect id="a" x="1" width="3" height="4"/>'
         "</g></g>", (12, 20, 18, 28)),
        ('<rect id="a" width="10" height="20" transform="rotate(90)"/>', (-20, 0, 0, 10)),
        ('<defs><rect id="b" width="3" height="4"/></defs><use id="a" href="#b" x="5" y="6"/>',
         (5, 6, 8, 10)),
    ],
)  # fmt: skip
def test_shapes_are_exact(inside: str, box: tuple[float, ...]) -> None:
    assert drawing(inside).boxes["a"] == pytest.approx(box, abs=0.01)


def test_the_viewbox_may_begin_anywhere() -> None:
    moved = 'width="40" height="30" viewBox="-10 -20 40 30"'
    found = drawing('<rect id="a" x="-10" y="-20" width="5" height="6"/>', moved)
    assert found.boxes["a"] == (0, 0, 5, 6)
    assert (found.width, found.height) == (40, 30)


def test_what_is_only_referred_to_is_not_drawn() -> None:
    inside = '<defs><rect id="b" width="3" height="4"/></defs><g id="empty"/><use href="#b"/>'
    assert drawing(inside).boxes == {"b": None, "empty": None}


@pytest.mark.parametrize(
    ("text", "place", "found"),
    [
        (svg("", 'viewBox="0 0 4 3"'), (1, 1), "no width no height"),
        (svg("", 'width="100%" height="30" viewBox="0 0 4 3"'), (1, 1), "width='100%' height='30'"),
        (svg("", 'width="40" height="40" viewBox="0 0 4 3"'), (1, 1), "width='40' height='40'"),
        (svg("", 'width="4" height="3"'), (1, 1), "<svg> without a viewBox"),
        (svg("", 'viewBox="0 0 4"'), (1, 1), "viewBox='0 0 4'"),
        (svg("", 'viewBox="0 0 0 3"'), (1, 1), "viewBox='0 0 0 3'"),
        (svg('  <rect x="5%"/>'), (2, 3), "x='5%'"),
        (svg('<text x="1 2">ab</text>'), (2, 1), "x='1 2'"),
        (svg('<text font-size="1em">ab</text>'), (2, 1), "font-size='1em'"),
        (svg('<g id="a"/>\n<g id="a"/>'), (3, 1), "the id 'a' again"),
        (svg('<use href="#b"/>'), (2, 1), "<use> of '#b'"),
        (svg('<g id="b"><use href="#b"/></g>'), (2, 11), "<use> of '#b'"),
        ("<svg", (1, 1), "unclosed token"),
    ],
)  # fmt: skip
def test_what_has_no_certain_place_is_a_problem(
    text: str, place: tuple[int, int], found: str
) -> None:
    measured_, problems = measure("a.svg", text.encode())
    assert measured_ is None
    assert [(p.where.path, p.where.line, p.where.column, p.found) for p in problems] == [
        ("a.svg", *place, found)
    ]


SHAPE = st.builds(
    '<path id="a" d="{}"/><polygon points="{}"/><text x="{}">{}</text>'.format,
    st.text("MmLCcAaZz0123456789 .,-"),
    st.text("0123456789 .,-"),
    st.text("0123456789."),
    st.text("ab "),
)


@settings(deadline=None)
@given(st.binary() | st.text().map(svg).map(str.encode) | SHAPE.map(svg).map(str.encode))
def test_no_bytes_raise(data: bytes) -> None:
    found, problems = measure("a.svg", data)
    assert (found is None) == bool(problems)


@settings(deadline=None)
@given(*[st.floats(-1000, 1000)] * 2)
def test_a_moved_element_has_a_moved_box(dx: float, dy: float) -> None:
    here = drawing('<path id="a" d="M 0 0 C 0 40 40 40 40 0"/>').boxes["a"]
    there = drawing(
        f'<path id="a" transform="translate({dx} {dy})" d="M 0 0 C 0 40 40 40 40 0"/>'
    ).boxes["a"]
    assert here is not None
    moved = (here.left + dx, here.top + dy, here.right + dx, here.bottom + dy)
    assert there == pytest.approx(moved, abs=0.001)
