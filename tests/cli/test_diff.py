"""``nam-flash diff`` on packages, folders and revisions of a real git repository."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nam_flash.cli import main
from nam_flash.cli.given import given
from nam_flash.edition import of_deck, read
from nam_flash.lock import parse_lock, released, render_lock
from tests.conftest import NOW, FactBase, pack

FACTS = """\
- id: one
  kind: basic
  topic: first/alpha
  level: core
  cite: [smith2020]
  question: Which marker is raised?
  answer: CK
- {id: two, kind: basic, topic: second, level: core, cite: [smith2020], question: Two?, answer: B}
"""
REWORDED = FACTS.replace("answer: CK", "answer: the CK")
GONE = FACTS.partition("- {id: two")[0]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["diff", *arguments], prog_name="nam-flash")


class Repository:
    """A fact base under version control, as the current folder."""

    def __init__(self, base: FactBase) -> None:
        self.base = base
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str) -> None:
        environment = {
            **os.environ,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_DATE": f"{NOW} +0000",
            "GIT_COMMITTER_DATE": f"{NOW} +0000",
        }
        who = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
        subprocess.run(["git", *who, *arguments], cwd=self.base.folder, env=environment, check=True)

    def commit(self, facts: str, tag: str = "") -> None:
        self.base.write(facts)
        self.base.build()
        self.git("add", ".")
        self.git("commit", "--quiet", "--allow-empty", "--message=facts")
        if tag:
            self.git("tag", tag)


@pytest.fixture
def work(base: FactBase, monkeypatch: pytest.MonkeyPatch) -> FactBase:
    monkeypatch.chdir(base.folder)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW + 60))
    return base.write(FACTS)


@pytest.fixture
def repository(work: FactBase) -> Repository:
    return Repository(work)


def test_packages(work: FactBase) -> None:
    work.package(name="old")
    work.write(REWORDED)
    work.package(NOW + 60, name="new")
    result = run("old.apkg", "new.apkg")
    assert result.exit_code == 0, result.output
    assert result.stdout == (
        "- Test 0.1.0  2 notes, 2 cards  old.apkg\n"
        "+ Test 0.1.0  2 notes, 2 cards  new.apkg\n"
        "1 reworded\n"
        "\n"
        "Reworded\n"
        "  one  First › Alpha\n"
        "    Which marker is raised?\n"
        "    Answer: {+the +}CK\n"
    )


def test_nothing_changed(work: FactBase) -> None:
    work.package(name="old")
    result = run("old.apkg", "old.apkg")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "no change")


def test_a_folder_is_built_with_its_own_lock_and_left_alone(work: FactBase) -> None:
    work.package(name="old")
    other = work.folder / "other"
    for name in ("cards", "decks"):
        shutil.copytree(work.folder / name, other / name)
    (other / "cards" / "facts.yaml").write_text(REWORDED, encoding="utf-8")
    before = {path: path.read_bytes() for path in other.rglob("*") if path.is_file()}
    result = run("old.apkg", "other", "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["counts"] == {"reworded": 1}
    assert {path: path.read_bytes() for path in other.rglob("*") if path.is_file()} == before


def test_costs_make_the_exit_code_1(work: FactBase) -> None:
    work.package(name="old")
    work.lock.unlink()
    work.write(GONE)
    work.package(name="new")
    result = run("old.apkg", "new.apkg")
    assert result.exit_code == 1
    assert "Costs learners: notes are gone (1)\n  two\n" in result.stdout


def test_the_last_commit_is_compared_before_the_first_release(repository: Repository) -> None:
    repository.commit(FACTS)
    repository.base.write(REWORDED)
    result = run()
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[:3] == [
        "- Test 0.1.0  2 notes, 2 cards  HEAD",
        "+ Test 0.1.0  2 notes, 2 cards  the folder here",
        "1 reworded",
    ]


def test_the_last_release_is_compared_after_it(repository: Repository) -> None:
    repository.commit(FACTS)
    lock, _ = parse_lock("", repository.base.lock.read_text(encoding="utf-8"))
    text = render_lock(released(lock, "0.1.0", NOW))
    repository.base.lock.write_text(text, encoding="utf-8")
    repository.commit(FACTS, tag="v0.1.0")
    package = pack(repository.base.build().deck)
    recipe = repository.base.recipe.read_text(encoding="utf-8")
    repository.base.recipe.write_text(recipe.replace("0.1.0", "0.2.0"), encoding="utf-8")
    repository.commit(REWORDED)
    result = run("--json")
    assert result.exit_code == 1
    assert "decks/releases/test-0.1.0.apkg: missing" in result.stderr
    kept = repository.base.folder / "decks" / "releases" / "test-0.1.0.apkg"
    kept.parent.mkdir()
    kept.write_bytes(package)
    result = run("--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert (found["old"]["label"], found["counts"]) == (
        "decks/releases/test-0.1.0.apkg",
        {"reworded": 1},
    )
    assert json.loads(run("HEAD", "--json").stdout)["counts"] == {}
    assert json.loads(run("v0.1.0", "HEAD", "--json").stdout)["counts"] == {"reworded": 1}


def test_a_revision_whose_facts_cannot_be_read(repository: Repository) -> None:
    repository.commit(FACTS)
    repository.base.write(FACTS.replace("answer: CK", "anser: CK"))
    repository.git("commit", "--quiet", "--all", "--message=slip")
    repository.base.write(FACTS)
    result = run("HEAD")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "HEAD:cards/facts.yaml:7:3: NF010 unknown-key: 'anser'" in result.stderr
    repository.base.recipe.write_text("name: 7\n", encoding="utf-8")
    repository.git("commit", "--quiet", "--all", "--message=recipe")
    assert "HEAD:decks/test.yaml:1:1: NF011" in run("HEAD", "HEAD").stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["v9.9.9"], "no file or folder 'v9.9.9', and git knows no such revision here"),
        (["--", "--help"], "no file or folder '--help', and git knows no such revision here"),
        (["none.apkg"], "none.apkg: no such package"),
        (["cards"], "cards: no folder cards/ in it"),
        (["text.apkg"], "text.apkg: damaged, or no Anki package"),
        (["HEAD~1"], "the revision 'HEAD~1' has no cards and decks here"),
    ],
)
def test_what_cannot_be_read_is_said(
    repository: Repository, arguments: list[str], message: str
) -> None:
    repository.git("commit", "--quiet", "--allow-empty", "--message=empty")
    repository.commit(FACTS)
    (repository.base.folder / "text.apkg").write_text("text", encoding="utf-8")
    result = run(*arguments)
    assert result.exit_code == 1
    assert message in result.stderr
    assert result.stdout == ""


def test_without_git_or_a_repository(work: FactBase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(work.folder.parent))
    assert "git knows no such revision here" in run("HEAD").stderr
    monkeypatch.setenv("PATH", "")
    result = run("HEAD")
    assert (result.exit_code, "git is not installed" in result.stderr) == (1, True)


@pytest.mark.parametrize(
    ("format_", "expected"),
    [
        ("text", "Answer: {+the +}CK"),
        ("markdown", "Answer: <ins>the </ins>CK"),
        ("html", "<dt>Answer</dt><dd><ins>the </ins>CK</dd>"),
        ("json", '"field": "Answer"'),
    ],
)
def test_formats_also_go_to_a_file(work: FactBase, format_: str, expected: str) -> None:
    work.package(name="old")
    work.write(REWORDED)
    shown = run("old.apkg", "--format", format_)
    assert expected in shown.stdout
    written = run("old.apkg", "--format", format_, "-o", "out/changes")
    assert (written.exit_code, written.stdout) == (0, "")
    assert Path("out/changes").read_text(encoding="utf-8") == shown.stdout


def test_the_page_needs_nothing_else(work: FactBase) -> None:
    work.package(name="old")
    work.write(REWORDED.replace("Two?", "Is a < b?"))
    page = run("old.apkg", "--format", "html").stdout
    assert "Is a &lt; b" in page
    for outside in ("<script", "<link", "<img", "src=", "@import", "url("):
        assert outside not in page


def test_a_release_gives_its_package(work: FactBase) -> None:
    work.package(NOW, name="old")
    from_package, from_facts = given("old.apkg"), given(".")
    assert from_package.package() == (work.folder / "old.apkg").read_bytes()
    assert from_package.deck is None
    assert from_facts.deck is not None
    assert from_facts.facts is not None
    assert list(from_facts.facts) == ["one", "two"]
    assert read(from_facts.package()) == of_deck(from_facts.deck) == from_package.edition
