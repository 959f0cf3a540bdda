"""NF202: what ages, and what does not."""

import pytest

from nam_flash.rules.no_as_of import RULE
from tests.conftest import FactBase
from tests.rules.written import basic, case, cloze, found


@pytest.mark.parametrize(
    ("question", "answer", "what"),
    [
        ("What is the dose of IVIG?", "2 g/kg", "2 g/kg"),
        ("How is prednisolone started?", "40-60 mg daily", "40-60 mg daily"),
        ("What share of IMNM is seronegative?", "20%", "20%"),
        ("What do guidelines advise in IMNM?", "early csDMARD", "guidelines"),
        ("What is the drug of choice in IMNM?", "prednisolone", "drug of choice"),
        ("Which drugs are approved for IMNM?", "none", "approved"),
        ("What did the randomised trial of zilucoplan find?", "no benefit", "randomised"),
    ],
)
def test_ages(base: FactBase, question: str, answer: str, what: str) -> None:
    assert found(base, RULE, basic("x", question, answer)) == [f"{what!r} without a date"]
    assert found(base, RULE, basic("x", question, answer, as_of=2024)) == []


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Which enzyme do statins inhibit?", "HMG-CoA reductase"),
        ("In a cohort of 2015, what share had ILD?", "13%"),
        ("In the trial of zilucoplan (2023), what happened to CK?", "nothing"),
        ("Which RNA is in SRP?", "7S RNA"),
    ],
)
def test_does_not_age(base: FactBase, question: str, answer: str) -> None:
    assert found(base, RULE, basic("x", question, answer)) == []


def test_one_finding_a_fact(base: FactBase) -> None:
    text = "IVIG is {{c1::2 g/kg}} per cycle, every {{c2::4-6 weeks}}."
    assert found(base, RULE, cloze("x", text)) == ["'2 g/kg' without a date"]


def test_a_patient_has_percentages_of_his_own(base: FactBase) -> None:
    facts = case("x", "ECG", ["CT", "MRI"], question="Saturation is 91%. What is next?")
    assert found(base, RULE, facts) == []
