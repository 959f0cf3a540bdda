"""What the browser's search is given."""

import json
from typing import Any

import pytest

from nam_flash.cli.input import Loaded
from nam_flash.deck import Place
from nam_flash.site.search import SHARD, Entry, plain, shards

TOPICS = (Place("first", "T::First", "", 0), Place("first/a", "T::First::A_b", "", 1))


def read(file: bytes) -> dict[str, Any]:
    text = file.decode()
    assert text.startswith("namFlashSearch(")
    assert text.endswith(")\n")
    value: dict[str, Any] = json.loads(text[len("namFlashSearch(") : -2])
    return value


def entry(number: int, *tags: str) -> Entry:
    return Entry(f"f-{number}", "Prompt", "Answer", "More", tags, "core", "basic", 2)


@pytest.mark.parametrize(("count", "files"), [(0, 1), (1, 1), (SHARD, 1), (SHARD + 1, 2)])
def test_facts_come_in_shards(count: int, files: int) -> None:
    made = shards([entry(i) for i in range(count)], TOPICS)
    assert [*made] == [f"search/{i}.js" for i in range(files)]
    rows = [row for file in made.values() for row in read(file)["facts"]]
    assert [row[0] for row in rows] == [f"f-{i}" for i in range(count)]
    first = read(made["search/0.js"])
    assert (first["total"], first["shards"]) == (count, files)


def test_tags_go_by_number_and_are_named_for_people() -> None:
    first = read(shards([entry(1, "T::First::A_b", "Own::Week_1")], TOPICS)["search/0.js"])
    assert first["tags"] == [
        ["T::First", "First"],
        ["T::First::A_b", "\u2002A b"],
        ["Own::Week_1", "Own › Week 1"],
    ]
    assert first["facts"] == [["f-1", "Prompt", "Answer", "More", [1, 2], "core", "basic", 2]]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a &lt; b", "a < b"),
        ("H<sub>2</sub>O", "H2O"),
        ("<li>one</li><li>two</li>", "one two"),
        ("<script>x</script>", "x"),
        ('<abbr title="a &gt; b">S</abbr>', "S"),
    ],
)
def test_plain_text(markup: str, text: str) -> None:
    assert plain(markup) == text


def test_the_whole_deck_is_found(shipped: Loaded, files: dict[str, bytes]) -> None:
    rows = [
        row for name in files if name.startswith("search/") for row in read(files[name])["facts"]
    ]
    assert [row[0] for row in rows] == [
        *dict.fromkeys(note.fact.id for note in shipped.built.deck.notes)
    ]
    assert all(row[1] and row[2] for row in rows)
    assert not any("{{c" in str(row) for row in rows)
