"""Which files a command works on, and that writing is all or nothing."""

import os
from pathlib import Path

import pytest

from nam_flash.problem import Problem
from nam_flash.workspace import find, shipped, write


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_an_empty_folder_uses_what_ships_and_writes_here(here: Path) -> None:
    workspace = find(None, None, None, [])
    assert workspace is not None
    assert workspace.cards == shipped() / "cards"
    assert workspace.output == Path("decks")
    assert not workspace.own_lock


def test_a_folder_with_cards_is_its_own(here: Path) -> None:
    (here / "cards").mkdir()
    (here / "decks").mkdir()
    (here / "decks" / "my.yaml").touch()
    workspace = find(None, None, None, [])
    assert workspace is not None
    assert (workspace.cards, workspace.recipe, workspace.lock) == (
        Path("cards"), Path("decks/my.yaml"), Path("decks/my.lock"),
    )  # fmt: skip
    assert workspace.own_lock


@pytest.mark.parametrize(("recipes", "found"), [([], "no recipe"), (["a", "b"], "a.yaml, b.yaml")])
def test_one_recipe_is_needed(here: Path, recipes: list[str], found: str) -> None:
    (here / "cards").mkdir()
    (here / "decks").mkdir()
    for name in recipes:
        (here / "decks" / f"{name}.yaml").touch()
    problems: list[Problem] = []
    assert find(None, None, None, problems) is None
    assert [problem.found for problem in problems] == [found]


def test_all_files_are_written(tmp_path: Path) -> None:
    files = {tmp_path / "new" / "a": b"1", tmp_path / "b": b"2"}
    write(files)
    assert {path: path.read_bytes() for path in files} == files
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a", "b", "new"]


def test_when_one_fails_none_is_written(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError):  # noqa: PT011 - which one depends on the system
        write({tmp_path / "a": b"new", tmp_path / "file" / "below": b"x"})
    assert (tmp_path / "a").read_bytes() == b"old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "file"]


def test_an_interrupt_leaves_the_old_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(descriptor: int) -> None:
        raise KeyboardInterrupt

    (tmp_path / "a").write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write({tmp_path / "a": b"new"})
    assert (tmp_path / "a").read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a"]
