"""NF207: what is a dose, and what is a note on safety."""

import pytest

from nam_flash.rules.dose_safety import RULE
from tests.conftest import FactBase
from tests.rules.written import basic, case, cloze, found


@pytest.mark.parametrize(
    "answer",
    [
        "2 g/kg",
        "0.5-1 mg/kg a day",
        "0.5-1 g/m2 once a month",
        "15 mg weekly",
        "40 to 60 mg a day",
        "1,000 mg twice, 2 weeks apart",
        "400 mg × 1",
        "5,000 IU daily",
        "100 units/day",
        "≥ 5 mg/week",
    ],
)
def test_a_dose_needs_a_note(base: FactBase, answer: str) -> None:
    question = "Which regimen is used in IMNM?"
    assert len(found(base, RULE, basic("x", question, answer))) == 1
    noted = basic("x", question, answer, extra="Watch blood counts.")
    assert found(base, RULE, noted) == []


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Above which CK?", "5,000 IU/L"),
        ("What is a normal creatinine?", "below 1.2 mg/dL"),
        ("What is heavy proteinuria?", "> 3.5 g/day"),
        ("How much alcohol is too much?", "20 g a day"),
        ("How heavy is the adrenal?", "5 g"),
        ("Which BMI is obesity?", "30 kg/m2"),
        ("How often is CK measured?", "once a month"),
        ("At which dose should bone be assessed for fracture risk?", "2.5 mg/day"),
    ],
)
def test_no_dose_or_safety_itself(base: FactBase, question: str, answer: str) -> None:
    assert found(base, RULE, basic("x", question, answer)) == []


def test_the_sentence_of_a_cloze_is_read_whole(base: FactBase) -> None:
    text = "Azathioprine is given at {{c1::2-3 mg/kg}} a day for {{c2::years}}."
    assert found(base, RULE, cloze("x", text)) == ["the dose '2-3 mg/kg' alone"]


def test_what_a_patient_takes_is_no_advice(base: FactBase) -> None:
    stem = "A 60-year-old man takes 50 mg prednisolone daily. Hip flexors are 4/5."
    assert found(base, RULE, case("x", "Taper", ["Add", "Wait"], stem=stem)) == []
