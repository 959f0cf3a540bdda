"""``nam-flash export``: what it writes, and what it leaves alone."""

import json
from pathlib import Path

import pytest

from nam_flash.cli.export import FORMATS
from nam_flash.export import EXPORTERS
from tests.cli.test_cli import BAD, run, work  # noqa: F401
from tests.conftest import FactBase


def test_every_exporter_is_offered() -> None:
    assert {*FORMATS, "apkg"} == set(EXPORTERS)


@pytest.mark.parametrize(
    ("format_", "name"),
    [
        ("text", "test-basic.txt"),
        ("crowdanki", "deck.json"),
        ("csv", "test-cloze.csv"),
        ("markdown", "README.md"),
        ("json", "test.json"),
    ],
)
def test_a_format_goes_into_its_own_folder(work: FactBase, format_: str, name: str) -> None:  # noqa: F811
    result = run("export", format_)
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"decks/test-{format_}/{name}: " in result.stdout
    assert (work.folder / "decks" / f"test-{format_}" / name).is_file()
    assert not work.lock.exists()


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_facts_give_the_same_bytes_and_say_whose_they_are(
    work: FactBase, format_: str  # noqa: F811
) -> None:  # fmt: skip
    run("build")
    run("export", format_, "-o", "one")
    run("export", format_, "-o", "two")
    one, two = (
        {p.relative_to(f): p.read_bytes() for p in sorted(Path(f).rglob("*")) if p.is_file()}
        for f in ("one", "two")
    )
    assert one == two
    text = b"".join(one.values()).decode()
    assert "0.1.0" in text
    assert "CC BY 4.0" in text
    assert "A study of muscle" in text
    assert "Guidance on muscle" in text


def test_a_part(work: FactBase) -> None:  # noqa: F811
    result = run("export", "json", "--level", "core", "--json")
    (row,) = json.loads(result.stdout)["files"]
    assert row["path"] == "decks/test-core-json/test-core.json"
    value = json.loads(Path(row["path"]).read_text(encoding="utf-8"))
    assert [fact["id"] for fact in value["facts"]] == ["target"]
    assert [source["id"] for source in value["sources"]] == ["smith2020"]


def test_a_part_without_facts_is_an_error(work: FactBase) -> None:  # noqa: F811
    result = run("export", "csv", "--topic", "first/beta")
    assert (result.exit_code, result.stderr) == (1, "Error: no fact is first/beta\n")


def test_problems_are_reported_and_nothing_is_written(work: FactBase) -> None:  # noqa: F811
    work.write(BAD)
    result = run("export", "csv")
    assert result.exit_code == 1
    assert "cards/facts.yaml:7:3: " in result.stderr
    assert not (work.folder / "decks" / "test-csv").exists()


def test_a_foreign_file_is_never_overwritten(work: FactBase) -> None:  # noqa: F811
    Path("wiki").mkdir()
    Path("wiki/README.md").write_text("mine", encoding="utf-8")
    result = run("export", "markdown", "-o", "wiki")
    assert result.exit_code == 1
    assert "wiki/README.md: not written by export" in result.stderr
    assert [p.name for p in Path("wiki").iterdir()] == ["README.md"]
    assert Path("wiki/README.md").read_text(encoding="utf-8") == "mine"


def test_its_own_files_are_renewed_and_others_stay(work: FactBase) -> None:  # noqa: F811
    assert run("export", "markdown", "-o", "wiki").exit_code == 0
    Path("wiki/mine.md").write_text("mine", encoding="utf-8")
    (work.cards / "facts.yaml").write_text(
        (work.cards / "facts.yaml").read_text(encoding="utf-8").replace("topic: second", "topic: first"),
        encoding="utf-8",
    )  # fmt: skip
    result = run("export", "markdown", "-o", "wiki")
    assert result.exit_code == 0
    assert result.stderr == "1 file of an earlier export, not part of this one:\n  wiki/second.md\n"
    assert Path("wiki/mine.md").read_text(encoding="utf-8") == "mine"
    assert "hidden" in Path("wiki/first.md").read_text(encoding="utf-8")


def test_a_module_is_laid_over_and_its_folder_left_alone(work: FactBase) -> None:  # noqa: F811
    Path("mine").mkdir()
    Path("mine/module.yaml").write_text(
        "namespace: mine\ntitle: My course\ntag: Mine\nhide: [gap]\n", encoding="utf-8"
    )
    result = run("export", "crowdanki", "--with", "mine")
    assert result.exit_code == 0, result.output
    deck = json.loads(Path("decks/test-mine-crowdanki/deck.json").read_text(encoding="utf-8"))
    assert "with My course" in deck["desc"]
    assert [p.name for p in Path("mine").iterdir()] == ["module.yaml"]
