"""Problems -> text: for people, for machines, for GitHub's annotations, for code scanners."""

import json
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from nam_flash import __version__
from nam_flash.problem import Problem
from nam_flash.rules import BY_CODE

#: A line of an author is shown up to here, around the place.
_WIDTH: Final = 100

Style = Callable[[str, str], str]


def plain(text: str, role: str) -> str:
    """Return the text without colour; a terminal's `Style` paints by role instead."""
    return text


def pretty(problems: Iterable[Problem], style: Style = plain) -> str:
    """Return the problems by file, each with the author's line and a mark below the place."""
    lines: list[str] = []
    for path, group in groupby(problems, key=lambda problem: problem.where.path):
        source = _lines(path)
        lines.append(style(path, "path"))
        for problem in group:
            where = problem.where
            place = f"{where.line}:{where.column}" if where.line else ""
            head = style(f"{problem.severity} {problem.code} {problem.name}", problem.severity)
            lines.append(f"  {place:>8}  {head}")
            text = f"{problem.found}; expected {problem.expected}"
            lines.append(f"            {text}{f'; {problem.hint}' if problem.hint else ''}")
            if 0 < where.line <= len(source):
                lines += _excerpt(source[where.line - 1], where.line, where.column, style)
        lines.append("")
    return "\n".join(lines).rstrip("\n")


def _lines(path: str) -> list[str]:
    """Return the lines of a file, none if it cannot be read as text."""
    try:
        return Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return []


def _excerpt(line: str, number: int, column: int, style: Style) -> list[str]:
    """Return the line with its number, and a mark below the column."""
    start = max(0, min(column - 1 - _WIDTH // 2, len(line) - _WIDTH))
    shown = line[start : start + _WIDTH].replace("\t", " ")
    before, after = "…" * (start > 0), "…" * (start + _WIDTH < len(line))
    margin = f"  {number:>8} | "
    mark = " " * (len(margin) - 2) + "| " + " " * (len(before) + column - 1 - start) + "^"
    return [f"{margin}{before}{shown}{after}", style(mark, "mark")]


def as_json(problems: Iterable[Problem]) -> str:
    """Return the problems as a JSON object with the one key ``problems``."""
    return _dump({"problems": [problem.as_json() for problem in problems]})


def github(problems: Iterable[Problem]) -> str:
    """Return GitHub's workflow commands, which annotate the lines of a pull request.

    The form is that of GitHub's "Workflow commands for GitHub Actions".
    """
    lines = []
    for problem in problems:
        where = problem.where
        place = f"file={_escape(where.path, ',:')}"
        if where.line:
            place += f",line={where.line},col={where.column}"
        title = _escape(f"{problem.code} {problem.name}", ",:")
        hint = f"; {problem.hint}" if problem.hint else ""
        text = _escape(f"{problem.found}; expected {problem.expected}{hint}")
        lines.append(f"::{problem.severity} {place},title={title}::{text}")
    return "\n".join(lines)


def _escape(text: str, more: str = "") -> str:
    for sign in "%\r\n" + more:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def sarif(problems: Iterable[Problem]) -> str:
    """Return a SARIF 2.1.0 log (OASIS), which code scanners and editors show."""
    problems = list(problems)
    codes = sorted({problem.code for problem in problems})
    driver = {
        "name": "nam-flash",
        "version": __version__,
        "rules": [_sarif_rule(code) for code in codes],
    }
    results = [_sarif_result(problem, codes.index(problem.code)) for problem in problems]
    return _dump(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{"tool": {"driver": driver}, "results": results}],
        }
    )


def _sarif_rule(code: str) -> Mapping[str, Any]:
    rule = BY_CODE[code]
    return {
        "id": code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.manual.strip()},
    }


def _sarif_result(problem: Problem, index: int) -> Mapping[str, Any]:
    where = problem.where
    physical: dict[str, Any] = {"artifactLocation": {"uri": Path(where.path).as_posix()}}
    if where.line:
        physical["region"] = {"startLine": where.line, "startColumn": where.column}
    hint = f"; {problem.hint}" if problem.hint else ""
    return {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": problem.severity,
        "message": {"text": f"{problem.found}; expected {problem.expected}{hint}"},
        "locations": [{"physicalLocation": physical}],
    }


def _dump(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


#: Format -> function; `pretty` is painted on a terminal.
FORMATS: Final[dict[str, Callable[[Iterable[Problem]], str]]] = {
    "pretty": pretty,
    "json": as_json,
    "github": github,
    "sarif": sarif,
}
