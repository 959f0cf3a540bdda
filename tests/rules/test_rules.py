"""Each rule finds its bad example, is content with its good one, and has a manual."""

import re

import pytest

from nam_flash.lock import Lock
from nam_flash.problem import CODES, Problem
from nam_flash.rules import RULES, lint
from nam_flash.rules.rule import Rule
from nam_flash.rules.study import Study
from tests.conftest import NOW, FactBase

CHECKED = [rule for rule in RULES if rule.check is not None]


def findings(base: FactBase, facts: str, rule: Rule) -> list[Problem]:
    library, problems = base.write(facts).load()
    assert problems == [], [str(problem) for problem in problems]
    return [p for p in lint(Study(library, Lock(), NOW), [rule]) if p.code == rule.code]


@pytest.mark.parametrize("rule", CHECKED, ids=lambda rule: rule.code)
def test_the_bad_example_is_found(base: FactBase, rule: Rule) -> None:
    found = findings(base, rule.bad, rule)
    assert found
    assert {problem.severity for problem in found} == {rule.severity}
    assert all(problem.where.line for problem in found)


@pytest.mark.parametrize("rule", CHECKED, ids=lambda rule: rule.code)
def test_the_good_example_is_not(base: FactBase, rule: Rule) -> None:
    assert findings(base, rule.good, rule) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_manual_gives_the_reason_and_its_source(rule: Rule) -> None:
    summary, *rest = rule.manual.strip().split("\n\n")
    assert summary.endswith(".")
    assert len(summary) < 160
    assert re.search(r"^Source: \S", rule.manual, re.MULTILINE)
    assert rest


def test_codes_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert set(codes) <= set(CODES)
