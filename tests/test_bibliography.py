"""The sources by use, formatted, exported, and where a fact rests on a weak one."""

import json

import pytest
from click.testing import CliRunner, Result

from nam_flash.bibliography import bibtex, csl_json, formatted, uses, weak
from nam_flash.cli import main
from tests.conftest import FactBase

FACT = "- {{id: {id}, kind: basic, topic: first, level: core, cite: [{cite}], question: '{id}?', answer: A}}\n"
FACTS = FACT.format(id="one", cite="smith2020") + FACT.format(id="two", cite="smith2020, who2021")
SOURCES = """\
references:
  - id: smith2020
    type: article-journal
    title: A study of muscle
    author: [{family: Smith, given: J}, {family: Jones, given: K}]
    container-title: J Muscle
    issued: {date-parts: [[2020]]}
    DOI: 10.1000/muscle.1
    custom: {design: cohort, seen: abstract}
  - id: who2021
    type: report
    title: Guidance on muscle
    author: [{literal: Muscle Society}]
    issued: {date-parts: [[2021, 3]]}
    URL: https://example.org/guidance
    custom: {design: guideline, seen: full-text}
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["sources", *arguments], prog_name="nam-flash")


@pytest.fixture
def work(base: FactBase, monkeypatch: pytest.MonkeyPatch) -> FactBase:
    monkeypatch.chdir(base.folder)
    (base.cards / "sources.yaml").write_text(SOURCES)
    return base.write(FACTS)


def test_sources_by_use(work: FactBase) -> None:
    found = uses(work.load()[0])
    assert [(use.source.id, use.facts) for use in found] == [
        ("smith2020", ("one", "two")), ("who2021", ("two",)),
    ]  # fmt: skip
    lines = run("--facts").stdout.splitlines()
    assert lines[0].split()[:4] == ["2", "smith2020", "2020", "cohort"]
    assert lines[1].split() == ["one", "two"]


@pytest.mark.parametrize(
    ("change", "year", "expected"),
    [
        (("", ""), 2024, []),
        (("", ""), 2035, [("one", "from 2020")]),
        (("author: [{family: Smith, given: J}, {family: Jones, given: K}]", "volume: '1'"), 2024,
         [("one", "no author seen")]),
        (("container-title: J Muscle", "volume: '1'"), 2024, [("one", "no journal or publisher seen")]),
    ],
)  # fmt: skip
def test_facts_on_one_weak_source(
    work: FactBase, change: tuple[str, str], year: int, expected: list[tuple[str, str]]
) -> None:
    path = work.cards / "sources.yaml"
    path.write_text(path.read_text().replace(*change))
    assert [(fact.id, why) for fact, _, why in weak(work.load()[0], year)] == expected


def test_the_style_of_the_ama(work: FactBase) -> None:
    path = work.cards / "sources.yaml"
    path.write_text(
        path.read_text()
        .replace("given: J}", "given: JA}")
        .replace("seen: abstract", "seen: abstract, more-authors: true")
    )
    library, _ = work.load()
    assert formatted(library.sources.values()) == [
        # Without volume and pages the style takes an article for one that is not in print yet.
        "Smith JA, Jones K, et al. A study of muscle. J Muscle. Published online 2020. "
        "doi:10.1000/muscle.1",
        "Muscle Society. Guidance on Muscle. 2021. https://example.org/guidance",
    ]


def test_csl_json_is_read_back(work: FactBase) -> None:
    items = json.loads(csl_json(work.load()[0].sources.values()))
    assert items[0] == {
        "id": "smith2020",
        "type": "article-journal",
        "title": "A study of muscle",
        "author": [{"family": "Smith", "given": "J"}, {"family": "Jones", "given": "K"}],
        "issued": {"date-parts": [[2020]]},
        "container-title": "J Muscle",
        "DOI": "10.1000/muscle.1",
    }


def test_bibtex(work: FactBase) -> None:
    text = bibtex(work.load()[0].sources.values())
    assert "@article{smith2020," in text
    assert 'author = "Smith, J and Jones, K"' in text
    assert "@misc{who2021," in text
    assert 'author = "{Muscle Society}"' in text


@pytest.mark.parametrize(
    ("options", "start"),
    [
        ("--format ama", "1. Smith J"),
        ("--format bibtex", "@article{smith2020"),
        ("--format csl-json", "[\n  {\n"),
        ("--json", "[\n  {\n"),
        ("--weak --json", "["),
    ],
)
def test_the_command(work: FactBase, options: str, start: str) -> None:
    result = run(*options.split())
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(start)
