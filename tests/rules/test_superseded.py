"""NF203, NF204: where a citation stands in the fact does not matter; retired facts do not either."""

import pytest

from nam_flash.rules import retracted, superseded
from nam_flash.rules.rule import Rule
from tests.conftest import FactBase
from tests.rules.written import basic, found

TABLE = """\
- id: table
  kind: comparison
  topic: first/alpha
  level: core
  title: A table
  entities: {a: A, b: B}
  attributes:
    - id: x
      name: X
      ask: What is {entity}?
      cells:
        a: one
        b: {answer: two, cite: [WORK]}
  cite: [smith2020]
"""


@pytest.mark.parametrize(
    ("rule", "work", "what"),
    [
        (superseded.RULE, "society2010", "'society2010', which 'who2021' replaces"),
        (retracted.RULE, "doe2018", "'doe2018', retracted (J Muscle 2019)"),
    ],
)
def test_in_a_cell_and_in_a_tombstone(base: FactBase, rule: Rule, work: str, what: str) -> None:
    table = TABLE.replace("WORK", work)
    retired = "  retired: {release: 0.2.0, why: Its source fell.}\n"
    assert found(base, rule, table) == [what]
    assert found(base, rule, table + retired) == []


def test_the_newer_work_beside_the_older_is_enough(base: FactBase) -> None:
    facts = basic("x", "What changed?", "the place of biopsy", cite=["society2010", "who2021"])
    assert found(base, superseded.RULE, facts) == []


@pytest.mark.parametrize(
    ("rule", "work", "what"),
    [
        (superseded.RULE, "society2010", "'society2010', which 'who2021' replaces"),
        (retracted.RULE, "doe2018", "'doe2018', retracted (J Muscle 2019)"),
    ],
)
def test_below_a_figure(base: FactBase, rule: Rule, work: str, what: str) -> None:
    base.picture("a")
    figures = base.cards / "figures.yaml"
    figures.write_text(figures.read_text().replace("smith2020", work))
    fact = basic("x", "What changed?", "the place of biopsy", figure="a")
    assert found(base, rule, fact) == [what]
    assert found(base, rule, basic("x", "What changed?", "the place of biopsy")) == []
