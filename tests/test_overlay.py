"""A local module: it adds, replaces, hides and tags; what it leaves alone stays the base's."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result

from nam_flash.cli import main
from tests.conftest import FIGURE, NOW, SVG, FactBase
from tests.test_updates import Learner

FACTS = """\
- {id: one, kind: basic, topic: first/alpha, level: core, cite: [smith2020], question: One?, answer: A, extra: Ours.}
- {id: two, kind: basic, topic: first/beta, level: core, cite: [smith2020], question: Two?, answer: B}
- {id: three, kind: basic, topic: second, level: core, cite: [smith2020], question: Three?, answer: C, needs: [two]}
"""
MODULE = """\
namespace: my-course
title: My course
tag: Course
topics: [{id: ward, tag: Ward, deck: 80 Ward}]
hide: [two]
extra: {one: "**Mine.**"}
tags: {Week_1: [one, second]}
"""
OWN = """\
- {id: own, kind: basic, topic: ward, level: core, cite: [local2024], question: What does OPD mean?, answer: X}
"""
SOURCES = """\
references:
  - {id: local2024, type: report, title: House rules, issued: {date-parts: [[2024]]},
     URL: "https://example.org/rules", custom: {design: guideline, seen: full-text}}
"""


@pytest.fixture
def module(base: FactBase, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module beside a base that has shipped, the base's folder being the current one."""
    monkeypatch.chdir(base.folder)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW))
    base.write(FACTS).build()
    folder = base.folder / "my-course"
    folder.mkdir()
    for name, text in (
        ("module.yaml", MODULE), ("own.yaml", OWN), ("sources.yaml", SOURCES),
        ("glossary.yaml", "OPD: outpatient department\n"),
    ):  # fmt: skip
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--with", "my-course"], prog_name="nam-flash")


def built(*arguments: str) -> bytes:
    result = run("build", *arguments)
    assert result.exit_code == 0, result.output
    return Path("my-course/test-my-course.apkg").read_bytes()


@pytest.fixture
def learner(tmp_path: Path) -> Learner:
    (tmp_path / "anki").mkdir()
    return Learner(tmp_path / "anki" / "collection.anki2")


def test_the_base_is_not_touched(base: FactBase, module: Path) -> None:
    lock = base.lock.read_bytes()
    built()
    assert base.lock.read_bytes() == lock
    assert not list((base.folder / "decks").glob("*.apkg"))
    assert sorted(p.name for p in module.iterdir()) == [
        "glossary.yaml", "module.lock", "module.yaml", "own.yaml", "sources.yaml",
        "test-my-course.apkg",
    ]  # fmt: skip


def test_the_modules_lock_holds_only_what_is_its_own(module: Path) -> None:
    built()
    lines = (module / "module.lock").read_text().splitlines()
    assert "namespace my-course" in lines
    assert [line.split()[1] for line in lines if line.startswith("note ")] == [
        "one",
        "own",
        "three",
    ]


def test_students_of_the_base_lose_nothing(base: FactBase, module: Path, learner: Learner) -> None:
    learner.take(base.package().read_bytes())
    before = learner.state()
    # one and three changed (extra, tag), own is new; two is hidden, but stays with who has it.
    assert learner.take(built()) == (1, 2)
    after = learner.state()
    assert set(map(tuple, before["cards"])) <= set(map(tuple, after["cards"]))
    assert learner.note("two")["Answer"] == "B"
    assert learner.note("one")["Extra"] == "<strong>Mine.</strong>"
    assert "Course::Week_1" in learner.note("one").tags
    own = learner.note("own")
    assert own.guid == "my-course:own"
    assert own.tags[0] == "Course::Ward"
    assert "outpatient department" in own["Question"]
    assert learner.take(built()) == (0, 0)


def test_the_base_after_the_module_takes_nothing_back(
    base: FactBase, module: Path, learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = base.package().read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW + 60))
    learner.take(built())
    assert learner.take(package) == (1, 0)  # the hidden fact
    assert learner.note("one")["Extra"] == "<strong>Mine.</strong>"


def test_the_modules_text_wins_over_a_newer_one_of_the_base(
    base: FactBase, module: Path, learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner.take(built())
    base.write(FACTS.replace("extra: Ours.", "extra: Ours anew."))
    learner.take(base.package(NOW + 60).read_bytes())
    assert learner.note("one")["Extra"] == "Ours anew."
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW + 90))
    learner.take(built())
    assert learner.note("one")["Extra"] == "<strong>Mine.</strong>"


def test_a_module_brings_its_own_pictures(module: Path) -> None:
    (module / "own.svg").write_text(SVG.format(""))
    figure = FIGURE.format("own").replace("topic: first", "topic: ward")
    (module / "figures.yaml").write_text(figure.replace("smith2020", "local2024"))
    (module / "own.yaml").write_text(OWN.replace("answer: X}", "answer: X, figure: own}"))
    with ZipFile(BytesIO(built())) as package:
        assert package.read("0") == (module / "own.svg").read_bytes()


def test_a_module_shows_pictures_of_the_base(base: FactBase, module: Path) -> None:
    base.picture("ring")
    (module / "own.yaml").write_text(OWN.replace("answer: X}", "answer: X, figure: ring}"))
    with ZipFile(BytesIO(built())) as package:
        assert package.read("0") == (base.cards / "ring.svg").read_bytes()


def test_a_picture_of_the_module_may_not_take_the_name_of_one_of_the_base(
    base: FactBase, module: Path
) -> None:
    base.picture("ring")
    for name in ("figures.yaml", "ring.svg"):
        (module / name).write_bytes((base.cards / name).read_bytes())
    expected = "my-course/figures.yaml:1:8: NF020 duplicate-id: 'ring'; expected an id of its own"
    assert f"{expected} (first at cards/figures.yaml:1:8)" in run("build").stderr


def test_the_same_module_gives_the_same_bytes(module: Path) -> None:
    assert built() == built()


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("own.yaml", OWN.replace("id: own", "id: one"),
         "my-course/own.yaml:1:8: NF020 duplicate-id: 'one'; expected an id of its own (first at "
         "cards/facts.yaml:1:8)"),
        ("sources.yaml", SOURCES.replace("id: local2024", "id: smith2020"),
         "(first at cards/sources.yaml:2:9)"),
        ("glossary.yaml", "CK: something else\n",
         "my-course/glossary.yaml:1:5: NF020 duplicate-id: 'something else'; expected 'creatine "
         "kinase' (as at cards/glossary.yaml:1:5)"),
        ("module.yaml", MODULE.replace("id: ward", "id: first"), "(first at cards/taxonomy.yaml:3:9)"),
        ("module.yaml", MODULE.replace("hide: [two]", "hide: [tow]"),
         "my-course/module.yaml:5:8: NF021 unresolved: 'tow'; expected the id of a fact of the base; "
         "did you mean 'two'?"),
        ("module.yaml", MODULE.replace("hide: [two]", "hide: [one]"),
         "my-course/module.yaml:6:14: NF014 bad-value: an extra for 'one'; expected one or the "
         "other: it is hidden at my-course/module.yaml:5:8"),
        ("module.yaml", MODULE.replace("[one, second]", "[one, secnd]"), "7:22: NF021"),
        ("module.yaml", MODULE.replace("**Mine.**", "**Mine."), "my-course/module.yaml:6:14: NF030"),
        ("module.yaml", MODULE.replace("namespace: my-course", "namespace: test"),
         "my-course/module.yaml:1:12: NF043 lock: 'test', that of the base"),
        ("module.yaml", MODULE.replace("namespace: my-course", ""), "NF011 missing-key: no 'namespace'"),
    ],
)  # fmt: skip
def test_conflicts_name_both_places(module: Path, file: str, text: str, expected: str) -> None:
    (module / file).write_text(text, encoding="utf-8")
    result = run("build")
    assert result.exit_code == 1
    assert expected in result.stderr
    assert not (module / "module.lock").exists()


def test_an_own_fact_may_not_vanish_nor_the_namespace_change(module: Path) -> None:
    built()
    (module / "own.yaml").write_text(OWN.replace("id: own", "id: other"), encoding="utf-8")
    assert "NF042" in run("build").stderr
    (module / "own.yaml").write_text(OWN, encoding="utf-8")
    text = MODULE.replace("namespace: my-course", "namespace: another")
    (module / "module.yaml").write_text(text, encoding="utf-8")
    assert "NF043" in run("build").stderr


@pytest.mark.parametrize("command", ["check", "list", "stats", "show own"])
def test_the_other_commands_take_a_module_too(module: Path, command: str) -> None:
    result = run(*command.split())
    assert result.exit_code == 0, result.output
    assert "problem" not in result.stderr or "no problem" in result.stderr
