"""The JSON of everything: valid by its schema, and the facts in it read back as they were."""

import json
from dataclasses import replace
from typing import Any

import jsonschema

from nam_flash.exchange import plain
from nam_flash.export.fact_base import export
from nam_flash.load import load
from nam_flash.schema import render
from tests.conftest import FactBase
from tests.test_schema import CARDS

FACTS = """\
- {id: one, kind: basic, topic: first/alpha, level: core, cite: [{id: smith2020, locator: p. 5}],
   question: One?, answer: CK, as_of: 2020, allow: {NF101: Because.}, extra: "H~2~O"}
- id: two
  kind: comparison
  topic: first
  level: advanced
  cite: [smith2020]
  title: Two
  entities: {a: A, b: B}
  attributes: [{id: x, name: X, ask: "X of {entity}?", cells: {a: yes, b: {answer: n, card: false}}}]
"""


def whole(base: FactBase) -> dict[str, Any]:
    (data,) = export(base.write(FACTS).build().deck, "x").values()
    value: dict[str, Any] = json.loads(data)
    return value


def validate(value: object) -> None:
    schema = json.loads(render("export.json"))
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.validate(value, schema, jsonschema.Draft7Validator)


def test_it_is_valid_and_says_what_it_is(base: FactBase) -> None:
    value = whole(base)
    validate(value)
    assert (value["name"], value["version"], value["licence"]) == ("Test", "0.1.0", "CC BY 4.0")
    assert [source["id"] for source in value["sources"]] == ["smith2020"]
    assert value["glossary"]["CK"] == {"long": "creatine kinase", "familiar": True}
    assert value["glossary"]["SRP"] == "signal recognition particle"
    assert value["topics"][1] == {
        "path": "first/alpha", "names": ["First", "Alpha"], "tag": "T::First::Alpha", "deck": "10 First",
    }  # fmt: skip


def test_facts_stand_as_their_authors_wrote_them(base: FactBase) -> None:
    """The comparison comes first: its topic does."""
    two, one = whole(base)["facts"]
    assert one == {
        "kind": "basic", "id": "one", "topic": "first/alpha", "level": "core",
        "cite": [{"id": "smith2020", "locator": "p. 5"}], "as_of": 2020, "extra": "H~2~O",
        "allow": {"NF101": "Because."}, "question": "One?", "answer": "CK",
    }  # fmt: skip
    assert two["attributes"][0]["cells"] == {"a": "yes", "b": {"answer": "n", "card": False}}


def test_notes_are_those_of_the_deck(base: FactBase) -> None:
    notes = whole(base)["notes"]
    for entry, note in zip(notes, base.build().deck.notes, strict=True):
        assert (entry["key"], entry["guid"], entry["deck"]) == (note.key, note.guid, note.deck)
        assert tuple(entry["fields"].items()) == tuple(
            zip(note.note_type.names, note.fields, strict=True)
        )
        assert (tuple(entry["tags"]), tuple(entry["cards"])) == (note.tags, note.ords)


def test_the_shipped_facts_come_back(base: FactBase) -> None:
    """All facts, sources and abbreviations, written as JSON, which is YAML, and read again."""
    library, _ = load(CARDS)
    for name in ("taxonomy.yaml", "sources.yaml", "glossary.yaml"):
        (base.cards / name).write_bytes((CARDS / name).read_bytes())
    (base.cards / "sources.yaml").write_text(
        json.dumps({"references": plain(tuple(library.sources.values()))}), encoding="utf-8"
    )
    (base.cards / "glossary.yaml").write_text(json.dumps(plain(library.glossary)), encoding="utf-8")
    for path in (CARDS / "figures.yaml", *(CARDS / "figures").glob("*.svg")):
        (base.cards / path.relative_to(CARDS)).parent.mkdir(exist_ok=True)
        (base.cards / path.relative_to(CARDS)).write_bytes(path.read_bytes())
    base.write(json.dumps(plain(library.facts)))
    again, problems = base.load()
    assert problems == []
    assert again.facts == library.facts
    assert again.glossary == library.glossary
    for id_, source in library.sources.items():
        assert replace(again.sources[id_], origin=source.origin) == source
