"""The workflow that releases calls commands that exist, with options that they have."""

import re
import shlex
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from nam_flash.cli import main

ROOT = Path(__file__).parents[1]
WORKFLOW = ROOT / ".github" / "workflows" / "release.yml"


def steps() -> list[dict[str, Any]]:
    workflow: dict[str, Any] = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    (job,) = workflow["jobs"].values()
    found: list[dict[str, Any]] = job["steps"]
    return found


def commands() -> list[list[str]]:
    script = "\n".join(step.get("run", "") for step in steps())
    return [shlex.split(match) for match in re.findall(r"nam-flash [^;\n]+", script)]


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_its_commands_are_understood(command: list[str]) -> None:
    name, *arguments = command[1:]
    context = click.Context(main)
    found = main.get_command(context, name)
    assert found is not None
    known = {option for parameter in found.params for option in parameter.opts}
    assert {word for word in arguments if word.startswith("--")} <= known
    if not any("$" in word for word in arguments):
        found.make_context(name, arguments, parent=context)


def test_it_proves_before_it_publishes() -> None:
    names = [step.get("name") or step["uses"] for step in steps()]
    order = [
        "Check the files that were committed",
        "Rehearse the update from the last release",
        "Make the website, with these files to download",
        "Sign where the files come from",
        "Attach",
    ]
    assert [name for name in names if name in order] == order


def test_it_installs_from_the_pins() -> None:
    (install,) = (step["run"] for step in steps() if "Install" in step.get("name", ""))
    assert "make .venv/ready" in install
    assert ".venv/ready: requirements.txt" in (ROOT / "Makefile").read_text(encoding="utf-8")
