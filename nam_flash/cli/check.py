"""``nam-flash check`` and ``nam-flash explain``."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from nam_flash.cli.input import clock, counted, input_options, load_all, module_option

if TYPE_CHECKING:
    from nam_flash.problem import Problem
    from nam_flash.rules.rule import Rule

#: What the parts of a report look like on a terminal.
_PAINT: Final[dict[str, dict[str, object]]] = {
    "path": {"bold": True},
    "error": {"fg": "red"},
    "warning": {"fg": "yellow"},
    "mark": {"fg": "cyan"},
}


@click.command()
@click.option(
    "--format",
    "format_",
    type=click.Choice(["pretty", "json", "github", "sarif"]),
    default="pretty",
    show_default=True,
    help="How to print: for people, machines, GitHub's annotations, code scanners.",
)
@click.option("--json", "as_json", is_flag=True, help="Short for --format json.")
@click.option(
    "--select", multiple=True, metavar="CODE", help="Only these codes or beginnings, such as NF1."
)
@click.option("--ignore", multiple=True, metavar="CODE", help="Not these codes or beginnings.")
@click.option(
    "--fail-level",
    type=click.Choice(["error", "warning"]),
    default="error",
    show_default=True,
    help="What makes the exit code 1.",
)
@module_option
@input_options
def check(
    format_: str,
    as_json: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_level: str,
    module: Path | None,
    cards: Path | None,
    recipe: Path | None,
) -> None:
    """Report every problem of the facts at file:line:column. Writes nothing.

    What a build refuses is an error, and so are the gravest findings of the rules, which only this
    command runs; the others are warnings. A fact waives a rule with `allow: {NF101: the reason}`.
    `nam-flash explain CODE` prints a rule's manual.

    \b
    Examples:
      nam-flash check
      nam-flash check --select NF2 --fail-level warning
      nam-flash check --cards my-course/cards --format github
    """
    from nam_flash.report import FORMATS, pretty
    from nam_flash.rules import lint
    from nam_flash.rules.study import Study

    _known((*select, *ignore))
    loaded = load_all(cards, recipe, module)
    study = Study(loaded.library, loaded.lock, clock())
    problems = [
        problem
        for problem in sorted({*loaded.problems, *lint(study)}, key=_place)
        if (not select or problem.code.startswith(select))
        and not (ignore and problem.code.startswith(ignore))
    ]
    if as_json:
        format_ = "json"
    if format_ == "pretty":
        if problems:
            click.echo(pretty(problems, _painted))
        notes = loaded.built.deck.notes
        counts = (
            counted(len(loaded.library.facts), "fact"),
            counted(len(notes), "note"),
            counted(sum(len(note.ords) for note in notes), "card"),
        )
        click.echo(f"{', '.join(counts)}: {summary(problems)}", err=True)
    else:
        text = FORMATS[format_](problems)
        if text:
            click.echo(text)
    failing = {"error"} if fail_level == "error" else {"error", "warning"}
    sys.exit(1 if any(problem.severity in failing for problem in problems) else 0)


@click.command()
@click.argument("code", metavar="[CODE]", required=False)
def explain(code: str | None) -> None:
    """Print the manual of a rule: what it finds, why, and a bad and a good example.

    CODE is a rule's code or name. Without it, all rules are listed.

    \b
    Examples:
      nam-flash explain
      nam-flash explain NF101
      nam-flash explain yes-no
    """
    from nam_flash.problem import suggest
    from nam_flash.rules import BY_CODE, RULES

    if code is None:
        for rule in RULES:
            click.echo(f"{rule.code}  {rule.severity:7}  {rule.name:22}  {rule.summary}")
        return
    names = {rule.name: rule for rule in RULES}
    rule_ = BY_CODE.get(code.upper()) or names.get(code)
    if rule_ is None:
        hint = suggest(code, [*BY_CODE, *names])
        raise click.UsageError(f"No rule {code!r}." + (f" {hint.capitalize()}" if hint else ""))
    click.echo(_manual(rule_))


def _manual(rule: "Rule") -> str:
    heading = f"{rule.code} {rule.name} ({rule.severity})"
    parts = [click.style(heading, bold=True), "", rule.manual.strip()]
    for title, example in (("Bad", rule.bad), ("Good", rule.good)):
        if example:
            body = "\n".join(f"    {line}" for line in example.rstrip().splitlines())
            parts += ["", click.style(f"{title}:", bold=True), "", body]
    return "\n".join(parts)


def summary(problems: "Iterable[Problem]") -> str:
    """Return ``2 errors, 1 warning`` or ``no problem``."""
    counts = {"error": 0, "warning": 0}
    for problem in problems:
        counts[problem.severity] += 1
    return ", ".join(counted(n, what) for what, n in counts.items() if n) or "no problem"


def _known(codes: Iterable[str]) -> None:
    """Refuse codes that no problem has."""
    from nam_flash.problem import CODES

    for code in codes:
        if not any(known.startswith(code) for known in CODES):
            raise click.UsageError(f"No code begins with {code!r}")


def _place(problem: "Problem") -> tuple[object, ...]:
    return (problem.where, problem.code, problem.found)


def _painted(text: str, role: str) -> str:
    return click.style(text, **_PAINT[role])  # type: ignore[arg-type]
