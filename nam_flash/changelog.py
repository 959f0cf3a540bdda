"""CHANGELOG.md: what a release changed is added to what its authors wrote.

The form is that of Keep a Changelog 1.1.0 (keepachangelog.com): a heading ``## [1.2.0] - DATE`` for
each release, the newest first, and ``### Added`` and the like below it.
"""

import re
from typing import Final

_NEW: Final = """\
# Changelog

The form is that of [Keep a Changelog](https://keepachangelog.com/en/1.1.0/).
"""
#: A release's heading: its number or "Unreleased", then a date or "unreleased".
_HEADING: Final = re.compile(r"^(## \[?([^\]\s]+)\]?[^\n]*)$", re.MULTILINE)
_SECTION: Final = re.compile(r"^### +(.+?) *$", re.MULTILINE)


def release(text: str, version: str, date: str, made: str) -> str:
    """Return the changelog with the entry of a release, dated, at its top.

    ``text`` may be empty. What stands under ``## [Unreleased]`` or under the version's own heading
    is kept as the beginning of the entry; ``made`` are further sections (``### Added`` ...), each
    of which goes below the one of its name.
    """
    text = text or _NEW
    head, *entries = _HEADING.split(text)
    written, others = [], []
    for heading, name, body in zip(entries[::3], entries[1::3], entries[2::3], strict=True):
        if name.casefold() in ("unreleased", version):
            written.append(body.strip())
        else:
            others.append(f"{heading}\n\n{body.strip()}".rstrip())
    intro, sections = _sections("\n\n".join(written))
    more_intro, more = _sections(made)
    for name, body in more.items():
        sections[name] = "\n".join(part for part in (sections.get(name, ""), body) if part)
    intro = "\n\n".join(part for part in (intro, more_intro) if part)
    parts = [f"## [{version}] - {date}", *([intro] if intro else [])]
    parts += [f"### {name}\n\n{body}" for name, body in sections.items()]
    return "\n\n".join([head.rstrip(), "\n\n".join(parts), *others]) + "\n"


def _sections(body: str) -> tuple[str, dict[str, str]]:
    """Return what stands before the first section, and the sections by name, in order."""
    first, *rest = _SECTION.split(body)
    sections: dict[str, str] = {}
    for name, text in zip(rest[::2], rest[1::2], strict=True):
        sections[name] = "\n".join(p for p in (sections.get(name, ""), text.strip()) if p)
    return first.strip(), sections
