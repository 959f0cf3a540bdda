"""``nam-flash preview``."""

import gc
import time
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

import click

from nam_flash.cli.input import Loaded, attempt, counted, input_options, module_option
from nam_flash.cli.site import extras, missing

if TYPE_CHECKING:
    from nam_flash.build import Kept
    from nam_flash.files import Shelf
    from nam_flash.preview.studio import Reading, Studio
    from nam_flash.problem import Problem

#: Where the preview is, unless another program is there already.
_PORT = 8642


@click.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), help=f"The port.  [default: {_PORT}, or a free one]"
)
@click.option("--no-open", is_flag=True, help="Do not open a browser.")
@module_option
@input_options
def preview(
    port: int | None, no_open: bool, module: Path | None, cards: Path | None, recipe: Path | None
) -> None:
    """Show the cards in a browser, and again at each save, until Ctrl-C.

    The pages are those of `nam-flash site`. Where a fact has a problem, the problem stands in place
    of its cards, with your line. Only this machine can see the pages, and nothing is written.

    \b
    Examples:
      nam-flash preview
      nam-flash preview --with my-course
      nam-flash preview --port 8080 --no-open
    """
    try:
        from nam_flash.preview.server import Server, changes
    except ImportError as error:
        raise click.ClickException(missing(error)) from error
    from nam_flash.build import Kept
    from nam_flash.files import Shelf
    from nam_flash.preview.studio import Studio
    from nam_flash.workspace import find

    shelf, kept = Shelf(), Kept()
    studio = Studio(partial(_read, cards, recipe, module, shelf, kept))
    _look(studio)
    # The command line leaves the collector off, which suits a short run only. What is loaded by
    # now stays for good, so it need not be looked through again and again.
    gc.freeze()
    gc.enable()
    try:
        server = Server(studio, _PORT if port is None else port)
    except OSError as error:
        if port is not None:
            raise click.ClickException(f"port {port}: {error.strerror}") from error
        server = Server(studio, 0)
    places = find(cards, recipe, module, [])
    given = [places.cards, places.recipe.parent] if places else [Path("cards"), Path("decks")]
    folders = [path for path in (*given, module) if path and path.is_dir()]
    stop = Event()
    Thread(target=server.serve_forever, daemon=True).start()
    click.echo(f"{server.address} shows the cards; Ctrl-C ends it.")
    if not no_open:
        click.launch(server.address)
    try:
        for _ in changes(folders, stop):
            _look(studio)
            server.changed()
    except KeyboardInterrupt:
        pass
    finally:
        stop.set()
        server.shutdown()
        server.server_close()
        click.echo("", err=True)


def _look(studio: "Studio") -> None:
    """Read the disk again, and say on stderr what was found."""
    begin = time.perf_counter()
    problems = studio.look()
    took = f"{(time.perf_counter() - begin) * 1000:,.0f} ms"
    for problem in problems:
        click.echo(problem, err=True)
    found = counted(len(problems), "problem") if problems else "no problem"
    click.echo(f"{time.strftime('%H:%M:%S')} {found} ({took})", err=True)


def _read(
    cards: Path | None, recipe: Path | None, module: Path | None, shelf: "Shelf", kept: "Kept"
) -> "Reading | tuple[Problem, ...]":
    from nam_flash.preview.studio import Reading

    loaded = attempt(cards, recipe, module, shelf=shelf, kept=kept)
    if not isinstance(loaded, Loaded):
        return tuple(loaded)
    problems = list(loaded.problems)
    extra = extras(loaded, problems)
    return Reading(
        loaded.library, loaded.built.deck, extra, tuple(problems), frozenset(shelf.stale)
    )
