"""docs/coverage.md is current, and its books name facts that exist."""

import runpy
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from nam_flash.load import load

ROOT = Path(__file__).parents[1]
COVERAGE: dict[str, Any] = runpy.run_path(str(ROOT / "docs" / "coverage.py"))
STATEMENTS: list[Any] = COVERAGE["statements"]()
CLAIMS: list[Any] = COVERAGE["claims"]()


@pytest.fixture(scope="module")
def taught() -> set[str]:
    """The ids of all facts that are not retired."""
    library, problems = load(ROOT / "cards")
    assert problems == []
    return {fact.id for fact in library.facts if fact.retired is None}


def test_the_page_is_current() -> None:
    """If not: python docs/coverage.py."""
    page = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
    assert page == COVERAGE["render"]()


def test_every_fact_that_is_named_is_taught(taught: set[str]) -> None:
    named = {id_ for row in [*STATEMENTS, *CLAIMS] for id_ in row.facts}
    assert named - taught == set()


@pytest.mark.parametrize("row", STATEMENTS, ids=lambda row: row.statement)
def test_a_statement_has_what_its_verdict_needs(row: Any) -> None:
    assert row.verdict in COVERAGE["VERDICTS"]
    assert len(row.facts) == len(set(row.facts)) <= 4
    assert bool(row.correction) == (row.verdict == "corrected")
    assert bool(row.why_none) == (not row.facts)
    assert row.facts or row.verdict in {"opinion", "open"}


def test_a_statement_stands_once() -> None:
    assert doubled(row.statement for row in STATEMENTS) == []
    sections = [name for name, _ in COVERAGE["sections"](STATEMENTS)]
    assert doubled(sections) == []


def test_a_claim_stands_once() -> None:
    assert doubled(row.id for row in CLAIMS) == []


def test_a_claim_is_taught_or_left_out() -> None:
    assert [row.id for row in CLAIMS if bool(row.facts) == bool(row.left_out)] == []


def test_no_cell_breaks_the_table() -> None:
    cells = [value for row in STATEMENTS for value in (row.statement, row.correction, row.why_none)]
    cells += [row.left_out for row in CLAIMS]
    assert [cell for cell in cells if "|" in cell or "\n" in cell] == []


def doubled(values: Any) -> list[Any]:
    return [value for value, times in Counter(values).items() if times > 1]
