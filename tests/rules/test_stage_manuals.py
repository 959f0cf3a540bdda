"""Every problem that a stage finds has a manual, whose bad example provokes it and nothing else."""

from importlib import import_module

import pytest

from nam_flash.build import stale
from nam_flash.load import load
from nam_flash.lock import Lock, parse_lock, released, render_lock
from nam_flash.problem import CODES
from nam_flash.release import misdated
from nam_flash.rules import answer_too_long, lint
from nam_flash.rules.rule import Rule
from nam_flash.rules.study import Study
from tests.conftest import NOW, SVG, FactBase

STAGES: dict[str, Rule] = {
    code: import_module(f"nam_flash.rules.{name.replace('-', '_')}").RULE
    for code, name in CODES.items()
    if code < "NF100"
}

#: What a learner has before the bad example is built; without a row, nothing.
SHIPPED = {
    "NF040": STAGES["NF040"].good,
    "NF041": STAGES["NF041"].good.split("\n\n")[0] + "\n",
    "NF042": STAGES["NF042"].good,
    "NF045": STAGES["NF045"].good,
}

#: Not found by loading and building facts: each has a test of its own below.
APART = {"NF025", "NF043", "NF044", "NF046", "NF047", "NF048", "NF090"}

FACTS = [rule for code, rule in STAGES.items() if code not in APART]


@pytest.mark.parametrize("code", STAGES)
def test_it_is_the_manual_of_its_code(code: str) -> None:
    rule = STAGES[code]
    assert rule.code == code
    assert rule.severity == ("warning" if code == "NF090" else "error")
    assert rule.check is None
    assert rule.good


@pytest.mark.parametrize("rule", FACTS, ids=lambda rule: rule.code)
def test_the_bad_example_has_this_problem_alone(base: FactBase, rule: Rule) -> None:
    if shipped := SHIPPED.get(rule.code):
        base.write(shipped).build()
    assert set(base.drawing().write(rule.bad).codes()) == {rule.code}


@pytest.mark.parametrize("rule", FACTS, ids=lambda rule: rule.code)
def test_the_good_example_has_none(base: FactBase, rule: Rule) -> None:
    if shipped := SHIPPED.get(rule.code):
        base.write(shipped).build()
    assert base.drawing().write(rule.good).codes() == []


@pytest.mark.parametrize(("example", "codes"), [("bad", ["NF025"]), ("good", [])])
def test_a_picture(base: FactBase, example: str, codes: list[str]) -> None:
    (base.cards / "figures").mkdir()
    for folder in (base.cards / "figures", base.folder / "drawings"):
        folder.mkdir(exist_ok=True)
        (folder / "reductase.svg").write_text(SVG.format(""), encoding="utf-8")
    base.write(STAGES["NF021"].good).write(getattr(STAGES["NF025"], example), "figures.yaml")
    if example == "bad":
        (base.cards / "figures" / "reductase.svg").unlink()
    assert base.codes() == codes


def test_a_damaged_lock() -> None:
    rule = STAGES["NF043"]
    _, problems = parse_lock("nam.lock", rule.bad)
    assert {problem.code for problem in problems} == {"NF043"}
    lock, problems = parse_lock("nam.lock", rule.good)
    assert problems == []
    assert len(lock.notes) == 2


def test_a_stale_lock(base: FactBase) -> None:
    rule = STAGES["NF044"]
    lock = base.write(rule.good).build().lock
    assert stale(lock, base.build().lock, base.lock) == []
    changed = base.write(rule.bad).build().lock
    assert [problem.code for problem in stale(lock, changed, base.lock)] == ["NF044"]


@pytest.mark.parametrize(("example", "codes"), [("bad", ["NF046"]), ("good", [])])
def test_a_note_type_that_is_not_as_it_shipped(
    base: FactBase, example: str, codes: list[str]
) -> None:
    base.write(STAGES["NF044"].good).build()
    lines = base.lock.read_text().splitlines()
    (shipped,) = (line for line in lines if line.startswith("note-type basic "))
    *_, hash_, schema = shipped.split()
    line = getattr(STAGES["NF046"], example).strip()
    line = line.replace("SAME_HASH", hash_).replace("SAME_SCHEMA", schema)
    base.lock.write_text("\n".join(line if old == shipped else old for old in lines) + "\n")
    assert base.codes() == codes


@pytest.mark.parametrize(("example", "codes"), [("bad", ["NF047"]), ("good", [])])
def test_a_change_after_the_release(base: FactBase, example: str, codes: list[str]) -> None:
    made = base.write(STAGES["NF044"].good).build().lock
    base.lock.write_text(render_lock(released(made, "0.1.0", NOW)))
    base.recipe.write_text(getattr(STAGES["NF047"], example))
    assert base.codes() == []
    assert base.write(STAGES["NF044"].bad).codes() == codes


@pytest.mark.parametrize(("example", "codes"), [("bad", ["NF048"]), ("good", [])])
def test_a_release_that_was_never_made(base: FactBase, example: str, codes: list[str]) -> None:
    library, problems = base.write(getattr(STAGES["NF048"], example)).load()
    assert problems == []
    assert [problem.code for problem in misdated(library, Lock(), "0.2.0")] == codes


@pytest.mark.parametrize(("example", "found"), [("bad", ["NF090"]), ("good", [])])
def test_an_unused_waiver(base: FactBase, example: str, found: list[str]) -> None:
    library, problems = load(base.write(getattr(STAGES["NF090"], example)).cards)
    assert problems == []
    study = Study(library, Lock(), NOW)
    assert [problem.code for problem in lint(study, [answer_too_long.RULE])] == found
