"""The promises on updates, for every learner, every change and every channel, in the real Anki."""

import re
from pathlib import Path

import pytest

from nam_flash.rehearse import Report, rehearse
from nam_flash.rehearse.arrival import GOODS
from nam_flash.rehearse.changes import CHANGES
from nam_flash.rehearse.channels import CHANNELS
from nam_flash.rehearse.estate import BELONGINGS
from nam_flash.rehearse.learners import LEARNERS
from nam_flash.rehearse.limits import LIMITS, Limit
from nam_flash.rehearse.table import markdown, text
from tests.conftest import pack
from tests.rehearse.releases import Releases

FIXTURE = Path(__file__).parents[1] / "fixtures" / "rehearsal.txt"
PAGE = Path(__file__).parents[2] / "docs" / "updates.md"


def section(heading: str) -> str:
    """The text of the page under a heading of the second level."""
    (found,) = re.findall(
        rf"^## {heading}$\n(.*?)(?=^## |\Z)", PAGE.read_text("utf-8"), re.M | re.S
    )
    return str(found).strip()


def test_nothing_is_lost_but_by_a_listed_limit(report: Report) -> None:
    lost = [cell for cell in report.cells if cell.verdict == "lost"]
    assert lost == []
    assert report.ok


def test_every_learner_meets_every_change_by_every_channel(report: Report) -> None:
    met = {(cell.learner, cell.channel, cell.change) for cell in report.cells}
    every = {(who, by, what) for who in LEARNERS for by in CHANNELS for what in CHANGES}
    # What the core lacks is new to its learner, so no such note gets into another level.
    every -= {("core only", channel, "level") for channel in CHANNELS}
    assert met == every


def test_the_verdicts_are_those_of_the_fixture(report: Report) -> None:
    """When this fails and the new verdicts are right, write them into the file."""
    assert text(report) == FIXTURE.read_text(encoding="utf-8")


def test_the_docs_show_the_verdicts(report: Report) -> None:
    assert markdown(report).strip() in section("What was rehearsed")


def test_the_docs_explain_every_limit() -> None:
    lines = [
        f"{number}. **{limit.name.capitalize()}.** {limit.why} *What you can do:* {limit.do}"
        for number, limit in enumerate(LIMITS, start=1)
    ]
    assert "\n".join(lines) in section("Limits of Anki")


def test_the_docs_name_every_learner_and_every_change() -> None:
    for heading, table in (("The learners", {n: x.does for n, x in LEARNERS.items()}), ("The changes", CHANGES)):  # fmt: skip
        for name, what in table.items():
            assert f"| {name} | {what} |" in section(heading)


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.name)
def test_no_limit_is_stale(report: Report, limit: Limit) -> None:
    """A limit that shows no more is a promise that we could make."""
    assert limit in report.limits


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.name)
def test_limits_name_what_exists(limit: Limit) -> None:
    assert limit.what <= BELONGINGS.keys() | GOODS.keys()
    assert limit.changes <= CHANGES.keys()
    assert limit.learners <= LEARNERS.keys()


def test_without_a_pack_there_is_one_channel_and_nobody_who_skipped(decks: Releases) -> None:
    report = rehearse(pack(decks.old), pack(decks.old))
    assert {cell.channel for cell in report.cells} == {"package"}
    assert {cell.learner for cell in report.cells} == LEARNERS.keys() - {"skipper"}
    assert report.ok
