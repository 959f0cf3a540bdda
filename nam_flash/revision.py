"""A git revision of the folder here -> its ``cards`` and ``decks`` in another folder.

The only place that calls git. What it writes is a copy: neither the repository nor the files here
are touched.
"""

import io
import subprocess
import zipfile
from pathlib import Path


class RevisionError(Exception):
    """There is no git, no repository or no such revision; the message says which."""


def extract(revision: str, folder: Path) -> int:
    """Write ``cards`` and ``decks`` of a revision into a folder; return when it was committed.

    ``revision`` is anything that git takes for a commit (tag, branch, hash, ``HEAD~3``); the time
    is in Unix seconds. Raises RevisionError.
    """
    # A name that begins with "-" must not become an option of git.
    commit = _git(
        ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"],
        f"no file or folder {revision!r}, and git knows no such revision here",
    )
    name = commit.decode().strip()
    files = _git(
        ["archive", "--format=zip", name, "--", "cards", "decks"],
        f"the revision {revision!r} has no cards and decks here",
    )
    with zipfile.ZipFile(io.BytesIO(files)) as archive:
        archive.extractall(folder)
    time = _git(["show", "--no-patch", "--format=%ct", name], f"no time of {revision!r}")
    return int(time)


def _git(arguments: list[str], message: str) -> bytes:
    """Return what git prints; raise RevisionError with the message, and what git says."""
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, check=False)
    except FileNotFoundError as error:
        raise RevisionError(f"{message}: git is not installed") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise RevisionError(f"{message} ({said[-1]})" if said else message)
    return done.stdout
