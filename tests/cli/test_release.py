"""`nam-flash release`: everything or nothing, and a stop at the first doubt."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nam_flash.cli import main
from nam_flash.lock import parse_lock
from tests.conftest import NOW, FactBase

FACTS = """\
- id: target
  kind: basic
  topic: first/alpha
  level: core
  cite: [smith2020]
  question: In statin-associated muscle disease, which enzyme is the target of the antibody?
  answer: reductase
- id: drug
  kind: basic
  topic: first/alpha
  level: advanced
  cite: [smith2020]
  question: Which drugs inhibit the enzyme that makes mevalonate in the liver?
  answer: statins
"""
FIXED = FACTS.replace("answer: statins", "answer: statins, all of them").replace(
    "  answer: reductase\n",
    "  answer: the reductase\n"
    "  changes: [{release: 0.2.0, what: It named the synthase., source: smith2020}]\n",
)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, prog_name="nam-flash")


@pytest.fixture
def work(base: FactBase, monkeypatch: pytest.MonkeyPatch) -> FactBase:
    monkeypatch.chdir(base.folder)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW))
    return base.write(FACTS)


@pytest.fixture
def second(work: FactBase, monkeypatch: pytest.MonkeyPatch) -> FactBase:
    """A base that has made a release and goes on."""
    assert run("release", "0.1.0").exit_code == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW + 1000))
    work.recipe.write_text(work.recipe.read_text().replace("version: 0.1.0", "version: 0.1.1"))
    return work.write(FIXED)


def state(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_first_release(work: FactBase) -> None:
    result = run("release", "0.1.0")
    assert result.exit_code == 0, result.output
    assert result.stderr == "Release 0.1.0 is ready. Commit it, and tag the commit v0.1.0.\n"
    assert sorted(p.name for p in (work.folder / "decks").rglob("*") if p.is_file()) == [
        "SHA256SUMS", "manifest.json", "test-0.1.0.apkg", "test-core.apkg", "test.apkg",
        "test.lock", "test.yaml",
    ]  # fmt: skip
    assert "## [0.1.0] - 2024-01-01" in (work.folder / "CHANGELOG.md").read_text()


def test_the_next_release_says_what_it_changes(second: FactBase) -> None:
    result = run("release", "0.2.0", "--json")
    assert result.exit_code == 0, result.output
    assert "decks/test-update-from-0.1.0.zip" in json.loads(result.stdout)["files"]
    entry = (second.folder / "CHANGELOG.md").read_text().split("\n## ")[1]
    assert entry.startswith("[0.2.0] - 2024-01-01\n")
    for part in ("### Corrected", "`target`", "It named the synthase.", "### Reworded", "`drug`"):
        assert part in entry
    assert "version: 0.2.0\n" in second.recipe.read_text()
    lock, _ = parse_lock("", second.lock.read_text())
    assert lock.releases == {"0.1.0": NOW, "0.2.0": NOW + 1000}
    assert {e.version for e in lock.notes.values()} == {"0.2.0"}
    assert run("build", "--locked").exit_code == 0


@pytest.mark.parametrize(
    ("facts", "version", "code", "found"),
    [
        (FIXED, "0.1.0", 2, "0.1.0 is not newer than 0.1.0, the last release"),
        (FIXED, "0.2", 2, "'0.2' is no version such as 0.2.0"),
        (FIXED, "0.3.0", 1, "NF048 unmade-release: '0.2.0'"),
        (FIXED.replace("Which drugs inhibit the enzyme that makes mevalonate in the liver?",
                       "Is mevalonate made by the liver?"),
         "0.2.0", 1, "NF105 yes-no"),
        (FIXED.split("- id: drug")[0], "0.2.0", 1, "NF042 removed-id: 'drug'"),
        (FIXED.replace("smith2020]", "smith2O20]", 1), "0.2.0", 1, "NF021 unresolved"),
    ],
    ids=["a number that was", "no number", "another release", "a warning", "a removal", "an error"],
)  # fmt: skip
def test_a_doubt_stops_it_and_nothing_is_written(
    second: FactBase, facts: str, version: str, code: int, found: str
) -> None:
    second.write(facts)
    before = state(second.folder)
    result = run("release", version)
    assert result.exit_code == code
    assert found in result.output
    assert state(second.folder) == before


def test_without_the_last_package_it_stops(second: FactBase) -> None:
    (second.folder / "decks" / "releases" / "test-0.1.0.apkg").unlink()
    before = state(second.folder)
    result = run("release", "0.2.0")
    assert result.exit_code == 1
    assert "decks/releases/test-0.1.0.apkg: missing" in result.stderr
    assert state(second.folder) == before


def test_what_costs_progress_stops_it(second: FactBase) -> None:
    """Here a package that was handed out with another namespace."""
    path = second.folder / "decks" / "releases" / "test-0.1.0.apkg"
    path.write_bytes((second.folder / "decks" / "test-core.apkg").read_bytes())
    second.recipe.write_text(second.recipe.read_text().replace("name: Test", "name: Tests"))
    second.lock.write_text(second.lock.read_text().replace("deck Test", "deck Tests"))
    before = state(second.folder)
    result = run("release", "0.2.0")
    assert result.exit_code == 1
    assert "this would cost learners progress; nothing was written" in result.stderr
    assert state(second.folder) == before


def test_a_clock_of_the_future_stops_it(work: FactBase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "9999999999")
    assert run("release", "0.1.0").exit_code == 2
