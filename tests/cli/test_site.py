"""``nam-flash site`` as a person and as a script meet it."""

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nam_flash.cli import main
from tests.cli.test_cli import BAD, FACTS
from tests.conftest import NOW, FactBase


@pytest.fixture
def work(base: FactBase, monkeypatch: pytest.MonkeyPatch) -> FactBase:
    """A fact base as the current folder."""
    monkeypatch.chdir(base.folder)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW))
    return base.write(FACTS)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, prog_name="nam-flash")


def test_it_writes_the_site_with_the_packages_that_were_built(work: FactBase) -> None:
    assert run("build").exit_code == 0
    result = run("site")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("site/index.html: ")
    assert result.stderr == ""
    data = (work.folder / "decks" / "test.apkg").read_bytes()
    assert (work.folder / "site" / "downloads" / "test.apkg").read_bytes() == data
    page = (work.folder / "site" / "downloads.html").read_text(encoding="utf-8")
    assert hashlib.sha256(data).hexdigest() in page


def test_it_says_when_the_packages_are_older_than_the_pages(work: FactBase) -> None:
    run("build")
    work.write(FACTS.replace("answer: CK", "answer: CRP"))
    result = run("site")
    assert result.exit_code == 0
    assert "older than the pages: 1 changed note" in result.stderr


def test_without_packages_there_is_no_page_for_them(work: FactBase) -> None:
    assert run("site", "-o", "out").exit_code == 0
    assert not (work.folder / "out" / "downloads.html").exists()


def test_a_problem_leaves_everything_as_it_was(work: FactBase) -> None:
    work.write(BAD)
    result = run("site")
    assert result.exit_code == 1
    assert "NF010" in result.stderr
    assert not (work.folder / "site").exists()


def test_json(work: FactBase) -> None:
    run("build")
    value = json.loads(run("site", "--json").stdout)
    assert value["folder"] == "site"
    assert value["written"] == len(value["files"])
    assert value["files"]["downloads/test.apkg"] > 1000
    assert (value["removed"], value["unreleased"]) == (0, "")


def test_a_folder_of_somebody_else_is_refused(work: FactBase) -> None:
    result = run("site", "-o", "cards")
    assert result.exit_code == 1
    assert "files of somebody else" in result.stderr


def manifest(work: FactBase, sha256: str) -> Path:
    path = work.folder / "decks" / "manifest.json"
    rows = [{"name": "test.apkg", "sha256": sha256, "bytes": 1, "notes": 2, "cards": 4}]
    path.write_text(json.dumps({"version": "0.1.0", "files": rows}), encoding="utf-8")
    return path


def test_the_list_of_a_release_gives_the_counts(work: FactBase) -> None:
    run("build")
    data = (work.folder / "decks" / "test.apkg").read_bytes()
    manifest(work, hashlib.sha256(data).hexdigest())
    assert run("site").exit_code == 0
    page = (work.folder / "site" / "downloads.html").read_text(encoding="utf-8")
    assert "2 notes, 4 cards" in page


@pytest.mark.parametrize(
    ("text", "code"), [("", "NF014"), ("{", "NF013"), ("[]", "NF013"), ('{"files": [{}]}', "NF013")]
)
def test_a_list_that_does_not_fit_is_a_problem(work: FactBase, text: str, code: str) -> None:
    run("build")
    path = manifest(work, "0" * 64)
    if text:
        path.write_text(text, encoding="utf-8")
    result = run("site")
    assert result.exit_code == 1
    assert f"manifest.json: {code}" in result.stderr


def test_what_stands_beside_the_facts_gets_pages(work: FactBase) -> None:
    (work.folder / "CHANGELOG.md").write_text("# Log\n\n- *New*\n", encoding="utf-8")
    (work.folder / "docs").mkdir()
    row = "- {section: S, statement: It is so., verdict: taught, facts: [target]}\n"
    (work.folder / "docs" / "coverage.yaml").write_text(row, encoding="utf-8")
    assert run("site").exit_code == 0
    for page, shown in (("changelog", "<em>New</em>"), ("coverage", "It is so.")):
        assert shown in (work.folder / "site" / f"{page}.html").read_text(encoding="utf-8")
