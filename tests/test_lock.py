"""Identity and stamps: what shipped keeps its id and its stamp until its content changes."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nam_flash.lock import (
    Entry,
    Lock,
    TypeEntry,
    parse_lock,
    released,
    render_lock,
    stamp_types,
)
from nam_flash.notetypes import BASIC
from tests.conftest import NOW, FactBase

TWO = """\
- {id: one, kind: basic, topic: first, level: core, cite: [smith2020], question: One?, answer: A}
- {id: two, kind: basic, topic: first, level: core, cite: [smith2020], question: Two?, answer: B}
"""
CLOZE = (
    "- {id: gap, kind: cloze, topic: first, level: core, cite: [smith2020],"
    " text: 'A {{c1::first}}, {{c2::second}} thing'}\n"
)


def stamps(base: FactBase, now: int) -> dict[str, tuple[int, int, str]]:
    return {n.key: (n.id, n.mod, n.version) for n in base.build(now).deck.notes}


def test_new_notes_get_ids_and_the_clock(base: FactBase) -> None:
    base.write(TWO)
    first = NOW * 1000
    assert stamps(base, NOW) == {"one": (first, NOW, "0.1.0"), "two": (first + 100, NOW, "0.1.0")}


def test_an_unchanged_note_keeps_everything(base: FactBase) -> None:
    base.write(TWO)
    before = stamps(base, NOW)
    text = base.lock.read_text()
    assert stamps(base, NOW + 1000) == before
    assert base.lock.read_text() == text


def test_a_change_moves_the_stamp_of_that_note_alone(base: FactBase) -> None:
    base.write(TWO)
    before = stamps(base, NOW)
    base.write(TWO.replace("answer: A", "answer: AA"))
    recipe = base.recipe.read_text().replace("version: 0.1.0", "version: 0.2.0")
    base.recipe.write_text(recipe)
    after = stamps(base, NOW + 5)
    assert after == {"one": (before["one"][0], NOW + 5, "0.2.0"), "two": before["two"]}


@pytest.mark.parametrize("now", [NOW, NOW - 10_000, 0])
def test_a_stamp_never_goes_back(base: FactBase, now: int) -> None:
    base.write(TWO)
    stamps(base, NOW)
    base.write(TWO.replace("answer: A", "answer: AA"))
    assert stamps(base, now)["one"][1] == NOW + 1


def test_a_release_gives_what_it_brings_its_number(base: FactBase) -> None:
    """And its time to what it changes; what an earlier one brought is left alone."""
    base.write(TWO)
    base.lock.write_text(render_lock(released(base.build(NOW).lock, "0.1.0", NOW + 10)))
    base.recipe.write_text(base.recipe.read_text().replace("version: 0.1.0", "version: 0.1.1"))
    base.write(TWO.replace("answer: A", "answer: AA") + CLOZE).build(NOW + 20)
    lock = parse_lock("", base.lock.read_text())[0]
    made = released(lock, "0.2.0", NOW + 30)
    found = {key: (e.since, e.version, e.mod) for key, e in made.notes.items()}
    assert found == {
        "one": ("0.1.0", "0.2.0", NOW + 30),
        "two": ("0.1.0", "0.1.0", NOW),
        "gap": ("0.2.0", "0.2.0", NOW + 20),
    }
    assert made.releases == {"0.1.0": NOW + 10, "0.2.0": NOW + 30}
    assert made.last_release == "0.2.0"


def test_a_retired_fact_may_come_back_when_the_author_says_so(base: FactBase) -> None:
    base.write(TWO.replace("answer: A}", "answer: A, retired: {release: 0.1.0, why: no}}")).build()
    back = TWO.replace("answer: A}", "answer: A, changes: [{release: VERSION, what: It holds.}]}")
    assert base.write(back.replace("VERSION", "0.1.0")).codes() == ["NF041"]
    assert base.write(back.replace("VERSION", "0.2.0")).codes() == []


def test_order_and_additions_shift_no_id(base: FactBase) -> None:
    base.write(TWO)
    before = stamps(base, NOW)
    three = TWO.splitlines()[0].replace("one", "zero").replace("One", "Zero")
    base.write("\n".join([three, *reversed(TWO.splitlines())]))
    after = stamps(base, NOW)
    assert {key: after[key] for key in before} == before
    assert after["zero"][0] == before["two"][0] + 100


@pytest.mark.parametrize(
    ("old", "new", "code", "found"),
    [
        (TWO, TWO.splitlines()[0], "NF042", "'two' shipped"),
        (CLOZE, CLOZE.replace("{{c2::second}}", "second"), "NF040", "without cloze c2"),
        (CLOZE, CLOZE.replace("c1::first", "c1::second").replace("c2::second", "c2::first"),
         "NF040", "another number's text"),
        (TWO, TWO.replace("kind: basic, topic: first, level: core, cite: [smith2020], question: One?,"
                          " answer: A", "kind: cloze, topic: first, level: core, cite: [smith2020],"
                          " text: '{{c1::A}}'"), "NF045", "note type 'cloze'"),
        (TWO.replace("answer: A}", "answer: A, reverse: {question: R?, answer: Z}}"), TWO,
         "NF040", "without card 2"),
        (TWO.replace("answer: A}", "answer: A, retired: {release: 0.2.0, why: wrong}}"), TWO,
         "NF041", "which was retired"),
    ],
)  # fmt: skip
def test_what_learners_have_cannot_be_taken_away(
    base: FactBase, old: str, new: str, code: str, found: str
) -> None:
    base.write(old).build()
    base.write(new)
    (problem,) = base.problems()
    assert problem.code == code
    assert found in problem.found


@pytest.mark.parametrize(
    ("broken", "codes"),
    [
        (TWO.replace("id: two", "id: [two"), {"NF001"}),
        (TWO.replace("kind: basic", "kind: basik", 1), {"NF014"}),
    ],
    ids=["a file that is no YAML", "a fact that cannot be read"],
)
def test_what_could_not_be_read_is_not_called_removed(
    base: FactBase, broken: str, codes: set[str]
) -> None:
    base.write(TWO).build()
    base.write(broken)
    assert set(base.codes()) == codes


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (CLOZE, CLOZE.replace("c1::first", "c1::very first")),
        (CLOZE, CLOZE.replace("thing", "{{c3::thing}}")),
        (TWO, TWO.replace("answer: A}", "answer: A, reverse: {question: R?, answer: Z}}")),
        (TWO, TWO.replace("answer: A}", "answer: A, retired: {release: 0.2.0, why: wrong}}")),
        (TWO, TWO.replace("topic: first", "topic: second")),
    ],
)
def test_what_an_author_may_change(base: FactBase, old: str, new: str) -> None:
    base.write(old).build()
    base.write(new)
    assert base.problems() == []


@pytest.mark.parametrize(
    "change", [("namespace: test", "namespace: other"), ("name: Test", "name: X")]
)
def test_what_identifies_the_whole_may_not_change(base: FactBase, change: tuple[str, str]) -> None:
    base.write(TWO).build()
    base.recipe.write_text(base.recipe.read_text().replace(*change))
    assert base.codes() == ["NF043"]


def test_every_base_gives_the_note_types_the_stamp_of_the_tool(base: FactBase) -> None:
    note_types = base.write(TWO).build(NOW + 5).deck.note_types
    assert [note_type.mod for note_type in note_types] == [BASIC.mod]


@pytest.mark.parametrize(
    "line",
    [
        "<<<<<<< HEAD",
        "note one 1 2",
        "note one 1 2 0.1.0 0.1.0 basic 0 0123456789abcdeX",
        "note-type basic x y",
        "namespace other",
    ],
)
def test_a_damaged_lock_is_reported_with_its_line(base: FactBase, line: str) -> None:
    base.write(TWO).build()
    base.lock.write_text(base.lock.read_text() + line + "\n")
    (problem,) = base.problems()
    assert problem.code == "NF043"
    assert problem.where.line == len(base.lock.read_text().splitlines())


def test_two_notes_with_one_id_are_reported(base: FactBase) -> None:
    """As a merge of two branches leaves them."""
    base.write(TWO).build()
    base.lock.write_text(base.lock.read_text().replace(str(NOW * 1000 + 100), str(NOW * 1000)))
    assert base.codes() == ["NF043"]


def test_a_line_twice_is_reported(base: FactBase) -> None:
    base.write(TWO).build()
    base.lock.write_text(base.lock.read_text() + base.lock.read_text().splitlines()[-1] + "\n")
    assert base.codes() == ["NF043"]


KEYS = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+){0,2}", fullmatch=True)
HASHES = st.from_regex(r"[0-9a-f]{16}", fullmatch=True)
CARDS = st.lists(
    st.tuples(st.integers(0, 99), st.just("") | st.from_regex(r"[0-9a-f]{4}", fullmatch=True)),
    min_size=1, max_size=4, unique_by=lambda card: card[0],
).map(tuple)  # fmt: skip
ENTRIES = st.builds(
    Entry, st.integers(0, 10**14), st.integers(0, 10**10), st.just("1.2.3"), st.just("1.10.0"),
    st.sampled_from(["basic", "cloze"]), CARDS, HASHES, st.booleans(),
)  # fmt: skip


@given(
    st.dictionaries(KEYS, ENTRIES),
    st.dictionaries(KEYS, st.builds(TypeEntry, st.integers(0, 10**10), HASHES, HASHES)),
    st.dictionaries(st.sampled_from(["0.1.0", "0.2.0", "0.10.0"]), st.integers(0, 10**10)),
)
def test_what_is_written_is_read(
    notes: dict[str, Entry], note_types: dict[str, TypeEntry], releases: dict[str, int]
) -> None:
    notes = {key: replace(e, id=i) for i, (key, e) in enumerate(notes.items())}
    lock = Lock("some-name", "A deck", notes, note_types, releases)
    text = render_lock(lock)
    assert parse_lock("x.lock", text) == (lock, [])
    lines = text.splitlines()[5 + len(releases) :]
    assert lines == sorted(lines, key=lambda line: (line.split()[0] == "note", line.split()[1]))


def test_a_template_more_is_another_note_type(tmp_path: Path) -> None:
    _, entries, _ = stamp_types([BASIC], Lock(), tmp_path)
    more = replace(BASIC, templates=(*BASIC.templates, replace(BASIC.templates[0], id=9, name="M")))
    for shipped, codes in ((BASIC, []), (more, ["NF046"])):
        _, _, problems = stamp_types([shipped], Lock(note_types=entries), tmp_path)
        assert [problem.code for problem in problems] == codes
