"""Nodes -> typed values: the declared type decides, every problem is reported."""

from dataclasses import dataclass, field
from typing import ClassVar, Literal

import pytest

from nam_flash.nodes import Document, parse
from nam_flash.problem import Problem, Where
from nam_flash.reader import FAILED, Line, Origin, Slug, Text, about, read


@dataclass(frozen=True, slots=True)
class Leaf:
    SHORT: ClassVar[str] = "name"
    name: Text
    count: int = 0


@dataclass(frozen=True, slots=True)
class Grove:
    trees: tuple[tuple[int, ...], ...]
    owners: dict[Slug, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tree:
    id: Slug
    origin: Origin = field(repr=False, compare=False)
    kind: Literal["oak", "elm"] = "oak"
    leaves: tuple[Leaf, ...] = ()
    rings: dict[Slug, int] = field(default_factory=dict)
    note: Line = ""
    alive: bool = True
    other_name: Text = field(default="", metadata=about("", key="other-name"))
    branches: "tuple[Tree, ...]" = ()
    grove: Grove | None = None


def read_tree(text: str) -> tuple[Tree, list[Problem]]:
    document = Document("t.yaml", text.encode())
    node, problems = parse(document)
    assert node is not None
    return read(Tree, node, document, problems), problems


def test_a_whole_tree() -> None:
    tree, problems = read_tree(
        "{id: a-1, kind: elm, leaves: [short, {name: long, count: 3}], rings: {x: 7},"
        " alive: false, other-name: no, branches: [{id: b}]}"
    )
    assert problems == []
    assert tree.kind == "elm"
    assert tree.leaves == (Leaf("short"), Leaf("long", 3))
    assert tree.rings == {"x": 7}
    assert tree.alive is False
    assert tree.other_name == "no"
    assert tree.branches[0].id == "b"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("id: A", "t.yaml:1:5: NF014 bad-value: 'A'; expected lower-case words"),
        ("{}", "t.yaml:1:1: NF011 missing-key: no 'id'; expected id: ..."),
        ("{id: a, knd: elm}", "t.yaml:1:9: NF010 unknown-key: 'knd'; expected one of id, kind"),
        ("{id: a, kind: alm}", "NF014 bad-value: 'alm'; expected oak | elm; did you mean 'elm'?"),
        ("{id: a, leaves: {name: x}}", "1:17: NF013 wrong-type: a mapping; expected a list"),
        ("{id: a, leaves: [{name: x, count: many}]}", "1:35: NF013 wrong-type: 'many'"),
        ("{id: a, rings: [1]}", "1:16: NF013 wrong-type: a list; expected a mapping"),
        ("{id: a, rings: {B: 1}}", "1:17: NF014 bad-value: 'B'"),
        ("{id: a, alive: yes}", "1:16: NF013 wrong-type: 'yes'; expected true | false"),
        ("{id: a, alive: 'true'}", "NF013 wrong-type: 'true'; expected true | false"),
        ("{id: a, note: }", "1:15: NF013 wrong-type: nothing; expected a line of text"),
        ("{id: a, other_name: x}", "NF010 unknown-key: 'other_name'"),
        ("{id: a, branches: [{id: B}]}", "1:25: NF014 bad-value: 'B'"),
        ("{id: a, '': x}", "1:9: NF010 unknown-key: ''"),
        ("{id: a, leaves: [[x]]}", "1:18: NF013 wrong-type: a list; expected a text or a mapping"),
        ("{id: a, grove: {trees: []}}", "1:24: NF014 bad-value: an empty list; expected an item"),
        ("{id: a, grove: {trees: [[]]}}", "1:25: NF014 bad-value: an empty list"),
    ],
)
def test_one_mistake(text: str, expected: str) -> None:
    tree, problems = read_tree(text)
    (problem,) = problems
    # An unknown key leaves the rest usable, so that the rest is checked too.
    assert (tree is FAILED) == (problem.code != "NF010")  # type: ignore[comparison-overlap]
    assert expected in str(problem)


def test_all_mistakes_of_a_value_are_reported() -> None:
    _, problems = read_tree("{kind: x, leaves: [{count: y}], rings: {Z: q}}")
    places = sorted((p.where.column, p.code) for p in problems)
    assert places == [
        (1, "NF011"), (8, "NF014"), (20, "NF011"), (28, "NF013"), (41, "NF014"), (44, "NF013"),
    ]  # fmt: skip


def test_origin_walks_to_the_deepest_place_that_exists() -> None:
    tree, _ = read_tree("id: a\nleaves:\n  - {name: x}\n")
    assert tree.origin.at("leaves", 0, "name") == Where("t.yaml", 3, 12)
    assert tree.origin.at("leaves", 0, "count") == Where("t.yaml", 3, 5)
    assert tree.origin.at("nothing") == Where("t.yaml", 1, 1)
