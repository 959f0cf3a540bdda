"""NF112: prompts that call up each other's answers, and those that share only their frame."""

import time

import pytest

from nam_flash.lock import Lock
from nam_flash.rules.interference import MAX_FACTS, RULE
from nam_flash.rules.study import Study
from tests.conftest import FactBase
from tests.rules.written import basic, case, cloze, found


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (
            "What does the muscle biopsy show in chronic steroid myopathy?",
            "What does the muscle biopsy typically show in chronic alcoholic myopathy?",
        ),
        (
            "What is the maximum storage time for red cells?",
            "What is the maximum storage time for platelets?",
        ),
        (
            "Which of the two IMNM-specific autoantibodies goes with the more severe weakness?",
            "Which of the two IMNM-specific autoantibodies goes with the rarer lung involvement?",
        ),
    ],
)
def test_alike(base: FactBase, one: str, two: str) -> None:
    (problem,) = found(base, RULE, basic("a", one, "A") + basic("b", two, "B"))
    assert problem == f"a prompt much like one of 'a': {one!r}"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        # the frame alone
        ("What is the most common cause of ascites?", "What is the most common cause of GERD?"),
        ("What is the triad of nephrotic syndrome?", "What is the triad of general anaesthesia?"),
        # the same cohort, other questions
        (
            "In a US series of 49 patients (2015), which tissue of muscle was damaged in 61%?",
            "In a US series of 49 patients (2015), which share reported muscle discomfort?",
        ),
        # too short to say
        ("Vitamin D deficiency: which signs?", "Vitamin D deficiency: which symptoms?"),
    ],
)
def test_not_alike(base: FactBase, one: str, two: str) -> None:
    assert found(base, RULE, basic("a", one, "A") + basic("b", two, "B")) == []


ONE = "What does the muscle biopsy show in chronic steroid myopathy?"
TWO = "What does the muscle biopsy show in chronic alcoholic myopathy?"


def test_the_same_answer_does_not_interfere(base: FactBase) -> None:
    assert found(base, RULE, basic("a", ONE, "atrophy") + basic("b", TWO, "Atrophy")) == []


def test_one_fact_does_not_interfere_with_itself(base: FactBase) -> None:
    assert found(base, RULE, basic("a", ONE, "A", reverse={"question": TWO, "answer": "B"})) == []


def test_clozes_can_interfere(base: FactBase) -> None:
    text = "The muscle biopsy of chronic {} myopathy shows atrophy of {{{{c1::{}}}}} fibres."
    facts = cloze("a", text.format("steroid", "many")) + cloze("b", text.format("alcoholic", "few"))
    assert len(found(base, RULE, facts)) == 1


def test_lead_ins_of_vignettes_are_all_alike(base: FactBase) -> None:
    stems = ("A man of 30 is weak.", "A girl of 7 has a rash.")
    question = "Which antibody test is the most likely to establish her or his diagnosis now?"
    one, two = (
        case(f"c{i}", answer, ["X"], stem=stem, question=question)
        for i, (answer, stem) in enumerate(zip("AB", stems, strict=True))
    )
    assert found(base, RULE, one + two) == []


def test_only_the_closest_is_named(base: FactBase) -> None:
    facts = (
        basic("a", ONE, "A")
        + basic("b", ONE.replace("chronic", "mild chronic"), "B")
        + basic("c", ONE.replace("chronic", "very mild chronic"), "C")
    )
    assert [text.split("'")[1] for text in found(base, RULE, facts)] == ["a", "b"]


def test_how_the_whole_deck_asks_is_no_likeness(base: FactBase) -> None:
    facts = "".join(
        basic(
            f"f{i}", f"What does the muscle biopsy show in disease{i} of skeletal muscle?", f"{i}"
        )
        for i in range(MAX_FACTS + 1)
    )
    assert found(base, RULE, facts) == []


def test_many_facts_take_no_time(base: FactBase) -> None:
    library, _ = base.write(
        "".join(
            basic(f"f{i}", f"What does sign{i} show in disease{i % 97} after test{i % 89}?", f"{i}")
            for i in range(3000)
        )
    ).load()
    assert RULE.check is not None
    start = time.perf_counter()
    list(RULE.check(Study(library, Lock(), 0)))
    assert time.perf_counter() - start < 5
