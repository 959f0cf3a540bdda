"""The note types are frozen: what stands here is in learners' collections for good."""

import re
from pathlib import Path

import pytest

from nam_flash.notetypes import NOTE_TYPES

FROZEN = Path(__file__).parent / "fixtures" / "notetypes.txt"


def frozen_form() -> str:
    lines = []
    for key, note_type in NOTE_TYPES.items():
        lines.append(
            f"{key}: {note_type.id} {note_type.name}{' (cloze)' if note_type.cloze else ''}"
            f"{f' (stock {note_type.stock})' if note_type.stock else ''}"
        )
        # When the hash changes, learners need a new stamp: notetypes/__init__.py, _CHANGED.
        lines.append(f"  changed {note_type.mod} {note_type.hash}")
        for field in note_type.fields:
            tag = "" if field.tag is None else f" (Anki's {field.tag})"
            lines.append(f"  field {field.id} {field.name}{tag}")
        lines += [f"  card {template.id} {template.name}" for template in note_type.templates]
    return "\n".join(lines) + "\n"


def test_ids_names_and_order_are_as_shipped() -> None:
    assert frozen_form() == FROZEN.read_text(encoding="utf-8")


def test_ids_are_unique() -> None:
    ids = [field.id for t in NOTE_TYPES.values() for field in t.fields]
    ids += [template.id for t in NOTE_TYPES.values() for template in t.templates]
    assert len(ids) == len(set(ids))
    assert len({t.id for t in NOTE_TYPES.values()}) == len(NOTE_TYPES)


@pytest.mark.parametrize("key", NOTE_TYPES)
def test_fields_are_those_of_the_design(key: str) -> None:
    names = NOTE_TYPES[key].names
    assert names[0] == "ID"
    assert names[-9:] == (
        "Extra", "Source", "Status", "Version", "Topic", "Report", "Spare 1", "Spare 2", "My Notes",
    )  # fmt: skip


@pytest.mark.parametrize("key", NOTE_TYPES)
def test_templates_use_every_field_but_the_spares_and_no_other(key: str) -> None:
    note_type = NOTE_TYPES[key]
    text = "".join(template.front + template.back for template in note_type.templates)
    used = set(re.findall(r"\{\{[#/^]?(?:cloze(?:-only)?:)?([^}]+)\}\}", text))
    assert used == set(note_type.names) - {"Spare 1", "Spare 2"}


@pytest.mark.parametrize("key", NOTE_TYPES)
def test_cards_need_no_script_and_nothing_from_outside(key: str) -> None:
    note_type = NOTE_TYPES[key]
    for template in note_type.templates:
        for side in (template.front, template.back):
            # Anki's own script, and nothing else, draws the masks of image occlusion.
            scripts = re.findall(r"<script>(.*?)</script>", side, re.DOTALL)
            assert side.count("<script") == len(scripts) == (key == "occlusion")
            assert all("anki.imageOcclusion.setup();" in script for script in scripts)
        assert "My Notes" not in template.front
    assert not re.search(r"url\(|@import|https?://", note_type.css)
    assert "nightMode" in note_type.css
    assert "@media print" in note_type.css
