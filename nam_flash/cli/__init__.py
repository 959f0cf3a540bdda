"""The command line: options in, printing and exit codes out. This file is the table of contents.

A command's module is imported when the command runs, so that help and completion stay fast.
"""

import importlib
import os
from typing import Final

import click

from nam_flash import __version__

#: Section -> command -> (where it lives, what the overview says).
COMMANDS: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "Make decks": {
        "build": ("nam_flash.cli.build:build", "Build the Anki packages from the facts."),
        "release": (
            "nam_flash.cli.release:release",
            "Make a release: check, build, compare, verify, rehearse.",
        ),
        "export": (
            "nam_flash.cli.export:export",
            "Write the facts as text, CSV, Markdown, JSON or for CrowdAnki.",
        ),
        "site": ("nam_flash.cli.site:site", "Write a website of the facts, for any host."),
        "verify": ("nam_flash.cli.verify:verify", "Prove a package in the real Anki backend."),
        "diff": ("nam_flash.cli.diff:diff", "Show what an update changes, and what it costs."),
        "rehearse": (
            "nam_flash.cli.rehearse:rehearse",
            "Rehearse an update on simulated learners in the real Anki.",
        ),
    },
    "Write facts": {
        "preview": (
            "nam_flash.cli.preview:preview",
            "Show the cards in a browser while you write.",
        ),
        "check": (
            "nam_flash.cli.check:check",
            "Report every problem of the facts, with its place.",
        ),
        "explain": ("nam_flash.cli.check:explain", "Print the manual of a rule."),
        "new": ("nam_flash.cli.start:new", "Print a fact of a kind, to be filled in."),
        "init": ("nam_flash.cli.start:init", "Start a fact base on another disease."),
        "schema": ("nam_flash.cli.schema:schema", "Print JSON Schema for editors."),
        "figures": ("nam_flash.cli.figures:figures", "Draw the figures that come from the facts."),
    },
    "Browse": {
        "list": ("nam_flash.cli.browse:list_", "List the facts."),
        "show": ("nam_flash.cli.browse:show", "Show one fact with its cards and sources."),
        "sources": ("nam_flash.cli.sources:sources", "List, format and export the sources."),
        "stats": ("nam_flash.cli.browse:stats", "Count cards by topic, kind and level."),
    },
    "Shell": {
        "completion": (
            "nam_flash.cli.completion:completion",
            "Print the shell's completion script.",
        ),
    },
}

_TABLE: Final = {name: row for section in COMMANDS.values() for name, row in section.items()}


class Contents(click.Group):
    """A group that shows its commands by section and imports them when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        return list(_TABLE)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command."""
        if cmd_name not in _TABLE:
            return None
        module, _, name = _TABLE[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, suggesting the nearest one for an unknown name."""
        if args and args[0] not in _TABLE and not args[0].startswith("-"):
            from nam_flash.problem import suggest

            hint = suggest(args[0], _TABLE)
            ctx.fail(f"No such command {args[0]!r}." + (f" {hint.capitalize()}" if hint else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the sections without importing any command."""
        for section, commands in COMMANDS.items():
            with formatter.section(section):
                formatter.write_dl([(name, text) for name, (_, text) in commands.items()])


@click.group(
    cls=Contents,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Run `nam-flash COMMAND --help` for a command's options and examples.",
)
@click.version_option(__version__, "-V", "--version", message="%(prog)s %(version)s")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Cited facts on necrotizing autoimmune myopathy (NAM, IMNM) become Anki decks.

    \b
    Examples:
      nam-flash build                    the decks, into decks/
      nam-flash check                    every mistake in cards/, with file and line
      nam-flash verify decks/nam.apkg    proof that Anki takes it whole
    """
    if "NO_COLOR" in os.environ:
        ctx.color = False
