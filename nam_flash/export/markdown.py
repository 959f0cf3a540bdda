"""Deck -> Markdown: one file for each top topic and an index, to read, print or put in a wiki.

CommonMark with GitHub's tables. It shows facts, not cards: both directions of a question together,
a comparison as one table, and what a cloze hides in bold. Sources are numbered in each file. No
date stands in it, so a new release shows only what changed.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from nam_flash.citation import link, reference
from nam_flash.deck import Deck, Note, Place
from nam_flash.export.colophon import head, plain
from nam_flash.fact import Citation, Source
from nam_flash.kinds import AnyFact
from nam_flash.kinds.basic import Basic
from nam_flash.kinds.cloze import Cloze
from nam_flash.kinds.comparison import Comparison
from nam_flash.kinds.occlusion import Occlusion
from nam_flash.kinds.threshold import Quantity, Threshold
from nam_flash.kinds.vignette import Vignette, logical
from nam_flash.markup import Markup, escaped

_CLOZE: Final = re.compile(r"\{\{c\d+::(.*?)(?:::.*?)?\}\}", re.DOTALL)


def export(deck: Deck, stem: str) -> dict[str, bytes]:
    """Return ``README.md``, the index, ``<top topic>.md`` and ``media/...``."""
    notes: dict[str, dict[str, Note]] = {}
    for note in deck.notes:
        notes.setdefault(note.fact.topic, {}).setdefault(note.fact.id, note)
    tops: dict[str, list[Place]] = {}
    for place in deck.topics:
        tops.setdefault(place.path.split("/")[0], []).append(place)
    files: dict[str, str] = {}
    listed = []
    for top, places in tops.items():
        count = sum(len(notes.get(place.path, ())) for place in places)
        if count:
            name = f"{top}.md"
            files[name] = _Page(deck).topic(places, notes)
            listed.append(f"- [{escaped(places[0].names[0])}]({name}): {count} facts")
    parts = [*_title(deck), "## Topics", "\n".join(listed)]
    if deck.glossary:
        rows = [[escaped(short), escaped(e.long)] for short, e in sorted(deck.glossary.items())]
        parts += ["## Abbreviations", _table(["", "stands for"], rows)]
    files = {"README.md": "\n\n".join(parts) + "\n", **files}
    media = {f"media/{name}": data for name, data in sorted(deck.media.items())}
    return {name: text.encode() for name, text in files.items()} | media


def _title(deck: Deck) -> list[str]:
    name, *about = head(deck)
    return [f"# {escaped(name)}", *(escaped(line) for line in about)]


def _table(columns: list[str], rows: Iterable[list[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


class _Page:
    """One page: it numbers the sources in the order in which its facts cite them."""

    def __init__(self, deck: Deck) -> None:
        self.deck = deck
        self.text = Markup({}).commonmark
        self.numbers: dict[str, int] = {}

    def topic(self, places: list[Place], notes: Mapping[str, Mapping[str, Note]]) -> str:
        """Return the page of a top topic (the first of ``places``) and its subtopics."""
        deck = self.deck
        parts = [
            f"# {escaped(places[0].names[0])}",
            f"{escaped(deck.name)} {deck.version} · {escaped(deck.licence)} · "
            "for education only, not medical advice · [all topics](README.md)",
        ]
        for place in places:
            if place is not places[0] and notes.get(place.path):
                parts.append(f"{'#' * len(place.names)} {escaped(place.names[-1])}")
            for note in notes.get(place.path, {}).values():
                parts += self.fact(note)
        parts.append("## Sources")
        parts.append("\n".join(f"{n}. {_source(deck.sources[i])}" for i, n in self.numbers.items()))
        return "\n\n".join(parts) + "\n"

    def fact(self, note: Note) -> Iterator[str]:
        """Yield the blocks of a fact: banners, body, explanation, figure and references."""
        fact = note.fact
        if fact.retired:
            see = f" See {', '.join(fact.retired.see)}." if fact.retired.see else ""
            why = self.text(fact.retired.why)
            yield f"> **Retired in {fact.retired.release}, no longer valid.** {why}{see}"
        for change in reversed(fact.changes):
            texts = " ".join(self.text(text) for text in (change.what, change.why) if text)
            cited = f" {self.refs([Citation(change.source)])}" if change.source else ""
            yield f"> **Corrected in {change.release}.** {texts}{cited}"
        yield from BODIES[type(fact)](self, fact, note)  # type: ignore[index]
        if fact.extra:
            yield f"> {self.text(fact.extra)}"
        if figure := self.deck.figures.get(fact.figure):
            alt = escaped(figure.alt)
            credit = escaped(f"{figure.title}; {figure.credit}, {figure.licence}")
            yield f"![{alt}](media/{note.media[0]})\\\n{credit}"
        said = [self.refs(c for _, c in fact.citations()), fact.level, f"`{fact.id}`"]
        if fact.as_of:
            said.insert(1, f"as of {fact.as_of}")
        yield f"<sub>{' · '.join(said)}</sub>"

    def refs(self, citations: Iterable[Citation]) -> str:
        """Return the numbers of the works cited, with the places in them: ``[1, 2 (table 3)]``."""
        shown = []
        for citation in dict.fromkeys(citations):
            number = self.numbers.setdefault(citation.id, len(self.numbers) + 1)
            place = f" ({escaped(citation.locator)})" if citation.locator else ""
            shown.append((number, f"{number}{place}"))
        return f"[{', '.join(text for _, text in sorted(shown))}]"

    def question(self, question: str, answer: str) -> str:
        """Return a question with its answer below."""
        return f"**{self.text(question)}**\\\n{self.text(answer)}"

    def basic(self, fact: Basic, note: Note) -> Iterator[str]:
        yield self.question(fact.question, fact.answer)
        if fact.reverse:
            yield self.question(fact.reverse.question, fact.reverse.answer)

    def cloze(self, fact: Cloze, note: Note) -> Iterator[str]:
        # Stars would be ambiguous where a hidden part begins or ends inside a word.
        rendered = self.text(fact.text)
        yield _CLOZE.sub(r"<b>\1</b>", rendered)

    def occlusion(self, fact: Occlusion, note: Note) -> Iterator[str]:
        """Yield what is asked and the answers; the drawing itself follows."""
        yield f"**{self.text(fact.question)}**"
        labels = sorted(fact.labels, key=lambda label: label.number)
        yield "\n".join(f"{i}. {self.text(label.answer)}" for i, label in enumerate(labels, 1))

    def threshold(self, fact: Threshold, note: Note) -> Iterator[str]:
        bound = f"{fact.analyte} {Quantity.parse(fact.bound)}"
        how = plain(note.value("Detail"))
        arithmetic = f"\\\n{escaped(how)}" if how else ""
        title = f"**{escaped(fact.setting)}: {escaped(bound)}**"
        yield f"{title}\\\n{self.text(fact.meaning)}{arithmetic}"

    def comparison(self, fact: Comparison, note: Note) -> Iterator[str]:
        yield f"**{escaped(fact.title)}**"
        cells = {
            (a.id, entity): f"{self.text(cell.answer)} {self.refs(cell.cite)}".removesuffix(" []")
            for a in fact.attributes
            for entity, cell in a.cells.items()
        }
        rows = [
            [f"**{escaped(a.name)}**", *(cells.get((a.id, e), "–") for e in fact.entities)]
            for a in fact.attributes
        ]
        columns = ["", *(escaped(name) for name in fact.entities.values())]
        if len(fact.entities) > len(fact.attributes):  # the longer list runs downwards, as on cards
            turned = [list(row) for row in zip(columns, *rows, strict=True)]
            columns = ["", *(cell.strip("*") for cell in turned[0][1:])]
            rows = [[f"**{row[0]}**", *row[1:]] for row in turned[1:]]
        yield _table(columns, rows)
        extras = [
            f"- {escaped(fact.entities[entity])}, {escaped(a.name)}: {self.text(cell.extra)}"
            for a in fact.attributes
            for entity, cell in a.cells.items()
            if cell.extra
        ]
        if extras:
            yield "\n".join(extras)

    def vignette(self, fact: Vignette, note: Note) -> Iterator[str]:
        options = [fact.answer, *fact.distractors]
        lettered = dict(
            zip(
                "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
                sorted(options, key=lambda option: logical(option.option)),
                strict=False,
            )
        )
        best = next(letter for letter, option in lettered.items() if option is fact.answer)
        yield self.text(fact.stem)
        yield f"**{self.text(fact.question)}**"
        yield "\n".join(f"- {le}. {self.text(o.option)}" for le, o in lettered.items())
        yield f"Best answer: **{best}. {self.text(fact.answer.option)}**"
        yield "\n".join(f"- {letter}: {self.text(o.why)}" for letter, o in lettered.items())


def _source(source: Source) -> str:
    shown, address = link(source)
    address = address.replace("<", "%3C").replace(">", "%3E")
    text = plain(reference(source)).removesuffix(shown)
    return f"{escaped(text)}[{escaped(shown)}](<{address}>)"


#: Kind of fact -> what writes its body.
BODIES: Final[dict[type[AnyFact], Callable[[_Page, Any, Note], Iterator[str]]]] = {
    Basic: _Page.basic,
    Cloze: _Page.cloze,
    Comparison: _Page.comparison,
    Threshold: _Page.threshold,
    Vignette: _Page.vignette,
    Occlusion: _Page.occlusion,
}
