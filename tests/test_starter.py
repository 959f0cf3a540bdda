"""Beginnings: a fact of each kind is well-formed, a new fact base builds and verifies at once."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nam_flash.cli import main
from nam_flash.kinds import KINDS
from nam_flash.lock import Lock
from nam_flash.rules import lint
from nam_flash.rules.study import Study
from nam_flash.starter import new_fact, slug
from nam_flash.verify import verify
from tests.conftest import NOW, FactBase


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, prog_name="nam-flash")


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_fact_has_no_problem(base: FactBase, kind: str) -> None:
    glossary = base.cards / "glossary.yaml"
    glossary.write_text(
        glossary.read_text() + "ULN: {long: upper limit of normal, familiar: true}\n"
    )
    base.drawing().write(new_fact(kind, "new-fact", "first/alpha", "smith2020"))
    assert base.problems() == []
    library, _ = base.load()
    # The only fact of a topic is an orphan, whatever it says.
    found = [p for p in lint(Study(library, Lock(), NOW)) if p.code != "NF119"]
    assert [str(problem) for problem in found] == []


def test_new_prints_and_appends(base: FactBase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(base.folder)
    assert run("new", "basic").stdout.startswith("- id: new-fact\n  kind: basic\n  topic: first\n")
    for id_ in ("one", "two"):
        result = run("new", "cloze", "--id", id_, "--topic", "second", "--append", "cards/f.yaml")
        assert result.exit_code == 0, result.output
    assert [fact.id for fact in base.load()[0].facts] == ["one", "two"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("new bsic", "Did you mean 'basic'?"),
        ("new basic --id Not_Good", "is no id"),
        ("new basic --topic frist", "Did you mean 'first'?"),
        ("init . --name ???", "is no name for a deck"),
    ],
)
def test_mistakes_are_usage_errors(
    base: FactBase, monkeypatch: pytest.MonkeyPatch, arguments: str, message: str
) -> None:
    monkeypatch.chdir(base.folder)
    result = run(*arguments.split())
    assert result.exit_code == 2
    assert message in result.stderr


@pytest.mark.parametrize("name", ["Myasthenia gravis", "Sjögren disease", "ALS"])
def test_a_new_base_builds_verifies_and_collides_with_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init", "base", "--name", name).exit_code == 0
    monkeypatch.chdir(tmp_path / "base")
    result = run("check", "--fail-level", "warning")
    assert (result.exit_code, result.stdout) == (0, "")
    assert run("build").exit_code == 0
    package = Path("decks", f"{slug(name)}.apkg")
    report = verify(package.read_bytes(), package.name)
    assert report.ok, report
    assert f"namespace {slug(name)}\n" in Path("decks", f"{slug(name)}.lock").read_text()


def test_init_refuses_a_folder_with_something_in_it(tmp_path: Path) -> None:
    (tmp_path / "x").touch()
    result = run("init", str(tmp_path), "--name", "X")
    assert result.exit_code == 1
    assert "is not empty" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
