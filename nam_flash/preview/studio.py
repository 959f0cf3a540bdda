"""What the preview shows: the site of the facts as they are on disk now, with their problems.

`Studio.look` reads what changed and builds what follows from it; a page is made when somebody
looks at it. Where a problem breaks a fact, the problem stands in place of its cards.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import Final

from nam_flash.deck import Deck
from nam_flash.load import Library
from nam_flash.problem import Problem
from nam_flash.site.extras import Broken, Editing, Extras, Report
from nam_flash.site.pages import Maker, Site

#: Lines of text longer than this are cut in a report.
_WIDTH: Final = 400


@dataclass(frozen=True, slots=True)
class Reading:
    """What a look at the disk gave: all that could be made, and every problem."""

    library: Library
    deck: Deck
    extras: Extras
    problems: tuple[Problem, ...]
    stale: frozenset[str] = frozenset()


#: Reads and builds; where there is not even a recipe, only the problems.
Read = Callable[[], Reading | tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class _Shown:
    files: Mapping[str, Maker]
    made: dict[str, bytes] = field(default_factory=dict)


class Studio:
    """The site of the moment. Safe to use from several threads."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._last: Reading | None = None
        self._lock = Lock()
        self._shown = _Shown({})

    def look(self) -> tuple[Problem, ...]:
        """Read the disk again, and return the problems."""
        reading = self._read()
        if isinstance(reading, Reading):
            problems = reading.problems
            self._last = reading
        else:  # without a recipe there is no deck: show the last one
            problems = reading
            reading = self._last or _nothing()
            reading = replace(reading, problems=problems)
        extras = replace(reading.extras, editing=editing(reading))
        files = Site(reading.deck, extras).files()
        with self._lock:
            self._shown = _Shown(files)
        return problems

    def page(self, name: str) -> bytes | None:
        """Return a file of the site, None if there is none of that name."""
        with self._lock:
            shown = self._shown
            if name not in shown.files:
                return None
            if name not in shown.made:
                shown.made[name] = shown.files[name]()
            return shown.made[name]


def _nothing() -> Reading:
    library = Library(Path(), "", (), {}, {}, {})
    return Reading(library, Deck("No deck", "", "", "", (), ()), Extras(), ())


def editing(reading: Reading) -> Editing:
    """Return the problems by the facts that they break, and what else the pages must say."""
    library, stale = reading.library, reading.stale
    starts: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for fact in library.facts:
        where = fact.origin.at()
        starts[where.path].append((where.line, fact.id))
    for unread in library.unread:
        starts[unread.where.path].append((unread.where.line, unread.id))
    for places in starts.values():
        places.sort()
    general: list[Report] = []
    reports: dict[str, list[Report]] = defaultdict(list)
    lines: dict[str, list[str]] = {}
    for problem in reading.problems:
        where = problem.where
        places = [] if where.path in stale else starts[where.path]
        i = bisect_right(places, where.line, key=lambda place: place[0])
        id_ = places[i - 1][1] if i and where.line else ""
        report = Report(problem, _line(where.path, where.line, lines))
        (reports[id_] if id_ else general).append(report)
    return Editing(
        general=tuple(general),
        reports={id_: tuple(found) for id_, found in reports.items()},
        broken=tuple(_broken(library, starts)),
        stale=frozenset(fact.id for fact in library.facts if fact.origin.document.path in stale),
    )


def _broken(library: Library, starts: Mapping[str, list[tuple[int, str]]]) -> list[Broken]:
    """Return the facts that could not be read, each after the fact that it follows in its file."""
    known = {fact.id for fact in library.facts}
    found = []
    for unread in library.unread:
        if unread.id and unread.id not in known:
            ids = [id_ for line, id_ in starts[unread.where.path] if line < unread.where.line]
            found.append(Broken(unread.id, unread.topic, ids[-1] if ids else ""))
    return found


def _line(path: str, number: int, lines: dict[str, list[str]]) -> str:
    """Return the author's line, as it is now."""
    if path not in lines:
        try:
            lines[path] = Path(path).read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError):
            lines[path] = []
    text = lines[path]
    return text[number - 1][:_WIDTH] if 0 < number <= len(text) else ""
