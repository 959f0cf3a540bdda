"""``nam-flash schema``."""

from pathlib import Path

import click

from nam_flash.cli.input import input_options


@click.command()
@click.argument("name", metavar="[NAME]", required=False)
@click.option(
    "--write",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write all schemas into this folder.",
)
@input_options
def schema(name: str | None, folder: Path | None, cards: Path | None, recipe: Path | None) -> None:
    """Print the JSON Schema of a kind of file, for editors: facts, sources, glossary and so on.

    Editors with yaml-language-server (VS Code, Neovim, Emacs ...) complete and validate a file
    whose first line is `# yaml-language-server: $schema=schema/facts.json`. The topics, the
    sources and the figures of the fact base are offered for completion.

    \b
    Examples:
      nam-flash schema facts
      nam-flash schema --write cards/schema
    """
    from nam_flash.schema import SCHEMAS, render
    from nam_flash.workspace import find, write

    names = [file.removesuffix(".json") for file in SCHEMAS]
    if (name is None) == (folder is None):
        raise click.UsageError(f"Give a name ({', '.join(names)}) or --write FOLDER")
    if name is not None and name not in names:
        raise click.UsageError(f"No schema {name!r}. One of: {', '.join(names)}")
    workspace = find(cards, recipe, None, [])
    known = completions(workspace.cards) if workspace else {}
    if folder is None:
        click.echo(render(f"{name}.json", known), nl=False)
        return
    write({folder / file: render(file, known).encode() for file in SCHEMAS})
    for file in SCHEMAS:
        click.echo(folder / file)


def completions(cards: Path) -> dict[str, list[str]]:
    """Return what editors can complete in a folder of cards: topics, sources and figures."""
    from nam_flash.load import load

    library, _ = load(cards)
    topic = "a topic such as 'antibodies/anti-hmgcr'"
    source = "the id of a source, such as 'mammen2011'"
    figure = "the id of a figure, such as 'ck-ladder'"
    return {
        topic: list(library.topics),
        source: list(library.sources),
        figure: list(library.figures),
    }
