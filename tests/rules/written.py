"""Fact files for the tests of rules: what does not matter is filled in."""

import json
from collections.abc import Sequence

from nam_flash.lock import Lock
from nam_flash.rules import lint
from nam_flash.rules.rule import Rule
from nam_flash.rules.study import Study
from tests.conftest import NOW, FactBase


def basic(id_: str, question: str, answer: str, **more: object) -> str:
    """A basic fact; ``more`` are further keys, with YAML's names."""
    return _fact(id_, "basic", question=question, answer=answer, **more)


def cloze(id_: str, text: str, **more: object) -> str:
    return _fact(id_, "cloze", text=text, **more)


def case(
    id_: str,
    answer: str,
    distractors: Sequence[str],
    *,
    stem: str = "A 64-year-old woman cannot climb stairs. CK is 7,800 U/L (reference limit 190).",
    question: str = "Which test is best?",
    why: str = "Her weakness and CK say so.",
) -> str:
    """A vignette, well-formed unless told otherwise."""
    return _fact(
        id_,
        "vignette",
        stem=stem,
        question=question,
        answer={"option": answer, "why": why},
        distractors=[{"option": option, "why": why} for option in distractors],
    )


def found(base: FactBase, rule: Rule, facts: str, lock: Lock | None = None) -> list[str]:
    """What a rule finds in facts that load without a problem, in words."""
    library, problems = base.write(facts).load()
    assert problems == [], [str(problem) for problem in problems]
    study = Study(library, lock or Lock(), NOW)
    return [problem.found for problem in lint(study, [rule]) if problem.code == rule.code]


def _fact(id_: str, kind: str, **keys: object) -> str:
    keys = {"topic": "first/alpha", "level": "core", "cite": ["smith2020"], **keys}
    lines = "".join(
        f"  {key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in keys.items()
    )
    return f"- id: {id_}\n  kind: {kind}\n{lines}"
