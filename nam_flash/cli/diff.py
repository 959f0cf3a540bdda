"""``nam-flash diff``."""

import sys
from pathlib import Path
from typing import Any, Final

import click

from nam_flash.cli.given import given, here, last_release
from nam_flash.cli.input import status

#: How a terminal paints the roles of `diff_report.text`.
_PAINT: Final[dict[str, dict[str, Any]]] = {
    "title": {"bold": True},
    "key": {"fg": "cyan"},
    "soft": {"dim": True},
    "cost": {"fg": "red", "bold": True},
    "-": {"fg": "red"},
    "+": {"fg": "green"},
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
    help="For a terminal, for a review, for machines, or a page of its own.",
)
@click.option("--json", "as_json", is_flag=True, help="Short for --format json.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file instead of the terminal.",
)
def diff(
    old: str | None, new: str | None, format_: str, as_json: bool, output: Path | None
) -> None:
    """Show what an update changes for learners, with reasons, and what it would cost them.

    OLD and NEW are each a package (.apkg), a folder with cards/ and decks/, or a git revision of
    the folder here. OLD is by default the last release, as `release` keeps it (HEAD before the
    first); NEW is the folder here. Changes are listed note by note, with before
    and after. The exit code is 1 when the update would cost learners progress, or a change would
    not reach them.

    \b
    Examples:
      nam-flash diff
      nam-flash diff v1.0.0 --format html -o changes.html
      nam-flash diff decks/nam-1.0.0.apkg decks/nam.apkg --json
    """
    from nam_flash.diff import diff as compare
    from nam_flash.diff_report import FORMATS, text
    from nam_flash.workspace import write

    before = given(old if old is not None else last_release())
    after = given(new) if new is not None else here()
    status("comparing")
    found = compare(before.edition, after.edition, after.facts, (before.label, after.label))
    format_ = "json" if as_json else format_
    status("")
    if output:
        try:
            write({output: FORMATS[format_](found).encode()})
        except OSError as error:
            raise click.ClickException(f"{error.filename}: {error.strerror}") from error
    elif format_ == "text":
        click.echo(text.render(found, _paint), nl=False)
    else:
        click.echo(FORMATS[format_](found), nl=False)
    sys.exit(1 if found.costs else 0)


def _paint(text: str, role: str) -> str:
    return click.style(text, **_PAINT[role]) if role in _PAINT else text
