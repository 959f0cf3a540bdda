"""``nam-flash diff``."""

import sys
from pathlib import Path
from typing import Final

import click

from nam_flash.cli.input import status

_LOOK: Final[dict[str, dict[str, object]]] = {
    "title": {"bold": True},
    "cost": {"fg": "red", "bold": True},
    "old": {"fg": "red"},
    "new": {"fg": "green"},
    "soft": {"fg": "cyan"},
}


@click.command()
@click.argument("old", required=False)
@click.argument("new", required=False)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "markdown", "json", "html"]),
    default="text",
    show_default=True,
    help="For a terminal, a wiki, machines, or as one page for a browser.",
)
@click.option("--json", "as_json", is_flag=True, help="Short for --format json.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the report into this file.",
)
def diff(
    old: str | None, new: str | None, format_: str, as_json: bool, output: Path | None
) -> None:
    """List what learners of OLD get with NEW, note by note, and what it would cost them.

    OLD and NEW are packages (.apkg), folders with cards/ and decks/, or revisions of the git
    repository here. OLD is the last release and NEW the folder here, unless you say otherwise. The
    exit code is 1 when something would cost learners progress, or keep a fix from arriving.

    \b
    Examples:
      nam-flash diff
      nam-flash diff HEAD~3 --format html -o changes.html
      nam-flash diff nam-0.1.0.apkg nam-0.2.0.apkg --json
    """
    from nam_flash.cli.given import given, last_release
    from nam_flash.diff import diff as compare
    from nam_flash.diff_report import FORMATS, text
    from nam_flash.workspace import write

    before = given(old) if old else last_release()
    after = given(new or ".")
    status("")
    found = compare(before.edition, after.edition, after.facts)
    name = "json" if as_json else format_
    if output:
        try:
            write({output: FORMATS[name](found).encode()})
        except OSError as error:
            raise click.ClickException(f"{error.filename}: {error.strerror}") from error
    elif name == "text":
        click.echo(text(found, _painted), nl=False)
    else:
        click.echo(FORMATS[name](found), nl=False)
    sys.exit(1 if found.costs else 0)


def _painted(text: str, role: str) -> str:
    return click.style(text, **_LOOK[role])  # type: ignore[arg-type]
