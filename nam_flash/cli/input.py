"""What the commands share: options for the input, loading it, and failing on problems."""

import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

if TYPE_CHECKING:
    from nam_flash.build import Built, Kept
    from nam_flash.files import Shelf
    from nam_flash.load import Library
    from nam_flash.lock import Lock
    from nam_flash.problem import Problem
    from nam_flash.recipe import Recipe, Selection
    from nam_flash.workspace import Workspace

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Loaded:
    """All that a command can need of its input, with every problem found on the way."""

    workspace: "Workspace"
    library: "Library"
    recipe: "Recipe"
    lock: "Lock"
    built: "Built"
    problems: "list[Problem]"


def input_options(command: F) -> F:
    """Add ``--cards`` and ``--recipe``."""
    folder = click.Path(exists=True, file_okay=False, path_type=Path)
    file = click.Path(exists=True, dir_okay=False, path_type=Path)
    command = click.option(
        "--recipe", type=file, help="The recipe.  [default: the one in decks/ beside the cards]"
    )(command)
    return click.option(
        "--cards",
        type=folder,
        help="The folder of facts.  [default: cards/, else the shipped ones]",
    )(command)


def module_option(command: F) -> F:
    """Add ``--with``."""
    return click.option(
        "--with",
        "module",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="Lay a local module over the facts: a folder with module.yaml.",
    )(command)


def selection_options(command: F) -> F:
    """Add ``--topic``, ``--level`` and ``--kind``."""
    command = click.option(
        "--kind",
        multiple=True,
        metavar="KIND",
        shell_complete=_complete_kind,
        help="Only this kind of fact (repeatable).",
    )(command)
    command = click.option(
        "--level", multiple=True, type=click.Choice(["core", "advanced"]), help="Only this level."
    )(command)
    return click.option(
        "--topic",
        multiple=True,
        metavar="TOPIC",
        shell_complete=_complete_topic,
        help="Only this topic with its subtopics, such as antibodies (repeatable).",
    )(command)


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")


def load_all(
    cards: Path | None,
    recipe_path: Path | None,
    module: Path | None = None,
    now: int | None = None,
) -> Loaded:
    """Load, build and stamp everything in memory, with a local module over the base if given.

    ``now`` (Unix seconds) stamps what is new or changed, by default the clock's time.

    Exits with 1 when there is not even a recipe or a lock to work with.
    """
    loaded = attempt(cards, recipe_path, module, now)
    if not isinstance(loaded, Loaded):
        fail(loaded)
    return loaded


def attempt(
    cards: Path | None,
    recipe_path: Path | None,
    module: Path | None = None,
    now: int | None = None,
    shelf: "Shelf | None" = None,
    kept: "Kept | None" = None,
) -> "Loaded | list[Problem]":
    """Do what `load_all` does; where it would exit, return the problems.

    ``shelf`` and ``kept`` spare what did not change since they were last used.
    """
    from nam_flash.build import build
    from nam_flash.load import load
    from nam_flash.lock import guard, over, own_part
    from nam_flash.problem import Problem, in_order
    from nam_flash.recipe import read_recipe
    from nam_flash.workspace import find

    problems: list[Problem] = []
    now = clock() if now is None else now
    workspace = find(cards, recipe_path, module, problems)
    if workspace is None:
        return problems
    recipe = read_recipe(workspace.recipe, problems, shelf)
    status("reading facts")
    library, found = load(workspace.cards, None, shelf)
    problems += found
    if recipe is None:
        return in_order(problems)
    base_lock = _lock(workspace.base_lock, problems)
    status("making notes")
    keep = None if module else kept
    built, found = build(library, recipe, base_lock, workspace.base_lock, now, keep)
    problems += found
    lock = base_lock
    if module is not None:
        # What the module does not touch keeps the stamps of the base, as of this run.
        base = built.lock
        status("laying the module over")
        library, found = load(workspace.cards, module, shelf)
        problems += found
        lock = _lock(workspace.lock, problems)
        if library.module is None:
            return in_order(problems)
        namespace, hidden = library.module.namespace, library.module.hide
        problems += guard(lock, workspace.lock, namespace, recipe.name)
        if namespace == recipe.namespace:
            where = library.module.origin.at("namespace")
            expected = "a namespace of its own: the base may use the same id one day"
            problems.append(Problem(where, "NF043", f"{namespace!r}, that of the base", expected))
        both = over(base, lock, hidden)
        built, found = build(library, recipe, both, workspace.lock, now, kept)
        built = replace(built, lock=own_part(built.lock, base, namespace))
        problems += found
    status("")
    return Loaded(workspace, library, recipe, lock, built, in_order(problems))


def _lock(path: Path, problems: "list[Problem]") -> "Lock":
    """Read a lock; where there is none yet, an empty one."""
    from nam_flash.lock import Lock, parse_lock

    if not path.exists():
        return Lock()
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{path}: {error}") from error
    lock, found = parse_lock(str(path), text)
    problems += found
    return lock


def clock() -> int:
    """Return the time in Unix seconds: SOURCE_DATE_EPOCH where set, else now.

    The variable is the convention of reproducible-builds.org.
    """
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not text:
        return int(time.time())
    if not text.isascii() or not text.isdigit() or len(text) > 11:
        raise click.UsageError(f"SOURCE_DATE_EPOCH is {text!r}, not a number of seconds")
    return int(text)


def selection(
    loaded: Loaded, topic: tuple[str, ...], level: tuple[str, ...], kind: tuple[str, ...]
) -> "Selection":
    """Return the selection that the options make; unknown topics and kinds are usage errors."""
    from nam_flash.kinds import KINDS
    from nam_flash.problem import suggest
    from nam_flash.recipe import Selection

    for what, given, known in (
        ("topic", topic, loaded.library.topics),
        ("kind", kind, KINDS),
    ):
        for name in given:
            if name not in known:
                hint = suggest(name, known) or f"One of: {', '.join(known)}"
                raise click.UsageError(f"No {what} {name!r}. {hint.capitalize()}")
    return Selection(level=level, topic=topic, kind=kind)  # type: ignore[arg-type]


def fail(problems: "Iterable[Problem]", as_json: bool = False) -> NoReturn:
    """Print the problems (on stderr; as JSON on stdout) and exit with 1."""
    problems = list(problems)
    status("")
    if as_json:
        print_json({"problems": [problem.as_json() for problem in problems]})
    else:
        for problem in problems:
            click.echo(problem, err=True)
        found = counted(len(problems), "problem")
        click.secho(f"{found}; nothing was written.", err=True, fg="red")
    sys.exit(1)


def print_json(value: object) -> None:
    """Print a value as JSON on stdout."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def counted(count: int, noun: str) -> str:
    """Return ``1 note`` or ``1,200 notes``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def status(text: str) -> None:
    """Show on a terminal what goes on, in a line that the next call replaces."""
    if sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        click.echo(f"\r\x1b[2K{text}{' ...' if text else ''}", err=True, nl=False)


def _complete_topic(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    return [path for path in _library(ctx).topics if path.startswith(incomplete)]


def _complete_kind(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    from nam_flash.kinds import KINDS

    return [kind for kind in KINDS if kind.startswith(incomplete)]


def complete_fact(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Complete the id of a fact."""
    return [fact.id for fact in _library(ctx).facts if fact.id.startswith(incomplete)]


def _library(ctx: click.Context) -> "Library":
    from nam_flash.load import load
    from nam_flash.workspace import find

    module = ctx.params.get("module")
    workspace = find(ctx.params.get("cards"), ctx.params.get("recipe"), module, [])
    return load(workspace.cards if workspace else Path("cards"), module)[0]
