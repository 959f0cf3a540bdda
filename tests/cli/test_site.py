"""``nam-flash site`` as a person and as a script meet it."""

import hashlib
import json
import re

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


def test_downloads_are_those_of_the_manifest_with_their_checksums(work: FactBase) -> None:
    run("build")
    assert run("site").exit_code == 0
    site, decks = work.folder / "site", work.folder / "decks"
    page = (site / "downloads.html").read_text(encoding="utf-8")
    package = (decks / "test.apkg").read_bytes()
    assert "2 notes, 4 cards" in page
    assert hashlib.sha256(package).hexdigest() in page
    for name in ("test.apkg", "SHA256SUMS", "manifest.json"):
        assert (site / "downloads" / name).read_bytes() == (decks / name).read_bytes()


def test_update_packs_are_offered_after_a_release(work: FactBase) -> None:
    work.release("0.1.0")
    facts = work.cards / "facts.yaml"
    facts.write_text(facts.read_text("utf-8").replace("answer: CK", "answer: CRP"), "utf-8")
    for name, data in work.release("0.2.0").files.items():
        (work.folder / "decks" / name).write_bytes(data)
    assert run("site").exit_code == 0
    page = (work.folder / "site" / "downloads.html").read_text(encoding="utf-8")
    packages, packs = page.split("Update packs")
    assert 'href="downloads/test.apkg"' in packages
    assert 'href="downloads/test-update-from-0.1.0.zip"' in packs


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('"bytes": 1, ', "NF014"),
        ("{", "NF005"),
        ("[]", "NF005"),
        ('{"files": [{}]}', "NF005"),
    ],
)
def test_a_manifest_that_does_not_fit_is_a_problem(work: FactBase, text: str, code: str) -> None:
    run("build")
    path = work.folder / "decks" / "manifest.json"
    if code == "NF014":
        text = re.sub(r'"bytes": \d+', '"bytes": 1', path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    result = run("site")
    assert result.exit_code == 1
    assert f"manifest.json: {code}" in result.stderr


def test_a_package_that_is_missing_is_a_problem(work: FactBase) -> None:
    run("build")
    (work.folder / "decks" / "test.apkg").unlink()
    result = run("site")
    assert result.exit_code == 1
    assert "test.apkg: NF005" in result.stderr


def test_what_stands_beside_the_facts_gets_pages(work: FactBase) -> None:
    (work.folder / "CHANGELOG.md").write_text("# Log\n\n- *New*\n", encoding="utf-8")
    (work.folder / "docs").mkdir()
    row = "- {section: S, statement: It is so., verdict: taught, facts: [target]}\n"
    (work.folder / "docs" / "coverage.yaml").write_text(row, encoding="utf-8")
    assert run("site").exit_code == 0
    for page, shown in (("changelog", "<em>New</em>"), ("coverage", "It is so.")):
        assert shown in (work.folder / "site" / f"{page}.html").read_text(encoding="utf-8")
