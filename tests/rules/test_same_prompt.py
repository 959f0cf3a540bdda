"""NF111: prompts that are the same to the eye, and prompts that only look alike."""

import pytest

from nam_flash.rules.same_prompt import RULE
from tests.conftest import FactBase
from tests.rules.written import basic, case, cloze, found

QUESTION = "Which enzyme does anti-HMGCR recognise?"


@pytest.mark.parametrize(
    "again",
    [
        QUESTION,
        "which enzyme does anti-HMGCR recognise",
        "Which enzyme does “anti-HMGCR” recognise ?",
        "Which enzyme does **anti-HMGCR** recognise?",
        "Which enzyme does anti HMGCR recognise?",
    ],
)
def test_the_same(base: FactBase, again: str) -> None:
    (problem,) = found(base, RULE, basic("a", QUESTION, "A") + basic("b", again, "B"))
    assert problem.startswith("the prompt of 'a' again (")
    assert problem.endswith("facts.yaml:6:13)")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("What does CK > 10 × ULN suggest?", "What does CK < 10 × ULN suggest?"),
        ("What marks a CD4+ cell?", "What marks a CD4- cell?"),
        ("What does CK of 1.5 × ULN mean?", "What does CK of 15 × ULN mean?"),
        ("Which drug comes first?", "Which drug comes second?"),
    ],
)
def test_not_the_same(base: FactBase, one: str, two: str) -> None:
    assert found(base, RULE, basic("a", one, "A") + basic("b", two, "B")) == []


def test_each_later_card_is_reported(base: FactBase) -> None:
    facts = "".join(basic(id_, QUESTION, "A") for id_ in "abc")
    assert [text[:20] for text in found(base, RULE, facts)] == ["the prompt of 'a' ag"] * 2


def test_of_one_fact_too(base: FactBase) -> None:
    twice = basic("a", QUESTION, "A", reverse={"question": QUESTION, "answer": "B"})
    assert len(found(base, RULE, twice)) == 1


def test_the_gap_of_a_cloze_counts(base: FactBase) -> None:
    assert found(base, RULE, cloze("a", "In IMNM {{c1::many}} fibres are {{c2::necrotic}}.")) == []
    twins = cloze("a", "The enzyme is {{c1::X}}.") + cloze("b", "The enzyme is {{c1::Y}}.")
    assert len(found(base, RULE, twins)) == 1


def test_the_stem_of_a_vignette_counts(base: FactBase) -> None:
    other = "A man of 30 has a rash on his knuckles."
    assert found(base, RULE, case("a", "X", ["Y"]) + case("b", "X", ["Y"], stem=other)) == []
    assert len(found(base, RULE, case("a", "X", ["Y"]) + case("b", "X", ["Z"]))) == 1


def test_retired_facts_ask_nothing(base: FactBase) -> None:
    old = basic("a", QUESTION, "A", retired={"release": "0.2.0", "why": "Wrong."})
    assert found(base, RULE, old + basic("b", QUESTION, "B")) == []
