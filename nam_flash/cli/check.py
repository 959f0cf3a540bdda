"""``nam-flash check``."""

import sys
from pathlib import Path

import click

from nam_flash.cli.input import counted, input_options, json_option, load_all, print_json


@click.command()
@input_options
@json_option
def check(cards: Path | None, recipe: Path | None, as_json: bool) -> None:
    """Report every problem of the facts at file:line:column. Writes nothing.

    The exit code is 1 when there is a problem.

    \b
    Examples:
      nam-flash check
      nam-flash check --cards my-course/cards --json
    """
    loaded = load_all(cards, recipe)
    problems = loaded.problems
    if as_json:
        print_json({"problems": [problem.as_json() for problem in problems]})
    else:
        for problem in problems:
            click.echo(problem)
        notes = loaded.built.deck.notes
        count = sum(len(note.ords) for note in notes)
        counts = (
            counted(len(loaded.library.facts), "fact"),
            counted(len(notes), "note"),
            counted(count, "card"),
        )
        found = counted(len(problems), "problem") if problems else "no problem"
        click.echo(f"{', '.join(counts)}: {found}", err=True)
    sys.exit(1 if problems else 0)
