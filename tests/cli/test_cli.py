"""The command line as a person and as a script meet it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nam_flash import __version__
from nam_flash.cli import COMMANDS, main
from nam_flash.problem import CODES
from nam_flash.rules import RULES
from tests.conftest import NOW, FactBase

FACTS = """\
- id: target
  kind: basic
  topic: first/alpha
  level: core
  cite: [smith2020]
  question: Which enzyme is raised in MSA disease?
  answer: CK
  reverse: {question: Which marker?, answer: An antibody}
- id: gap
  kind: cloze
  topic: second
  level: advanced
  cite: [who2021]
  text: A {{c1::hidden}} and a {{c2::second}} word.
"""
BAD = FACTS.replace("topic: second", "topic: secnd").replace("answer: CK", "anser: CK")


@pytest.fixture
def work(base: FactBase, monkeypatch: pytest.MonkeyPatch) -> FactBase:
    """A fact base as the current folder."""
    monkeypatch.chdir(base.folder)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW))
    monkeypatch.setenv("COLUMNS", "100")
    return base.write(FACTS)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, prog_name="nam-flash")


def test_build_writes_the_packages_of_the_recipe_and_the_lock(work: FactBase) -> None:
    result = run("build")
    assert result.exit_code == 0, result.output
    assert re.sub(r"\d+ kB", "N kB", result.stdout).splitlines() == [
        "decks/test.apkg: 2 notes, 4 cards, N kB",
        "decks/test-core.apkg: 1 note, 2 cards, N kB",
    ]
    assert result.stderr == "decks/test.lock: 2 new notes, 2 new note types\n"
    assert sorted(p.name for p in (work.folder / "decks").iterdir()) == [
        "SHA256SUMS", "manifest.json", "test-core.apkg", "test.apkg", "test.lock", "test.yaml",
    ]  # fmt: skip


def test_build_again_changes_no_byte(work: FactBase) -> None:
    work.release("0.1.0")
    work.write(FACTS.replace("answer: CK", "answer: LDH"))
    work.release("0.2.0", NOW + 100)
    run("build")
    assert (work.folder / "decks" / "test-update-from-0.1.0.zip").exists()
    before = {p.name: p.read_bytes() for p in (work.folder / "decks").iterdir()}
    assert run("build").stderr == ""
    assert {p.name: p.read_bytes() for p in (work.folder / "decks").iterdir()} == before


@pytest.mark.parametrize(
    ("options", "name", "notes"),
    [
        (["-o", "mine.apkg"], "mine.apkg", 2),
        (["--level", "core", "-o", "out/core.apkg"], "out/core.apkg", 1),
        (["--topic", "first", "--level", "core"], "decks/test-first-core.apkg", 1),
        (["--kind", "cloze", "--json"], "decks/test-cloze.apkg", 1),
    ],
)
def test_build_of_a_slice(work: FactBase, options: list[str], name: str, notes: int) -> None:
    result = run("build", *options)
    assert result.exit_code == 0, result.output
    assert (work.folder / name).is_file()
    assert not (work.folder / "decks/test.apkg").exists()
    if "--json" in options:
        (package,) = json.loads(result.stdout)["packages"]
        assert (package["path"], package["notes"]) == (name, notes)
    else:
        assert result.stdout.startswith(f"{name}: {notes} note")


def test_locked_fails_when_the_lock_would_change(work: FactBase) -> None:
    assert run("build", "--locked").exit_code == 1
    run("build")
    assert run("build", "--locked").exit_code == 0
    work.write(FACTS.replace("answer: CK", "answer: LDH"))
    before = work.lock.read_bytes()
    result = run("build", "--locked")
    assert result.exit_code == 1
    assert "NF044 stale-lock: 1 changed note;" in result.stderr
    assert work.lock.read_bytes() == before


def test_with_a_problem_nothing_is_written(work: FactBase) -> None:
    run("build")
    before = {p.name: p.read_bytes() for p in (work.folder / "decks").iterdir()}
    work.write(BAD)
    result = run("build")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "cards/facts.yaml:7:3: NF010 unknown-key: 'anser'" in result.stderr
    assert "cards/facts.yaml:11:10: NF023 topic: 'secnd'" in result.stderr
    assert result.stderr.endswith("nothing was written.\n")
    assert {p.name: p.read_bytes() for p in (work.folder / "decks").iterdir()} == before


@pytest.mark.parametrize("command", ["check", "build"])
def test_problems_as_json(work: FactBase, command: str) -> None:
    work.write(BAD)
    result = run(command, "--json")
    assert result.exit_code == 1
    first = json.loads(result.stdout)["problems"][0]
    assert first == {
        "path": "cards/facts.yaml",
        "line": 1,
        "column": 3,
        "code": "NF011",
        "name": "missing-key",
        "found": "no 'answer'",
        "expected": "answer: ...",
        "hint": "",
        "severity": "error",
    }


def test_check_of_the_stages(work: FactBase) -> None:
    result = run("check", "--select", "NF0")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "2 facts, 2 notes, 4 cards: no problem\n"
    work.write(BAD)
    result = run("check", "--select", "NF0")
    assert result.exit_code == 1
    assert [line.strip() for line in result.stdout.splitlines() if " error " in line] == [
        "1:3  error NF011 missing-key",
        "7:3  error NF010 unknown-key",
        "11:10  error NF023 topic",
    ]
    assert "11 |   topic: secnd\n           |          ^\n" in result.stdout
    assert result.stderr.endswith(": 3 errors\n")
    assert not work.lock.exists()


LONG = FACTS.replace("answer: CK", f"answer: {'a long answer ' * 9}")


@pytest.mark.parametrize(
    ("options", "code", "found"),
    [
        ("", 0, True),
        ("--fail-level warning", 1, True),
        ("--select NF101", 0, True),
        ("--select NF101 --fail-level warning", 1, True),
        ("--select NF2", 0, False),
        ("--ignore NF10 --fail-level warning --select NF101", 0, False),
    ],
)
def test_warnings_fail_only_when_asked(
    work: FactBase, options: str, code: int, found: bool
) -> None:
    work.write(LONG)
    result = run("check", *options.split())
    assert result.exit_code == code
    assert ("NF101 answer-too-long" in result.stdout) == found


def test_a_waiver_silences_its_rule_alone_and_may_not_be_idle(work: FactBase) -> None:
    work.write(LONG.replace("level: core", "level: core\n  allow: {NF101: it is a name}", 1))
    assert "NF101" not in run("check").stdout
    work.write(FACTS.replace("level: core", "level: core\n  allow: {NF101: why not}", 1))
    assert "warning NF090 unused-waiver" in run("check").stdout


def test_formats_for_machines(work: FactBase) -> None:
    work.write(BAD)
    select = ("--select", "NF010")
    (problem,) = json.loads(run("check", "--format", "json", *select).stdout)["problems"]
    assert (problem["line"], problem["severity"]) == (7, "error")
    assert run("check", "--format", "github", *select).stdout == (
        "::error file=cards/facts.yaml,line=7,col=3,title=NF010 unknown-key::'anser'; expected one "
        "of kind, id, topic, level, cite, as_of, reviewed, extra, figure, needs, tags, allow, "
        "changes, retired, question, answer, reverse; did you mean 'answer'?\n"
    )
    log = json.loads(run("check", "--format", "sarif", *select).stdout)
    (run_,) = log["runs"]
    (result,) = run_["results"]
    assert log["version"] == "2.1.0"
    assert run_["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "NF010"
    assert result["level"] == "error"
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "cards/facts.yaml"},
        "region": {"startLine": 7, "startColumn": 3},
    }


@pytest.mark.parametrize("rule", [rule.code for rule in RULES])
def test_explain(rule: str) -> None:
    text = run("explain", rule).stdout
    assert text.startswith(f"{rule} {CODES[rule]} (")
    assert "Source:" in text
    assert run("explain", CODES[rule]).stdout == text


def test_explain_lists_all_and_suggests() -> None:
    assert len(run("explain").stdout.splitlines()) == len(RULES)
    result = run("explain", "yes-not")
    assert result.exit_code == 2
    assert "Did you mean 'yes-no'?" in result.stderr


def test_list_in_teaching_order(work: FactBase) -> None:
    result = run("list")
    first = result.stdout.splitlines()[0]
    assert first.split()[:4] == ["target", "basic", "core", "2"]
    rows = json.loads(run("list", "--level", "advanced", "--json").stdout)
    assert rows == [
        {"id": "gap", "kind": "cloze", "level": "advanced", "topic": "second", "cards": 2,
         "prompt": "A [hidden] and a [second] word."}
    ]  # fmt: skip


def test_show(work: FactBase) -> None:
    text = run("show", "target").stdout
    assert "cards/facts.yaml:1:3" in text
    assert "Question: Which enzyme is raised in MSA (myositis-specific antibody) disease?" in text
    assert "https" not in text
    assert "doi:10.1000/muscle.1" in text
    (note,) = json.loads(run("show", "target", "--json").stdout)
    assert (note["guid"], note["cards"]) == ("test:target", 2)
    result = run("show", "traget")
    assert result.exit_code == 1
    assert "did you mean 'target'?" in result.stderr


def test_stats(work: FactBase) -> None:
    numbers = json.loads(run("stats", "--json").stdout)
    assert numbers["totals"]["cards"] == 4
    assert numbers["topic"]["first"] == {"facts": 1, "notes": 1, "cards": 2, "findings": 2}
    assert numbers["sources"] == {"smith2020": 1, "who2021": 1}
    assert "2 facts, 2 notes, 4 cards" in run("stats").stdout


@pytest.mark.parametrize("command", ["list", "show target", "stats"])
def test_browsing_works_with_problems(work: FactBase, command: str) -> None:
    work.write(FACTS.replace("topic: second", "topic: secnd"))
    result = run(*command.split())
    assert result.exit_code == 0
    assert result.stderr == "1 problem; run `nam-flash check`\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("biuld", "No such command 'biuld'. Did you mean 'build'?"),
        ("build --topic frist", "No topic 'frist'. Did you mean 'first'?"),
        ("build --kind clozes", "No kind 'clozes'. Did you mean 'cloze'?"),
        ("build --level easy", "'easy' is not one of 'core', 'advanced'"),
        ("build --cards nowhere", "Directory 'nowhere' does not exist"),
        ("show", "Missing argument 'ID'"),
        ("check --select NF9", "No code begins with 'NF9'"),
        ("completion tcsh", "'tcsh' is not one of"),
    ],
)
def test_usage_errors_exit_with_2(work: FactBase, arguments: str, message: str) -> None:
    result = run(*arguments.split())
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("value", ["tomorrow", "-1", "1.5", "123456789012"])
def test_a_bad_clock_is_a_usage_error(
    work: FactBase, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    assert run("build").exit_code == 2


@pytest.mark.parametrize("name", [name for section in COMMANDS.values() for name in section])
def test_every_command_has_help_with_examples(name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert "Examples:" in result.stdout
    assert f"nam-flash {name}" in result.stdout


def test_help_is_in_sections() -> None:
    text = run("--help").stdout
    positions = [text.index(f"{section}:") for section in COMMANDS]
    assert positions == sorted(positions)


def test_version() -> None:
    assert run("--version").stdout == f"nam-flash {__version__}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script(shell: str) -> None:
    assert "_NAM_FLASH_COMPLETE" in run("completion", shell).stdout


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("nam-flash bu", "build"),
        ("nam-flash show tar", "target"),
        ("nam-flash build --topic first/", "first/alpha"),
        ("nam-flash list --kind cl", "cloze"),
    ],
)
def test_completion(work: FactBase, words: str, expected: str) -> None:
    result = CliRunner(
        env={
            "_NAM_FLASH_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split()) - 1),
        }
    ).invoke(main, prog_name="nam-flash")
    assert f"plain,{expected}" in result.stdout


def test_colour_only_on_a_terminal_and_never_with_no_color(work: FactBase) -> None:
    code = (
        "import pty, os, sys\n"
        "sys.exit(os.waitstatus_to_exitcode(pty.spawn([sys.executable, '-m', 'nam_flash', 'stats'])))"
    )
    outputs = {}
    for name, extra in (("colour", {}), ("none", {"NO_COLOR": "1"})):
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **extra}
        if name == "colour":
            environment.pop("NO_COLOR", None)
        outputs[name] = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, env=environment, check=True,
            stdin=subprocess.DEVNULL, timeout=600,
        ).stdout  # fmt: skip
    assert b"\x1b[1m" in outputs["colour"]
    assert b"\x1b[1m" not in outputs["none"]
    assert "\x1b" not in run("stats").stdout


def test_verify_holds_files_against_their_manifest(work: FactBase) -> None:
    run("build")
    manifest = "decks/manifest.json"
    result = run("verify", "--manifest", manifest)
    assert result.exit_code == 0, result.output
    assert [line for line in result.stdout.splitlines() if ".apkg" in line or "json" in line] == [
        manifest, "decks/test.apkg", "decks/test-core.apkg",
    ]  # fmt: skip
    package = work.folder / "decks" / "test-core.apkg"
    package.write_bytes((work.folder / "decks" / "test.apkg").read_bytes())
    (work.folder / "decks" / "test.apkg").unlink()
    result = run("verify", "--manifest", manifest)
    assert result.exit_code == 1
    assert f"{manifest}: checksums: test.apkg: missing" in result.stderr
    assert f"{manifest}: checksums: test-core.apkg: its SHA-256 is" in result.stderr


def test_verify_needs_something_to_verify() -> None:
    assert run("verify").exit_code == 2
