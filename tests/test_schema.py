"""The schemas for editors: the shipped files are valid, and schema and reader agree."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from nam_flash.cli.schema import completions
from nam_flash.kinds import KINDS
from nam_flash.nodes import Document, Sequence, parse
from nam_flash.problem import Problem
from nam_flash.reader import read_tagged
from nam_flash.schema import SCHEMAS, render

ROOT = Path(__file__).parents[1]
CARDS = ROOT / "cards"
OWN = {
    "sources.yaml": "sources",
    "glossary.yaml": "glossary",
    "taxonomy.yaml": "taxonomy",
    "figures.yaml": "figures",
}


def validator(name: str) -> jsonschema.Draft7Validator:
    schema = json.loads(render(name))
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_shipped_schemas_are_current(name: str) -> None:
    assert (CARDS / "schema" / name).read_text(encoding="utf-8") == render(name, completions(CARDS))


@pytest.mark.parametrize("path", sorted(CARDS.glob("*.yaml")), ids=lambda path: path.name)
def test_shipped_files_name_their_schema_and_are_valid(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    name = OWN.get(path.name, "facts")
    assert text.startswith(f"# yaml-language-server: $schema=schema/{name}.json\n")
    schema = json.loads((CARDS / "schema" / f"{name}.json").read_text(encoding="utf-8"))
    data = yaml.load(text, Loader=yaml.CSafeLoader)
    errors = jsonschema.Draft7Validator(schema).iter_errors(data)
    assert [f"{list(error.path)}: {error.message}" for error in errors] == []


def test_every_key_has_its_manual() -> None:
    for name in SCHEMAS:
        for definition in json.loads(render(name))["definitions"].values():
            for key, value in definition.get("properties", {}).items():
                assert value.get("description") or key == "kind", (name, key)


COMMON: dict[str, Any] = {
    "topic": "a/b",
    "level": "core",
    "cite": ["x2020", {"id": "y", "locator": "p. 3"}],
}
GOOD: dict[str, dict[str, Any]] = {
    "basic": {
        "question": "Q?", "answer": 5, "reverse": {"question": "R?", "answer": "A"}, "as_of": 2022,
        "figure": "a-b",
    },
    "cloze": {"text": "{{c1::x}}", "extra": "Why.", "needs": ["a"], "tags": ["a"],
              "allow": {"NF101": "because"}},
    "comparison": {
        "title": "T", "entities": {"a": "A", "b": "B"},
        "attributes": [{"id": "r", "name": "R", "ask": "{entity}?",
                        "cells": {"a": "x", "b": {"answer": "y", "reverse": "Z?", "card": True}}}],
    },
    "threshold": {"analyte": "CK", "bound": "> 10 xULN", "setting": "s", "meaning": "m",
                  "uln": "200 U/L"},
    "occlusion": {
        "figure": "a",
        "question": "Q?",
        "mode": "hide-one",
        "labels": [
            {"element": "b", "number": 1, "answer": "A", "also": ["c"], "extra": "E", "cite": ["s"]}
        ],
    },
    "vignette": {"stem": "s", "question": "q?", "answer": {"option": "a", "why": "w"},
                 "distractors": [{"option": "b", "why": "w", "cite": ["x"]}],
                 "retired": {"version": "0.2.0", "why": "w", "see": ["a"]}},
}  # fmt: skip

ODD = st.sampled_from(
    [
        "", " ", "text", "two\nlines", "no", "true", "2022", "a/b", "NF101", "0.2.0", "> 10 xULN",
        "200 U/L", "core", 5, -1, 0, 1.5, True, False, [], {}, ["a"], [["a"]], {"a": "b"},
        {"id": "x"}, {"answer": "x"}, [{"id": "x"}], [5],
    ]
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a nested value, containers and leaves."""
    below = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [path, *(place for key, inner in below for place in places(inner, (*path, key)))]


@st.composite
def facts(draw: st.DrawFn) -> dict[str, Any]:
    """A fact that is right, or with one thing replaced, removed or added."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    fact: dict[str, Any] = json.loads(json.dumps({"id": "x", "kind": kind, **COMMON, **GOOD[kind]}))
    change = draw(st.sampled_from(["none", "replace", "remove", "add"]))
    place = draw(st.sampled_from(places(fact)[1:]))
    target: Any = fact
    for key in place[:-1]:
        target = target[key]
    if change == "replace":
        target[place[-1]] = draw(ODD)
    elif change == "remove":
        del target[place[-1]]
    elif change == "add" and isinstance(target, dict):
        target[draw(st.sampled_from(["extra", "anser", "a", "card", "cite"]))] = draw(ODD)
    return fact


VALIDATOR = validator("facts.json")


@settings(max_examples=600, deadline=None)
@given(facts())
def test_schema_and_reader_agree(fact: dict[str, Any]) -> None:
    text = yaml.safe_dump([fact], allow_unicode=True, width=10_000)
    document = Document("f.yaml", text.encode())
    root, problems = parse(document)
    assert isinstance(root, Sequence)
    assert problems == []
    found: list[Problem] = []
    read_tagged("kind", KINDS, root.items[0], document, found)
    errors = [error.message for error in VALIDATOR.iter_errors([fact])]
    assert bool(errors) == bool(found), (text, errors, [str(problem) for problem in found])
