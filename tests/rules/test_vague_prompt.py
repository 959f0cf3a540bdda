"""NF108: what leaves open what it asks for."""

import pytest

from nam_flash.rules.vague_prompt import RULE
from tests.conftest import FactBase
from tests.rules.written import basic, case, cloze, found

TOPIC = "a topic without a question"


@pytest.mark.parametrize(
    ("question", "what"),
    [
        ("Describe the biopsy of IMNM.", "the vague 'Describe'"),
        ("List the antibodies of IMNM.", "the vague 'List'"),
        ("In IMNM, discuss the role of IVIG.", "the vague 'discuss'"),
        ("Explain IMNM.", "the vague 'Explain'"),
        ("What about statins in IMNM?", "the vague 'What about'"),
        ("What is important in IMNM?", "the vague 'What is important'"),
        ("What should you know about IMNM?", "the vague 'What should you know'"),
        ("What are the key clinical features of IMNM?", "the vague 'key clinical features'"),
        ("IMNM", TOPIC),
        ("IMNM and statins", TOPIC),
        ("Necrotizing myopathy?", TOPIC),
        ("Antisynthetase syndrome?", TOPIC),
    ],
)
def test_vague(base: FactBase, question: str, what: str) -> None:
    assert found(base, RULE, basic("x", question, "so")) == [what]


@pytest.mark.parametrize(
    "question",
    [
        "Which enzyme does anti-HMGCR recognise?",
        "Name the enzyme that anti-HMGCR recognises.",
        "Explain why troponin T is raised in IMNM.",
        "anti-HMGCR recognises ...",
        "Most common antibody of IMNM?",
        "Commonest vasculitis?",
        "Cause of IMNM?",
        "What is the hallmark of IMNM on biopsy?",
        "Which key clue separates dermatomyositis from IMNM?",
        "Which antibody of IMNM was listed last?",
        "Which list of criteria was made for IMNM?",
    ],
)
def test_precise(base: FactBase, question: str) -> None:
    assert found(base, RULE, basic("x", question, "so")) == []


def test_other_forms(base: FactBase) -> None:
    assert found(base, RULE, cloze("x", "Necrotizing {{c1::myopathy}}")) == []
    assert found(base, RULE, case("x", "CK", ["CRP"], question="Diagnosis")) == [TOPIC]
