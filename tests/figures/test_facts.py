"""What a figure reads: texts with their facts and sources, and problems where one is missing."""

import re
from decimal import Decimal

import pytest

from nam_flash.figures.facts import Facts
from nam_flash.problem import Problem
from tests.conftest import FactBase

FACTS = """\
- id: target
  kind: basic
  topic: first
  level: core
  question: Which enzyme is the target (2011)?
  answer: HMG-CoA *reductase*
  reverse: {question: Which antibody?, answer: anti-HMGCR}
  cite: [smith2020]
  as_of: 2020
- id: table
  kind: comparison
  topic: first
  level: core
  title: Levels
  entities: {a: IMNM, b: IBM}
  attributes:
    - id: ck
      name: CK
      ask: How high is CK in {entity}?
      cells:
        a: {answer: 'about 5,300-7,300 U/L', extra: In three cohorts., cite: [jones2021]}
        b: at most 15 × ULN
  cite: [smith2020]
- id: dose
  kind: cloze
  topic: first
  level: core
  text: Give {{c1::2 g/kg::dose}} every {{c2::4 weeks}}.
  cite: [smith2020]
- id: bar
  kind: threshold
  topic: first
  level: core
  analyte: CK
  bound: '> 10 xULN'
  uln: 200 U/L
  setting: active disease
  meaning: IMNM
  cite: [smith2020]
- id: old
  kind: basic
  topic: first
  level: core
  question: Which one was it?
  answer: the other
  retired: {release: 0.2.0, why: It was wrong., see: [target]}
  cite: [smith2020]
"""
SOURCES = """\
references:
  - {id: smith2020, type: article, title: One, issued: {date-parts: [[2020]]}, PMID: '1',
     custom: {design: cohort, seen: abstract}}
  - {id: jones2021, type: article, title: Two, issued: {date-parts: [[2021]]}, PMID: '2',
     custom: {design: cohort, seen: abstract}}
"""


@pytest.fixture
def facts(base: FactBase) -> Facts:
    (base.cards / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    library, problems = base.write(FACTS).load()
    assert problems == []
    return Facts(library, "some-figure")


@pytest.mark.parametrize(
    ("part", "text", "source"),
    [
        (("target", "answer"), "HMG-CoA reductase", "smith2020"),
        (("target", "reverse", "answer"), "anti-HMGCR", "smith2020"),
        (("table", "title"), "Levels", "smith2020"),
        (("table", "entities", "b"), "IBM", "smith2020"),
        (("table", "attributes", "ck", "ask"), "How high is CK in {entity}?", "smith2020"),
        (("table", "ck", "a"), "about 5,300-7,300 U/L", "jones2021"),
        (("table", "ck", "a", "extra"), "In three cohorts.", "jones2021"),
        (("table", "ck", "b"), "at most 15 × ULN", "smith2020"),
        (("dose", "text"), "Give 2 g/kg every 4 weeks.", "smith2020"),
        (("dose", "text", 2), "4 weeks", "smith2020"),
        (("bar", "setting"), "active disease", "smith2020"),
    ],
)
def test_a_text_comes_with_its_fact_and_its_sources(
    facts: Facts, part: tuple[str | int, ...], text: str, source: str
) -> None:
    assert facts.text(str(part[0]), *part[1:]) == text
    assert (facts.read, facts.cited, facts.problems) == ([part[0]], {source}, [])


def test_numbers_and_years_are_read(facts: Facts) -> None:
    assert facts.numbers(r"([\d,]+)-([\d,]+)", "table", "ck", "a") == (Decimal(5300), Decimal(7300))
    assert facts.year("target", "question") == 2011
    assert facts.as_of("target") == 2020
    assert facts.problems == []


def test_thresholds_of_an_analyte(facts: Facts) -> None:
    ((fact, bound, limit),) = facts.thresholds("CK")
    assert (fact.id, str(bound), str(limit)) == ("bar", "> 10 × ULN", "200 U/L")
    assert list(facts.thresholds("LDH")) == []


@pytest.mark.parametrize(
    ("part", "line", "column", "code", "found"),
    [
        (("targett", "answer"), 0, 0, "NF021", "no 'targett'"),
        (("old", "answer"), 46, 12, "NF021", "the retired fact 'old'"),
        (("target", "extra"), 1, 3, "NF021", "no extra in 'target'"),
        (("table", "ck", "c"), 21, 9, "NF021", "no ck/c in 'table'"),
        (("table", "ldh", "a"), 10, 3, "NF021", "no ldh/a in 'table'"),
        (("table", "entities", "c"), 15, 13, "NF021", "no entities/c in 'table'"),
        (("dose", "text", 3), 28, 9, "NF021", "no text/3 in 'dose'"),
    ],
)
def test_what_is_gone_is_a_problem_at_its_place(
    facts: Facts, part: tuple[str | int, ...], line: int, column: int, code: str, found: str
) -> None:
    assert facts.text(str(part[0]), *part[1:]) == ""
    (problem,) = facts.problems
    assert (problem.code, problem.found) == (code, found)
    assert (problem.where.line, problem.where.column) == (line, column), str(problem)
    assert "'some-figure'" in problem.expected


def test_a_replaced_fact_names_what_replaces_it(facts: Facts) -> None:
    facts.text("old", "answer")
    assert facts.problems[0].hint == "it was replaced by target"


def test_a_label_needs_its_words_in_the_fact(facts: Facts) -> None:
    assert facts.label("reductase", "target", "answer") == "reductase"
    assert facts.label("enzyme", "target", "answer", says=("HMG-COA", "reductase")) == "enzyme"
    assert facts.problems == []
    assert facts.label("kinase", "target", "answer") == "kinase"
    (problem,) = facts.problems
    assert str(problem).split(": ", 1)[1] == (
        "NF014 bad-value: 'HMG-CoA reductase'; expected 'kinase', on which the figure "
        "'some-figure' relies; mend the figure in nam_flash/figures/some_figure.py"
    )
    assert (problem.where.line, problem.where.column) == (6, 11)


@pytest.mark.parametrize(
    ("ask", "found"),
    [
        (lambda facts: facts.numbers(r"median (\d+)", "table", "ck", "a"), "NF014"),
        (lambda facts: facts.year("dose", "text"), "NF014"),
        (lambda facts: facts.as_of("dose"), "NF021"),
        (lambda facts: facts.as_of("nothing"), "NF021"),
    ],
)
def test_what_no_longer_parses_is_a_problem(facts: Facts, ask: object, found: str) -> None:
    ask(facts)  # type: ignore[operator]
    problems: list[Problem] = facts.problems
    assert [problem.code for problem in problems] == [found]
    assert re.search("some-figure", problems[0].expected)
