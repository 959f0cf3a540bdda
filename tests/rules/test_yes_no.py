"""NF105: what can be answered with yes or no."""

import pytest

from nam_flash.rules.yes_no import RULE
from tests.conftest import FactBase
from tests.rules.written import basic, case, cloze, found


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Is anti-SRP tied to statins?", "not at all"),
        ("Does a normal CK exclude IMNM?", "It argues against it"),
        ("Isn't CK raised in IMNM?", "mostly"),
        ("Can statin-naive patients have IMNM?", "a third of them"),
        ("In IMNM, is CK raised?", "mostly"),
        ("A biopsy shows necrosis. Is IMNM proven?", "not yet"),
        ("True or false: statins cause anti-SRP IMNM", "the latter"),
        ("What of statins in anti-SRP IMNM?", "No, unrelated"),
        ("CK is raised in IMNM", "True"),
        ("Is CK raised in ALS or IMNM?", "Yes."),
    ],
)
def test_binary(base: FactBase, question: str, answer: str) -> None:
    assert found(base, RULE, basic("x", question, answer)) == ["a question of yes or no"]
    assert found(base, RULE, case("x", answer, ["other"], question=question)) != []


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What did rituximab do to the risk in IMNM?", "No significant increase"),
        ("Which drug, given weekly, is used in IMNM?", "methotrexate"),
        ("In patients who stop statins, what happens?", "no change"),
        ("How is a weak anti-SRP band best read?", "False-positive"),
        ("Is weakness worse with anti-SRP or anti-HMGCR?", "anti-SRP"),  # NF106
        ("What, has been asked, causes IMNM?", "unknown"),
        ("Which antibody does the line blot miss?", "anti-HMGCR"),
    ],
)
def test_open(base: FactBase, question: str, answer: str) -> None:
    assert found(base, RULE, basic("x", question, answer)) == []


def test_clozes_do_not_ask(base: FactBase) -> None:
    assert (
        found(base, RULE, cloze("x", "Inflammation in IMNM: {{c1::no}} or few lymphocytes.")) == []
    )
