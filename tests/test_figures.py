"""The shipped figures: readable on a phone and at night, described in words, and named once."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

CARDS = Path(__file__).parents[1] / "cards"
FIGURES = sorted(CARDS.rglob("*.svg"))
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(params=FIGURES, ids=lambda path: path.stem)
def root(request: pytest.FixtureRequest) -> ElementTree.Element:
    return ElementTree.fromstring(request.param.read_bytes())


@pytest.mark.parametrize("path", FIGURES, ids=lambda path: path.stem)
def test_it_is_small(path: Path) -> None:
    assert len(path.read_bytes()) <= 40 * 1024


def test_it_is_as_wide_as_a_phone(root: ElementTree.Element) -> None:
    assert root.get("viewBox", "").split()[2] == "400"


def test_no_text_is_too_small_to_read(root: ElementTree.Element) -> None:
    """The viewBox is shown at about 360 px, so 13 units are about 12 px."""
    sizes = [float(e.get("font-size", "14")) for e in root.iter()]
    assert min(sizes) >= 13


def test_it_carries_its_own_paper(root: ElementTree.Element) -> None:
    width, height = root.get("viewBox", "").split()[2:]
    paper = next(e for e in root if e.tag == f"{SVG}rect")
    assert (paper.get("width"), paper.get("height")) == (width, height)
    assert paper.get("fill") == "#ffffff"


def test_title_and_description_are_its_name(root: ElementTree.Element) -> None:
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "t d")
    assert [e.get("id") for e in root[:2]] == ["t", "d"]


def test_each_id_is_there_once_and_each_reference_leads_somewhere(
    root: ElementTree.Element,
) -> None:
    ids = [e.get("id", "") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    text = ElementTree.tostring(root, encoding="unicode")
    named = re.findall(r'(?:href="|url\()#([\w-]+)', text)
    assert set(named) <= set(ids)


def test_labels_stand_in_the_group_that_they_name(root: ElementTree.Element) -> None:
    """What a label names can be covered with it: `label-x` stands in the group `x`."""
    labels = 0
    for group in root.iter(f"{SVG}g"):
        for element in group.iter():
            if element.get("id") == f"label-{group.get('id')}":
                labels += 1
    assert labels == sum(e.get("id", "").startswith("label-") for e in root.iter()) > 0
