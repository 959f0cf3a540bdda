"""``nam-flash verify``."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from nam_flash.cli.input import fail, json_option, print_json, status

if TYPE_CHECKING:
    from nam_flash.verify import Check, Report

#: Failures of one check that are printed; `--json` gives all.
_SHOWN: Final = 10


@click.command()
@click.argument(
    "files", metavar="[FILE]...", nargs=-1,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)  # fmt: skip
@click.option(
    "--manifest",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Check all files that a manifest lists, beside it, against their checksums.",
)
@json_option
def verify(files: tuple[Path, ...], manifest: Path | None, as_json: bool) -> None:
    """Prove that Anki takes a package whole: nothing lost, nothing invented.

    Each FILE (.apkg) is imported into an empty collection of the real Anki backend, compared with
    what it holds, rendered card by card and imported again. Your own Anki is not touched. The exit
    code is 1 when a check fails.

    \b
    Examples:
      nam-flash verify decks/nam.apkg
      nam-flash verify --manifest decks/manifest.json
      nam-flash verify decks/*.apkg --json
    """
    from nam_flash.verify import verify as verify_package

    if not files and manifest is None:
        raise click.UsageError("Name a package (FILE.apkg) or --manifest FILE")
    reports = []
    if manifest is not None:
        report, listed = _listed(manifest)
        reports.append(report)
        files = (*listed, *(file for file in files if file not in listed))
        if not as_json:
            _print(report)
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


def _listed(manifest: Path) -> "tuple[Report, tuple[Path, ...]]":
    """Return how the files of a manifest differ from it, and the packages among them."""
    from nam_flash.manifest import differences, parse
    from nam_flash.verify import Check, Report

    listed, problems = parse(str(manifest), manifest.read_bytes())
    if problems:
        fail(problems)
    failures: list[str] = []
    packages = []
    for row in listed:
        path = manifest.parent / row.name
        if not path.is_file():
            failures.append(f"{row.name}: missing")
            continue
        failures += differences(row, path.read_bytes())
        if path.suffix == ".apkg":
            packages.append(path)
    report = Report(str(manifest), (Check("checksums", len(listed), tuple(failures)),))
    return report, tuple(packages)


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
