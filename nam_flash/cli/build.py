"""``nam-flash build``."""

from pathlib import Path
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from nam_flash.manifest import Artefact


@click.command()
@selection_options
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write one package here instead of those of the recipe.",
)
@click.option("--locked", is_flag=True, help="Fail if the lock would change (for CI).")
@module_option
@input_options
@json_option
def build(
    topic: tuple[str, ...],
    level: tuple[str, ...],
    kind: tuple[str, ...],
    output: Path | None,
    locked: bool,
    module: Path | None,
    cards: Path | None,
    recipe: Path | None,
    as_json: bool,
) -> None:
    """Build the Anki packages from the facts and update the lock.

    With no options this makes every package of the recipe, an update pack for each from every
    earlier release, and a manifest with checksums. Nothing is written when there is any problem.
    --with lays an instructor's own folder over the facts and writes one package and the module's
    own lock into that folder. SOURCE_DATE_EPOCH sets the clock for the stamps of new and changed
    notes.

    \b
    Examples:
      nam-flash build
      nam-flash build --topic antibodies --level core -o mine.apkg
      nam-flash build --with my-course
      nam-flash build --locked
    """
    from nam_flash.build import changes, stale
    from nam_flash.distribution import artefact, distribute
    from nam_flash.export import EXPORTERS
    from nam_flash.lock import render_lock
    from nam_flash.recipe import select
    from nam_flash.workspace import write

    loaded = load_all(cards, recipe, module)
    chosen = selection(loaded, topic, level, kind)
    workspace, built = loaded.workspace, loaded.built
    problems = loaded.problems
    if locked and not problems:
        problems = stale(loaded.lock, built.lock, workspace.lock)
    if problems:
        fail(problems, as_json)
    if output or module or chosen != type(chosen)():
        title = f"{loaded.recipe.name}: {chosen}" if str(chosen) else loaded.recipe.name
        if loaded.library.module:
            title += f" with {loaded.library.module.title}"
        words = [workspace.stem, *chosen.topic, *chosen.kind, *chosen.level]
        path = output or workspace.output / f"{'-'.join(words).replace('/', '-')}.apkg"
        status(f"writing {path.name}")
        deck = select(built.deck, chosen, title)
        if not deck.notes:
            raise click.ClickException(f"{path.name}: no fact is {chosen}")
        made = {path: artefact(deck, EXPORTERS["apkg"](deck, path.stem))}
        papers: dict[str, bytes] = {}
    else:
        whole = distribute(built.deck, loaded.recipe, built.lock, status)
        for package in loaded.recipe.packages:
            if package.file not in whole.files:
                raise click.ClickException(f"{package.file}: no fact is {package.select}")
        made = {workspace.output / a.name: a for a in whole.artefacts}
        papers = whole.papers
    files = {path: a.data for path, a in made.items()}
    files.update({workspace.output / name: data for name, data in papers.items()})
    changed = list(changes(loaded.lock, built.lock))
    if workspace.own_lock:
        files[workspace.lock] = render_lock(built.lock).encode()
    try:
        write(files)
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from error
    status("")
    if as_json:
        rows = [
            {"path": str(path), "notes": a.notes, "cards": a.cards, "bytes": len(a.data)}
            for path, a in made.items()
        ]
        print_json({"packages": rows, "lock": changed})
        return
    for path, a in made.items():
        click.echo(line(path, a))
    if changed and workspace.own_lock:
        click.echo(f"{workspace.lock}: {', '.join(changed)}", err=True)


def line(path: Path, made: "Artefact") -> str:
    """Return what is printed of a file that was made."""
    size = f"{len(made.data) / 1000:,.0f} kB"
    return f"{path}: {counted(made.notes, 'note')}, {counted(made.cards, 'card')}, {size}"
