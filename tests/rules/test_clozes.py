"""NF113, NF114, NF115: what a cloze hides, and what it leaves."""

import pytest

from nam_flash.rules import cloze_function_word, cloze_only_subject, cloze_too_much
from tests.conftest import FactBase
from tests.rules.written import basic, cloze, found


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("The biopsy {{c1::of}} IMNM shows necrosis.", "of"),
        ("{{c1::The}} biopsy of IMNM shows necrosis.", "The"),
        ("IMNM {{c1::is}} treated {{c2::with}} corticosteroids.", "is"),
        ("IMNM {{c1::is being}} studied {{c1::in}} trials.", "is being / in"),
    ],
)
def test_function_words(base: FactBase, text: str, hidden: str) -> None:
    problems = found(base, cloze_function_word.RULE, cloze("x", text))
    assert problems[0] == f"a cloze that hides {hidden!r}"


@pytest.mark.parametrize(
    "text",
    [
        "IMNM shows {{c1::few or no}} lymphocytes.",  # an amount
        "Statins are {{c1::not}} restarted.",
        "Hepatitis {{c1::A}} is not chronic.",  # a name of one letter
        "The {{c1::WHO}} says so; {{c2::IT}} helps.",  # abbreviations
        "CK is {{c1::above}} the limit.",
        "CK {{c1::↑}} in IMNM.",
        "A {{c1::}} b.",  # broken, and a problem of its own
        "IMNM begins {{c1::in the 5th}} decade.",
    ],
)
def test_no_function_words(base: FactBase, text: str) -> None:
    assert found(base, cloze_function_word.RULE, cloze("x", text)) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Statins {{c1::block the enzyme that makes mevalonate}}.", 6),
        (
            "In IMNM the muscle biopsy, which is seldom needed today, shows {{c1::scattered necrotic"
            " and regenerating fibres with few or no lymphocytes}}.",
            10,
        ),
        ("IMNM: {{c1::severe weakness}}, {{c1::high CK}}, necrosis.", 4),
    ],
)
def test_too_much(base: FactBase, text: str, words: int) -> None:
    assert found(base, cloze_too_much.RULE, cloze("x", text)) == [
        f"a cloze that hides {words} words"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Systole is {{c1::ventricular contraction}}.",  # as much as is left
        "{{c1::Aldolase}} rises.",
        "{{c1::Interstitial lung disease}} is common in anti-Jo-1 disease.",
        "Fibres in IMNM often show {{c1::major histocompatibility complex class I}} on their surface.",
    ],
)
def test_not_too_much(base: FactBase, text: str) -> None:
    assert found(base, cloze_too_much.RULE, cloze("x", text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "{{c1::Rituximab}} is often used in severe disease.",
        "The {{c1::titre}} is important.",
        "The most common cause is {{c1::a virus}}.",
        "{{c1::CK}} was high in 60% of the patients.",
    ],
)
def test_only_the_subject(base: FactBase, text: str) -> None:
    (problem,) = found(base, cloze_only_subject.RULE, cloze("x", text))
    assert problem.startswith("a cloze that leaves ")


@pytest.mark.parametrize(
    "text",
    [
        "{{c1::Metformin}} is a biguanide.",
        "{{c1::Systole}} is when the ventricles contract.",
        "{{c1::Rituximab::antibody against CD20}} is often used in severe disease.",
        "In {{c1::IMNM}} the biopsy shows necrosis.",
        "{{c1::Rituximab}} is often used in severe {{c2::IMNM}}.",
    ],
)
def test_more_than_the_subject(base: FactBase, text: str) -> None:
    assert found(base, cloze_only_subject.RULE, cloze("x", text)) == []


@pytest.mark.parametrize("rule", [cloze_function_word, cloze_too_much, cloze_only_subject])
def test_questions_are_no_clozes(base: FactBase, rule: object) -> None:
    facts = basic("x", "Which is the most common?", "of")
    assert found(base, rule.RULE, facts) == []  # type: ignore[attr-defined]
