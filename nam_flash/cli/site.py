"""``nam-flash site``."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nam_flash.cli.input import (
    Loaded,
    counted,
    fail,
    input_options,
    json_option,
    load_all,
    module_option,
    print_json,
    status,
)

if TYPE_CHECKING:
    from nam_flash.problem import Problem
    from nam_flash.site.extras import Download, Extras


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("site"),
    show_default=True,
    help="The folder to write.",
)
@module_option
@input_options
@json_option
def site(
    output: Path, module: Path | None, cards: Path | None, recipe: Path | None, as_json: bool
) -> None:
    """Write a static website of the facts: cards to turn, tables, search, sources, downloads.

    It works from any host and from the folder itself, without a network. The packages beside the
    recipe are offered for download; run `nam-flash build` first. Files of an earlier site that are
    no longer needed are removed, and no others.

    \b
    Examples:
      nam-flash site
      nam-flash site -o public --with my-course
    """
    from nam_flash.build import changes
    from nam_flash.workspace import publish

    try:
        from nam_flash.site.pages import site as make
    except ImportError as error:
        raise click.ClickException(missing(error)) from error

    loaded = load_all(cards, recipe, module)
    problems = loaded.problems
    extra = extras(loaded, problems)
    if problems:
        fail(problems, as_json)
    status("making pages")
    files = make(loaded.built.deck, extra)
    status("writing pages")
    try:
        done = publish(output, files)
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from error
    if not isinstance(done, tuple):
        fail([done], as_json)
    written, removed = done
    status("")
    late = ", ".join(changes(loaded.lock, loaded.built.lock))
    if as_json:
        sizes = {name: len(data) for name, data in sorted(files.items())}
        print_json(
            {"folder": str(output), "files": sizes, "written": written, "removed": removed,
             "unreleased": late}
        )  # fmt: skip
        return
    size = sum(map(len, files.values()))
    click.echo(
        f"{output / 'index.html'}: {counted(len(files), 'file')}, {size / 1000:,.0f} kB; "
        f"{written:,} written, {removed:,} removed"
    )
    if late and extra.downloads:
        click.echo(
            f"The packages are older than the pages: {late}. Run `nam-flash build`.", err=True
        )


def missing(error: ImportError) -> str:
    """Return what to say when the extra is not installed."""
    return (
        f"A library is missing ({error}). Install the tool again from a checkout, with its extra: "
        "pipx install --force '.[site]'"
    )


def extras(loaded: Loaded, problems: "list[Problem]") -> "Extras":
    """Read what stands beside the facts: changelog, coverage and packages, where they are."""
    from nam_flash.files import read_file
    from nam_flash.site.extras import Extras, Statement

    home = loaded.workspace.cards.parent
    changelog = home / "CHANGELOG.md"
    coverage = home / "docs" / "coverage.yaml"
    statements = read_file(coverage, tuple[Statement, ...], problems) if coverage.exists() else ()
    try:
        text = changelog.read_text(encoding="utf-8") if changelog.exists() else ""
        downloads = tuple(_downloads(loaded, problems))
    except (OSError, UnicodeDecodeError) as error:
        raise click.ClickException(str(error)) from error
    return Extras(loaded.library.glossary, text, statements or (), downloads)


def _downloads(loaded: Loaded, problems: "list[Problem]") -> "list[Download]":
    """Return the packages that were built, with the counts of the list that goes with them."""
    from nam_flash.problem import Problem, Where
    from nam_flash.site.extras import Download

    workspace = loaded.workspace
    if loaded.library.module:
        titles = {f"{workspace.stem}.apkg": loaded.library.module.title}
    else:
        titles = {package.file: package.title for package in loaded.recipe.packages}
    manifest = workspace.output / "manifest.json"
    rows = _rows(manifest, problems)
    downloads = []
    for name, title in titles.items():
        path = workspace.output / name
        if not path.exists():
            continue
        row = rows.get(name, {})
        download = Download(
            name, path.read_bytes(), title, row.get("notes", 0), row.get("cards", 0)
        )
        if row.get("sha256", download.sha256) != download.sha256:
            found, hint = f"another checksum for {name}", "run `nam-flash build`"
            problems.append(Problem(Where(str(manifest)), "NF014", found, download.sha256, hint))
        downloads.append(download)
    return downloads


def _rows(manifest: Path, problems: "list[Problem]") -> dict[str, dict[str, Any]]:
    """Return what the list of packages says of each file, by its name."""
    from nam_flash.problem import Problem, Where

    if not manifest.exists():
        return {}
    try:
        files = json.loads(manifest.read_text(encoding="utf-8"))["files"]
        return {row["name"]: row for row in files}
    except (ValueError, KeyError, TypeError) as error:
        where, found = Where(str(manifest)), f"{type(error).__name__}: {error}"
        problems.append(Problem(where, "NF013", found, "the list that a release writes"))
        return {}
