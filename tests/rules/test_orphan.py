"""NF119: facts without company, and what counts as company."""

import pytest

from nam_flash.rules.orphan import RULE
from tests.conftest import FactBase
from tests.rules.written import basic, case, found

COMPARISON = """\
- id: table
  kind: comparison
  topic: second
  level: core
  title: Two
  entities: {a: one, b: two}
  attributes: [{id: row, name: Row, ask: "What of {entity}?", cells: {a: x, b: y}}]
  cite: [smith2020]
"""


@pytest.mark.parametrize(
    "facts",
    [
        basic("x", "Q?", "A", topic="second"),
        basic("x", "Q?", "A", topic="second") + basic("y", "R?", "B", topic="first/beta", needs=[]),
        basic("x", "Q?", "A", topic="first/alpha", tags=["second"]),
    ],
)
def test_alone(base: FactBase, facts: str) -> None:
    assert found(base, RULE, facts)


@pytest.mark.parametrize(
    "facts",
    [
        basic("x", "Q?", "A") + basic("y", "R?", "B"),
        basic("x", "Q?", "A", topic="second")
        + case("y", "A", ["B"]).replace("first/alpha", "second"),
        # tied by a need, in either direction
        basic("x", "Q?", "A", topic="second", needs=["y"]) + basic("y", "R?", "B"),
        # company by a further topic
        basic("x", "Q?", "A", topic="second") + basic("y", "R?", "B", tags=["second"]),
        COMPARISON,
    ],
)
def test_in_company(base: FactBase, facts: str) -> None:
    assert found(base, RULE, facts) == []


def test_a_topic_has_the_company_of_those_below(base: FactBase) -> None:
    facts = basic("x", "Q?", "A", topic="first") + basic("y", "R?", "B", topic="first/alpha")
    assert found(base, RULE, facts) == ["the only fact of 'first/alpha', tied to no other"]


def test_retired_facts_are_no_company(base: FactBase) -> None:
    old = basic("y", "R?", "B", retired={"release": "0.2.0", "why": "Wrong."})
    assert len(found(base, RULE, basic("x", "Q?", "A") + old)) == 1
