"""Five releases of a small deck, in which every class of change happens between the last two."""

import hashlib
from dataclasses import replace
from typing import NamedTuple

from nam_flash.deck import Deck, NoteType
from nam_flash.lock import released, render_lock
from nam_flash.rehearse import Older
from nam_flash.update_pack import export
from tests.conftest import NOW, FactBase, pack

#: A month in seconds: releases are so far apart.
MONTH = 30 * 24 * 3600

FACTS = """\
- {id: still, kind: basic, topic: first, level: core, cite: [smith2020], question: Still?, answer: yes}
- {id: quiet, kind: basic, topic: first, level: advanced, cite: [smith2020], question: Quiet?, answer: yes}
- {id: worded, kind: basic, topic: first, level: core, cite: [smith2020], question: "Worded, badly?", answer: yes}
- {id: gap, kind: cloze, topic: second, level: core, cite: [who2021], text: "A {{c1::hidden}} and a {{c2::second}} word."}
- {id: wrong, kind: basic, topic: first, level: core, cite: [smith2020], question: Wrong?, answer: yes}
- {id: mistaken, kind: basic, topic: second, level: advanced, cite: [smith2020], question: Mistaken?, answer: yes}
- {id: tagged, kind: basic, topic: first, level: core, cite: [smith2020], question: Tagged?, answer: yes}
- {id: moved, kind: basic, topic: first, level: core, cite: [smith2020], question: Moved?, answer: yes}
- {id: eased, kind: basic, topic: first, level: advanced, cite: [smith2020], question: Eased?, answer: yes}
- {id: shown, kind: basic, topic: first, level: core, cite: [smith2020], question: Shown?, answer: yes}
- {id: obsolete, kind: basic, topic: first, level: core, cite: [smith2020], question: Obsolete?, answer: yes}
- {id: revived, kind: basic, topic: first, level: core, cite: [smith2020], question: Revived?, answer: yes, retired: {release: 0.1.0, why: Thought wrong.}}
- id: sizes
  kind: comparison
  topic: first/alpha
  level: core
  cite: [smith2020]
  title: Sizes
  entities: {one: the first, two: the second}
  attributes:
    - id: height
      name: Height
      ask: How high is {entity}?
      cells: {one: low, two: high}
- id: colours
  kind: comparison
  topic: first/beta
  level: core
  cite: [smith2020]
  title: Colours
  entities: {one: the first, two: the second}
  attributes:
    - id: light
      name: By day
      ask: What colour is {entity} by day?
      cells: {one: red, two: blue}
    - id: dark
      name: By night
      ask: What colour is {entity} by night?
      cells: {one: grey, two: black}
- id: case
  kind: vignette
  topic: first
  level: core
  cite: [smith2020]
  stem: A 50-year-old has weak thighs.
  question: What is likely?
  answer: {option: The right one, why: It fits.}
  distractors:
    - {option: A wrong one, why: It does not fit.}
    - {option: Another one, why: It does not fit either.}
"""

#: From each release to the next: what is replaced by what.
EDITS: dict[str, tuple[tuple[str, str], ...]] = {
    "0.2.0": (("Wrong?, answer: yes", "Wrong?, answer: maybe"),),
    "0.3.0": (("question: Still?", "question: Still so?"),),
    "0.4.0": (("{{c2::second}} word", "{{c2::second}} term"),),
    "0.5.0": (
        ("Worded, badly?", "Worded well?"),
        ("A {{c1::hidden}}", "One {{c1::hidden}}"),
        ("Wrong?, answer: maybe", "Wrong?, answer: no, changes: [{release: 0.5.0, what: Maybe., why: A trial.}]"),
        ("Mistaken?, answer: yes", "Mistaken?, answer: no"),
        ("id: tagged, kind: basic, topic: first,", "id: tagged, kind: basic, topic: first, tags: [second],"),
        ("id: moved, kind: basic, topic: first,", "id: moved, kind: basic, topic: second,"),
        ("id: eased, kind: basic, topic: first, level: advanced,", "id: eased, kind: basic, topic: first, level: core,"),
        ("Obsolete?, answer: yes", "Obsolete?, answer: yes, retired: {release: 0.5.0, why: Disproved., see: [still]}"),
        (", retired: {release: 0.1.0, why: Thought wrong.}", ", changes: [{release: 0.5.0, what: Retired., why: It holds.}]"),
        ("cells: {one: low, two: high}", "cells: {one: low, two: high, three: level}"),
        ("title: Sizes\n  entities: {one: the first, two: the second}", "title: Sizes\n  entities: {one: the first, two: the second, three: the third}"),
        ("title: Colours\n  entities: {one: the first, two: the second}", "title: Colours\n  entities: {two: the second, one: the first}"),
        ("- id: case\n", "- {id: fresh, kind: basic, topic: second, level: core, cite: [smith2020], question: Fresh?, answer: yes}\n- id: case\n"),
    ),
}  # fmt: skip


class Releases(NamedTuple):
    """The packages of a learner who skipped three releases, who did not, and of the update."""

    oldest: Deck
    old: Deck
    new: Deck

    @property
    def older(self) -> Older:
        return Older(pack(self.oldest), update_pack(self.oldest, self.new))

    @property
    def pack(self) -> bytes:
        made = update_pack(self.old, self.new)
        assert made is not None
        return made


def releases(base: FactBase) -> Releases:
    """Build the releases in a fact base, one after the other, as an editor would."""
    facts = FACTS
    decks = [release(base, facts, "0.1.0", NOW)]
    for number, (version, edits) in enumerate(EDITS.items(), start=1):
        for before, after in edits:
            assert before in facts, before
            facts = facts.replace(before, after)
        decks.append(release(base, facts, version, NOW + number * MONTH))
    *old, new = decks
    return Releases(
        illustrated(old[0], "red"),
        illustrated(old[-1], "red"),
        redesigned(illustrated(new, "blue", NOW + 4 * MONTH)),
    )


def release(base: FactBase, facts: str, version: str, now: int) -> Deck:
    """Build a fact base as a release of its own: the lock remembers it."""
    recipe = base.recipe.read_text(encoding="utf-8").splitlines()
    lines = [f"version: {version}" if line.startswith("version:") else line for line in recipe]
    base.recipe.write_text("\n".join(lines) + "\n", encoding="utf-8")
    built = base.write(facts).build(now)
    base.lock.write_text(render_lock(released(built.lock, version, now)), encoding="utf-8")
    return built.deck


def illustrated(deck: Deck, colour: str, mod: int | None = None) -> Deck:
    """Give the note ``shown`` a picture, and when it is another one, a new stamp."""
    data = f'<svg xmlns="http://www.w3.org/2000/svg"><rect fill="{colour}"/></svg>'.encode()
    name = f"_nam-flash-{hashlib.sha256(data).hexdigest()[:16]}.svg"
    notes = []
    for note in deck.notes:
        if note.key == "shown":
            place = note.note_type.index("Extra")
            markup = f'<figure><img src="{name}" alt="A muscle"></figure>'
            fields = (*note.fields[:place], markup, *note.fields[place + 1 :])
            note = replace(note, fields=fields, media=(name,), mod=mod or note.mod)
        notes.append(note)
    return replace(deck, notes=tuple(notes), media={name: data})


def redesigned(deck: Deck) -> Deck:
    """Change the CSS of one note type and the HTML of another, a release later."""

    def renewed(type_: NoteType) -> NoteType:
        if type_.key == "cloze":
            return replace(
                type_, css=f"{type_.css}\n.card {{ color: navy }}", mod=type_.mod + MONTH
            )
        if type_.key == "vignette":
            first = type_.templates[0]
            first = replace(first, front=first.front + "<hr>")
            return replace(type_, templates=(first,), mod=type_.mod + MONTH)
        return type_

    return replace(deck, note_types=tuple(renewed(type_) for type_ in deck.note_types))


def update_pack(old: Deck, new: Deck) -> bytes | None:
    """Return the update pack from one release to another (None where nothing is new), as `nam-flash build` makes it."""
    known = {note.key: note for note in old.notes}
    added = {note.key for note in new.notes if note.key not in known}
    changed = {n.key for n in new.notes if n.key in known and n.mod > known[n.key].mod}
    files = export(new, added, changed, old.version, "test")
    return next(iter(files.values()), None)
