"""`nam-flash figures`: writes what is not current, and nothing when a fact no longer fits."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nam_flash.cli import main
from nam_flash.figures import FIGURES

ROOT = Path(__file__).parents[2]
PATHS = [f"cards/figures/{id_}.svg" for id_ in FIGURES]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["figures", *arguments], prog_name="nam-flash")


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped facts, without the figures that are drawn from them."""
    shutil.copytree(ROOT / "cards", tmp_path / "cards")
    shutil.copytree(ROOT / "decks", tmp_path / "decks", ignore=shutil.ignore_patterns("*.apkg"))
    monkeypatch.chdir(tmp_path)
    for path in PATHS:
        Path(path).unlink(missing_ok=True)
    return tmp_path


def test_it_writes_only_what_is_not_current(work: Path) -> None:
    result = run()
    assert (result.exit_code, result.stdout.split()) == (0, PATHS), result.output
    result = run()
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "7 figures: all current\n"
    (work / PATHS[2]).write_text("<svg/>")
    assert run().stdout.split() == [PATHS[2]]


def test_check_names_what_is_not_current_and_writes_nothing(work: Path) -> None:
    assert run().exit_code == 0
    (work / PATHS[0]).unlink()
    (work / PATHS[1]).write_text("<svg/>")
    result = run("--check")
    assert (result.exit_code, result.stdout.split()) == (1, PATHS[:2])
    assert "2 figures not current." in result.stderr
    assert not (work / PATHS[0]).exists()
    run()
    assert run("--check").exit_code == 0


def test_a_fact_that_no_longer_fits_stops_it(work: Path) -> None:
    file = work / "cards" / "antibodies.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("  answer: HMGCR\n", "  answer: Another protein\n"), encoding="utf-8"
    )
    line = text.split("  answer: HMGCR\n")[0].count("\n") + 1
    result = run()
    assert result.exit_code == 1
    assert f"cards/antibodies.yaml:{line}:11: NF014 bad-value: 'Another protein'" in result.stderr
    assert not any((work / path).exists() for path in PATHS)


def test_json_says_what_the_registry_should(work: Path) -> None:
    figures = json.loads(run("--json", "--check").stdout)["figures"]
    assert [figure["path"] for figure in figures] == PATHS
    assert not any(figure["current"] for figure in figures)
    assert all(figure["title"] and figure["alt"] and figure["cite"] for figure in figures)
    assert all(figure["facts"] for figure in figures)


def test_facts_with_problems_draw_nothing(work: Path) -> None:
    (work / "cards" / "extra.yaml").write_text("- id: x\n")
    result = run("--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["problems"][0]["path"] == "cards/extra.yaml"


def test_the_shipped_facts_are_read_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run()
    assert result.exit_code == 2
    assert "read only" in result.stderr
