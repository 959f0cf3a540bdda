"""NF106: what offers its answer, and what only says "or"."""

import pytest

from nam_flash.rules.either_or import RULE
from tests.conftest import FactBase
from tests.rules.written import basic, cloze, found

OFFERED = ["a prompt that offers its answer among alternatives"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Is weakness worse with anti-SRP or with anti-HMGCR?", "anti-SRP"),
        ("Is weakness worse with anti-SRP or with anti-HMGCR?", "with the latter"),
        ("Which is more severe, anti-SRP or anti-HMGCR IMNM?", "anti-SRP IMNM"),
        ("In the two, men or women, which sex has IMNM more often?", "women"),
        ("Does treatment raise or lower the titre?", "it lowers it"),
    ],
)
def test_offers(base: FactBase, question: str, answer: str) -> None:
    assert found(base, RULE, basic("x", question, answer)) == OFFERED


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Which antibody is commonest in PM or DM?", "anti-Jo-1"),
        ("What happens to CK after rituximab or IVIG?", "it falls"),
        ("Which bedside sign or symptom sets ALS apart?", "fasciculations"),
        ("After how many days or weeks does CK fall?", "6 weeks"),
        ("Is CK raised in ALS or GBS?", "No"),  # NF105
        ("Which organ is at risk?", "heart or lung"),
    ],
)
def test_does_not_offer(base: FactBase, question: str, answer: str) -> None:
    assert found(base, RULE, basic("x", question, answer)) == []


@pytest.mark.parametrize(
    ("hint", "findings"), [("brisk or not", OFFERED), ("how brisk?", []), ("disorder", [])]
)
def test_hints(base: FactBase, hint: str, findings: list[str]) -> None:
    text = f"In Lambert-Eaton syndrome tendon reflexes are {{{{c1::reduced::{hint}}}}}."
    assert found(base, RULE, cloze("x", text)) == findings
