"""The documentation is true: its commands run, its examples build, its links lead somewhere, and
nothing that the tool has is left out.

A ``console`` block holds commands (``$ ...``), each with its output or without. ``...`` in the
output stands for anything. ``console error`` expects exit code 1 of the block's last command.
Each block starts in the page's folder; ``cd`` holds until its end.
A ``yaml NAME`` or ``svg NAME`` block is a file of that name for the commands that follow on its page; a ``yaml``
block without a name, when it is a list of facts, must have no problem.
"""

import gc
import os
import re
import runpy
import shlex
import shutil
import signal
import subprocess
import sys
import time
import tomllib
import types
import typing
import urllib.request
from collections.abc import Iterator
from contextlib import chdir, closing
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin

import click
import pytest
from click.testing import CliRunner

from nam_flash.cli import COMMANDS, main
from nam_flash.exchange import FactBase as Exchange
from nam_flash.fact import Abbreviation, Fact, Figure, SourceFile, Taxonomy
from nam_flash.kinds import KINDS, AnyFact
from nam_flash.lock import Lock, parse_lock
from nam_flash.overlay import Module
from nam_flash.problem import CODES
from nam_flash.recipe import Recipe, read_recipe
from nam_flash.rules import RULES, lint
from nam_flash.rules.study import Study
from nam_flash.schema import SCHEMAS
from tests.conftest import NOW, FactBase, pack
from tests.test_architecture import HOMES, ORDER
from tests.test_architecture import PACKAGE as CODE
from tests.test_updates import FACTS, Learner

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    str(path.relative_to(ROOT))
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"))
)  # fmt: skip
#: Written by docs/rules.py; its examples are tested with the rules.
RULES_PAGE = "docs/rules.md"


# Reading pages


class Fence(NamedTuple):
    """A fenced block: ```` ```language info ````."""

    page: str
    line: int
    language: str
    info: str
    text: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


class Step(NamedTuple):
    """A command of a console block with the output that the page shows."""

    place: str
    command: str
    output: str
    code: int


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def fences(page: str) -> list[Fence]:
    text = text_of(page)
    return [
        Fence(page, text.count("\n", 0, match.start()) + 1, *match.groups())
        for match in re.finditer(r"^```(\w*) ?([^\n]*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    ]


def prose(page: str) -> str:
    """The page without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", text_of(page), flags=re.DOTALL | re.MULTILINE)


def steps(fence: Fence) -> list[Step]:
    if fence.language not in ("console", "sh"):
        return []
    found: list[Step] = []
    for number, line in enumerate(fence.text.splitlines(), start=fence.line + 1):
        if line.startswith("$ "):
            found.append(Step(f"{fence.page}:{number}", line[2:], "", 0))
        else:
            assert found, f"{fence}: output before the first command"
            found[-1] = found[-1]._replace(output=f"{found[-1].output}{line}\n")
    assert fence.info in ("", "error"), f"{fence}: {fence.info}"
    if fence.info == "error":
        found[-1] = found[-1]._replace(code=1)
    return found


def section(page: str, heading: str) -> str:
    """The text under a heading, up to the next heading of any level."""
    parts = re.split(r"^#+ +(.*)$", text_of(page), flags=re.MULTILINE)
    (found,) = (
        text for name, text in zip(parts[1::2], parts[2::2], strict=True) if name == heading
    )
    return found


def rows(text: str) -> list[list[str]]:
    """The cells of all table rows in a text, without heads and rules."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    rule = [i for i, row in enumerate(cells) if set("".join(row)) <= set("-: ")]
    return [row for i, row in enumerate(cells) if i not in rule and i + 1 not in rule]


# Commands


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped facts, built once."""
    folder = tmp_path_factory.mktemp("shipped")
    shutil.copytree(ROOT / "cards", folder / "cards")
    (folder / "decks").mkdir()
    for path in (ROOT / "decks").glob("nam.[yl]*"):
        shutil.copy(path, folder / "decks")
    with chdir(folder):
        run(Step("the shipped facts", "nam-flash build", "", 0))
    return folder


@pytest.mark.parametrize("page", PAGES)
def test_commands_do_what_the_page_says(
    page: str, tmp_path: Path, shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Commands run in a folder of the page's own files; where it has none, in the shipped facts.

    The clock is that of the newest shipped note: facts that grow old are for the editors to see.
    """
    lock, _ = parse_lock("", (shipped / "decks" / "nam.lock").read_text(encoding="utf-8"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(max(e.mod for e in lock.notes.values())))
    named = [fence for fence in fences(page) if fence.language in ("yaml", "svg") and fence.info]
    for fence in fences(page):
        with chdir(tmp_path if named else shipped):
            if fence in named:
                Path(fence.info).parent.mkdir(parents=True, exist_ok=True)
                Path(fence.info).write_text(fence.text, encoding="utf-8")
            for step in steps(fence):
                PROGRAMS.get(step.command.split()[0], run_nothing)(step)


def run(step: Step) -> None:
    if step.command.startswith("nam-flash preview"):
        run_until_interrupted(step)
        return
    try:
        result = CliRunner().invoke(main, shlex.split(step.command)[1:], prog_name="nam-flash")
    finally:
        gc.enable()  # the command line leaves it disabled, for speed
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == step.code, f"{step.place}: {step.command}\n{result.output}"
    if step.output:
        prints(step, result.output)


def prints(step: Step, output: str) -> None:
    pattern = re.escape(step.output)
    pattern = re.sub(r"(?m)^\\\.\\\.\\\.\\\n", "(?s:.*\n)?", pattern)
    pattern = pattern.replace(r"\.\.\.", r"[^\n]*")
    assert re.fullmatch(pattern, output), f"{step.place}: it prints\n{output}"


def run_until_interrupted(step: Step) -> None:
    """A command that runs until Ctrl-C runs as a process of its own: it serves a page, and ends."""
    program = [sys.executable, "-m", "nam_flash", *shlex.split(step.command)[1:]]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )
    assert process.stdout is not None
    try:
        first = process.stdout.readline()
        with urllib.request.urlopen(first.split()[0]) as response:
            assert b"flashcards" in response.read()
    finally:
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate(timeout=60)
    assert process.returncode == step.code, f"{step.place}: {step.command}\n{errors}"
    prints(step, first + rest)


def run_make(step: Step) -> None:
    """The Makefile has the targets, and says what they are for."""
    for target in step.command.split()[1:]:
        assert re.search(rf"^{target}:.*## ", text_of("Makefile"), re.MULTILINE), step


def run_pipx(step: Step) -> None:
    """What is installed is this folder or its wheel, with extras that exist."""
    _, verb, what = shlex.split(step.command)
    match = re.fullmatch(r"(?:\.|dist/nam_flash-.*\.whl)(?:\[(\w+)\])?", what)
    assert verb == "install", step
    assert match, step
    extras = project()["project"]["optional-dependencies"]
    assert match[1] is None or match[1] in extras, step


def run_cd(step: Step) -> None:
    os.chdir(step.command.removeprefix("cd "))


def run_nothing(step: Step) -> None:
    """Of other programs, the tools must be those of the checkout and the files must exist."""
    program, *arguments = shlex.split(step.command)
    tools = {re.split(r"[^\w-]", name)[0] for name in project()["dependency-groups"]["dev"]}
    if program.startswith(".venv/bin/"):
        assert program.removeprefix(".venv/bin/") in {"python", *tools}, step
    for argument in arguments:
        if argument.endswith(".py"):
            assert (ROOT / argument).exists(), step


PROGRAMS = {"nam-flash": run, "cd": run_cd, "make": run_make, "pipx": run_pipx}


def project() -> dict[str, Any]:
    return tomllib.loads(text_of("pyproject.toml"))


# Facts


@pytest.mark.parametrize("page", sorted({*PAGES} - {RULES_PAGE}))
def test_facts_are_good(page: str, base: FactBase) -> None:
    """Facts without a file's name are built on the taxonomy and sources of docs/facts.md.

    They keep the rules too; only company (NF119) is not asked of an example.
    """
    for fence in fences("docs/facts.md"):
        if fence.info.startswith("cards/"):
            base.write(fence.text, fence.info.removeprefix("cards/"))
        elif fence.language == "yaml" and fence.info.startswith("decks/"):
            base.recipe.write_text(fence.text, encoding="utf-8")
    facts = [
        fence
        for fence in fences(page)
        if fence.language == "yaml" and not fence.info and "\n  kind: " in fence.text
    ]
    for fence in facts:
        base.write(fence.text, f"line-{fence.line}.yaml")
    if facts:
        found = lint(Study(base.load()[0], Lock(), NOW), (r for r in RULES if r.code != "NF119"))
        assert [str(problem) for problem in (*base.problems(), *found)] == []


def test_every_kind_has_an_example() -> None:
    named = [fence for fence in fences("docs/instructors.md") if fence.language == "yaml"]
    text = "".join(fence.text for fence in named)
    assert set(re.findall(r"^  kind: (\w+)$", text, re.MULTILINE)) == set(KINDS)


def test_markdown_becomes_what_the_table_shows(base: FactBase) -> None:
    (base.cards / "glossary.yaml").unlink()
    table = rows(section("docs/instructors.md", "Text"))
    assert len(table) > 5
    fact = "- {{id: f-{}, kind: basic, topic: first, level: core, cite: [smith2020],"
    fact += " question: Q?, answer: '{}'}}\n"
    base.write("".join(fact.format(i, row[0].strip("`")) for i, row in enumerate(table)))
    shown = [note.value("Answer") for note in base.build().deck.notes]
    assert shown == [row[1] for row in table]


# References that cannot go stale


def shapes() -> dict[str, type]:
    """Every dataclass that a YAML file is read into, by its heading."""
    found: dict[str, type] = {"Fact": Fact}
    todo: list[Any] = [
        *KINDS.values(),
        Taxonomy,
        SourceFile,
        Abbreviation,
        Recipe,
        Module,
        Exchange,
        Figure,
    ]
    while todo:
        shape = todo.pop()
        if not (isinstance(shape, type) and is_dataclass(shape)):
            todo += [arg for arg in get_args(shape) if arg is not types.NoneType]
        elif heading(shape) not in found:
            found[heading(shape)] = shape
            hints = typing.get_type_hints(shape, include_extras=True)
            todo += [hints[field.name] for field in fields(shape) if field.name != "origin"]
    return found


def heading(shape: type) -> str:
    return re.sub(r"(?<=[a-z])[A-Z]", lambda m: f" {m[0].lower()}", shape.__name__)


def table_of(shape: Any) -> list[list[str]]:
    """The table of a dataclass: key, form, whether it must be there, and its manual."""
    hints = typing.get_type_hints(shape, include_extras=True)
    common = {field.name for field in fields(Fact)} if shape is not Fact else {"origin"}
    return [
        [
            f"`{field.metadata.get('key', field.name)}`",
            form(hints[field.name]),
            "yes" if field.default is MISSING and field.default_factory is MISSING else "",
            field.metadata["doc"],
        ]
        for field in fields(shape)
        if field.name != "origin" and not (issubclass(shape, Fact) and field.name in common)
    ]


def form(shape: Any) -> str:
    """What a value looks like, in words; examples of the forms stand at the head of the page."""
    origin, args = get_origin(shape), get_args(shape)
    if shape == AnyFact:
        return "[fact](#fact)"
    if origin is Annotated:
        return re.split(",? such as |: ", args[1].name)[0]
    if origin is Literal:
        return ", ".join(f"`{choice}`" for choice in args)
    if origin is tuple:
        return f"list: {form(args[0])}"
    if origin is dict:
        return f"mapping: {form(args[0])} → {form(args[1])}"
    if origin is types.UnionType:
        return form(args[0])
    if is_dataclass(shape):
        name = heading(typing.cast("type", shape)).lower()
        return f"[{name}](#{name.replace(' ', '-')})"
    return {str: "a text", int: "a whole number", bool: "`true`, `false`"}[shape]


@pytest.mark.parametrize("name", shapes())
def test_every_key_is_documented(name: str) -> None:
    expected = table_of(shapes()[name])
    lines = "\n".join(f"| {' | '.join(row)} |" for row in expected)
    text = section("docs/facts.md", name)
    assert rows(text) == expected, f"the table should be\n{lines}"
    if short := getattr(shapes()[name], "SHORT", ""):
        assert f"bare text is its `{short}`" in text


def test_the_page_of_rules_is_current() -> None:
    render = runpy.run_path(str(ROOT / "docs" / "rules.py"))["render"]
    assert text_of(RULES_PAGE) == render(), "run: python docs/rules.py"


def test_every_problem_code_is_documented() -> None:
    table = rows(text_of(RULES_PAGE).split("\n## ")[0])
    assert {row[0][1:6]: row[1] for row in table} == CODES
    begins = [
        row[0].strip("`").rstrip("x") for row in rows(section("docs/facts.md", "Problem codes"))
    ]
    assert all(sum(code.startswith(begin) for begin in begins) == 1 for code in CODES)


def test_pages_name_no_problem_code_that_is_none() -> None:
    text = "".join(text_of(page) for page in PAGES)
    assert set(re.findall(r"\bNF\d{3}\b", text)) <= set(CODES)


def test_every_schema_is_documented() -> None:
    table = rows(section("docs/facts.md", "Schemas"))
    assert [[row[0].strip("`"), row[1]] for row in table] == [
        [name, title] for name, (title, _) in SCHEMAS.items()
    ]
    text = "".join(text_of(page) for page in PAGES)
    named = set(re.findall(r"\$schema=[./\w]*?(\w+\.json)", text))
    assert named == set(SCHEMAS) - {"export.json"}  # no file that a person edits


def test_the_hook_has_the_documented_name() -> None:
    (name,) = set(re.findall(r"^ *- id: (nam-flash-\S+)$", text_of("docs/instructors.md"), re.M))
    assert f"- id: {name}\n" in text_of(".pre-commit-hooks.yaml")


def test_every_command_is_documented() -> None:
    expected = [
        [f"`nam-flash {name}`", text]
        for commands in COMMANDS.values()
        for name, (_, text) in commands.items()
    ]
    assert rows(section("README.md", "Commands")) == expected


OPTION = "--[a-z]+(?:-[a-z]+)*"


def test_every_option_is_documented_and_no_other() -> None:
    """Every long option stands on a page, and every option after ``nam-flash`` exists."""
    text = "".join(text_of(page) for page in PAGES)
    commands = [command_named(name) for names in COMMANDS.values() for name in names]
    known = {opt for command in commands for p in command.params for opt in p.opts}
    assert {opt for opt in known if opt.startswith("--")} <= set(re.findall(OPTION, text))
    used = {
        option
        for command in re.findall(r"nam-flash [^`\n]*", text)
        for option in re.findall(rf"(?<=\s)(?:{OPTION}|-[a-z]\b)", command)
    }
    assert used - {"--help"} <= known


@pytest.mark.parametrize(
    ("option", "before"),
    [("--json", "`--json` is also there for "), ("--with", "These commands take `--with`: ")],
)
def test_options_are_where_the_page_says(option: str, before: str) -> None:
    text = text_of("docs/instructors.md").split(before)[1].split(".")[0]
    names = [name for names in COMMANDS.values() for name in names]
    having = {n for n in names if any(option in p.opts for p in command_named(n).params)}
    assert set(re.findall(r"`(\w+)`", text)) == having - (
        {"check"} if option == "--json" else set()
    )


def command_named(name: str) -> click.Command:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    return command


def test_every_package_is_documented() -> None:
    recipe = read_recipe(ROOT / "decks" / "nam.yaml", [])
    assert recipe is not None
    table = rows(section("README.md", "Packages"))
    assert [row[0] for row in table] == [f"[{p.file}](decks/{p.file})" for p in recipe.packages]
    assert f"## [{recipe.version}]" in text_of("CHANGELOG.md")


def test_the_architecture_page_knows_every_module() -> None:
    names = {path.stem if path.is_file() else path.name for path in CODE.iterdir()} - {"__main__"}
    listed = section("docs/architecture.md", "Import order").split("```")[1]
    assert re.findall(r"\w+", listed.removeprefix("text")) == [
        name for name in ORDER if name in names
    ]
    text = text_of("docs/architecture.md")
    modules = {path.name for path in CODE.glob("*.py")} - {"__init__.py", "__main__.py"}
    packages = {f"{path.parent.name}/" for path in CODE.glob("*/__init__.py")}
    assert {name for name in modules | packages if f"`{name}`" not in text} == set()
    libraries = rows(section("docs/architecture.md", "Libraries"))
    assert {row[0].strip("`"): row[1].strip("`") for row in libraries} == HOMES


# Links


def links() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        text = re.sub(r"`[^`\n]*`", "", prose(page))
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            yield page, target


@pytest.mark.parametrize(("page", "target"), sorted(set(links())))
def test_links_lead_somewhere(page: str, target: str) -> None:
    if target.startswith("https://"):
        return
    name, _, anchor = target.partition("#")
    path = (ROOT / page).parent / name if name else ROOT / page
    if path.suffix == ".apkg":  # built, and named in the recipe
        assert f"file: {path.name}" in text_of("decks/nam.yaml")
        return
    assert path.exists()
    if anchor:
        assert anchor in anchors(path.read_text(encoding="utf-8"))


def anchors(text: str) -> set[str]:
    """The anchors that GitHub makes of headings."""
    text = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    titles = re.findall(r"^#+ +(.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


# What docs/students.md says of Anki


def test_searches_find_cards(tmp_path: Path, shipped: Path) -> None:
    searches = [row[0].strip("`") for row in rows(section("docs/students.md", "Searches"))]
    assert len(searches) > 5
    learner = Learner(tmp_path / "collection.anki2")
    with closing(learner.col) as collection:
        learner.take((shipped / "decks" / "nam.apkg").read_bytes())
        for search in searches:
            found = collection.find_cards(search)
            assert found or "My Notes" in search or "Retired" in search, search


def test_updates_do_to_a_learner_what_the_table_says(base: FactBase, tmp_path: Path) -> None:
    """The rows of the table under Updating, each in Anki."""
    fixed = FACTS.replace("answer: A", "answer: a fix").replace("answer: B", "answer: another")
    learner = Learner(tmp_path / "collection.anki2")
    with closing(learner.col) as collection:
        learner.take(pack(base.write(FACTS).build().deck))
        for key in ("one", "two"):
            note = learner.note(key)
            note["My Notes"] = "remember"
            note.tags.append("mine")
            collection.update_note(note)
            collection.set_user_flag_for_cards(3, [note.cards()[0].id])
        # A fix made before the learner's edit does not arrive.
        assert learner.take(pack(base.write(fixed).build(NOW + 60).deck)) == (0, 0)
        # One made after it replaces fields and tags; flags stay.
        later = base.write(fixed.replace("a fix", "a better fix")).build(int(time.time()) + 60)
        assert learner.take(pack(later.deck)) == (0, 1)
        one, two = learner.note("one"), learner.note("two")
        assert (one["Answer"], one["My Notes"], "mine" in one.tags) == ("a better fix", "", False)
        assert (two["Answer"], two["My Notes"], "mine" in two.tags) == ("B", "remember", True)
        assert [note.cards()[0].flags for note in (one, two)] == [3, 3]
        # A deleted note comes back with the next import.
        collection.remove_notes([one.id])
        assert learner.take(pack(later.deck)) == (1, 0)
