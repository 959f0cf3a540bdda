"""``nam-flash site``."""

from pathlib import Path
from typing import TYPE_CHECKING

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
        downloads, papers = _downloads(loaded, problems)
    except (OSError, UnicodeDecodeError) as error:
        raise click.ClickException(str(error)) from error
    return Extras(text, statements or (), downloads, papers)


def _downloads(
    loaded: Loaded, problems: "list[Problem]"
) -> "tuple[tuple[Download, ...], dict[str, bytes]]":
    """Return the packages and update packs that were built, and what describes them."""
    from nam_flash.manifest import MANIFEST, SUMS, Listed, differences, parse
    from nam_flash.problem import Problem, Where
    from nam_flash.site.extras import Download

    output, module = loaded.workspace.output, loaded.library.module
    if module:
        name = f"{loaded.workspace.stem}.apkg"
        there = [name] if (output / name).exists() else []
        return tuple(Download(n, (output / n).read_bytes(), module.title) for n in there), {}
    titles = {package.file: package.title for package in loaded.recipe.packages}
    rows = tuple(Listed(n, "", 0, 0, 0) for n in titles if (output / n).exists())
    papers = {name: (output / name).read_bytes() for name in (MANIFEST, SUMS)
              if (output / name).exists()}  # fmt: skip
    if MANIFEST in papers:
        rows, found = parse(str(output / MANIFEST), papers[MANIFEST])
        problems += found
    downloads = []
    for row in rows:
        path = output / row.name
        if not path.exists():
            hint = "run `nam-flash build`"
            problems.append(Problem(Where(str(path)), "NF005", "no such file", "a package", hint))
            continue
        data = path.read_bytes()
        if row.sha256:
            where, hint = Where(str(output / MANIFEST)), "run `nam-flash build`"
            problems += (
                Problem(where, "NF014", found, "the files that it lists", hint)
                for found in differences(row, data)
            )
        stem, _, since = row.name.removesuffix(".zip").partition("-update-from-")
        title = titles.get(f"{stem.removesuffix('.apkg')}.apkg", "")
        downloads.append(Download(row.name, data, title, row.notes, row.cards, since))
    return tuple(downloads), papers
