"""``nam-flash sources``."""

import time
from pathlib import Path

import click

from nam_flash.cli.input import (
    clock,
    input_options,
    json_option,
    load_all,
    module_option,
    print_json,
)


@click.command()
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "ama", "csl-json", "bibtex"]),
    default="table",
    show_default=True,
    help="A table by use, a formatted bibliography, or a file for reference managers.",
)
@click.option("--facts", is_flag=True, help="Name the facts that lean on each source.")
@click.option(
    "--weak", is_flag=True, help="Only facts that rest on a single partial or old source."
)
@module_option
@input_options
@json_option
def sources(
    format_: str,
    facts: bool,
    weak: bool,
    module: Path | None,
    cards: Path | None,
    recipe: Path | None,
    as_json: bool,
) -> None:
    """List the works that the facts cite, with how many facts lean on each.

    \b
    Examples:
      nam-flash sources --facts
      nam-flash sources --weak
      nam-flash sources --format bibtex > nam.bib
    """
    from nam_flash import bibliography

    library = load_all(cards, recipe, module).library
    if weak:
        year = time.gmtime(clock()).tm_year
        found = list(bibliography.weak(library, year))
        if as_json:
            print_json(
                [
                    {"fact": f.id, "level": f.level, "source": s.id, "why": why}
                    for f, s, why in found
                ]
            )
        for fact, source, why in () if as_json else found:
            click.echo(f"{fact.id}  {fact.level}  {source.id}: {why}")
        return
    uses = bibliography.uses(library)
    by_id = sorted((use.source for use in uses), key=lambda source: source.id)
    if as_json:
        print_json(
            [
                {**bibliography.csl(use.source), "facts": use.facts, "figures": use.figures}
                for use in uses
            ]
        )
    elif format_ == "csl-json":
        click.echo(bibliography.csl_json(by_id))
    elif format_ == "table":
        for use in uses:
            source = use.source
            line = f"{len(use.facts):3}  {source.id:24}  {source.year}  {source.custom.design:13}"
            click.echo(f"{line}  {source.title}")
            if facts:
                names = [*use.facts, *(f"figure:{id_}" for id_ in use.figures)]
                click.echo(f"     {' '.join(names)}")
    else:
        try:
            if format_ == "bibtex":
                click.echo(bibliography.bibtex(by_id), nl=False)
            else:
                for number, line in enumerate(bibliography.formatted(by_id), start=1):
                    click.echo(f"{number}. {line}")
        except ImportError as error:
            raise click.ClickException(
                f"{error}. Install the tool again from a checkout, with its extra: "
                "pipx install --force '.[sources]'"
            ) from error
