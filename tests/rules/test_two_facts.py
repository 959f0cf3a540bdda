"""NF104: two questions in one, two statements in one answer, and neither."""

import pytest

from nam_flash.rules.two_facts import RULE
from tests.conftest import FactBase
from tests.rules.written import basic, case, cloze, found

PROMPT = ["a prompt that asks for several things"]
ANSWER = ["an answer of several statements"]


@pytest.mark.parametrize(
    "question",
    [
        "What is IMNM? How is it treated?",
        "What causes IMNM, and how is it treated?",
        "How often and how long should an adult with IIM be screened?",
        "Which antibody marks IMNM and in which cells is its target?",
        "What are the causes, signs and treatment of IMNM?",
        "What is the dose, route, and duration of IVIG in IMNM?",
    ],
)
def test_two_questions(base: FactBase, question: str) -> None:
    assert found(base, RULE, basic("x", question, "so")) == PROMPT
    assert found(base, RULE, case("x", "CK", ["CRP"], question=question)) == PROMPT


@pytest.mark.parametrize(
    "question",
    [
        "A CK of 7,000 U/L is found. What does it suggest?",
        "Which two antibodies of IMNM should be tested?",
        "What is the sensitivity of MRI for oedema and necrosis?",
        "In patients who are weak and who took statins, which test is next?",
        "What is the drug for patients with pain, rash and weakness in IMNM?",
        "Which sign (what Gottron saw, and where?) marks dermatomyositis?",
        "From which multiple of the limit to which does CK range in IMNM?",
    ],
)
def test_one_question(base: FactBase, question: str) -> None:
    assert found(base, RULE, basic("x", question, "so")) == []


@pytest.mark.parametrize(
    ("answer", "findings"),
    [
        ("rash; perifascicular atrophy", ANSWER),
        ("It inhibits the reductase. Statins do the same.", ANSWER),
        ("mixed (lung; breast)", []),
        ("E. Coli", []),
        ("the reductase vs. Statins", []),
        ("rash; atrophy; calcinosis", []),  # a list: NF103
        ("A short answer.", []),
    ],
)
def test_answers(base: FactBase, answer: str, findings: list[str]) -> None:
    assert found(base, RULE, basic("x", "Which sign marks IMNM?", answer)) == findings


def test_clozes_and_options_may_say_two_things(base: FactBase) -> None:
    text = "IMNM spares the {{c1::skin::which organ?}}; {{c2::CK::what?}} is high. Is it rare?"
    assert found(base, RULE, cloze("x", text)) == []
    assert found(base, RULE, case("x", "France saw more; the US did not", ["neither"])) == []
