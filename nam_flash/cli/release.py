"""``nam-flash release``."""

import re
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nam_flash.cli.build import line
from nam_flash.cli.input import (
    Loaded,
    clock,
    fail,
    input_options,
    json_option,
    load_all,
    print_json,
    status,
)

if TYPE_CHECKING:
    from nam_flash.distribution import Distribution
    from nam_flash.kinds import AnyFact
    from nam_flash.problem import Problem

#: Where the package of each release is kept, below the recipe's folder.
RELEASES = "releases"


@click.command()
@click.argument("version")
@input_options
@json_option
def release(version: str, cards: Path | None, recipe: Path | None, as_json: bool) -> None:
    """Make a release: check, build, compare, verify, rehearse; then write all of it or nothing.

    VERSION is its number, such as 0.2.0. It stops at the first doubt: a warning of `check`, a
    change that would cost learners progress, a check in Anki that fails, a learner of the rehearsal
    who loses something. Else it writes the recipe with the version, the lock, packages and update
    packs, manifest and checksums, and the entry in CHANGELOG.md. The first package of the recipe is
    kept in `releases`, to compare the next release with.

    \b
    Examples:
      nam-flash release 0.2.0
    """
    from nam_flash.build import build
    from nam_flash.distribution import distribute
    from nam_flash.lock import released, render_lock
    from nam_flash.release import not_newer, with_version
    from nam_flash.workspace import write

    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        raise click.UsageError(f"{version!r} is no version such as 0.2.0")
    loaded = load_all(cards, recipe)
    workspace, now = loaded.workspace, clock()
    if not workspace.own_lock:
        raise click.UsageError("The shipped facts are released with the tool, not from here")
    if why := not_newer(version, loaded.lock):
        raise click.UsageError(why)
    if now > time.time() + 60:
        # Anki would keep a note that a text file updated today rather than take such a stamp.
        raise click.UsageError("SOURCE_DATE_EPOCH lies in the future; stamps may not")
    status("checking the facts")
    if doubts := _doubts(loaded, version):
        fail(doubts, as_json)

    lock = released(loaded.built.lock, version, now)
    renumbered = replace(loaded.recipe, version=version)
    built, doubts = build(loaded.library, renumbered, lock, workspace.lock, now)
    if doubts:
        fail(doubts, as_json)
    made = distribute(built.deck, renumbered, built.lock, status)
    before = previous(loaded)
    entry = _compared(before, made, {fact.id: fact for fact in loaded.library.facts})
    _proved(before, made)

    date = time.strftime("%Y-%m-%d", time.gmtime(now))
    first = made.artefacts[0]
    kept = workspace.output / RELEASES / f"{Path(first.name).stem}-{version}.apkg"
    files = {workspace.output / name: data for name, data in made.files.items()}
    files[workspace.recipe] = with_version(
        workspace.recipe.read_text("utf-8"), loaded.recipe, version
    ).encode()
    files[workspace.lock] = render_lock(built.lock).encode()
    files[kept] = first.data
    files.update(_notes(workspace.cards.parent, version, date, entry))
    try:
        write(files)
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from error
    status("")
    if as_json:
        print_json({"version": version, "files": [str(path) for path in files]})
        return
    for artefact in made.artefacts:
        click.echo(line(workspace.output / artefact.name, artefact))
    click.echo(f"Release {version} is ready. Commit it, and tag the commit v{version}.", err=True)


def _doubts(loaded: Loaded, version: str) -> "list[Problem]":
    """Return what is wrong with the facts, or with what they say of releases."""
    from nam_flash.problem import in_order
    from nam_flash.release import misdated
    from nam_flash.rules import lint
    from nam_flash.rules.study import Study

    found = lint(Study(loaded.library, loaded.lock, clock()))
    return in_order([*loaded.problems, *found, *misdated(loaded.library, loaded.lock, version)])


def previous(loaded: Loaded) -> Path | None:
    """Return the package of the last release, or None before the first.

    Exits with 1 when it is not where `release` keeps it.
    """
    last = loaded.lock.last_release
    if not last:
        return None
    stem = Path(loaded.recipe.packages[0].file).stem
    path = loaded.workspace.output / RELEASES / f"{stem}-{last}.apkg"
    if not path.is_file():
        raise click.ClickException(
            f"{path}: missing. It is the package of release {last}, which the new one is "
            "compared with; restore it, or put the package that was handed out there"
        )
    return path


def _compared(path: Path | None, made: "Distribution", facts: "dict[str, AnyFact]") -> str:
    """Return the changelog of what the release changes; exit with 1 when it costs progress."""
    from nam_flash.diff import diff
    from nam_flash.diff_report import text
    from nam_flash.diff_report.markdown import changelog
    from nam_flash.edition import read

    if path is None:
        return ""
    status("comparing with the last release")
    old, new = read(path.read_bytes()), read(made.artefacts[0].data)
    if isinstance(old, str) or isinstance(new, str):
        raise click.ClickException(f"{path}: {old if isinstance(old, str) else new}")
    found = diff(old, new, facts)
    if found.costs:
        status("")
        click.echo(text.render(found), err=True, nl=False)
        raise click.ClickException("this would cost learners progress; nothing was written")
    return changelog(found)


def _proved(path: Path | None, made: "Distribution") -> None:
    """Verify every package in Anki, and rehearse the update; exit with 1 at the first doubt."""
    try:
        from nam_flash.rehearse import rehearse
        from nam_flash.rehearse.table import unexplained
        from nam_flash.verify import verify

        reports = [
            verify(artefact.data, artefact.name, status)
            for artefact in made.artefacts
            if artefact.name.endswith(".apkg")
        ]
        doubts = [
            f"{report.file}: {check.name}: {failure}"
            for report in reports
            for check in report.checks
            for failure in check.failures
        ]
        if path is not None and not doubts:
            first = made.artefacts[0]
            last = path.stem.rpartition("-")[2]
            name = f"{Path(first.name).stem}-update-from-{last}.zip"
            rehearsal = rehearse(path.read_bytes(), first.data, made.files.get(name), status=status)
            doubts = [*(f.found for f in rehearsal.faults), *unexplained(rehearsal)]
    except ImportError as error:
        raise click.ClickException(
            f"Anki's backend is missing ({error}). Install the tool again from a checkout, "
            "with its extra: pipx install --force '.[verify]'"
        ) from error
    status("")
    for doubt in doubts:
        click.echo(doubt, err=True)
    if doubts:
        raise click.ClickException("Anki does not take this as it should; nothing was written")


def _notes(folder: Path, version: str, date: str, entry: str) -> dict[Path, bytes]:
    """Return the changelog, and in a checkout of the tool its own number, which is the deck's."""
    from nam_flash.changelog import release as entered

    changelog = folder / "CHANGELOG.md"
    text = changelog.read_text("utf-8") if changelog.exists() else ""
    files = {changelog: entered(text, version, date, entry).encode()}
    tool = folder / "nam_flash" / "__init__.py"
    if tool.exists():
        source = re.sub(
            r'(?m)^(__version__ = )"[^"]*"$', rf'\1"{version}"', tool.read_text("utf-8")
        )
        files[tool] = source.encode()
    return files
