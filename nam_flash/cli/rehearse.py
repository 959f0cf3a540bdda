"""``nam-flash rehearse``."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from nam_flash.cli.input import json_option, print_json, status

if TYPE_CHECKING:
    from nam_flash.rehearse import Report

#: Losses of one cell that are printed; `--json` gives all.
_SHOWN: Final = 5

_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("old", type=_FILE)
@click.argument("new", type=_FILE)
@click.option("--pack", type=_FILE, help="The update pack from OLD to NEW, rehearsed too.")
@click.option("--older", type=_FILE, help="An older package, for who skipped releases.")
@click.option("--older-pack", type=_FILE, help="The update pack from the older package to NEW.")
@json_option
def rehearse(
    old: Path, new: Path, pack: Path | None, older: Path | None, older_pack: Path | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Rehearse an update: what happens to learners of the package OLD who import NEW.

    Simulated learners live in collections of the real Anki: they study, suspend, tag, write, edit,
    move, delete. Then they import the update, and all that they own is compared. A number in the
    table is a limit of Anki that is explained below it; LOST is a fault, and makes the exit code 1.
    Your own Anki is not touched.

    \b
    Examples:
      nam-flash rehearse nam-1.1.0.apkg decks/nam.apkg
      nam-flash rehearse nam-1.1.0.apkg decks/nam.apkg --pack nam-update-from-1.1.0.zip --json
    """
    from nam_flash.rehearse import Older
    from nam_flash.rehearse import rehearse as rehearse_update

    if older_pack is not None and older is None:
        raise click.UsageError("--older-pack needs --older")
    try:
        skipped = None
        if older is not None:
            skipped = Older(older.read_bytes(), older_pack.read_bytes() if older_pack else None)
        report = rehearse_update(
            old.read_bytes(),
            new.read_bytes(),
            pack.read_bytes() if pack else None,
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
    paths = {"old": old, "new": new, "older": older, "pack": pack, "older pack": older_pack}
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
    from nam_flash.rehearse.table import text

    if report.cells:
        click.echo(text(report), nl=False)
    for cell in report.cells:
        if cell.verdict != "lost":
            continue
        for side, findings in (("lost", cell.lost), ("did not arrive", cell.missing)):
            unknown = [finding for finding in findings if not finding.limit]
            place = f"{cell.learner}, {cell.channel}, {cell.change}: {side}"
            for finding in unknown[:_SHOWN]:
                owner = f" {finding.owner}" if finding.owner else ""
                click.echo(f"{place}: {finding.what}{owner}: {finding.detail}", err=True)
            if len(unknown) > _SHOWN:
                click.echo(f"{place}: and {len(unknown) - _SHOWN:,} more", err=True)
