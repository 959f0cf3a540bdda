"""NF209 to NF212: single vignettes at the limits, and decks with and without habits."""

import pytest

from nam_flash.rules import (
    vignette_form,
    vignette_longest,
    vignette_place,
    vignette_unexplained,
)
from nam_flash.rules.chance import MIN_VIGNETTES, at_least
from tests.conftest import FactBase
from tests.rules.written import case, found


@pytest.mark.parametrize(
    ("stem", "lacks"),
    [
        ("A 64-year-old woman is weak. CK is 7,800 U/L.", ""),
        ("A 9-month-old boy is floppy.", "findings"),
        ("A newborn girl is jaundiced.", ""),
        ("A teacher aged 46 cannot stand up. She is weak.", ""),
        ("A 46-year-old accountant is weak.", "sex"),
        ("A woman is weak. CK is 7,800 U/L.", "age"),
        ("A patient on a statin has trouble with stairs.", "age, sex, findings"),
        (
            "A 35-year-old woman has been afraid of dogs since she was small. She avoids the park,"
            " no longer visits friends who keep one, and crosses the road when one comes near her.",
            "",
        ),
    ],
)
def test_stem(base: FactBase, stem: str, lacks: str) -> None:
    facts = case("x", "A test", ["B", "C"], stem=stem)
    assert found(base, vignette_form.RULE, facts) == ([f"a stem without {lacks}"] if lacks else [])


def test_the_lead_in_may_tell_the_sex(base: FactBase) -> None:
    stem, question = "A 46-year-old welder is weak.", "Which drug harms his lungs?"
    assert (
        found(base, vignette_form.RULE, case("x", "A", ["B", "C"], stem=stem, question=question))
        == []
    )


@pytest.mark.parametrize(
    ("distractors", "findings"), [(1, ["2 options"]), (2, []), (4, []), (5, ["6 options"])]
)
def test_number_of_options(base: FactBase, distractors: int, findings: list[str]) -> None:
    facts = case("x", "right", [f"wrong {n}" for n in range(distractors)])
    assert found(base, vignette_form.RULE, facts) == findings


@pytest.mark.parametrize(
    ("question", "marks"), [("The best test is", "no"), ("What is it? And why?", "2")]
)
def test_lead_in(base: FactBase, question: str, marks: str) -> None:
    facts = case("x", "A", ["B", "C"], question=question)
    assert found(base, vignette_form.RULE, facts) == [f"{marks} question marks in the lead-in"]


@pytest.mark.parametrize(
    ("why", "explained"),
    [
        ("His TSH is normal.", True),
        ("A rash would be expected.", True),
        ("Lungs and joints would be involved.", True),
        ("Wrong.", False),
        ("Incorrect diagnosis.", False),
        ("Anti-Jo-1 is not the best answer here.", False),
        ("This does not fit the findings.", False),
        ("Not indicated in this patient.", False),
    ],
)
def test_why(base: FactBase, why: str, explained: bool) -> None:
    facts = case("x", "Anti-Jo-1", ["Anti-Jo-1 again"], why=why)
    assert bool(found(base, vignette_unexplained.RULE, facts)) != explained


@pytest.mark.parametrize(
    ("answer", "far"),
    [
        ("Hydroxychloroquine", False),  # half as long again, but a name
        ("Anti-HMGCR antibodies, now that she is weak", True),
        ("Anti-HMGCR antibodies", False),
    ],
)
def test_far_the_longest(base: FactBase, answer: str, far: bool) -> None:
    facts = case("x", answer, ["Simvastatin", "Azathioprine"])
    assert bool(found(base, vignette_longest.RULE, facts)) == far


def deck(*rights: str) -> str:
    return "".join(
        case(f"x-{n}", right, ["bbbb", "dddd", "ffff", "hhhh"]) for n, right in enumerate(rights)
    )


@pytest.mark.parametrize(("longest", "findings"), [(8, 0), (9, 1), (20, 1)])
def test_longest_too_often(base: FactBase, longest: int, findings: int) -> None:
    """Nine of twenty is the first number that chance alone makes in under 1% of decks."""
    rights = ["aaaaa"] * longest + ["aaa"] * (20 - longest)
    assert len(found(base, vignette_longest.RULE, deck(*rights))) == findings


def test_too_few_vignettes_show_nothing(base: FactBase) -> None:
    facts = deck(*["aaaaa"] * (MIN_VIGNETTES - 1))
    assert found(base, vignette_longest.RULE, facts) == []
    assert found(base, vignette_place.RULE, facts) == []


@pytest.mark.parametrize(
    ("rights", "what"),
    [
        (["aaa", "ccc", "eee", "ggg", "iii"] * 4, []),
        (["aaa"] * 9 + ["ccc"] * 4 + ["eee"] * 4 + ["ggg"] * 3, []),
        (
            ["aaa"] * 4 + ["eee"] * 12 + ["iii"] * 4,
            ["C is right in 12 of 20 vignettes (p = 0.0005)"],
        ),
        (["40 mg"] * 20, ["E is right in 20 of 20 vignettes (p = 5e-14)"]),
    ],
)
def test_place(base: FactBase, rights: list[str], what: list[str]) -> None:
    assert found(base, vignette_place.RULE, deck(*rights)) == what


def test_chance() -> None:
    assert at_least(0, 20, 0.2) == pytest.approx(1)
    assert at_least(20, 20, 0.2) == pytest.approx(0.2**20)
    assert at_least(1, 2, 0.5) == pytest.approx(0.75)
    assert at_least(700, 2000, 0.2) < 1e-50
