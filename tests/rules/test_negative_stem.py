"""NF116: questions that are negative themselves, and those that only contain a negation."""

import pytest

from nam_flash.rules.negative_stem import RULE
from tests.conftest import FactBase
from tests.rules.written import basic, case, cloze, found


@pytest.mark.parametrize(
    "question",
    [
        "Which of these is NOT a feature of IMNM?",
        "What does rituximab NOT treat?",
        "Which antibody is not associated with IMNM?",
        "Which finding isn't typical of IMNM?",
        "Which signs are not part of antisynthetase syndrome?",
        "All of the following occur in IMNM except",
        "Each of these raises CK EXCEPT which?",
        "Every one of these drugs causes myopathy except?",
        "Which diagnosis is least likely?",
        "Which statement on statins is false?",
        "Which of the following statements are incorrect?",
    ],
)
def test_negative(base: FactBase, question: str) -> None:
    assert len(found(base, RULE, basic("x", question, "A"))) == 1


def test_lead_ins_of_vignettes_too(base: FactBase) -> None:
    facts = case("x", "CK", ["LDH"], question="Which test is least likely to help?")
    assert found(base, RULE, facts) == ["a negative question ('least likely')"]


@pytest.mark.parametrize(
    "question",
    [
        "Which drug should not be restarted after anti-HMGCR IMNM?",
        "Which hormone test should not be forgotten before IMNM is diagnosed?",
        "Why does a positive anti-cN1A not prove inclusion body myositis?",
        "Which myopathy can be taken for IMNM if TSH is not measured?",
        "Which finding of 2011 was not confirmed by a study in 2024?",
        "Which antibody is found in patients who are not exposed to statins?",
        "How many patients improved at least moderately?",
        "Which muscle enzyme was least often raised?",
        "What share of results was false positive?",
        "Which test is often false negative?",
        "Which drug helps in all forms except IBM, according to a review?",
        "Which diagnosis is unlikely to need a biopsy?",
    ],
)
def test_not_negative(base: FactBase, question: str) -> None:
    assert found(base, RULE, basic("x", question, "A")) == []


def test_sentences_with_gaps_are_no_questions(base: FactBase) -> None:
    assert found(base, RULE, cloze("x", "A raised CK does NOT prove {{c1::IMNM}}.")) == []
