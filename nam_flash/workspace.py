"""Which cards, recipe and lock a command works on, and where it writes.

In a folder with ``cards/`` that is the folder's own; anywhere else the curated facts that ship
with the tool. The shipped ones are read only: what is built of them goes to ``decks/`` here.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nam_flash.problem import Problem, Where


@dataclass(frozen=True, slots=True)
class Workspace:
    """The places of one run.

    ``lock`` is the one that the run may write if ``own_lock``: the module's, where there is one,
    else that of the base, ``base_lock``. ``stem`` begins the names of packages.
    """

    cards: Path
    recipe: Path
    base_lock: Path
    lock: Path
    output: Path
    own_lock: bool
    stem: str


def find(
    cards: Path | None, recipe: Path | None, module: Path | None, problems: list[Problem]
) -> Workspace | None:
    """Return the places for the options given, or None with a problem appended.

    ``cards`` defaults to ``cards`` here, else to the shipped facts; ``recipe`` to the one YAML
    file in ``decks`` beside the cards. What is built with a ``module`` goes into its folder.
    """
    own = cards is not None or recipe is not None or Path("cards").is_dir()
    base = Path() if own else shipped()
    if cards is None:
        cards = base / "cards"
    if recipe is None:
        folder = cards.parent / "decks"
        found = sorted(folder.glob("*.yaml"))
        if len(found) != 1:
            names = ", ".join(path.name for path in found) or "no recipe"
            hint = "name one with --recipe"
            problems.append(
                Problem(Where(str(folder)), "NF005", names, "one recipe (*.yaml)", hint)
            )
            return None
        recipe = found[0]
    lock = recipe.with_suffix(".lock")
    if module is not None:
        stem = f"{recipe.stem}-{module.resolve().name}"
        return Workspace(cards, recipe, lock, module / "module.lock", module, True, stem)
    output = recipe.parent if own else Path("decks")
    return Workspace(cards, recipe, lock, lock, output, own, recipe.stem)


def shipped() -> Path:
    """Return the folder that holds the shipped ``cards`` and ``decks``."""
    package = Path(__file__).parent
    data = package / "data"
    return data if data.is_dir() else package.parent


def write(files: Mapping[Path, bytes]) -> None:
    """Write all files or none: each beside its place first, then all are moved into place.

    Raises OSError when one cannot be written; what stood there before is then untouched.
    """
    waiting: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
            waiting[temporary] = path
            with temporary.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        for temporary, path in waiting.items():
            temporary.replace(path)
    finally:
        for temporary in waiting:
            temporary.unlink(missing_ok=True)
