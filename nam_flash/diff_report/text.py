"""A diff for terminals: ``[-before-]{+after+}``, which needs no colour to be understood."""

import textwrap
from collections.abc import Callable, Iterator
from typing import Final

from nam_flash.diff import Diff, Group
from nam_flash.diff_report import wording
from nam_flash.diff_report.wording import Piece

#: Long enough for a sentence, short enough to read.
_WIDTH: Final = 96

Paint = Callable[[str, str], str]


def plain(text: str, role: str) -> str:
    """Return the text without colour; a terminal's `Paint` colours by role instead."""
    return text


def render(diff: Diff, paint: Paint = plain) -> str:
    """Return the diff for people; ``paint`` colours a text by its role.

    Roles are ``title``, ``key``, ``soft``, ``cost``, ``-`` and ``+``.
    """
    return "\n".join(_lines(diff, paint)) + "\n"


def _lines(diff: Diff, paint: Paint) -> Iterator[str]:
    for mark, side in (("-", diff.old), ("+", diff.new)):
        label = f"  {side.label}" if side.label else ""
        yield f"{paint(f'{mark} {wording.named(side)}', 'title')}  {wording.size(side)}{label}"
    yield wording.totals(diff)
    for cost in diff.costs:
        yield ""
        yield paint(f"Costs learners: {cost.what} ({len(cost.items):,})", "cost")
        yield from (f"  {item}" for item in cost.items)
        yield from _wrapped(cost.why, 2)
        yield from _wrapped(cost.do, 2)
    for kind, groups in diff.groups.items():
        yield ""
        yield paint(wording.TITLES[kind][0], "title")
        if kind in ("added", "removed"):
            for topic, same in wording.by_topic(groups):
                yield f"  {paint(topic, 'soft')}"
                for group in same:
                    yield from _listed(group, paint)
        else:
            for group in groups:
                yield from _told(group, paint)
    for change in diff.types:
        yield ""
        yield paint(f"Note type {change.name}: {change.kind}", "title")
        for edit in change.edits:
            yield f"  {edit.field}"
            yield from (f"    {paint(line, line[:1])}" for line in wording.code(edit))


def _listed(group: Group, paint: Paint) -> Iterator[str]:
    """Yield a line for a fact that came or went, and what became of its other notes."""
    count = len(group.changes)
    notes = f" ({count} notes)" if count > 1 else ""
    prompt = textwrap.shorten(group.changes[0].prompt, _WIDTH, placeholder=" …")
    yield f"    {paint(group.fact, 'key')}{notes}  {prompt}"
    if group.tables:
        yield f"      and the table on {wording.counted(len(group.tables), 'more note')}"


def _told(group: Group, paint: Paint) -> Iterator[str]:
    """Yield what happened to the notes of a fact, and why."""
    changes = (*group.changes, *group.tables)
    key = changes[0].key if len(changes) == 1 else f"{group.fact} ({len(changes)} notes)"
    yield f"  {paint(key, 'key')}  {paint(changes[0].topic, 'soft')}"
    yield from _wrapped(wording.asked(group), 4)
    for reason in group.reasons:
        source = reason.source or reason.link
        yield from _wrapped(f"{wording.told(reason)}{f' [{source}]' if source else ''}", 4)
    for line in wording.lines(group):
        where = f" ({line.where})" if line.where else ""
        shown = "".join(_marked(piece, paint) for piece in line.pieces)
        yield f"    {line.label}{where}: {shown}"


def _marked(piece: Piece, paint: Paint) -> str:
    if piece.op == "=":
        return piece.text
    left, right = ("[-", "-]") if piece.op == "-" else ("{+", "+}")
    return paint(f"{left}{piece.text}{right}", piece.op)


def _wrapped(text: str, indent: int) -> list[str]:
    space = " " * indent
    return textwrap.wrap(text, _WIDTH, initial_indent=space, subsequent_indent=space)
