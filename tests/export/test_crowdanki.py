"""The CrowdAnki folder: stable, complete, and in the form that Anki itself gives note types."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import yaml
from anki.collection import Collection
from brain_brew.representation.json.crowd_anki_export import CrowdAnkiExport

from nam_flash.export.crowdanki import export
from tests.conftest import NOW, FactBase
from tests.test_updates import FACTS

CLOZE = "- {id: c, kind: cloze, topic: second, level: core, cite: [smith2020], text: '{{c1::x}}', figure: a}\n"


@pytest.fixture
def files(base: FactBase) -> dict[str, bytes]:
    base.picture("a")
    return export(base.write(FACTS + CLOZE).build().deck, "x")


def walk(deck: dict[str, Any], above: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    name = f"{above}::{deck['name']}" if above else deck["name"]
    yield name, deck
    for child in deck["children"]:
        yield from walk(child, name)


def test_every_note_stands_in_its_deck(base: FactBase, files: dict[str, bytes]) -> None:
    root = json.loads(files["deck.json"])
    types = {t["crowdanki_uuid"]: t["name"] for t in root["note_models"]}
    found = {
        (name, note["guid"], types[note["note_model_uuid"]], *note["fields"], *note["tags"])
        for name, deck in walk(root)
        for note in deck["notes"]
    }
    assert found == {
        (note.deck, note.guid, note.note_type.name, *note.fields, *note.tags)
        for note in base.build().deck.notes
    }
    assert [name for name, _ in walk(root)] == ["Test", "Test::10 First", "Test::20 Second"]


def test_brain_brew_reads_it(
    base: FactBase, tmp_path: Path, files: dict[str, bytes], caplog: pytest.LogCaptureFixture
) -> None:
    """It is the other program that reads these folders; of newer keys of Anki it only warns."""
    for name, data in files.items():
        (tmp_path / "x" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "x" / name).write_bytes(data)
    read = CrowdAnkiExport(str(tmp_path / "x"))
    deck = base.build().deck
    assert [(note["guid"], tuple(note["fields"])) for note in read.json_data.notes] == [
        (note.guid, note.fields) for note in deck.notes
    ]
    assert [(t.name, t.css, [f.name for f in t.fields]) for t in read.note_models] == [
        (t.name, t.css, list(t.names)) for t in deck.note_types
    ]
    assert read.json_data.media_files == list(deck.media)


def test_pictures_are_listed_where_they_are_used(base: FactBase, files: dict[str, bytes]) -> None:
    listed = [
        file for _, deck in walk(json.loads(files["deck.json"])) for file in deck["media_files"]
    ]
    assert [f"media/{file}" for file in listed] == [n for n in files if n.startswith("media/")]
    assert files[f"media/{listed[0]}"] == (base.cards / "a.svg").read_bytes()


def test_identity_is_stable(base: FactBase, files: dict[str, bytes]) -> None:
    """A later build with other texts has the same uuids, all different."""
    later = export(
        base.write(FACTS.replace("answer: A", "answer: B") + CLOZE).build(NOW + 9).deck, "y"
    )
    before, after = (json.loads(f["deck.json"]) for f in (files, later))
    uuids = [
        [deck["crowdanki_uuid"] for _, deck in walk(root)]
        + [thing["crowdanki_uuid"] for thing in (*root["deck_configurations"], *root["note_models"])]
        for root in (before, after)
    ]  # fmt: skip
    assert uuids[1] == uuids[0]
    assert len({UUID(uuid) for uuid in uuids[0]}) == len(uuids[0])
    used = {deck["deck_config_uuid"] for _, deck in walk(before)}
    assert used == {before["deck_configurations"][0]["crowdanki_uuid"]}


def test_anki_leaves_note_types_as_they_are(tmp_path: Path, files: dict[str, bytes]) -> None:
    """CrowdAnki compares fields and templates as JSON, and asks the learner when they differ."""
    collection = Collection(str(tmp_path / "collection.anki2"))
    try:
        for ours in json.loads(files["deck.json"])["note_models"]:
            collection.models.add(collection.models.new(ours["name"]) | ours)
            theirs: Any = collection.models.by_name(ours["name"])
            assert {key: theirs[key] for key in ours} == ours
    finally:
        collection.close()


def test_the_learners_field_is_personal(files: dict[str, bytes]) -> None:
    config = yaml.safe_load(files["import_config.yaml"])
    assert config["note_models"] == {
        "nam-flash Basic": {"personal_fields": ["My Notes"]},
        "nam-flash Cloze": {"personal_fields": ["My Notes"]},
    }


def test_it_says_what_it_is(files: dict[str, bytes]) -> None:
    readme = files["README.txt"].decode()
    assert "Version 0.1.0. Licence: CC BY 4.0." in readme
    assert "https://" not in readme.split("Sources")[0]
    assert "doi:10.1000/muscle.1" in readme
    assert "Licence: CC BY 4.0" in json.loads(files["deck.json"])["desc"]
