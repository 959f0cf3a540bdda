"""Which cards, recipe and lock a command works on, and where it writes.

In a folder with ``cards/`` that is the folder's own; anywhere else the curated facts that ship
with the tool. The shipped ones are read only: what is built of them goes to ``decks/`` here.
"""

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from nam_flash.problem import Problem, Where

#: In a folder that `publish` has filled: its files with their checksums, as ``sha256sum`` has them.
LIST: Final = "nam-flash.sha256"


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


def write(files: Mapping[Path, bytes], sync: bool = True) -> None:
    """Write all files or none: each beside its place first, then all are moved into place.

    With ``sync`` they are on the disk when it returns, which many small files can do without.
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
                if sync:
                    file.flush()
                    os.fsync(file.fileno())
        for temporary, path in waiting.items():
            temporary.replace(path)
    finally:
        for temporary in waiting:
            temporary.unlink(missing_ok=True)


def publish(folder: Path, files: Mapping[str, bytes]) -> tuple[int, int] | Problem:
    """Make a folder hold these files (by path with ``/``), and its list of them, all or none.

    Returns how many were written, as they are new or changed, and how many of an earlier
    publication were removed. A folder with files that are not of an earlier publication may be
    somebody's work: what would overwrite them, or mix with them, is a problem, and nothing changes.
    Raises OSError when a file cannot be written.
    """
    before = _published(folder)
    present = folder.is_dir() and any(folder.iterdir())
    if folder.exists() and not folder.is_dir():
        return Problem(Where(str(folder)), "NF005", "a file", "a folder for the site")
    if present and before is None:
        hint = "choose another with -o"
        expected = f"an empty folder, or one of an earlier site ({LIST})"
        return Problem(Where(str(folder)), "NF005", "files of somebody else", expected, hint)
    before = before or {}
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    for name in files:
        if name not in before and (folder / name).exists():
            where = Where(str(folder / name))
            return Problem(where, "NF005", "a file of somebody else", "a place for the site's own")
    listed = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
    changed = [
        name for name in files if before.get(name) != sums[name] or not (folder / name).is_file()
    ]
    stale = [name for name in before if name not in files and (folder / name).is_file()]
    if changed or stale or not present:
        new = {folder / name: files[name] for name in changed}
        write(new | {folder / LIST: listed.encode()}, sync=False)
    for name in stale:
        path = folder / name
        path.unlink()
        while (path := path.parent) != folder and not any(path.iterdir()):
            path.rmdir()
    return len(changed), len(stale)


def _published(folder: Path) -> dict[str, str] | None:
    """Return the files of an earlier publication, None if there was none; nothing outside of it."""
    try:
        lines = (folder / LIST).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    found = (re.fullmatch(r"([0-9a-f]{64})  (.+)", line) for line in lines)
    names = {match[2]: match[1] for match in found if match}
    home = folder.resolve()
    return {
        name: digest
        for name, digest in names.items()
        if ".." not in Path(name).parts and (folder / name).resolve().is_relative_to(home)
    }
