"""A diff as one page of HTML that needs nothing else: for review, for the web, for paper."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

from nam_flash import __version__
from nam_flash.diff import Diff, Group, Reason
from nam_flash.diff_report import wording
from nam_flash.diff_report.wording import Piece

_HERE = Path(__file__).parent


def render(diff: Diff) -> str:
    """Return the whole page."""
    title = f"{wording.named(diff.old)} → {wording.named(diff.new)}"
    style = (_HERE / "page.css").read_text(encoding="utf-8")
    body = "\n".join(_body(diff, title))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_e(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n{body}\n"
        f"<footer>Made by nam-flash {_e(__version__)}. What went is "
        "<del>struck through</del>, what came is <ins>underlined</ins>.</footer>\n"
        "</body>\n</html>\n"
    )


def _body(diff: Diff, title: str) -> Iterator[str]:
    yield f"<header><h1>{_e(title)}</h1><table>"
    for name, side in (("From", diff.old), ("To", diff.new)):
        label = f"<td>{_e(side.label)}</td>" if side.label else ""
        yield f'<tr><th scope="row">{name}</th>{label}<td>{wording.size(side)}</td></tr>'
    yield "</table>"
    if diff.empty:
        yield "<p>No change.</p>"
    yield from _contents(diff)
    yield "</header><main>"
    if diff.costs:
        yield '<h2 id="costs">Costs learners</h2>'
    for cost in diff.costs:
        items = "".join(f"<li><code>{_e(item)}</code></li>" for item in cost.items)
        yield (
            f'<article class="cost"><h3>{_e(cost.what[:1].upper() + cost.what[1:])}</h3>'
            f"<ul>{items}</ul><p>{_e(cost.why)} {_manual(cost.do)}</p></article>"
        )
    for kind, groups in diff.groups.items():
        count = wording.counted(sum(len(group.changes) for group in groups), "note")
        yield f'<section><h2 id="{kind}">{wording.TITLES[kind][0]} <span>{count}</span></h2>'
        if kind in ("added", "removed"):
            yield from _listed(groups)
        else:
            for group in groups:
                yield from _told(group)
        yield "</section>"
    if diff.types:
        yield '<section><h2 id="types">Note types</h2>'
        for change in diff.types:
            yield f"<article><h3>{_e(change.name)}: {change.kind}</h3>"
            for edit in change.edits:
                lines = "".join(_line(line) for line in wording.code(edit))
                yield f'<p class="soft">{_e(edit.field)}</p><pre>{lines}</pre>'
            yield "</article>"
        yield "</section>"
    yield "</main>"


def _contents(diff: Diff) -> Iterator[str]:
    """Yield links to the sections, each with its count."""
    links = []
    if diff.costs:
        count = sum(len(cost.items) for cost in diff.costs)
        links.append(f'<a class="cost" href="#costs"><b>{count:,}</b> costing learners</a>')
    shown = diff.groups
    for kind, number in diff.counts.items():
        # A table that stands with what made it change has no section of its own.
        target = f' href="#{kind}"' if shown.get(kind) else ""
        links.append(f"<a{target}><b>{number:,}</b> {wording.TITLES[kind][1]}</a>")
    if diff.types:
        links.append(f'<a href="#types"><b>{len(diff.types)}</b> note types</a>')
    if links:
        yield f'<nav aria-label="Kinds of change">{"".join(links)}</nav>'


def _listed(groups: tuple[Group, ...]) -> Iterator[str]:
    for topic, same in wording.by_topic(groups):
        items = []
        for group in same:
            count = len(group.changes)
            notes = f' <span class="soft">{count} notes</span>' if count > 1 else ""
            tables = len(group.tables)
            more = f"The table on {wording.counted(tables, 'more note')} followed."
            tail = f'<br><span class="soft">{more}</span>' if tables else ""
            prompt = _e(group.changes[0].prompt)
            items.append(f"<li>{prompt}{notes}<br><code>{_e(group.fact)}</code>{tail}</li>")
        yield (f'<article><h3>{_e(topic)}</h3><ul class="facts">{"".join(items)}</ul></article>')


def _told(group: Group) -> Iterator[str]:
    changes = (*group.changes, *group.tables)
    key, notes = changes[0].key, ""
    if len(changes) > 1:
        key, notes = group.fact, f", {len(changes)} notes"
    yield f"<article><h3><code>{_e(key)}</code></h3>"
    yield f'<p class="soft">{_e(changes[0].topic)}{notes}</p>'
    if asked := wording.asked(group):
        yield f"<p>{_e(asked)}</p>"
    for reason in group.reasons:
        yield f'<p class="reason">{_reason(reason)}</p>'
    rows = []
    for line in wording.lines(group):
        where = f" <small>{_e(line.where)}</small>" if line.where else ""
        shown = "".join(map(_marked, line.pieces))
        rows.append(f"<dt>{_e(line.label)}{where}</dt><dd>{shown}</dd>")
    if rows:
        yield f"<dl>{''.join(rows)}</dl>"
    yield "</article>"


def _reason(reason: Reason) -> str:
    parts = [_e(wording.told(reason))]
    if reason.link.startswith(("https://", "http://")):
        parts.append(f'<a href="{_e(reason.link)}">{_e(reason.source or reason.link)}</a>')
    elif reason.source:
        parts.append(f"[{_e(reason.source)}]")
    return " ".join(parts)


def _line(line: str) -> str:
    tag = {"-": "del", "+": "ins"}.get(line[:1])
    return f"<{tag}>{_e(line)}</{tag}>" if tag else f"{_e(line)}\n"


def _marked(piece: Piece) -> str:
    if piece.op == "=":
        return _e(piece.text)
    tag = "del" if piece.op == "-" else "ins"
    return f"<{tag}>{_e(piece.text)}</{tag}>"


def _manual(text: str) -> str:
    """Return a text of ours, in which code stands between backticks."""
    return re.sub(r"`([^`]*)`", r"<code>\1</code>", _e(text))


def _e(text: str) -> str:
    return html.escape(text)
