"""A timeline of names, criteria and antibodies, true to scale, from 1975 to the last fact."""

from dataclasses import dataclass
from typing import Final

from nam_flash.figures.facts import Facts
from nam_flash.figures.sheet import (
    BLUE,
    LINE,
    MARGIN,
    OCHRE,
    SOFT,
    VIOLET,
    WIDTH,
    Sheet,
    Tone,
    Words,
)

#: The place of the axis, of the texts, and the length of a year.
_AXIS, _TEXT, _YEAR = 66, 106, 11
_CRITERIA: Final = OCHRE
_ANTIBODY: Final = BLUE
_NAME: Final = VIOLET


@dataclass(frozen=True, slots=True)
class _Event:
    """A year with its headline and what follows from it."""

    id: str
    tone: Tone
    year: int
    title: str
    text: str
    facts: tuple[str, ...]


def _events(facts: Facts) -> list[_Event]:
    """Return the events in the order of their years."""
    sets = "foundations-criteria-sets"
    found: list[_Event] = []

    def event(id_: str, tone: Tone, year: int, title: str, text: str) -> None:
        found.append(_Event(id_, tone, year, title, text, tuple(facts.read)))
        facts.read.clear()

    def antibodies(entity: str) -> str:
        return facts.text(sets, "antibodies", entity)

    event(
        "bohan-peter",
        _CRITERIA,
        facts.year(sets, "entities", "bp"),
        facts.label("Bohan and Peter criteria", sets, "entities", "bp", says=("Bohan and Peter",)),
        f"{facts.text(sets, 'scope', 'bp')}; autoantibodies: {antibodies('bp')}",
    )
    event(
        "anti-srp",
        _ANTIBODY,
        facts.year("srp-historical-label", "question"),
        facts.label(
            "anti-SRP described", "srp-historical-label", "question", says=("anti-SRP", "described")
        ),
        f"in patients labelled as {facts.text('srp-historical-label', 'answer')}",
    )
    event(
        "enmc-119",
        _CRITERIA,
        facts.year(sets, "entities", "e03"),
        facts.label("119th ENMC workshop", sets, "entities", "e03"),
        f"IMNM {facts.text(sets, 'imnm', 'e03')} (report "
        f"{facts.year('foundations-split-year', 'answer')})",
    )
    event(
        "anti-200-100",
        _ANTIBODY,
        facts.year("hmgcr-200-100-sera", "text"),
        facts.label(
            "anti-200/100 described", "hmgcr-200-100-sera", "extra", says=("anti-200/100",)
        ),
        "named after proteins of "
        + facts.text("hmgcr-200-100-sera", "text", 1).removeprefix("about "),
    )
    event(
        "anti-hmgcr",
        _ANTIBODY,
        facts.year("hmgcr-100-kda-band", "question"),
        facts.label("anti-HMGCR", "hmgcr-100-kda-band", "answer", says=("HMGCR",)),
        facts.label(
            "the 100-kDa protein turns out to be HMGCR",
            "hmgcr-100-kda-band",
            "question",
            says=("100-kDa", "turn out to be"),
        ),
    )
    event(
        "mayo-nam",
        _NAME,
        facts.year("foundations-imnm-name", "reverse", "question"),
        facts.label(
            "NAM in a Mayo Clinic series",
            "foundations-imnm-name",
            "reverse",
            "question",
            says=("Mayo Clinic series", "means the same disease as IMNM"),
        ),
        facts.text("foundations-imnm-name", "reverse", "answer")
        + " and IMNM mean the same disease",
    )
    event(
        "enmc-224",
        _CRITERIA,
        facts.year(sets, "entities", "e16"),
        facts.label("224th ENMC workshop", sets, "entities", "e16"),
        f"uses the name {facts.text('foundations-imnm-name', 'answer')} and puts it "
        f"{facts.text(sets, 'imnm', 'e16')}",
    )
    event(
        "eular-acr",
        _CRITERIA,
        facts.year(sets, "entities", "ea"),
        facts.label("EULAR/ACR criteria", sets, "entities", "ea", says=("EULAR/ACR",)),
        f"IMNM {facts.text(sets, 'imnm', 'ea')}; autoantibodies: {antibodies('ea')}",
    )
    return sorted(found, key=lambda event: event.year)


def draw(facts: Facts) -> Sheet:
    """Draw the figure: years true to scale on an axis, texts beside it, lines between them."""
    sheet = Sheet(facts, "Names, criteria and antibodies of IMNM through the years")
    events = _events(facts)
    first, last = events[0].year // 10 * 10 + 5, events[-1].year
    top = 62.0
    _legend(sheet)

    def at(year: int) -> float:
        return top + (year - first) * _YEAR

    sheet.line((_AXIS, at(first) - 8), (_AXIS, at(last) + 14), width=2.5)
    for year in range((first + 9) // 10 * 10, last + 1, 10):
        sheet.line((_AXIS - 6, at(year)), (_AXIS, at(year)), width=1.5)
        sheet.text(_AXIS - 10, at(year) + 5, Words(str(year), fill=SOFT), "end")

    width = WIDTH - MARGIN - _TEXT
    heights = [_height(event, width) for event in events]
    places = _spread([at(event.year) - 10 for event in events], heights)
    for event, y in zip(events, places, strict=True):
        with sheet.part(event.id):
            facts.read += event.facts
            tone = event.tone
            sheet.line(
                (_AXIS, at(event.year)),
                (_AXIS + 14, at(event.year)),
                (_TEXT - 12, y + 10),
                (_TEXT - 5, y + 10),
                stroke=tone.strong,
            )
            _mark(sheet, _AXIS, at(event.year), tone)
            title = Words(f"{event.year}  {event.title}", 14, bold=True, fill=tone.strong)
            sheet.block(_TEXT, y, width, title, Words(event.text))
    sheet.alt = (
        "Timeline true to scale, with criteria as squares, antibodies as discs and names as "
        "diamonds. "
        + "; ".join(f"{event.year}, {event.title}: {event.text}" for event in events)
        + "."
    )
    return sheet


def _height(event: _Event, width: float) -> float:
    lines = len(Words(event.text).lines(width))
    return 14 * 1.25 + lines * 13 * 1.25 + 9


def _spread(wanted: list[float], heights: list[float]) -> list[float]:
    """Return places in order that do not overlap, as near to the wanted ones as that allows.

    Neighbours that would overlap become one block, which lies where its members want it on
    average.
    """
    blocks: list[tuple[float, float, list[int]]] = []  # top, height, members
    for i, (y, height) in enumerate(zip(wanted, heights, strict=True)):
        block = (y, height, [i])
        while blocks and blocks[-1][0] + blocks[-1][1] > block[0]:
            _, above, members = blocks.pop()
            members, height = members + block[2], above + block[1]
            tops = [wanted[m] - sum(heights[members[0] : m]) for m in members]
            block = (sum(tops) / len(tops), height, members)
        blocks.append(block)
    return [top + sum(heights[members[0] : m]) for top, _, members in blocks for m in members]


def _mark(sheet: Sheet, x: float, y: float, tone: Tone) -> None:
    """Draw the mark of an event, a shape of its own for each meaning."""
    if tone is _ANTIBODY:
        sheet.dot(x, y, 5, tone)
    elif tone is _CRITERIA:
        sheet.shape(
            [(x - 4.5, y - 4.5), (x + 4.5, y - 4.5), (x + 4.5, y + 4.5), (x - 4.5, y + 4.5)],
            tone.strong,
        )
    else:
        sheet.shape([(x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y)], tone.strong)


def _legend(sheet: Sheet) -> None:
    x = _TEXT
    for tone, word in ((_CRITERIA, "criteria"), (_ANTIBODY, "antibody"), (_NAME, "name")):
        _mark(sheet, x, 24, tone)
        sheet.text(x + 11, 29, Words(word, fill=tone.strong))
        x += 92
    sheet.line((MARGIN, 40), (WIDTH - MARGIN, 40), stroke=LINE, width=1)
