"""NF117: what claims to be without exception, and what only uses its words."""

import pytest

from nam_flash.rules.absolute import RULE
from tests.conftest import FactBase
from tests.rules.written import basic, case, cloze, found


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        ("IMNM never causes a rash", "never"),
        ("Always a biopsy", "always"),
        ("necrosis in all patients", "in all patients"),
        ("it is seen in every case", "in every case"),
        ("No patient has a rash", "no patient has"),
        ("NEVER restart the statin", "never"),
        ("not rare. It is always severe.", "always"),
    ],
)
def test_absolute(base: FactBase, answer: str, word: str) -> None:
    expected = [f"the absolute claim {word!r}"]
    assert found(base, RULE, basic("x", "How is it?", answer)) == expected
    assert found(base, RULE, basic("x", "How is it?", "so", extra=answer)) == expected


@pytest.mark.parametrize(
    "answer",
    [
        "not always",
        "almost never",
        "nearly in all patients",
        "a normal CK may never come",
        "She has never taken a statin.",
        "Patients who never took a statin exist.",
        "He had never been weak.",
        "In none of 38 patients, so never in this series of 2020.",  # a report with its numbers
        "All of them raise the risk of infection.",
        "only in adults",
        "all stages",
    ],
)
def test_not_absolute(base: FactBase, answer: str) -> None:
    assert found(base, RULE, basic("x", "How is it?", answer, extra=answer)) == []


def test_a_guideline_may_prescribe(base: FactBase) -> None:
    facts = basic("x", "Which statin may be tried?", "never any", cite=["smith2020", "who2021"])
    assert found(base, RULE, facts) == []


def test_a_question_may_ask_for_it(base: FactBase) -> None:
    assert found(base, RULE, basic("x", "Which drug is never restarted?", "the statin")) == []


def test_clozes_and_options_are_claims_but_stems_are_not(base: FactBase) -> None:
    assert len(found(base, RULE, cloze("x", "IMNM is always {{c1::necrotizing}}."))) == 1
    assert len(found(base, RULE, case("x", "CK", ["LDH, always"]))) == 1
    assert found(base, RULE, case("x", "CK", ["LDH"], stem="Her legs are always weak.")) == []


def test_one_finding_a_fact(base: FactBase) -> None:
    assert len(found(base, RULE, basic("x", "How?", "always", extra="It is never mild."))) == 1
