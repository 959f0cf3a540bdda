"""``nam-flash rehearse``."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from nam_flash.cli.input import json_option, print_json, status

if TYPE_CHECKING:
    from nam_flash.rehearse import Report

_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("old", required=False)
@click.argument("new", required=False)
@click.option("--pack", type=_FILE, help="The update pack from OLD to NEW, rehearsed too.")
@click.option("--older", type=_FILE, help="An older package, for who skipped releases.")
@click.option("--older-pack", type=_FILE, help="The update pack from the older package to NEW.")
@json_option
def rehearse(
    old: str | None, new: str | None, pack: Path | None, older: Path | None,
    older_pack: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Rehearse an update: what happens to learners of OLD who import NEW.

    Both are packages (.apkg), folders with cards/ and decks/, or revisions of the git repository
    here. OLD is the last release and NEW the folder here, unless you say otherwise. Of a folder the
    update pack is rehearsed too.

    Simulated learners live in collections of the real Anki: they study, suspend, tag, write, edit,
    move, delete. Then they import the update, and all that they own is compared. A number in the
    table is a limit of Anki that is explained below it; LOST is a fault, and makes the exit code 1.
    Your own Anki is not touched.

    \b
    Examples:
      nam-flash rehearse
      nam-flash rehearse nam-1.1.0.apkg decks/nam.apkg
      nam-flash rehearse nam-1.1.0.apkg decks/nam.apkg --pack nam-update-from-1.1.0.zip --json
    """
    from nam_flash.cli.given import given, here, last_release

    if older_pack is not None and older is None:
        raise click.UsageError("--older-pack needs --older")
    before = given(old if old is not None else last_release())
    after = given(new) if new is not None else here()
    try:
        from nam_flash.rehearse import Older
        from nam_flash.rehearse import rehearse as rehearse_update

        skipped = None
        if older is not None:
            skipped = Older(older.read_bytes(), older_pack.read_bytes() if older_pack else None)
        report = rehearse_update(
            before.package(),
            after.package(),
            pack.read_bytes() if pack else after.pack(before.edition.version),
            skipped,
            status,
        )
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from error
    except ImportError as error:
        raise click.ClickException(
            f"Anki's backend is missing ({error}). Install the tool again from a checkout, "
            "with its extra: pipx install --force '.[verify]'"
        ) from error
    finally:
        status("")
    paths = {
        "old": before.label,
        "new": after.label,
        "older": older,
        "pack": pack,
        "older pack": older_pack,
    }
    faults = [f"{paths[fault.file]}: {fault.found}" for fault in report.faults]
    if as_json:
        print_json(_as_json(report, faults))
    else:
        _print(report)
        for fault in faults:
            click.echo(fault, err=True)
    sys.exit(0 if report.ok else 1)


def _as_json(report: "Report", faults: list[str]) -> dict[str, object]:
    cells = [
        {
            **asdict(cell),
            "verdict": cell.verdict,
            "limits": cell.limits,
            "lost": [finding._asdict() for finding in cell.lost],
            "missing": [finding._asdict() for finding in cell.missing],
        }
        for cell in report.cells
    ]
    limits = [{"name": row.name, "why": row.why, "do": row.do} for row in report.limits]
    return {"ok": report.ok, "faults": faults, "cells": cells, "limits": limits}


def _print(report: "Report") -> None:
    """Print the tables on stdout, and on stderr what no limit explains."""
    from nam_flash.rehearse.table import text, unexplained

    if report.cells:
        click.echo(text(report), nl=False)
    for line in unexplained(report):
        click.echo(line, err=True)
