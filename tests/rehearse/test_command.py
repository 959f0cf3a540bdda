"""``nam-flash rehearse`` as a person and as a script meet it."""

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nam_flash.cli import main
from tests.rehearse.releases import Releases


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["rehearse", *map(str, arguments)], prog_name="nam-flash")


def test_a_safe_update(old: Path, new: Path) -> None:
    result = run(old, new)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0].startswith("package: ")
    assert lines[2].split() == ["beginner", *["ok"] * 14]
    assert lines[-1].startswith("8 back again: ")
    assert result.stderr == ""


def test_an_update_that_costs_progress(decks: Releases, old: Path, tmp_path: Path) -> None:
    """A pack of another release: it changes notes that OLD and NEW have alike."""
    pack = tmp_path / "pack.zip"
    pack.write_bytes(decks.pack)
    result = run(old, old, "--pack", pack)
    assert result.exit_code == 1
    assert "LOST" in result.stdout
    assert "beginner, pack, unchanged: " in result.stderr


def test_json(old: Path, decks: Releases, tmp_path: Path) -> None:
    pack = tmp_path / "pack.zip"
    pack.write_bytes(decks.pack)
    older = tmp_path / "older.apkg"
    older.write_bytes(decks.older.package)
    result = run(older, old, "--older", older, "--json")
    assert result.stderr == ""
    found = json.loads(result.stdout)
    assert found["ok"] == (result.exit_code == 0)
    assert "skipper" in {cell["learner"] for cell in found["cells"]}
    cell = found["cells"][0]
    assert cell.keys() == {
        "learner", "channel", "change", "notes", "lost", "missing", "verdict", "limits",
    }  # fmt: skip
    (loss, *_) = next(
        cell["lost"] for cell in found["cells"] if cell["learner"] == "note taker" and cell["lost"]
    )
    assert (loss["what"], loss["limit"]) == ("my notes", "replaced")
    assert {limit["name"] for limit in found["limits"]} >= {"replaced", "withheld"}


def test_files_that_are_no_packages(old: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.apkg"
    bad.write_bytes(b"no zip")
    result = run(old, bad, "--pack", bad)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith(f"Error: {bad}: damaged, or no Anki package: ")
    result = run(old, old, "--pack", bad)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{bad}: damaged, or no update pack: ")


def test_misuse(old: Path, tmp_path: Path) -> None:
    assert run(old, old, "--older-pack", old).exit_code == 2
    missing = run(old, tmp_path / "none.apkg")
    assert (missing.exit_code, missing.stderr.count("no such package")) == (1, 1)


def test_without_anki(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "nam_flash.backend", raising=False)
    monkeypatch.setitem(sys.modules, "anki.collection", None)
    result = run(old, old)
    assert result.exit_code == 1
    assert "pipx install --force '.[verify]'" in result.stderr
