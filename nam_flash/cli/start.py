"""``nam-flash new`` and ``nam-flash init``."""

from pathlib import Path

import click

from nam_flash.cli.input import input_options


@click.command()
@click.argument("kind")
@click.option("--id", "id_", default="new-fact", show_default=True, help="The fact's id.")
@click.option("--topic", help="Its topic.  [default: the first of the taxonomy]")
@click.option(
    "--append",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Append the fact to this file instead of printing it.",
)
@input_options
def new(
    kind: str,
    id_: str,
    topic: str | None,
    file: Path | None,
    cards: Path | None,
    recipe: Path | None,
) -> None:
    """Print a well-formed fact of a kind, to be filled in.

    \b
    Examples:
      nam-flash new basic
      nam-flash new comparison --id my-table --topic treatment --append cards/treatment.yaml
    """
    from nam_flash.kinds import KINDS
    from nam_flash.load import load
    from nam_flash.problem import suggest
    from nam_flash.starter import new_fact, slug
    from nam_flash.workspace import find, write

    if kind not in KINDS:
        hint = suggest(kind, KINDS).capitalize() or f"One of: {', '.join(KINDS)}"
        raise click.UsageError(f"No kind {kind!r}. {hint}")
    if slug(id_) != id_:
        raise click.UsageError(f"{id_!r} is no id: lower-case words joined by hyphens")
    workspace = find(cards, recipe, None, [])
    library, _ = load(workspace.cards if workspace else Path("cards"))
    if topic is not None and topic not in library.topics:
        raise click.UsageError(f"No topic {topic!r}. {suggest(topic, library.topics).capitalize()}")
    place = topic or next(iter(library.topics), "topic")
    source = next(iter(library.sources), "source2024")
    figure = next(iter(library.figures), "drawing")
    text = new_fact(kind, id_, place, source, figure=figure)
    if file is None:
        click.echo(text, nl=False)
        return
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    between = "\n" if before and not before.endswith("\n\n") else ""
    write({file: f"{before}{between}{text}".encode()})
    click.echo(f"{file}: {id_}", err=True)


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--name", help="The disease.  [default: the name of the folder]")
def init(folder: Path, name: str | None) -> None:
    """Start a fact base on another disease: it builds at once, and nothing collides with NAM.

    The folder gets taxonomy, sources, glossary, a figure, one fact of each kind and a recipe.

    \b
    Examples:
      nam-flash init myasthenia --name "Myasthenia gravis"
      cd myasthenia && nam-flash build
    """
    from nam_flash.starter import new_base, slug
    from nam_flash.workspace import write

    name = name or folder.resolve().name
    if not slug(name) or not name.isprintable() or set(name) & set(":#'\"{}[]"):
        raise click.UsageError(f"{name!r} is no name for a deck; give one with --name")
    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"{folder} is not empty")
    files = new_base(name)
    write({folder / path: data for path, data in files.items()})
    for path in files:
        click.echo(folder / path)
