"""NF102: the limit is the last length that passes, and each form has its own."""

import pytest

from nam_flash.rules.prompt_too_long import MAX_CLOZE, MAX_QUESTION, RULE
from tests.conftest import FactBase
from tests.rules.written import basic, case, cloze, found


def of_length(length: int, begin: str) -> str:
    return begin + "x" * (length - len(begin))


@pytest.mark.parametrize(("more", "findings"), [(0, 0), (1, 1)])
def test_questions(base: FactBase, more: int, findings: int) -> None:
    question = of_length(MAX_QUESTION + more, "What is ")
    assert len(found(base, RULE, basic("x", question, "so"))) == findings


@pytest.mark.parametrize(("more", "findings"), [(0, 0), (1, 1)])
def test_clozes_are_measured_as_shown(base: FactBase, more: int, findings: int) -> None:
    shown = of_length(MAX_CLOZE + more, "IMNM is [...] ")
    text = shown.replace("[...]", "{{c1::an autoimmune disease of muscle}}")
    assert len(found(base, RULE, cloze("x", text))) == findings


def test_a_stem_has_no_limit(base: FactBase) -> None:
    stem = "A 64-year-old woman cannot climb stairs. " * 20
    assert found(base, RULE, case("x", "CK", ["CRP"], stem=stem)) == []
