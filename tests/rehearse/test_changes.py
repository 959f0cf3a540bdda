"""What kind of change a note underwent."""

from typing import Any

import pytest

from nam_flash.edition import Edition, Shipped, read
from nam_flash.rehearse.changes import changes
from tests.conftest import pack
from tests.rehearse.releases import Releases

TABLE = '<table class="comparison"><tr><th>a</th><td>1</td><td>–</td></tr></table>'


def note(tags: str = "T::First T::^Level::Core", deck: str = "T", **fields: str) -> Edition:
    """A package of one note."""
    given = {"Question": "Q", "Answer": "A", "Text": "", "Detail": "", "Status": "", "Extra": ""}
    made = Shipped("n", "n", 1, "Basic", given | fields, (0,), tuple(tags.split()), deck, 1, 1)
    return Edition("T", "0.1.0", {"n": made}, {}, ("T",))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({}, {}, "unchanged"),
        ({}, {"Version": "0.2.0", "Report": "mailto:x"}, "unchanged"),
        ({}, {"Question": "R"}, "wording"),
        ({}, {"Status": "Corrected"}, "wording"),
        ({}, {"Answer": "B"}, "answer"),
        ({}, {"Question": "R", "Answer": "B"}, "wording answer"),
        ({"Text": "a {{c1::b}}"}, {"Text": "an {{c1::b}}"}, "wording"),
        ({"Text": "a {{c1::b::hint}}"}, {"Text": "a {{c1::c::hint}}"}, "answer"),
        ({}, {"tags": "T::First T::Second T::^Level::Core"}, "tags"),
        ({}, {"tags": "T::First T::^Level::Advanced"}, "level"),
        ({}, {"tags": "T::Second T::^Level::Core", "Topic": "Second"}, "topic"),
        ({}, {"deck": "T::Other"}, "topic"),
        ({}, {"tags": "T::First T::^Level::Core T::!Retired::1.2", "Status": "R", "deck": "T::R"}, "retired"),
        ({"tags": "T::First T::^Level::Core T::!Retired::1.2"}, {"Status": "C"}, "returned"),
        ({"Extra": 'E<img src="a.svg">'}, {"Extra": 'E<img src="b.svg">'}, "picture"),
        ({"Extra": "E"}, {"Extra": 'F<figure><img src="b.svg"></figure>'}, "wording picture"),
        ({"Detail": TABLE}, {"Detail": TABLE.replace("–", "2")}, "grown"),
        ({"Detail": TABLE}, {"Detail": TABLE.replace("<th>a</th><td>1</td>", "<td>1</td><th>a</th>")}, "reordered"),
        ({"Detail": TABLE}, {"Detail": TABLE.replace("1", "3")}, "wording"),
        ({"Detail": "x 2"}, {"Detail": "x 3"}, "wording"),
    ],
)  # fmt: skip
def test_of_a_note(before: dict[str, Any], after: dict[str, Any], expected: str) -> None:
    assert " ".join(changes(note(**before), note(**after)).classes("n")) == expected


def test_of_whole_packages(decks: Releases) -> None:
    old, new = (read(pack(deck)) for deck in (decks.old, decks.new))
    assert isinstance(old, Edition)
    assert isinstance(new, Edition)
    found = changes(old, new)
    assert found.classes("test:fresh") == ("new",)
    assert found.classes("test:sizes/height/three") == ("new",)
    assert found.classes("test:obsolete") == ("retired",)
    assert found.classes("test:still") == found.classes("somebody's own") == ("unchanged",)
    assert found.classes("nam-flash Cloze") == ("style",)
    assert found.classes("nam-flash Vignette") == ("layout",)
