"""A `Diff` -> what people and machines read: text, Markdown, JSON, a page, a changelog's entry.

All forms tell the same in the same order: what it costs learners first, then each class of change,
fact by fact, with before, after and the reason. Words that differ are marked where the form can.
"""

import html
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict
from difflib import SequenceMatcher
from typing import Final

from nam_flash.diff import KINDS, Change, Diff, Edit, Group, Reason
from nam_flash.markup import as_text

#: How a piece of text is marked: text and role (``title``, ``cost``, ``old``, ``new``, ``soft``).
Paint = Callable[[str, str], str]

#: Class -> heading in a changelog (Keep a Changelog, and those of ours for learners).
_HEADINGS: Final = {
    "added": "Added",
    "corrected": "Corrected",
    "retired": "Retired",
    "returned": "Returned",
    "reworded": "Reworded",
    "table": "Reworded",
    "picture": "Redrawn",
    "retagged": "Moved",
    "moved": "Moved",
}


def text(diff: Diff, paint: Paint = lambda text, role: text) -> str:
    """Return a report for a terminal; ``paint`` colours its parts."""
    lines = [paint(_title(diff), "title"), _summary(diff)]
    for cost in diff.costs:
        lines += ["", paint(f"This costs learners: {cost.what} ({len(cost.items)})", "cost")]
        lines += [f"  {cost.why}", f"  {cost.do}", *(f"    {item}" for item in cost.items)]
    for kind, groups in diff.groups.items():
        lines += ["", paint(f"{kind}: {KINDS[kind]}", "title")]
        for group in groups:
            lines.append(f"  {_head(group)}")
            lines += [f"    {_reason(reason)}" for reason in group.reasons]
            for edit, keys in group.edits.items():
                where = "" if len(group.changes) == len(keys) == 1 else f" ({', '.join(keys)})"
                lines.append(f"    {paint(edit.field + where, 'soft')}")
                lines += [
                    f"      {sign} {paint(line, role)}"
                    for sign, role, value in (("-", "old", edit.before), ("+", "new", edit.after))
                    for line in as_text(value).splitlines()
                    if line.strip()
                ]
            lines += [f"    {line}" for line in _tags(group)]
    for change in diff.types:
        parts = f": {', '.join(edit.field for edit in change.edits)}" if change.edits else ""
        lines += ["", f"note type {change.name} {change.kind}{parts}"]
    return "\n".join(lines) + "\n"


def markdown(diff: Diff) -> str:
    """Return a report in Markdown, for a wiki or a pull request."""
    lines = [f"# {_md(_title(diff))}", "", _md(_summary(diff))]
    for cost in diff.costs:
        lines += ["", f"## This costs learners: {_md(cost.what)} ({len(cost.items)})", ""]
        lines += [f"{_md(cost.why)} {_md(cost.do)}", "", *(f"- {_md(i)}" for i in cost.items)]
    for kind, groups in diff.groups.items():
        lines += ["", f"## {kind.capitalize()}: {KINDS[kind]}"]
        for group in groups:
            lines += ["", f"### {_md(_head(group))}", ""]
            lines += [f"> {_md(_reason(reason))}\n" for reason in group.reasons]
            for edit, keys in group.edits.items():
                lines.append(f"- **{_md(edit.field)}** ({_md(', '.join(keys))})")
                for value, mark in ((edit.before, "~~"), (edit.after, "")):
                    if shown := " ".join(as_text(value).split()):
                        lines.append(f"  - {mark}{_md(shown)}{mark}")
            lines += [f"- {_md(line)}" for line in _tags(group)]
    for change in diff.types:
        lines += ["", f"Note type *{_md(change.name)}* {change.kind}."]
    return "\n".join(lines) + "\n"


def as_json(diff: Diff) -> str:
    """Return everything as JSON."""
    whole = {**asdict(diff), "counts": diff.counts}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def page(diff: Diff) -> str:
    """Return one HTML page that needs nothing else: no script, no other file."""
    title = html.escape(_title(diff))
    parts = [f"<h1>{title}</h1><p>{html.escape(_summary(diff))}</p>"]
    for cost in diff.costs:
        items = "".join(f"<li>{html.escape(item)}</li>" for item in cost.items)
        parts.append(
            f'<section class="cost"><h2>This costs learners: {html.escape(cost.what)}</h2>'
            f"<p>{html.escape(cost.why)} {html.escape(cost.do)}</p><ul>{items}</ul></section>"
        )
    for kind, groups in diff.groups.items():
        parts.append(
            f'<section><h2 id="{kind}">{kind.capitalize()} '
            f"<small>{html.escape(KINDS[kind])}</small></h2>"
        )
        parts += [_article(group) for group in groups]
        parts.append("</section>")
    for change in diff.types:
        parts.append(f"<p>Note type <em>{html.escape(change.name)}</em> {change.kind}.</p>")
    return _PAGE.format(title=title, style=_STYLE, body="\n".join(parts))


def changelog(diff: Diff) -> str:
    """Return the sections of a changelog: what learners should know of the cards."""
    sections: dict[str, list[str]] = {}
    for kind, groups in diff.groups.items():
        if kind in _HEADINGS:
            sections.setdefault(_HEADINGS[kind], []).extend(_entries(kind, groups))
    if any(change.kind == "restyled" for change in diff.types):
        sections.setdefault("Changed", []).append("- The look of the cards.")
    return "\n\n".join(f"### {name}\n\n" + "\n".join(lines) for name, lines in sections.items())


def _entries(kind: str, groups: tuple[Group, ...]) -> Iterator[str]:
    if kind == "added":
        topics: dict[str, int] = {}
        for group in groups:
            for change in group.changes:
                topics[change.topic] = topics.get(change.topic, 0) + len(change.ords[1])
        yield from (f"- {topic}: {count} new cards." for topic, count in topics.items())
        return
    if kind in ("reworded", "table", "picture"):
        yield f"- {', '.join(f'`{group.fact}`' for group in groups)}."
        return
    for group in groups:
        said = " ".join(_reason(reason) for reason in group.reasons)
        moved = "" if said else _now(group)
        yield f"- `{group.fact}`: {said or moved}"


def _now(group: Group) -> str:
    change = group.changes[0]
    if group.kind == "returned":
        return "holds after all."
    return f"now under {change.topic}; cards that learners have stay in their subdeck."


def _title(diff: Diff) -> str:
    return f"{diff.new.name}: {diff.old.version or 'before'} to {diff.new.version or 'now'}"


def _summary(diff: Diff) -> str:
    sides = f"{diff.old.notes:,} to {diff.new.notes:,} notes"
    sides += f", {diff.old.cards:,} to {diff.new.cards:,} cards"
    counts = ", ".join(f"{count} {kind}" for kind, count in diff.counts.items())
    return f"{sides}: {counts or 'no note changed'}"


def _head(group: Group) -> str:
    first = group.changes[0]
    rest = len(group.changes) - 1
    more = f" and {rest} more" if rest else ""
    return f"{first.key}{more}: {first.prompt}"


def _reason(reason: Reason) -> str:
    parts = [reason.what, reason.why]
    if reason.see:
        parts.append(f"See {', '.join(reason.see)}.")
    if shown := reason.link or reason.source:
        parts.append(f"({shown})")
    return " ".join(part for part in parts if part)


def _tags(group: Group) -> list[str]:
    """Return what happened to tags and subdecks, each once."""
    found: dict[str, None] = {}
    for change in group.changes if group.kind != "added" else ():
        for word, tags in (("new tag", change.tags_added), ("tag gone", change.tags_removed)):
            found.update(dict.fromkeys(f"{word}: {tag}" for tag in tags))
        if change.deck[0] != change.deck[1] and all(change.deck):
            found[f"subdeck for new learners: {change.deck[0]} → {change.deck[1]}"] = None
    return list(found)


def _article(group: Group) -> str:
    first: Change = group.changes[0]
    parts = [f"<h3>{html.escape(_head(group))}</h3>"]
    if first.topic:
        parts.append(f'<p class="topic">{html.escape(first.topic)}</p>')
    parts += [f"<blockquote>{html.escape(_reason(r))}</blockquote>" for r in group.reasons]
    for edit, keys in group.edits.items():
        parts.append(
            f"<dl><dt>{html.escape(edit.field)} <small>{html.escape(', '.join(keys))}</small></dt>"
            f"<dd>{_marked(edit)}</dd></dl>"
        )
    parts += [f'<p class="tags">{html.escape(line)}</p>' for line in _tags(group)]
    return f"<article>{''.join(parts)}</article>"


def _marked(edit: Edit) -> str:
    """Return both texts as one, with the words that went and came marked."""
    old, new = (re.findall(r"\s+|[^\s]+", as_text(value)) for value in (edit.before, edit.after))
    parts = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, came = (html.escape("".join(words)) for words in (old[a:b], new[c:d]))
        if what == "equal":
            parts.append(came)
            continue
        parts.append(f"<del>{gone}</del>" if gone else "")
        parts.append(f"<ins>{came}</ins>" if came else "")
    return "".join(parts).strip().replace("\n", "<br>")


def _md(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>~#|])", r"\\\1", " ".join(text.split()))


#: Format -> function of the diff.
FORMATS: Final[dict[str, Callable[[Diff], str]]] = {
    "text": text,
    "markdown": markdown,
    "json": as_json,
    "html": page,
}

_PAGE: Final = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>{style}</style>
</head>
<body><main>
{body}
</main></body>
</html>
"""

_STYLE: Final = """
:root { --paper: #fbfaf7; --ink: #1d2730; --soft: #56616a; --line: #dcd9d0; --old: #982b2b;
  --old-wash: #faeae8; --new: #0b6866; --new-wash: #e4f1ef; color-scheme: light dark; }
@media (prefers-color-scheme: dark) { :root { --paper: #1b2024; --ink: #e3e5e4; --soft: #a6b0b7;
  --line: #3a434a; --old: #f3a59d; --old-wash: #3b2424; --new: #79d2c9; --new-wash: #1e3635; } }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 17px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; overflow-wrap: break-word; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .3em; }
h2 { margin: 2.2em 0 .4em; font-size: 1.2rem; border-bottom: 2px solid var(--line); }
h3 { margin: 0; font-size: 1rem; }
small, .topic, .tags { color: var(--soft); font-size: .85rem; font-weight: 400; margin: .1em 0; }
article { padding: .9em 0; border-bottom: 1px solid var(--line); break-inside: avoid; }
blockquote { margin: .5em 0; padding: .3em .8em; border-left: 4px solid var(--new); }
dl { margin: .5em 0 0; } dt { font-size: .9rem; font-weight: 600; } dd { margin: .1em 0 0; }
del { color: var(--old); background: var(--old-wash); }
ins { color: var(--new); background: var(--new-wash); }
.cost { margin: 1.5em 0; padding: .2em 1em .8em; border: 2px solid var(--old); border-radius: 6px; }
.cost h2 { margin-top: .6em; color: var(--old); border: 0; }
@media print { body { background: #fff; color: #000; font-size: 11pt; } main { max-width: none; } }
"""
