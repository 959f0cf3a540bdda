"""``nam-flash export``."""

import json
from pathlib import Path
from typing import Final

import click

from nam_flash.cli.input import (
    counted,
    fail,
    input_options,
    json_option,
    load_all,
    module_option,
    print_json,
    selection,
    selection_options,
    status,
)

#: The formats, written out: help and completion need no exporter. A test compares.
FORMATS: Final = ("text", "crowdanki", "csv", "markdown", "json")

#: The list of what an export wrote into a folder, so that the next one overwrites nothing else.
_LIST: Final = ".nam-flash-export"


@click.command()
@click.argument("format_", metavar="FORMAT", type=click.Choice(FORMATS))
@selection_options
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write into.  [default: decks/<name>-<format>]",
)
@module_option
@input_options
@json_option
def export(
    format_: str,
    topic: tuple[str, ...],
    level: tuple[str, ...],
    kind: tuple[str, ...],
    output: Path | None,
    module: Path | None,
    cards: Path | None,
    recipe: Path | None,
    as_json: bool,
) -> None:
    """Write the facts in another format than Anki's packages, into a folder of its own.

    \b
      text       files that Anki imports as text, one for each note type
      crowdanki  a folder for the add-on CrowdAnki
      csv        a spreadsheet for each note type
      markdown   a page for each topic, to read, print or put in a wiki
      json       everything in one file: sources, topics, glossary, facts and notes

    Nothing is written when there is any problem. The lock stays as it is: new and changed notes
    are stamped by build. A file that no export wrote is never overwritten.

    \b
    Examples:
      nam-flash export markdown
      nam-flash export csv --topic antibodies --level core -o antibodies
      nam-flash export json --with my-course
    """
    from nam_flash.export import EXPORTERS
    from nam_flash.recipe import select
    from nam_flash.workspace import write

    loaded = load_all(cards, recipe, module)
    chosen = selection(loaded, topic, level, kind)
    if loaded.problems:
        fail(loaded.problems, as_json)
    title = f"{loaded.recipe.name}: {chosen}" if str(chosen) else loaded.recipe.name
    if loaded.library.module:
        title += f" with {loaded.library.module.title}"
    deck = select(loaded.built.deck, chosen, title)
    if not deck.notes:
        raise click.ClickException(f"no fact is {chosen}")
    workspace = loaded.workspace
    words = [workspace.stem, *chosen.topic, *chosen.kind, *chosen.level]
    stem = "-".join(words).replace("/", "-")
    # Not into a module's own folder, where everything is read.
    folder = output or (Path("decks") if module else workspace.output) / f"{stem}-{format_}"
    status(f"writing {folder}")
    files = {folder / name: data for name, data in EXPORTERS[format_](deck, stem).items()}
    ours = _written(folder)
    foreign = [path for path in files if path.exists() and path not in ours]
    if foreign:
        found = ", ".join(str(path) for path in foreign)
        raise click.ClickException(f"{found}: not written by export. Choose another folder with -o")
    names = sorted(path.relative_to(folder).as_posix() for path in files)
    try:
        write({**files, folder / _LIST: f"{json.dumps(names, indent=1)}\n".encode()})
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from error
    status("")
    left = sorted(path for path in ours - files.keys() if path.exists())
    if as_json:
        rows = [{"path": str(path), "bytes": len(data)} for path, data in files.items()]
        print_json({"files": rows, "left": [str(path) for path in left]})
        return
    for path, data in files.items():
        click.echo(f"{path}: {len(data) / 1000:,.1f} kB")
    if left:
        found = counted(len(left), "file")
        click.echo(f"{found} of an earlier export, not part of this one:", err=True)
    for path in left:
        click.echo(f"  {path}", err=True)


def _written(folder: Path) -> set[Path]:
    """Return the files that an earlier export wrote into a folder."""
    try:
        names = json.loads((folder / _LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return set()
    return {folder / str(name) for name in names} if isinstance(names, list) else set()
