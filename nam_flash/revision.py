"""A revision of the git repository here -> its folders, laid out elsewhere."""

import io
import subprocess
import tarfile
from pathlib import Path


class RevisionError(Exception):
    """There is no git, no repository, or no such revision; the text says which."""


def extract(revision: str, folders: tuple[str, ...], here: Path, target: Path) -> None:
    """Write the folders (relative to ``here``) of a revision into ``target``.

    Raises RevisionError with git's own words when that cannot be done.
    """
    command = ["git", "-C", str(here), "archive", "--format=tar", revision, "--", *folders]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError as error:
        raise RevisionError("git is not installed") from error
    if done.returncode:
        words = done.stderr.decode(errors="replace").strip().splitlines()
        raise RevisionError(words[-1] if words else f"git ends with {done.returncode}")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(target, filter="data")
