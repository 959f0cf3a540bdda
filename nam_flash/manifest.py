"""What a folder of packages holds, for machines: ``manifest.json`` and ``SHA256SUMS``.

Whoever hands the files on, or gets them, can check that they are whole and whose they are.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import Any, Final

from nam_flash.deck import Deck
from nam_flash.problem import Problem, Where

MANIFEST: Final = "manifest.json"
SUMS: Final = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Artefact:
    """A file to hand out, with the number of notes and cards in it."""

    name: str
    data: bytes
    notes: int
    cards: int

    @property
    def sha256(self) -> str:
        """The SHA-256 of the file, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Listed:
    """What a manifest says of a file."""

    name: str
    sha256: str
    bytes: int
    notes: int
    cards: int


def render(deck: Deck, artefacts: Sequence[Artefact], tools: Mapping[str, str]) -> dict[str, bytes]:
    """Return ``manifest.json`` and ``SHA256SUMS`` of the files that were made of a deck.

    ``tools`` are the versions of the programs that made them, by name.
    """
    manifest = {
        "deck": deck.name,
        "version": deck.version,
        "licence": deck.licence,
        "facts": len({note.fact.id for note in deck.notes}),
        "notes": len(deck.notes),
        "cards": sum(1 for _ in deck.cards()),
        "sources": len(deck.sources),
        "tools": dict(tools),
        "files": [
            asdict(Listed(a.name, a.sha256, len(a.data), a.notes, a.cards)) for a in artefacts
        ],
    }
    text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    sums = {a.name: a.sha256 for a in artefacts}
    sums[MANIFEST] = hashlib.sha256(text.encode()).hexdigest()
    # The form of coreutils' sha256sum, which checks it with `sha256sum -c SHA256SUMS`.
    lines = [f"{digest}  {name}\n" for name, digest in sums.items()]
    return {MANIFEST: text.encode(), SUMS: "".join(lines).encode()}


def parse(path: str, data: bytes) -> tuple[tuple[Listed, ...], list[Problem]]:
    """Return the files that a manifest lists; a manifest that is none is a problem."""
    try:
        manifest: Any = json.loads(data)
        files = tuple(
            Listed(
                str(row["name"]),
                str(row["sha256"]),
                int(row["bytes"]),
                int(row["notes"]),
                int(row["cards"]),
            )
            for row in manifest["files"]
        )
        if astray := [row.name for row in files if PurePath(row.name).name != row.name]:
            raise ValueError(f"{astray[0]!r} is no name of a file")
    except (ValueError, KeyError, TypeError) as error:
        found = f"{type(error).__name__}: {error}"
        return (), [Problem(Where(path), "NF005", found, f"a {MANIFEST} that build wrote")]
    return files, []


def differences(listed: Listed, data: bytes) -> list[str]:
    """Return how a file differs from what the manifest says of it."""
    digest = hashlib.sha256(data).hexdigest()
    found = []
    if len(data) != listed.bytes:
        found.append(f"{listed.name}: {len(data):,} bytes, not {listed.bytes:,}")
    if digest != listed.sha256:
        found.append(f"{listed.name}: its SHA-256 is {digest}, not {listed.sha256}")
    return found
