"""What all formats for people say alike: titles, counts, and before and after word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher, unified_diff
from itertools import groupby
from typing import Final, NamedTuple

from nam_flash.diff import Change, Diff, Edit, Group, Reason, Side
from nam_flash.markup import as_text

#: Class of changed notes -> heading, and how a count of its notes goes on.
TITLES: Final = {
    "corrected": ("Corrected", "corrected"),
    "retired": ("Retired", "retired"),
    "returned": ("Returned", "returned"),
    "added": ("Added", "added"),
    "reworded": ("Reworded", "reworded"),
    "table": ("Only the table", "with another table"),
    "picture": ("Redrawn", "redrawn"),
    "renumbered": ("Renumbered", "renumbered"),
    "retyped": ("Another note type", "of another note type"),
    "retagged": ("Retagged", "retagged"),
    "moved": ("Moved", "moved"),
    "removed": ("Removed", "removed"),
}

#: Equal text is shown for this many characters beside a change; our choice.
_AROUND: Final = 60
_WORD: Final = re.compile(r"\s+|\w+|[^\w\s]")
_IMAGE: Final = re.compile(r'<img\b[^>]*\bsrc="([^"]*)"[^>]*>')


class Piece(NamedTuple):
    """A stretch of text; ``op`` is ``=`` (in both), ``-`` (before only) or ``+`` (after only)."""

    op: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that changed in a group; ``where`` says in words on which of its notes."""

    label: str
    where: str
    pieces: tuple[Piece, ...]


def lines(group: Group) -> Iterator[Line]:
    """Yield what changed in the notes of a group, each thing once."""
    everyone = (*group.changes, *group.tables)
    for edit, keys in group.edits.items():
        yield Line(edit.field, _where(keys, len(everyone)), tuple(shortened(words(edit))))
    asides: dict[tuple[str, tuple[Piece, ...]], list[str]] = {}
    for change in everyone:
        for aside in _asides(change):
            asides.setdefault(aside, []).append(change.key)
    for (label, pieces), listed in asides.items():
        yield Line(label, _where(tuple(listed), len(everyone)), pieces)


def _asides(change: Change) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    """Yield what changed beside the fields of a note: cards, tags, deck."""
    if change.kind in ("added", "removed"):
        return
    old, new = (", ".join(str(ord_ + 1) for ord_ in ords) for ords in change.ords)
    if old != new:
        yield "Cards", (Piece("-", old), Piece("=", " "), Piece("+", new))
    tags = [*(("-", tag) for tag in change.tags_removed), *(("+", t) for t in change.tags_added)]
    if tags:
        pieces = [piece for op, tag in tags for piece in (Piece("=", " "), Piece(op, tag))]
        yield "Tags", tuple(pieces[1:])
    old, new = change.deck
    if old != new:
        yield "Deck", (Piece("-", old), Piece("=", " "), Piece("+", new))


def _where(keys: tuple[str, ...], notes: int) -> str:
    if notes == 1:
        return ""
    if len(keys) == notes:
        return f"all {notes} notes"
    return keys[0] if len(keys) == 1 else f"{len(keys)} of {notes} notes"


def words(edit: Edit) -> list[Piece]:
    """Return before and after word by word, as learners read them.

    Where they read the same and only the markup differs, the HTML itself.
    """
    before, after = (_read(text) for text in (edit.before, edit.after))
    if before == after:
        before, after = edit.before, edit.after
    old, new = _WORD.findall(before), _WORD.findall(after)
    found: list[Piece] = []
    for op, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            found.append(Piece("=", "".join(old[i:j])))
        else:
            found += [Piece("-", "".join(old[i:j])), Piece("+", "".join(new[k:m]))]
    return _joined([piece for piece in found if piece.text])


def _read(markup: str) -> str:
    """Return what a learner reads in a field; a table's rows and a picture's name show."""
    return as_text(_IMAGE.sub(r" [picture \1] ", markup))


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Join changes that only a short space or mark parts: ``[-a b-]{+c d+}``."""
    runs: list[tuple[bool, list[Piece]]] = []
    for i, piece in enumerate(pieces):
        inner = 0 < i < len(pieces) - 1
        changed = piece.op != "=" or (inner and not re.search(r"\w|\n", piece.text))
        if runs and runs[-1][0] == changed:
            runs[-1][1].append(piece)
        else:
            runs.append((changed, [piece]))
    joined: list[Piece] = []
    for changed, run in runs:
        if not changed or len({piece.op for piece in run}) == 1:
            joined += run
            continue
        before, after = ("".join(p.text for p in run if p.op in (op, "=")) for op in "-+")
        joined += [Piece(op, text) for op, text in (("-", before), ("+", after)) if text.strip()]
    return joined


def shortened(pieces: list[Piece]) -> Iterator[Piece]:
    """Yield the pieces with what is equal cut to its ends, and new lines as ``/``."""
    last = len(pieces) - 1
    for i, piece in enumerate(pieces):
        text = re.sub(r" \|\s*\n|\n", " / ", piece.text)
        if piece.op == "=":
            head = "" if i == 0 else text[:_AROUND]
            tail = "" if i == last else text[-_AROUND:]
            if len(text) > len(head) + len(tail):
                text = f"{_cut(head, -1)}…{_cut(tail, 1)}"
        yield Piece(piece.op, text)


def _cut(text: str, side: int) -> str:
    """Return a text without the word that was cut in two at its end (-1) or beginning (1)."""
    if side < 0:
        return text.rpartition(" ")[0] + " " if " " in text else text
    return " " + text.partition(" ")[2] if " " in text else text


def code(edit: Edit) -> list[str]:
    """Return before and after of a note type's part line by line, as ``diff -U1`` does."""
    old, new = edit.before.splitlines(), edit.after.splitlines()
    found = unified_diff(old, new, lineterm="", n=1)
    return [line for line in found if not line.startswith(("---", "+++"))]


def counted(count: int, noun: str) -> str:
    """Return ``1 note`` or ``1,200 notes``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def named(side: Side) -> str:
    """Return the deck and its release."""
    return f"{side.name} {side.version}".strip()


def size(side: Side) -> str:
    """Return how much there is of an edition."""
    return f"{counted(side.notes, 'note')}, {counted(side.cards, 'card')}"


def totals(diff: Diff) -> str:
    """Return how many notes changed in which way, in a sentence without a stop."""
    parts = [f"{count:,} {TITLES[kind][1]}" for kind, count in diff.counts.items()]
    restyled = [f"note type {t.name} {t.kind}" for t in diff.types]
    return ", ".join([*parts, *restyled]) or "no change"


def told(reason: Reason) -> str:
    """Return a reason in plain words, without its source."""
    see = f"See {', '.join(reason.see)}." if reason.see else ""
    return " ".join(part for part in (reason.what, reason.why, see) if part)


def asked(group: Group) -> str:
    """Return what the one note of a group asks, unless a change of the prompt says so itself."""
    if len(group.changes) + len(group.tables) > 1:
        return ""
    (change,) = group.changes
    said = [" ".join(as_text(edit.after).split()) for edit in change.edits]
    return "" if change.prompt in said else change.prompt


def by_topic(groups: tuple[Group, ...]) -> Iterator[tuple[str, tuple[Group, ...]]]:
    """Yield the groups by topic, in the order in which the topics first come."""
    topics = list(dict.fromkeys(group.changes[0].topic for group in groups))
    ranked = sorted(groups, key=lambda group: topics.index(group.changes[0].topic))
    for topic, same in groupby(ranked, key=lambda group: group.changes[0].topic):
        yield topic, tuple(same)
