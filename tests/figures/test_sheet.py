"""The sheet keeps to the visual language: groups with ids, text that fits, plain SVG."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nam_flash.figures.facts import Facts
from nam_flash.figures.sheet import GREY, Sheet, Words, box_height, width_of, wrapped
from nam_flash.load import Library

SVG = "{http://www.w3.org/2000/svg}"


def sheet() -> Sheet:
    library = Library(Path("cards"), "", (), {}, {}, {})
    return Sheet(Facts(library, "test"), "A < B")


def test_a_part_is_a_group_with_its_facts_and_its_label_apart() -> None:
    drawing = sheet()
    with drawing.part("muscle"):
        drawing.facts.read += ["two", "one", "two"]
        drawing.box(10, 10, 100, GREY, Words("a & b"))
    root = ET.fromstring(drawing.svg())
    (group,) = root.findall(f"{SVG}g")
    assert group.attrib == {"id": "muscle", "data-facts": "one two"}
    assert [child.tag.removeprefix(SVG) for child in group] == ["rect", "g"]
    assert group[1].attrib == {"id": "label-muscle"}
    assert group[1][0].text == "a & b"


def test_an_id_is_used_once() -> None:
    drawing = sheet()
    with drawing.part("muscle"):
        pass
    with pytest.raises(AssertionError), drawing.part("muscle"):
        pass


def test_title_and_description_are_named_for_screen_readers() -> None:
    drawing = sheet()
    drawing.alt = "What it shows"
    root = ET.fromstring(drawing.svg())
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "t d")
    assert [(e.tag.removeprefix(SVG), e.text) for e in root[:2]] == [
        ("title", "A < B"),
        ("desc", "What it shows"),
    ]


def test_the_sheet_grows_with_what_is_drawn() -> None:
    drawing = sheet()
    bottom = drawing.box(10, 20, 100, GREY, Words("a"), height=50)
    assert bottom == 70
    assert 'viewBox="0 0 400 84"' in drawing.svg()


words = st.text(st.characters(min_codepoint=33, max_codepoint=0x2300), min_size=1, max_size=9)


@given(st.lists(words, max_size=20), st.integers(60, 372))
def test_wrapped_lines_hold_the_words_and_fit(texts: list[str], width: int) -> None:
    text = " ".join(texts)
    lines = wrapped(text, width, 13)
    assert " ".join(lines).split() == text.split()
    assert all(width_of(line, 13) <= width or " " not in line for line in lines)


@given(st.lists(words, min_size=1, max_size=20), st.integers(80, 372))
def test_a_box_is_never_lower_than_its_text(texts: list[str], width: int) -> None:
    assume(" ".join(texts).split())
    content = Words(" ".join(texts))
    drawing = sheet()
    assert drawing.box(0, 0, width, GREY, content) == box_height(width, content)
    lowest = max(float(e.get("y", 0)) for e in ET.fromstring(drawing.svg()).iter(f"{SVG}text"))
    assert lowest + 4 <= box_height(width, content)
