"""An SVG draws and does nothing else, and says in words what it shows."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nam_flash.picture import faults

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">\n'
WORDS = "<title>A muscle</title>\n<desc>Fibres in cross-section.</desc>\n"


def found(svg: str) -> list[tuple[int, int, str]]:
    problems = list(faults(Path("a.svg"), svg.encode()))
    assert all(problem.code == "NF025" and problem.where.path == "a.svg" for problem in problems)
    return [(problem.where.line, problem.where.column, problem.found) for problem in problems]


@pytest.mark.parametrize(
    "inside",
    [
        "",
        '<g id="fibre"><circle r="4" style="fill: #fff"/><text id="label-fibre">a &lt; b</text></g>',
        '<defs><marker id="tip"><path d="M 0 0"/></marker></defs><path marker-end="url(#tip)"/>',
        '<path id="p"/><use href="#p"/><use xlink:href="#p"/><rect fill="url( \'#p\' )"/>',
        "<!-- <script/> -->",
    ],
)
def test_what_draws_is_let_through(inside: str) -> None:
    assert found(f"{HEAD}{WORDS}{inside}</svg>") == []


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<foreignObject/>", "<foreignObject>"),
        ("<style>@import 'x.css';</style>", "<style>"),
        ('<image href="#a"/>', "<image>"),
        ('<a href="#a"/>', "<a>"),
        ('<animate attributeName="href" to="#a"/>', "<animate>"),
        ('<h:p xmlns:h="http://www.w3.org/1999/xhtml"/>', "<p>"),
        ('<g xmlns="http://www.w3.org/1999/xhtml"/>', "<g>"),
        ('<g onclick="alert(1)"/>', "onclick="),
        ('<g OnLoad="alert(1)"/>', "OnLoad="),
        ('<use href="other.svg#a"/>', 'href="other.svg#a"'),
        ('<use xlink:href="https://example.org/a.svg#a"/>', 'href="https://example.org/a.svg#a"'),
        ('<use href="java&#10;script:alert(1)"/>', 'href="java\nscript:alert(1)"'),
        ('<g fill="url(https://example.org/a)"/>', 'fill="url(https://example.org/a)"'),
        ("<g style=\"fill: URL('a.svg#b')\"/>", "style=\"fill: URL('a.svg#b')\""),
        ('<g style="fill: u\\72l(a)"/>', 'style="fill: u\\72l(a)"'),
        ("<?xml-stylesheet href='a.css'?>", "<?xml-stylesheet ...?>"),
    ],
)
def test_what_does_more_is_found_at_its_place(inside: str, what: str) -> None:
    assert found(f"{HEAD}{WORDS}  {inside}</svg>") == [(4, 3, what)]


@pytest.mark.parametrize(
    ("svg", "expected"),
    [
        (f"{HEAD}</svg>", [(1, 1, "no <title>"), (1, 1, "no <desc>")]),
        (f"{HEAD}<title> </title><g><desc>B</desc></g></svg>",
         [(1, 1, "no <title>"), (1, 1, "no <desc>")]),
        (f"{HEAD}{WORDS}<g>\n", [(5, 1, "no element found")]),
        ("", [(1, 1, "no element found")]),
        (f"<svg>{WORDS}</svg>".replace("\n", ""),
         [(1, 1, "<svg>"), (1, 6, "<title>"), (1, 29, "<desc>")]),
        (f'<!DOCTYPE svg [<!ENTITY a "b">]>{HEAD}{WORDS}</svg>', [(1, 15, "a DOCTYPE")]),
        (f'<?xml version="1.0" encoding="big5"?>{HEAD}{WORDS}</svg>', []),
    ],
)  # fmt: skip
def test_whole_files(svg: str, expected: list[tuple[int, int, str]]) -> None:
    assert found(svg) == expected


def test_photographs_are_not_looked_into() -> None:
    assert list(faults(Path("a.png"), b"\x89PNG")) == []


@given(st.binary() | st.text().map(lambda text: f"{HEAD}{WORDS}{text}</svg>".encode()))
def test_no_bytes_raise(data: bytes) -> None:
    for problem in faults(Path("a.svg"), data):
        assert problem.where.line > 0
        assert problem.where.column > 0
