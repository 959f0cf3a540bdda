"""NF110: which pronouns have nothing that they could mean."""

import pytest

from nam_flash.rules.pronoun import RULE
from tests.conftest import FactBase
from tests.rules.written import basic, case, cloze, found


@pytest.mark.parametrize(
    ("question", "pronoun"),
    [
        ("How is it treated?", "it"),
        ("What is its target?", "its"),
        ("What is the mechanism of its toxicity?", "its"),
        ("In which patients does it occur?", "it"),
        ("How common are they in adults?", "they"),
        ("What is a red flag for this condition?", "this"),
        ("How does rituximab work in this disease?", "this"),
        ("How often is this antibody found?", "this"),
        ("These are rarely seen in which age group?", "These"),
    ],
)
def test_dangling(base: FactBase, question: str, pronoun: str) -> None:
    assert found(base, RULE, basic("x", question, "so")) == [f"{pronoun!r} without a referent"]


@pytest.mark.parametrize(
    "question",
    [
        "In anti-HMGCR IMNM, how does it present?",
        "IMNM: how is it treated?",
        "A CK of 7,000 U/L is found. What does it suggest?",
        "What is rituximab and how is it given?",
        "How should patients with IMNM spare their strength?",
        "Which enzyme loses its activity in McArdle disease?",
        "In IMNM, what is the first drug for this disease?",
        "Why is it important to test for anti-HMGCR?",
        "How long does it take until rituximab works?",
        "Which test does this clue call for: a high CK?",
        "What is the role of statins in their use?",
    ],
)
def test_with_a_referent(base: FactBase, question: str) -> None:
    assert found(base, RULE, basic("x", question, "so")) == []


def test_clozes(base: FactBase) -> None:
    assert found(base, RULE, cloze("x", "It is caused by {{c1::statins}}.")) != []
    assert found(base, RULE, cloze("x", "{{c1::HMGCR}} is an enzyme; statins inhibit it.")) == []


def test_a_case_says_whom_it_means(base: FactBase) -> None:
    assert found(base, RULE, case("x", "CK", ["CRP"], question="What is its cause?")) == []
