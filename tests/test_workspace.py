"""Which files a command works on, and that writing is all or nothing."""

import os
from pathlib import Path

import pytest

from nam_flash.problem import Problem
from nam_flash.workspace import LIST, find, publish, shipped, write


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


def tree(folder: Path) -> dict[str, str]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8") for p in paths}


def test_a_folder_is_published_and_lists_what_it_holds(tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert publish(site, {"a.html": b"a", "sub/b.html": b"b"}) == (2, 0)
    listed = tree(site).pop(LIST).splitlines()
    assert [line.split("  ")[1] for line in listed] == ["a.html", "sub/b.html"]
    assert publish(site, {"a.html": b"a", "sub/b.html": b"b"}) == (0, 0)


def test_publishing_again_writes_what_changed_and_removes_what_is_gone(tmp_path: Path) -> None:
    publish(tmp_path / "site", {"a": b"a", "b": b"b", "sub/deep/c": b"c"})
    (tmp_path / "site" / "CNAME").write_text("mine", encoding="utf-8")
    assert publish(tmp_path / "site", {"a": b"a", "b": b"new"}) == (1, 1)
    files = tree(tmp_path / "site")
    assert files.pop(LIST).count("\n") == 2
    assert files == {"a": "a", "b": "new", "CNAME": "mine"}
    assert not (tmp_path / "site" / "sub").exists()


def test_a_lost_file_comes_back(tmp_path: Path) -> None:
    publish(tmp_path, {"a": b"a"})
    (tmp_path / "a").unlink()
    assert publish(tmp_path, {"a": b"a"}) == (1, 0)


@pytest.mark.parametrize("name", ["mine.txt", "index.html"])
def test_a_folder_of_somebody_else_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")
    problem = publish(tmp_path, {"index.html": b"ours"})
    assert isinstance(problem, Problem)
    assert tree(tmp_path) == {name: "mine"}


def test_a_file_of_somebody_else_in_a_published_folder_is_not_overwritten(tmp_path: Path) -> None:
    publish(tmp_path, {"a": b"a"})
    (tmp_path / "b").write_text("mine", encoding="utf-8")
    problem = publish(tmp_path, {"a": b"new", "b": b"ours"})
    assert isinstance(problem, Problem)
    assert problem.where.path == str(tmp_path / "b")
    assert tree(tmp_path)["a"] == "a"


@pytest.mark.parametrize("name", ["../outside", "{}/outside", "sub/../../outside"])
def test_a_list_that_was_tampered_with_reaches_nothing_outside(tmp_path: Path, name: str) -> None:
    outside = tmp_path / "outside"
    outside.write_text("precious", encoding="utf-8")
    site = tmp_path / "site"
    publish(site, {"a": b"a"})
    with (site / LIST).open("a", encoding="utf-8") as file:
        file.write(f"{'0' * 64}  {name.format(tmp_path)}\n")
    assert publish(site, {"b": b"b"}) == (1, 1)
    assert outside.read_text(encoding="utf-8") == "precious"
