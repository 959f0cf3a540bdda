"""``nam-flash verify``."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from nam_flash.cli.input import json_option, print_json, status

if TYPE_CHECKING:
    from nam_flash.verify import Check, Report

#: Failures of one check that are printed; `--json` gives all.
_SHOWN: Final = 10


@click.command()
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)  # fmt: skip
@json_option
def verify(files: tuple[Path, ...], as_json: bool) -> None:
    """Prove that Anki takes a package whole: nothing lost, nothing invented.

    Each FILE (.apkg) is imported into an empty collection of the real Anki backend, compared with
    what it holds, rendered card by card and imported again. Your own Anki is not touched. The exit
    code is 1 when a check fails.

    \b
    Examples:
      nam-flash verify decks/nam.apkg
      nam-flash verify decks/*.apkg --json
    """
    from nam_flash.verify import verify as verify_package

    reports = []
    for file in files:
        try:
            report = verify_package(file.read_bytes(), str(file), status)
        except OSError as error:
            raise click.ClickException(f"{file}: {error.strerror}") from error
        except ImportError as error:
            raise click.ClickException(
                f"Anki's backend is missing ({error}). Install the tool again from a checkout, "
                "with its extra: pipx install --force '.[verify]'"
            ) from error
        finally:
            status("")
        reports.append(report)
        if not as_json:
            _print(report)
    if as_json:
        print_json({"reports": [{"ok": report.ok, **asdict(report)} for report in reports]})
    sys.exit(0 if all(report.ok for report in reports) else 1)


def _print(report: "Report") -> None:
    """Print a table of the checks on stdout, and what failed on stderr."""
    click.secho(report.file, bold=True)
    click.echo(f"{'check':14}  checked  result")
    for check in report.checks:
        count = len(check.failures)
        result = click.style(f"{count:,} failed", fg="red") if count else "ok"
        click.echo(f"{check.name:14}  {check.checked:7,}  {result}")
    for check in report.checks:
        for line in _shown(check):
            click.echo(f"{report.file}: {check.name}: {line}", err=True)


def _shown(check: "Check") -> tuple[str, ...]:
    """Return the failures to print, cut short."""
    if len(check.failures) <= _SHOWN:
        return check.failures
    return (*check.failures[:_SHOWN], f"and {len(check.failures) - _SHOWN:,} more")
