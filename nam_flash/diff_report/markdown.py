"""A diff as Markdown: the whole of it for a review, and the entry of a changelog.

Before and after are ``<del>`` and ``<ins>``, which GitHub and most other readers of Markdown show.
"""

import html
import re
from collections.abc import Iterable, Iterator

from nam_flash.diff import Diff, Group, Reason
from nam_flash.diff_report import wording
from nam_flash.diff_report.wording import Piece


def render(diff: Diff) -> str:
    """Return the diff for people who review it."""
    return "\n".join(_lines(diff)) + "\n"


def changelog(diff: Diff) -> str:
    """Return the sections of an entry in the form of Keep a Changelog, without its heading.

    What is new is counted by topic; what was corrected, retired or returned is named by id with
    the reason; other changes name the ids alone. Nothing changed, nothing returned.
    """
    groups = diff.groups
    sections: dict[str, list[str]] = {"Added": [], "Corrected": [], "Reworded": []}
    for topic, same in wording.by_topic(groups.get("added", ())):
        changes = [change for group in same for change in group.changes]
        notes = wording.counted(len(changes), "note")
        cards = wording.counted(sum(len(change.ords[1]) for change in changes), "card")
        sections["Added"].append(f"{_escaped(topic) or 'No topic'}: {notes}, {cards}.")
    for kind in ("corrected", "retired", "returned"):
        title = wording.TITLES[kind][0]
        sections[title] = [_reasoned(group) for group in groups.get(kind, ())]
    reworded = (group for kind in ("reworded", "table") for group in groups.get(kind, ()))
    sections["Reworded"] = _ids(reworded)
    for kind in ("picture", "retagged", "renumbered", "retyped"):
        sections[wording.TITLES[kind][0]] = _ids(groups.get(kind, ()))
    decks: dict[tuple[str, str], list[Group]] = {}
    for group in groups.get("moved", ()):
        decks.setdefault(group.changes[0].deck, []).append(group)
    sections["Moved"] = [
        f"From {_escaped(old)} to {_escaped(new)}: {ids}"
        for (old, new), same in decks.items()
        for ids in _ids(same)
    ]
    sections["Removed"] = _ids(groups.get("removed", ()))
    styled = [change for change in diff.types if change.kind == "restyled"]
    sections["Restyled"] = [f"{_escaped(change.name)}." for change in styled]
    order = [title for title, _ in wording.TITLES.values()]
    parts = [
        f"### {title}\n\n" + "".join(f"- {item}\n" for item in items)
        for title, items in sorted(
            sections.items(),
            key=lambda s: (s[0] != "Added", order.index(s[0]) if s[0] in order else len(order)),
        )
        if items
    ]
    return "\n".join(parts)


def _ids(groups: Iterable[Group]) -> list[str]:
    """Return one item that names all facts, or none."""
    ids = [f"`{group.fact}`" for group in groups]
    return [f"{', '.join(ids)}."] if ids else []


def _reasoned(group: Group) -> str:
    told = " ".join(_reason(reason) for reason in group.reasons)
    return f"`{group.fact}`: {told}" if told else f"`{group.fact}`."


def _reason(reason: Reason) -> str:
    texts = [_escaped(text) for text in (reason.what, reason.why) if text]
    if reason.see:
        texts.append(f"See {', '.join(f'`{id_}`' for id_ in reason.see)}.")
    if reason.link:
        texts.append(f"([{_escaped(reason.source or reason.link)}]({reason.link}))")
    elif reason.source:
        texts.append(f"({_escaped(reason.source)})")
    return " ".join(texts)


def _lines(diff: Diff) -> Iterator[str]:
    old, new = wording.named(diff.old), wording.named(diff.new)
    yield f"# {_escaped(old)} → {_escaped(new)}"
    yield ""
    sizes = f"From {wording.size(diff.old)} to {wording.size(diff.new)}"
    yield f"{sizes}: {_escaped(wording.totals(diff))}."
    for cost in diff.costs:
        yield ""
        yield f"## Costs learners: {cost.what}"
        yield ""
        yield f"{_escaped(cost.why)} {cost.do}"
        yield ""
        yield from (f"- {_escaped(item)}" for item in cost.items)
    for kind, groups in diff.groups.items():
        yield ""
        yield f"## {wording.TITLES[kind][0]}"
        yield ""
        if kind in ("added", "removed"):
            yield from _listed(groups)
        else:
            for group in groups:
                yield from _told(group)
    for change in diff.types:
        yield ""
        yield f"## Note type {_escaped(change.name)}: {change.kind}"
        for edit in change.edits:
            yield from ("", f"{_escaped(edit.field)}:", "", "````diff")
            yield from wording.code(edit)
            yield "````"


def _listed(groups: tuple[Group, ...]) -> Iterator[str]:
    for topic, same in wording.by_topic(groups):
        yield f"- {_escaped(topic)}"
        for group in same:
            count = len(group.changes)
            notes = f" ({count} notes)" if count > 1 else ""
            tables = len(group.tables)
            more = f"; the table on {wording.counted(tables, 'more note')}" if tables else ""
            yield f"  - `{group.fact}`{notes}: {_escaped(group.changes[0].prompt)}{more}"


def _told(group: Group) -> Iterator[str]:
    changes = (*group.changes, *group.tables)
    key = f"`{changes[0].key}`" if len(changes) == 1 else f"`{group.fact}` ({len(changes)} notes)"
    asked = wording.asked(group)
    yield f"- **{key}**, {_escaped(changes[0].topic)}{f': {_escaped(asked)}' if asked else ''}"
    for reason in group.reasons:
        yield f"  - {_reason(reason)}"
    for line in wording.lines(group):
        where = f" ({_escaped(line.where)})" if line.where else ""
        yield f"  - {_escaped(line.label)}{where}: {''.join(map(_marked, line.pieces))}"


def _marked(piece: Piece) -> str:
    text = _escaped(piece.text)
    if piece.op == "=":
        return text
    tag = "del" if piece.op == "-" else "ins"
    return f"<{tag}>{text}</{tag}>"


def _escaped(text: str) -> str:
    """Return a text that Markdown shows as it is."""
    return re.sub(r"([\\`*_\[\]|~#])", r"\\\1", html.escape(text, quote=False))
