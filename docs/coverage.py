"""Makes coverage.md: what became of each statement of the article, and of each core claim.

    python docs/coverage.py

The statements stand in coverage.yaml, the claims of the evidence base in evidence.yaml.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

import yaml

HERE = Path(__file__).parent

INTRODUCTION = """\
<!-- Made by `python docs/coverage.py` from coverage.yaml and evidence.yaml: edit those. -->

# Coverage

This project was created from an article on necrotizing autoimmune myopathy (NAM), an overview of \
the disease from its causes to life with it. The tables list what it states, section by section \
and in our own words, with the facts that teach it, in a question, an answer or an explanation, \
and with what the evidence says where the article is imprecise, outdated or open to dispute."""

EVIDENCE = """\
## Evidence

Before the facts were written, claims were gathered from the literature. [evidence.yaml]\
(evidence.yaml) names for each core claim the facts that teach it, or why it was left out."""

#: How the last column begins, by verdict, and how a verdict is counted.
VERDICTS = {
    "taught": ("Supported.", "taught as stated"),
    "corrected": ("", "corrected"),
    "opinion": ("Opinion.", "opinion"),
    "open": ("Not taught.", "not taught"),
}


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of the article; ``why_none`` says why no fact teaches it."""

    section: str
    statement: str
    verdict: Literal["taught", "corrected", "opinion", "open"]
    facts: Sequence[str]
    correction: str = ""
    why_none: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A core claim of the evidence base: taught by facts, or left out for a reason."""

    id: str
    facts: Sequence[str] = ()
    left_out: str = ""


def statements() -> list[Statement]:
    """Read coverage.yaml."""
    return [Statement(**row) for row in yaml.safe_load(text_of("coverage.yaml"))]


def claims() -> list[Claim]:
    """Read evidence.yaml."""
    return [Claim(**row) for row in yaml.safe_load(text_of("evidence.yaml"))]


def render() -> str:
    """Return the text of coverage.md."""
    return "\n\n".join([INTRODUCTION, *article(statements()), EVIDENCE, *evidence(claims())]) + "\n"


def article(rows: Sequence[Statement]) -> Iterator[str]:
    """Yield the counts, then a heading and a table for each section."""
    numbers = [
        [name, *(count(part, verdict) for verdict in VERDICTS), str(len(part))]
        for name, part in [*sections(rows), ("All", rows)]
    ]
    yield table(["section", *(name for _, name in VERDICTS.values()), "statements"], numbers)
    for name, part in sections(rows):
        yield f"## {name}"
        cells = [[row.statement, code(row.facts), verdict_of(row)] for row in part]
        yield table(["statement", "facts", "what the evidence says"], cells)


def evidence(rows: Sequence[Claim]) -> Iterator[str]:
    """Yield the counts and the table of what was left out, the commonest reason first."""
    reasons: dict[str, list[str]] = {}
    for row in rows:
        if row.left_out:
            reasons.setdefault(row.left_out, []).append(row.id)
    left_out = sum(len(ids) for ids in reasons.values())
    yield f"Of {len(rows)} core claims {len(rows) - left_out} are taught and {left_out} left out."
    cells = [
        [reason, str(len(ids)), code(ids)]
        for reason, ids in sorted(reasons.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    yield table(["left out because", "claims", "ids"], cells)


def sections(rows: Sequence[Statement]) -> list[tuple[str, list[Statement]]]:
    """Return the sections in the article's order, each with its rows."""
    return [(name, list(part)) for name, part in groupby(rows, lambda row: row.section)]


def count(rows: Sequence[Statement], verdict: str) -> str:
    """Return how many rows have the verdict."""
    return str(sum(row.verdict == verdict for row in rows))


def verdict_of(row: Statement) -> str:
    """Return the last cell of a row."""
    begin, _ = VERDICTS[row.verdict]
    return " ".join(part for part in (begin, row.correction, row.why_none) if part)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def code(ids: Sequence[str]) -> str:
    """Return the ids as code, or "none"."""
    return ", ".join(f"`{id_}`" for id_ in ids) or "none"


def text_of(name: str) -> str:
    """Return the text of a file beside this one."""
    return (HERE / name).read_text(encoding="utf-8")


if __name__ == "__main__":
    (HERE / "coverage.md").write_text(render(), encoding="utf-8", newline="\n")
