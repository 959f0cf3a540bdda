"""``nam-flash figures``."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nam_flash.cli.input import counted, fail, input_options, json_option, print_json

if TYPE_CHECKING:
    from nam_flash.problem import Problem


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; fail if a figure is not current.")
@input_options
@json_option
def figures(check: bool, cards: Path | None, recipe: Path | None, as_json: bool) -> None:
    """Draw the figures that are made from the facts, into the folder figures of the cards.

    A figure takes its texts and numbers from the facts. When a fact that it needs is gone, is
    retired or no longer says what the figure relies on, that is a problem at the fact's place,
    and nothing is written. --json adds what figures.yaml should say of each figure: title,
    description and sources.

    \b
    Examples:
      nam-flash figures
      nam-flash figures --check
    """
    from nam_flash.figures import FIGURES, drawn
    from nam_flash.load import load
    from nam_flash.problem import in_order
    from nam_flash.workspace import find, write

    problems: list[Problem] = []
    workspace = find(cards, recipe, None, problems)
    if workspace is None:
        fail(problems, as_json)
    if not workspace.own_lock:
        raise click.UsageError("The shipped facts are read only. Run it beside a folder cards/.")
    library, problems = load(workspace.cards)
    # A picture that is missing or not sound is what this command is there to mend.
    problems = [problem for problem in problems if problem.code != "NF025"]
    if problems:
        fail(problems, as_json)
    made = {workspace.cards / "figures" / f"{id_}.svg": drawn(id_, library) for id_ in FIGURES}
    problems = in_order(problem for figure in made.values() for problem in figure.problems)
    if problems:
        fail(problems, as_json)
    files = {path: figure.svg.encode() for path, figure in made.items()}
    stale = [
        path for path, data in files.items() if not path.is_file() or path.read_bytes() != data
    ]
    if not check:
        try:
            write({path: files[path] for path in stale})
        except OSError as error:
            raise click.ClickException(f"{error.filename}: {error.strerror}") from error
    if as_json:
        print_json(
            {
                "figures": [
                    {
                        "id": figure.id,
                        "path": str(path),
                        "current": path not in stale,
                        "title": figure.title,
                        "alt": figure.alt,
                        "cite": figure.cite,
                        "facts": figure.facts,
                    }
                    for path, figure in made.items()
                ]
            }
        )
    else:
        for path in stale:
            click.echo(path)
        if not stale:
            click.echo(f"{counted(len(made), 'figure')}: all current", err=True)
    if check and stale:
        click.secho(f"{counted(len(stale), 'figure')} not current.", err=True, fg="red")
        sys.exit(1)
