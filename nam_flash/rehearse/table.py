"""Report -> tables for people: on a terminal, and in the docs."""

from collections.abc import Iterator

from nam_flash.rehearse import Cell, Report
from nam_flash.rehearse.changes import CHANGES
from nam_flash.rehearse.channels import CHANNELS, Channel
from nam_flash.rehearse.limits import LIMITS

#: What a cell says when all was kept and all arrived, and when nothing underwent the change.
_GOOD, _NONE = "ok", "-"


def mark(cell: Cell) -> str:
    """Return what stands in a table for a cell: ok, LOST, or the numbers of limits."""
    if cell.verdict == "lost":
        return "LOST"
    numbers = [str(n) for n, row in enumerate(LIMITS, start=1) if row.name in cell.limits]
    return "+".join(numbers) or _GOOD


def text(report: Report) -> str:
    """Return the verdicts as plain text: a table for each channel, then the limits in them."""
    lines: list[str] = []
    for channel, rows in _tables(report):
        width = max(len(row[0]) for row in rows)
        head = "  ".join(CHANGES)
        lines += [f"{channel}: {CHANNELS[channel]}", f"{'':{width}}  {head}"]
        for name, *marks in rows:
            cells = [f"{m:{len(c)}}" for m, c in zip(marks, CHANGES, strict=True)]
            lines.append(f"{name:{width}}  {'  '.join(cells)}".rstrip())
        lines.append("")
    for number, limit in enumerate(LIMITS, start=1):
        if limit in report.limits:
            lines.append(f"{number} {limit.name}: {limit.why}")
    return "\n".join(lines).rstrip("\n") + "\n"


def markdown(report: Report) -> str:
    """Return the same tables for a page of the docs."""
    lines: list[str] = []
    for channel, rows in _tables(report):
        lines += [f"### By the {channel}", "", f"| learner | {' | '.join(CHANGES)} |"]
        lines.append("|---" * (len(CHANGES) + 1) + "|")
        lines += [f"| {' | '.join(row)} |" for row in rows]
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _tables(report: Report) -> Iterator[tuple[Channel, list[list[str]]]]:
    """Yield each channel with its rows: the learner, then a mark for each class of change."""
    for channel in CHANNELS:
        rows: dict[str, dict[str, str]] = {}
        for cell in report.cells:
            if cell.channel == channel:
                rows.setdefault(cell.learner, {})[cell.change] = mark(cell)
        if rows:
            yield (
                channel,
                [
                    [name, *(marks.get(change, _NONE) for change in CHANGES)]
                    for name, marks in rows.items()
                ],
            )


def unexplained(report: Report, most: int = 5) -> Iterator[str]:
    """Yield a line for all that a learner loses and no limit explains, at most so many a cell."""
    for cell in report.cells:
        for side, findings in (("lost", cell.lost), ("did not arrive", cell.missing)):
            unknown = [finding for finding in findings if not finding.limit]
            place = f"{cell.learner}, {cell.channel}, {cell.change}: {side}"
            for finding in unknown[:most]:
                owner = f" {finding.owner}" if finding.owner else ""
                yield f"{place}: {finding.what}{owner}: {finding.detail}"
            if len(unknown) > most:
                yield f"{place}: and {len(unknown) - most:,} more"
