"""NF201: what is a bare number, and what only looks like one."""

import pytest

from nam_flash.rules.bare_number import RULE
from tests.conftest import FactBase
from tests.rules.written import basic, case, cloze, found


@pytest.mark.parametrize(
    ("question", "answer", "what"),
    [
        ("What does a CK above 5,000 suggest?", "IMNM", "'CK above 5,000'"),
        ("What defines hyponatraemia?", "Na < 135", "'Na < 135'"),
        ("What does a platelet count mean?", "platelets 20-50 are low", "'platelets 20-50'"),
        ("Which CK level is usual in active IMNM?", "5,000", "'5,000' as the whole answer"),
        ("What is the normal range of sodium?", "135-145", "'135-145' as the whole answer"),
        ("How common is ILD in anti-SRP disease?", "about 20%", "'20%'"),
        ("Which antibody is found in 20% of patients with IMNM?", "anti-SRP", "'20%'"),
    ],
)
def test_bare(base: FactBase, question: str, answer: str, what: str) -> None:
    assert found(base, RULE, basic("x", question, answer)) == [what]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        # with a unit, also after a range or a pair
        ("What does a CK > 5,000 U/L suggest?", "IMNM"),
        ("What does a CK above 10 × ULN suggest?", "IMNM"),
        ("What if CK falls from 8,000 to 110 U/L?", "remission"),
        ("What if CK lies between 560 and 640 U/L?", "wait"),
        ("What if CK is 40 times the limit?", "think of muscle"),
        ("What if neutrophils are 0.3 x 10^9^/L?", "stop azathioprine"),
        ("Which level defines hyponatraemia?", "Na < 135 mmol/L"),
        # the question says what is counted
        ("How many subtypes has IMNM?", "3"),
        ("In which year was anti-HMGCR described?", "2010"),
        ("When was anti-HMGCR described?", "2010"),
        ("What is the normal pH of blood?", "7.35-7.45"),
        ("What AST/ALT ratio marks muscle necrosis?", "> 3"),
        ("On which chromosome does SRP54 lie?", "14"),
        # names, not numbers
        ("Where does C5b-9 lie in IMNM?", "sarcolemma"),
        ("Which T cells invade fibres in PM?", "CD8+"),
        ("Which allele goes with anti-HMGCR?", r"HLA-DRB1\*11:01"),
        ("Which antibodies define IMNM?", "two: anti-SRP and anti-HMGCR"),
        # a frequency that tells where it was counted
        ("In a Japanese series (2015), how common was ILD?", "13%"),
        ("Of 63 patients with NAM, what share had dysphagia?", "35%"),
        ("How common is dysphagia in a Mayo cohort?", "35%"),
        # a line that somebody drew
        ("Which blast share defines acute leukaemia?", "≥ 20%"),
        ("What is the oxygen goal in COPD?", "88-92%"),
    ],
)
def test_not_bare(base: FactBase, question: str, answer: str) -> None:
    assert found(base, RULE, basic("x", question, answer)) == []


def test_the_unit_may_follow_a_cloze(base: FactBase) -> None:
    text = "In 48 patients (2015), a first biopsy missed {{c1::23}}% of cases."
    assert found(base, RULE, cloze("x", text)) == []


def test_a_patient_has_percentages_of_his_own(base: FactBase) -> None:
    facts = case("x", "ECG", ["CT", "MRI"], question="Saturation is 91%. What is next?")
    assert found(base, RULE, facts) == []


def test_every_text_of_a_fact_is_looked_at(base: FactBase) -> None:
    facts = basic("x", "Which enzyme leaks?", "CK", extra="CK > 4,000 is common.")
    assert found(base, RULE, facts) == ["'CK > 4,000'"]
