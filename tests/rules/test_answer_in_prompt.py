"""NF107: which answers the prompt gives away, as the learner sees it."""

import pytest

from nam_flash.rules.answer_in_prompt import RULE
from tests.conftest import FactBase
from tests.rules.written import basic, cloze, found


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Which test is best for gastric emptying?", "Gastric emptying study"),
        ("Which antibody recognises HMGCR?", "anti-HMGCR"),
        ("What does anti-HMGCR recognise?", "HMGCR"),
        ("What marks necrotizing myopathy on biopsy?", "necrosis"),
        ("What causes hypothyroid myopathy?", "Hypothyroidism"),
        ("Which drugs cause statin myopathy?", "statins"),
        ("Which antibody binds the signal recognition particle?", "anti-SRP"),
        ("Which group leads: anti-SRP, anti-HMGCR or none?", "anti-SRP"),
    ],
)
def test_given_away(base: FactBase, question: str, answer: str) -> None:
    expected = [f"the answer {answer!r} in the prompt"]
    assert found(base, RULE, basic("x", question, answer)) == expected


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Which troponin shows the heart in myositis?", "troponin I"),
        ("Which vitamin is toxic?", "vitamin A"),
        ("Which level of the criteria begins at 55%?", "probable IIM"),
        # spelled out on a card only while the long form is nowhere on it
        ("What is SRP?", "signal recognition particle"),
        ("Of 8 biopsies, how many had MAC?", "8"),
        ("Of 8 biopsies, how many had MAC?", "6 of 8"),
        ("How high is phosphate?", "low phosphate"),
        ("What follows for testing?", "Test all the same"),
        ("Which myositis is meant?", "anti-SRP myositis"),
        ("Is weakness worse with anti-SRP or anti-HMGCR?", "anti-SRP"),  # NF106
        ("Which enzyme is high?", "CK"),
        ("Which creature makes an enzyme?", "yeast"),
    ],
)
def test_not_given_away(base: FactBase, question: str, answer: str) -> None:
    assert found(base, RULE, basic("x", question, answer)) == []


def test_what_the_card_spells_out(base: FactBase) -> None:
    (base.cards / "glossary.yaml").write_text(
        "HALIP: HMGCR-associated liver immunofluorescence pattern\n"
        "SRP: {long: signal recognition particle, familiar: true}\n",
        encoding="utf-8",
    )
    leaks = basic("x", "Which antibody gives the HALIP pattern?", "anti-HMGCR")
    assert found(base, RULE, leaks) == ["the answer 'anti-HMGCR' in the prompt"]
    said = "The HMGCR-associated liver immunofluorescence pattern."
    held_back = basic("x", "Which antibody gives the HALIP pattern?", "anti-HMGCR", extra=said)
    assert found(base, RULE, held_back) == []
    tooltip = basic("x", "Which cell part does SRP serve?", "a particle")
    assert found(base, RULE, tooltip) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The AST/ALT ratio falls because {{c1::AST::enzyme}} falls faster.", 1),
        ("CK is higher in {{c1::muscle disease::muscle or nerve?}}.", 0),  # NF106
        ("The target of anti-SRP is in the {{c1::cytoplasm}}.", 0),
    ],
)
def test_clozes(base: FactBase, text: str, number: int) -> None:
    assert len(found(base, RULE, cloze("x", text))) == number
