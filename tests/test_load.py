"""Facts in files: what is wrong is found, all of it, at its place."""

import re
from pathlib import Path

import pytest

from tests.conftest import FactBase

BAD = Path(__file__).parent / "fixtures" / "bad"


def expectations(path: Path) -> list[tuple[int, int, str, str]]:
    """Read ``#! COLUMN CODE part-of-the-message`` off the lines of a fixture."""
    return [
        (number, int(column), code, part.strip())
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        for column, code, part in re.findall(r"#! (\d+) (NF\d{3}) ([^#]+)", line)
    ]


@pytest.mark.parametrize("name", sorted(path.name for path in BAD.glob("*.yaml")))
def test_every_mistake_is_reported_on_its_line(base: FactBase, name: str) -> None:
    base.write((BAD / name).read_text(encoding="utf-8"), name)
    expected = expectations(BAD / name)
    assert expected
    problems = base.problems()
    found = [(p.where.line, p.where.column, p.code) for p in problems]
    assert sorted(found) == sorted((line, column, code) for line, column, code, _ in expected)
    for line, column, code, part in expected:
        assert any(
            p.where.line == line and p.where.column == column and p.code == code and part in str(p)
            for p in problems
        ), (line, part, [str(p) for p in problems if p.where.line == line])
    assert {p.where.path for p in problems} == {str(base.cards / name)}


def test_good_facts_have_no_problem(base: FactBase) -> None:
    base.write(GOOD)
    assert base.problems() == []


def test_problems_of_all_files_come_at_once(base: FactBase) -> None:
    base.write("- id: [\n", "a.yaml").write("- 1\n", "sub.yaml").write(GOOD, "good.yaml")
    problems = base.problems()
    assert [Path(p.where.path).name for p in problems] == ["a.yaml", "sub.yaml"]


def test_a_fact_with_a_mistake_can_still_be_needed(base: FactBase) -> None:
    base.write(GOOD.replace("level: core", "level: core\n  needs: [broken]", 1))
    base.write("- id: broken\n  kind: basic\n", "other.yaml")
    assert set(base.codes()) == {"NF011"}


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("taxonomy.yaml", "root: T\n", "NF011"),
        ("taxonomy.yaml", "root: T\ntopics: [{id: a, tag: X}, {id: b, tag: x}]\n", "NF023"),
        ("taxonomy.yaml", "root: T\ntopics: [{id: a, tag: two words}]\n", "NF014"),
        ("taxonomy.yaml", "root: T\ntopics: [{id: a, tag: 'A::'}]\n", "NF014"),
        ("taxonomy.yaml", "root: AnkiHub_x\ntopics: [{id: a, tag: A}]\n", "NF014"),
        ("taxonomy.yaml", "root: T\ntopics: [{id: a, tag: leech}]\n", "NF014"),
        ("sources.yaml", "references: []\n", "NF014"),
        ("sources.yaml", "- id: x\n", "NF013"),
        ("glossary.yaml", "CK: [creatine]\n", "NF013"),
        ("empty.yaml", "", "NF005"),
        ("comment.yaml", "# nothing yet\n", "NF005"),
        ("mapping.yaml", "id: x\n", "NF013"),
    ],
)
def test_files_of_another_shape(base: FactBase, name: str, content: str, code: str) -> None:
    base.write(GOOD).write(content, name)
    assert code in base.codes()


@pytest.mark.parametrize("missing", ["taxonomy.yaml", "sources.yaml"])
def test_a_missing_file_is_one_problem_not_one_a_fact(base: FactBase, missing: str) -> None:
    base.write(GOOD)
    (base.cards / missing).unlink()
    assert base.codes() == ["NF005"]


def test_a_folder_without_facts(base: FactBase) -> None:
    assert base.codes() == ["NF005"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("id: ring", "id: rong", "facts.yaml:8:11: NF021 unresolved: 'ring'; expected the id of a "
         "figure; did you mean 'rong'?"),
        ("topic: first", "topic: frist", "figures.yaml:1:61: NF023 topic: 'frist'"),
        ("smith2020", "smith2021", "figures.yaml:2:11: NF021 unresolved: 'smith2021'"),
        ("cite: [smith2020]", "cite: []", "figures.yaml:2:10: NF014 bad-value: an empty list"),
        ("ring.svg", "rang.svg", "figures.yaml:1:20: NF025 media: 'rang.svg'"),
        ("ring.svg", "../ring.svg", "figures.yaml:1:20: NF025 media: '../ring.svg'"),
        ("ring.svg", "figures.yaml", "figures.yaml:1:20: NF025 media: 'figures.yaml'"),
        ("ring.svg", "'a\\0b.svg'", "NF025 media"),
    ],
)  # fmt: skip
def test_figures(base: FactBase, old: str, new: str, expected: str) -> None:
    base.picture("ring").write(GOOD + "  figure: ring\n")
    assert base.problems() == []
    path = base.cards / "figures.yaml"
    (base.folder / "ring.svg").write_bytes((base.cards / "ring.svg").read_bytes())
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert any(expected in str(problem) for problem in base.problems())


def test_two_figures_of_one_id(base: FactBase) -> None:
    base.picture("ring").picture("ring").write(GOOD)
    (problem,) = base.problems()
    assert (problem.code, problem.where.line) == ("NF020", 3)


def test_what_draws_more_than_a_picture_is_no_figure(base: FactBase) -> None:
    base.picture("ring", "<script/>").write(GOOD + "  figure: ring\n")
    (problem,) = base.problems()
    assert Path(problem.where.path).name == "ring.svg"
    assert base.load()[0].figures == {}


def test_a_picture_that_no_figure_names(base: FactBase) -> None:
    base.picture("ring").write(GOOD).write("<svg/>", "figures/other.svg")
    assert [(p.code, Path(p.where.path).name) for p in base.problems()] == [("NF025", "other.svg")]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("DOI: 10.1000/muscle.1", "doi.org/10.1000"),
        ("DOI: https://doi.org/10.1/x", "NF014"),
        ("PMID: PMC123", "NF014"),
        ("PMCID: '123456'", "NF014"),
        ("URL: ftp://example.org", "NF014"),
        ("volume: '3'", "NF011"),
    ],
)
def test_identifiers_of_sources(base: FactBase, line: str, found: str) -> None:
    path = base.cards / "sources.yaml"
    path.write_text(path.read_text().replace("DOI: 10.1000/muscle.1", line))
    base.write(GOOD)
    if found.startswith("NF"):
        assert found in base.codes()
    else:
        assert found in base.note("good").value("Source")


GOOD = """\
- id: good
  kind: basic
  topic: first/alpha
  level: core
  question: Which enzyme?
  answer: CK
  cite: [smith2020]
"""
