"""What the search in the browser reads: facts in shards, as scripts that hand over their data.

A script works from a folder (``file://``), where a page may not fetch. The index itself is made in
the browser, in slices: the texts are a third of its size, and only who searches loads them.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from nam_flash.deck import Place

#: Facts in one shard: some 150 kB of text, compressed a fifth of it.
SHARD: Final = 500

_TAG: Final = re.compile(r"<[^>]*>")
_BREAK: Final = re.compile(r"</?(?:div|p|li|td|th|tr|br|caption)\b[^>]*>")


class Entry(NamedTuple):
    """A fact as the search knows it: texts without markup; ``tags`` are whole tags."""

    id: str
    prompt: str
    answers: str
    more: str
    tags: tuple[str, ...]
    level: str
    kind: str
    cards: int


def plain(markup: str) -> str:
    """Return the text of safe HTML, on one line."""
    return " ".join(html.unescape(_TAG.sub("", _BREAK.sub(" ", markup))).split())


def shards(entries: Sequence[Entry], topics: Iterable[Place]) -> dict[str, bytes]:
    """Return the files of the search by name.

    Each calls ``namFlashSearch`` with an object: ``facts`` (rows as in `Entry`, tags by number),
    and in the first also ``tags`` (tag, how the filter names it), ``total`` and ``shards``.
    """
    named = {place.tag: "\u2002" * (len(place.names) - 1) + place.names[-1] for place in topics}
    own = dict.fromkeys(tag for entry in entries for tag in entry.tags if tag not in named)
    labels = named | {tag: tag.replace("::", " › ").replace("_", " ") for tag in own}
    number = {tag: i for i, tag in enumerate(labels)}
    parts = [entries[i : i + SHARD] for i in range(0, len(entries), SHARD)] or [()]
    files = {}
    for i, part in enumerate(parts):
        data: dict[str, object] = {"facts": list(_rows(part, number))}
        if not i:
            data |= {"tags": list(labels.items()), "total": len(entries), "shards": len(parts)}
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        files[f"search/{i}.js"] = f"namFlashSearch({text})\n".encode()
    return files


def _rows(entries: Iterable[Entry], number: dict[str, int]) -> Iterator[list[object]]:
    for entry in entries:
        yield [*entry[:4], [number[tag] for tag in entry.tags], *entry[5:]]
