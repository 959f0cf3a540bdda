"""Differences: every change of a note has one class, its reason, and what it costs learners."""

from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nam_flash.deck import CardTemplate, Deck, NoteType
from nam_flash.diff import KINDS, Change, Diff, Edit, Reason, diff
from nam_flash.diff_report import FORMATS, wording
from nam_flash.diff_report.markdown import changelog
from nam_flash.edition import Edition, Shipped, of_deck, read
from nam_flash.fact import Fact
from nam_flash.markup import as_text
from tests.conftest import NOW, FactBase, pack
from tests.test_updates import Learner

FACTS = """\
- {id: one, kind: basic, topic: first, level: core, cite: [smith2020], question: One is what?, answer: A}
- {id: two, kind: basic, topic: first, level: core, cite: [smith2020], question: Two is what?, answer: B}
- {id: gap, kind: cloze, topic: second, level: core, cite: [smith2020], text: "A {{c1::b}} and {{c2::d}}."}
- id: table
  kind: comparison
  topic: first
  level: core
  cite: [smith2020]
  title: Two
  entities: {a: disease A, b: disease B}
  attributes:
    - {id: site, name: Site, ask: "Where is {entity}?", cells: {a: thigh, b: hand}}
    - {id: pace, name: Pace, ask: "How fast is {entity}?", cells: {a: slow}}
"""
ONE = "question: One is what?, answer: A"
NEW = "- {id: new, kind: basic, topic: second, level: core, cite: [smith2020], question: New?, answer: C}\n"


def edition(data: bytes) -> Edition:
    found = read(data)
    assert isinstance(found, Edition), found
    return found


class Releases:
    """A fact base of which two releases are compared as learners get them: as packages."""

    def __init__(self, base: FactBase) -> None:
        self.base = base
        self.old = base.write(FACTS).build().deck

    def next(self, *edits: tuple[str, str], more: str = "") -> Deck:
        text = FACTS
        for before, after in edits:
            assert before in text
            text = text.replace(before, after)
        recipe = self.base.recipe.read_text(encoding="utf-8")
        self.base.recipe.write_text(recipe.replace("version: 0.1.0", "version: 0.2.0"))
        return self.base.write(text + more).build(NOW + 60).deck

    def diff(self, new: Deck, facts: bool = True) -> Diff:
        known: dict[str, Fact] = {note.fact.id: note.fact for note in new.notes}
        old = edition(pack(self.old))
        return diff(old, edition(pack(new)), known if facts else None)


@pytest.fixture
def releases(base: FactBase) -> Releases:
    return Releases(base)


def kinds(found: Diff) -> dict[str, str]:
    return {change.key: change.kind for change in found.changes}


def codes(found: Diff) -> dict[str, tuple[str, ...]]:
    return {cost.code: cost.items for cost in found.costs}


@pytest.mark.parametrize(
    ("edits", "more", "expected"),
    [
        ([], NEW, {"new": "added"}),
        ([("answer: A", "answer: X")], "", {"one": "reworded"}),
        ([("answer: A", "answer: A, extra: Why.")], "", {"one": "reworded"}),
        ([("answer: A}", "answer: A, reverse: {question: R?, answer: One}}")], "", {"one": "reworded"}),
        ([(ONE, f"{ONE}, changes: [{{release: 0.2.0, what: It was Z.}}]")], "", {"one": "corrected"}),
        ([(ONE, f"{ONE}, retired: {{release: 0.2.0, why: Wrong.}}")], "", {"one": "retired"}),
        ([(ONE, f"{ONE}, tags: [second]")], "", {"one": "retagged"}),
        ([("id: one, kind: basic, topic: first", "id: one, kind: basic, topic: second")], "", {"one": "moved"}),
        ([("topic: first, level: core, cite: [smith2020], question: Two",
           "topic: first, level: advanced, cite: [smith2020], question: Two")], "", {"two": "retagged"}),
        ([("b: hand", "b: foot")], "",
         {"table/site/a": "table", "table/site/b": "reworded", "table/pace/a": "table"}),
        ([("{a: slow}", "{a: slow, b: fast}")], "",
         {"table/site/a": "table", "table/site/b": "table", "table/pace/a": "table", "table/pace/b": "added"}),
        ([("and {{c2::d}}", "and {{c2::d}} or {{c3::e}}")], "", {"gap": "reworded"}),
    ],
)  # fmt: skip
def test_a_change_has_its_class_and_costs_nothing(
    releases: Releases, edits: list[tuple[str, str]], more: str, expected: dict[str, str]
) -> None:
    found = releases.diff(releases.next(*edits, more=more))
    assert kinds(found) == expected
    assert codes(found) == {}


def test_a_correction_has_its_reason_with_or_without_the_facts(releases: Releases) -> None:
    change = "changes: [{release: 0.2.0, what: It was *Z*., why: Miscounted., source: smith2020}]"
    new = releases.next((ONE, f"question: One is what?, answer: B, {change}"))
    (known,) = releases.diff(new).changes
    link = "https://doi.org/10.1000/muscle.1"
    assert known.reasons == (Reason("0.2.0", "It was Z.", "Miscounted.", "smith2020", link),)
    assert [edit.field for edit in known.edits] == ["Answer"]
    (read,) = releases.diff(new, facts=False).changes
    assert read.reasons == (Reason("0.2.0", "It was Z. Miscounted.", link=link),)


def test_a_fact_may_be_retired_and_return(releases: Releases) -> None:
    retired = releases.next((ONE, f"{ONE}, retired: {{release: 0.2.0, why: Wrong., see: [two]}}"))
    (change,) = releases.diff(retired).changes
    assert change.reasons == (Reason("0.2.0", why="Wrong.", see=("two",)),)
    assert change.tags_added == ("T::!Retired::0.2",)
    releases.old = retired
    returned = releases.next((ONE, f"{ONE}, changes: [{{release: 0.3.0, what: It was retired.}}]"))
    (change,) = releases.diff(returned).changes
    assert change.kind == "returned"
    assert [reason.what for reason in change.reasons] == ["It was retired."]


def test_a_correction_that_was_known_is_none(releases: Releases) -> None:
    said = f"{ONE}, changes: [{{release: 0.2.0, what: It was Z.}}]"
    releases.old = releases.next((ONE, said))
    new = releases.next((ONE, said.replace("answer: A", "answer: a")))
    assert kinds(releases.diff(new)) == {"one": "reworded"}


def test_tables_stand_with_the_cell_that_changed(releases: Releases) -> None:
    found = releases.diff(releases.next(("b: hand", "b: foot")))
    assert list(found.groups) == ["reworded"]
    (group,) = found.groups["reworded"]
    assert (len(group.changes), len(group.tables)) == (1, 2)
    labels = {line.label: line.where for line in wording.lines(group)}
    assert labels == {"Answer": "table/site/b", "Detail": "all 3 notes"}


def test_a_table_without_a_changed_card_stands_alone(releases: Releases) -> None:
    found = releases.diff(releases.next(("title: Two", "title: The two")))
    (group,) = found.groups["table"]
    assert len(group.changes) == 3
    assert len(group.edits) == 1


def test_pictures(base: FactBase) -> None:
    facts = FACTS.replace(ONE, f"{ONE}, figure: f")
    for name in ("old", "new"):
        if name == "old":
            base.picture("f").write(facts)
        else:
            svg = base.cards / "f.svg"
            svg.write_text(svg.read_text().replace("</svg>", "<g/></svg>"), encoding="utf-8")
        built = of_deck(base.build(NOW if name == "old" else NOW + 60).deck)
        if name == "old":
            old = built
    found = diff(old, built)
    assert kinds(found) == {"one": "picture"}
    assert codes(found) == {}
    (name,) = old.media
    same_name = replace(old, media={name: "other bytes"})
    found = diff(old, same_name)
    assert kinds(found) == {"one": "picture"}
    assert codes(found) == {"picture": (name,)}


def test_the_release_alone_is_no_change(releases: Releases) -> None:
    """Version and Report follow the release; a stamp without content only costs."""
    old = of_deck(releases.old)
    note = old.notes["test:one"]
    fields = {**note.fields, "Version": "9.0.0", "Report": "mailto:us"}
    assert diff(old, having(old, replace(note, fields=fields))).empty
    found = diff(old, having(old, replace(note, fields=fields, mod=note.mod + 1)))
    assert (kinds(found), codes(found)) == ({}, {"touched": ("one",)})


def having(edition: Edition, note: Shipped) -> Edition:
    return replace(edition, notes={**edition.notes, note.guid: note})


def typed(edition: Edition, name: str, change: Callable[[NoteType], NoteType]) -> Edition:
    types = {id_: change(t) if t.name == name else t for id_, t in edition.note_types.items()}
    return replace(edition, note_types=types)


def without(edition: Edition, guid: str) -> Edition:
    return replace(edition, notes={g: n for g, n in edition.notes.items() if g != guid})


def renamed(edition: Edition, guid: str, key: str) -> Edition:
    note = edition.notes[guid]
    fields = {**note.fields, "ID": key}
    other = replace(note, key=key, guid=f"test:{key}", fields=fields)
    return having(without(edition, guid), other)


def moved_namespace(edition: Edition) -> Edition:
    notes = [replace(n, guid=n.guid.replace("test:", "other:")) for n in edition.notes.values()]
    return replace(edition, notes={note.guid: note for note in notes})


def noted(guid: str, **changes: object) -> Callable[[Edition], Edition]:
    return lambda old: having(old, replace(old.notes[guid], **changes))  # type: ignore[arg-type]


def said(guid: str, mod: int, **fields: str) -> Callable[[Edition], Edition]:
    def change(old: Edition) -> Edition:
        note = old.notes[guid]
        return having(old, replace(note, fields={**note.fields, **fields}, mod=note.mod + mod))

    return change


BASIC = "nam-flash Basic"
EXTRA = CardTemplate("Third", 7, "{{Answer}}?", "{{Question}}")


@pytest.mark.parametrize(
    ("change", "code", "item"),
    [
        (lambda old: without(old, "test:one"), "removed", "one"),
        (lambda old: renamed(old, "test:one", "uno"), "new-guid", "test:one is now test:uno"),
        (moved_namespace, "new-guid", "test:gap is now other:gap"),
        (noted("test:one", type_id=5, type_name="X", mod=NOW + 1), "retyped", "one: nam-flash Basic is now X"),
        (noted("test:gap", ords=(0,), mod=NOW + 1), "lost-cards", "gap: card 2"),
        (said("test:gap", 1, Text="A {{c2::b}} and {{c1::d}}."), "moved-clozes", "gap: c1, c2"),
        (lambda old: typed(old, BASIC, lambda t: replace(t, fields=t.fields[:-1], mod=t.mod + 1)),
         "schema", "nam-flash Basic: field removed: My Notes"),
        (lambda old: typed(old, BASIC, lambda t: replace(t, templates=t.templates[::-1], mod=t.mod + 1)),
         "schema", "nam-flash Basic: templates in another order"),
        (lambda old: typed(old, BASIC, lambda t: replace(t, templates=(*t.templates, EXTRA), mod=t.mod + 1)),
         "schema", "nam-flash Basic: template added: Third"),
        (lambda old: replace(old, name="Other"), "deck", "Test is now Other"),
        (said("test:one", 0, Answer="late"), "stale-stamp", "one"),
        (noted("test:one", mod=NOW + 1), "touched", "one"),
        (noted("test:one", id=5), "new-id", f"one: {NOW * 1000} is now 5"),
        (lambda old: replace(old, twice=("test:one",)), "twice", "test:one"),
        (lambda old: typed(old, BASIC, lambda t: replace(t, css="x")), "stale-type", BASIC),
        (lambda old: typed(old, BASIC, lambda t: replace(t, mod=t.mod + 1)), "touched-type", BASIC),
    ],
)  # fmt: skip
def test_what_costs_learners_is_named(
    releases: Releases, change: Callable[[Edition], Edition], code: str, item: str
) -> None:
    old = of_deck(releases.old)
    found = diff(old, change(old))
    assert list(codes(found)) == [code]
    assert item in codes(found)[code]
    (cost,) = found.costs
    assert cost.why
    assert cost.do


def test_a_field_renamed_under_its_id_costs_nothing(releases: Releases) -> None:
    old = of_deck(releases.old)

    def change(note_type: NoteType) -> NoteType:
        fields = (*note_type.fields[:-1], replace(note_type.fields[-1], name="Mine"))
        return replace(note_type, fields=fields, mod=note_type.mod + 1)

    found = diff(old, typed(old, BASIC, change))
    assert codes(found) == {}
    assert [(t.kind, t.name, [e.field for e in t.edits]) for t in found.types] == [
        ("restyled", BASIC, ["fields"])
    ]


@pytest.mark.parametrize(
    ("change", "arrives"),
    [
        (lambda t: replace(t, templates=(*t.templates, EXTRA), mod=t.mod + 1), False),
        (lambda t: replace(t, fields=t.fields[:-1], mod=t.mod + 1), False),
        (lambda t: replace(t, templates=t.templates[::-1], mod=t.mod + 1), False),
        (lambda t: replace(t, fields=(*t.fields[:-1], replace(t.fields[-1], name="Mine")), mod=t.mod + 1), True),
        (lambda t: replace(t, name="Another name", mod=t.mod + 1), True),
    ],
)  # fmt: skip
def test_anki_agrees_on_what_a_note_type_may_change(
    releases: Releases, tmp_path: Path, change: Callable[[NoteType], NoteType], arrives: bool
) -> None:
    """A fix of a note arrives in the real Anki exactly when no cost is named."""
    fixed = releases.next((ONE, "question: One is what?, answer: fixed"))
    types = {t.key: change(t) if t.key == "basic" else t for t in fixed.note_types}
    notes = (
        replace(n, note_type=types[n.note_type.key],
                fields=n.fields[: len(types[n.note_type.key].fields)])
        for n in fixed.notes
    )  # fmt: skip
    new = replace(fixed, notes=tuple(notes), note_types=tuple(types.values()))
    learner = Learner(tmp_path / "collection.anki2")
    try:
        learner.take(pack(releases.old))
        learner.take(pack(new))
        assert (learner.note("one").fields[2] == "fixed") == arrives
    finally:
        learner.col.close()
    assert ("schema" in codes(diff(of_deck(releases.old), of_deck(new)))) != arrives


def test_a_changelog_names_ids_and_reasons(releases: Releases) -> None:
    change = "changes: [{release: 0.2.0, what: It was Z., why: Miscounted_., source: smith2020}]"
    new = releases.next(
        (ONE, f"{ONE}, {change}"),
        ("question: Two is what?, answer: B", "question: Two?, answer: B"),
        ("d}}.\"", "d}}.\", retired: {release: 0.2.0, why: Wrong., see: [one]}"),
        more=NEW,
    )  # fmt: skip
    assert changelog(releases.diff(new)) == (
        "### Added\n\n- Second: 1 note, 1 card.\n\n"
        "### Corrected\n\n- `one`: It was Z. Miscounted\\_. "
        "([smith2020](https://doi.org/10.1000/muscle.1))\n\n"
        "### Retired\n\n- `gap`: Wrong. See `one`.\n\n"
        "### Reworded\n\n- `two`.\n"
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a limb ache", "a neck ache", "a [-limb-]{+neck+} ache"),
        ("one two three", "six five three", "[-one two-]{+six five+} three"),
        ("<p>a</p><p>b</p>", "<p>a</p><p>c</p>", "a / [-b-]{+c+}"),
        ("<b>a</b>", "<i>a</i>", "<[-b-]{+i+}>a</[-b-]{+i+}>"),
        ("a &lt; b", "a &gt; b", "a [-<-]{+>+} b"),
        ("", "new words", "{+new words+}"),
    ],
)
def test_before_and_after_word_by_word(before: str, after: str, expected: str) -> None:
    marks = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    pieces = wording.shortened(wording.words(Edit("F", before, after)))
    assert "".join(marks[op].format(text) for op, text in pieces) == expected


@given(st.text("ab \n.|<", max_size=40), st.text("ab \n.|<", max_size=40))
def test_pieces_hold_before_and_after_whole(before: str, after: str) -> None:
    from nam_flash.diff import Edit

    pieces = wording.words(Edit("F", escape(before), escape(after)))
    for text, op in ((before, "-"), (after, "+")):
        kept = "".join(piece.text for piece in pieces if piece.op in (op, "="))
        assert "".join(kept.split()) == "".join(as_text(escape(text)).split()) or (
            as_text(escape(before)) == as_text(escape(after))
        )


NOTES = st.dictionaries(
    st.sampled_from(["a", "b", "b/x/y", "b/x/z", "c"]),
    st.builds(
        lambda answer, detail, status, tag, deck, mod, ords: (answer, detail, status, tag, deck, mod, ords),
        st.sampled_from(["", "yes", "no {{c1::x}}", "no {{c2::x}}"]),
        st.sampled_from(["", '<table class="comparison"><td>1</td></table>']),
        st.sampled_from([
            "", '<div class="retired"><strong>Retired in 1.0.0.</strong> Why.</div>',
            '<div class="corrected"><strong>Corrected in 1.0.0.</strong> What.</div>',
        ]),
        st.sampled_from(["T::A", "T::B"]), st.sampled_from(["D", "D::E"]), st.integers(1, 3),
        st.sampled_from([(0,), (0, 1)]),
    ),
)  # fmt: skip


def imagined(notes: dict[str, tuple[str, str, str, str, str, int, tuple[int, ...]]]) -> Edition:
    shipped = [
        Shipped(key, f"n:{key}", 1, "Type",
                {"ID": key, "Answer": answer, "Detail": detail, "Status": status, "Version": str(mod)},
                ords, (tag,), deck, mod, number)
        for number, (key, (answer, detail, status, tag, deck, mod, ords)) in enumerate(notes.items())
    ]  # fmt: skip
    return Edition("D", "1.0.0", {note.guid: note for note in shipped}, {}, ("D",))


@given(NOTES, NOTES)
def test_every_changed_note_has_exactly_one_class(
    before: dict[str, tuple[str, str, str, str, str, int, tuple[int, ...]]],
    after: dict[str, tuple[str, str, str, str, str, int, tuple[int, ...]]],
) -> None:
    old, new = imagined(before), imagined(after)
    assert diff(old, old).empty
    found = diff(old, new)
    # All but the stamp (5th) is there to be seen.
    changed = {
        key
        for key in before.keys() | after.keys()
        if key not in before or key not in after
        or before[key][:5] + before[key][6:] != after[key][:5] + after[key][6:]
    }  # fmt: skip
    assert sorted(change.key for change in found.changes) == sorted(changed)
    assert all(change.kind in KINDS for change in found.changes)
    grouped: list[Change] = [
        change
        for groups in found.groups.values()
        for group in groups
        for change in (*group.changes, *group.tables)
    ]
    assert sorted(c.key for c in grouped) == sorted(changed)
    for render in FORMATS.values():
        assert render(found)
