"""The facts as one figure reads them: every text with the fact that it comes from.

A figure asks for texts by fact and part. What is gone, retired or no longer says what the figure
needs becomes a problem at the fact's place, and the figure is not drawn. So a picture cannot
disagree with the cards.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from nam_flash.fact import Citation, Keys
from nam_flash.kinds import AnyFact
from nam_flash.kinds.cloze import Cloze
from nam_flash.kinds.comparison import Comparison
from nam_flash.kinds.threshold import Quantity, Threshold
from nam_flash.load import Library
from nam_flash.markup import Markup
from nam_flash.problem import Problem, Where, suggest

_CLOZE: Final = re.compile(r"\{\{c(\d+)::(.*?)(?:::.*?)?\}\}", re.DOTALL)

#: What stands for a number that could not be read; nothing drawn with it is ever written.
_UNREAD: Final = Decimal(1)


@dataclass
class Facts:
    """The facts of a library for one figure; it remembers what was read and what was missing.

    ``used`` are the ids of all facts that were read; ``read`` lists them in order, with repeats,
    for the parts of the drawing. ``cited`` are the sources of the texts that were read: those of
    a cell where it has its own, else those of its fact.
    """

    library: Library
    figure: str
    read: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    cited: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._by_id = {fact.id: fact for fact in self.library.facts}
        self._markup = Markup({})

    def text(self, id_: str, *part: str | int) -> str:
        """Return a text of a fact without markup.

        ``part`` is ``"answer"``, ``"extra"``, ``"reverse", "answer"`` and so on. In a comparison it
        is an attribute and an entity for the answer of a cell (with ``"extra"`` after them for its
        explanation), or ``"attributes", "statin", "ask"`` for a row's question. In a cloze it is
        ``"text"`` for the whole and ``"text", 1`` for what the first number hides. Where there is
        no such text, a problem is noted and an empty text returned.
        """
        found = self._part(id_, part)
        return found[1] if found else ""

    def label(self, short: str, id_: str, *part: str | int, says: tuple[str, ...] = ()) -> str:
        """Return a label that was written by hand, after proof that the fact still supports it.

        Each of ``says`` (by default the label itself) must stand in the fact's text, in any case
        of letters; else a problem is noted.
        """
        found = self._part(id_, part)
        if found:
            where, text = found
            for words in says or (short,):
                if words.casefold() not in text.casefold():
                    self._unsaid(where, text, repr(words))
        return short

    def numbers(self, pattern: str, id_: str, *part: str | int) -> tuple[Decimal, ...]:
        """Return the numbers that the groups of ``pattern`` find in a text of a fact."""
        groups = re.compile(pattern).groups
        found = self._part(id_, part)
        if found:
            where, text = found
            match = re.search(pattern, text)
            if match:
                return tuple(Decimal(group.replace(",", "")) for group in match.groups())
            self._unsaid(where, text, f"a text like {pattern!r}")
        return (_UNREAD,) * groups

    def year(self, id_: str, *part: str | int) -> int:
        """Return the first year (19.. or 20..) that a text of a fact names."""
        return int(self.numbers(r"\b((?:19|20)\d\d)\b", id_, *part)[0])

    def as_of(self, id_: str) -> int:
        """Return the year whose state of knowledge a fact describes."""
        fact = self._fact(id_)
        if fact and fact.as_of:
            return fact.as_of
        if fact:
            self._gone(fact.origin.at(), "no 'as_of'")
        return int(_UNREAD)

    def thresholds(self, analyte: str) -> Iterator[tuple[Threshold, Quantity, Quantity]]:
        """Yield every threshold of an analyte that is not retired: fact, bound, upper limit.

        Those without an upper limit of normal (``uln``) are left out: they cannot stand on an
        axis with the others.
        """
        for fact in self.library.facts:
            if not isinstance(fact, Threshold) or fact.retired:
                continue
            if fact.uln and fact.analyte == analyte:
                self._note(fact, fact.cite)
                yield fact, Quantity.parse(fact.bound), Quantity.parse(fact.uln)

    def _part(self, id_: str, part: Keys) -> tuple[Where, str] | None:
        """Return the place and the plain text of a part, noting that it was read."""
        fact = self._fact(id_)
        if fact is None:
            return None
        keys, cite, text = part, fact.cite, None
        rows = {row.id: i for i, row in enumerate(getattr(fact, "attributes", ()))}
        if isinstance(fact, Comparison) and part[0] == "attributes":
            row, name = rows.get(str(part[1])), str(part[2])
            keys = ("attributes", row if row is not None else 0, name)
            text = getattr(fact.attributes[row], name, None) if row is not None else None
        elif isinstance(fact, Comparison) and len(part) >= 2 and part[0] != "entities":
            row, entity = rows.get(str(part[0])), str(part[1])
            name = str(part[2]) if len(part) > 2 else "answer"
            if row is not None:
                keys = ("attributes", row, "cells", entity, name)
                if cell := fact.attributes[row].cells.get(entity):
                    text, cite = getattr(cell, name, None), cell.cite or fact.cite
        elif isinstance(fact, Cloze) and part[0] == "text":
            hidden = {int(number): words for number, words in _CLOZE.findall(fact.text)}
            text = _CLOZE.sub(r"\2", fact.text) if len(part) == 1 else hidden.get(int(part[1]))
        else:
            value: object = fact
            for key in part:
                value = value.get(key) if isinstance(value, dict) else getattr(value, str(key), "")
            text = value if isinstance(value, str) else None
        if not text:
            self._gone(fact.origin.at(*keys), f"no {'/'.join(map(str, part))} in {id_!r}")
            return None
        self._note(fact, cite)
        return fact.origin.at(*keys), self._markup.plain(text)

    def _fact(self, id_: str) -> AnyFact | None:
        fact = self._by_id.get(id_)
        if fact is None:
            self._gone(Where(str(self.library.folder)), f"no {id_!r}", suggest(id_, self._by_id))
        elif fact.retired:
            see = ", ".join(fact.retired.see)
            hint = f"it was replaced by {see}" if see else ""
            self._gone(fact.origin.at("retired"), f"the retired fact {id_!r}", hint)
            return None
        return fact

    def _note(self, fact: AnyFact, cite: tuple[Citation, ...]) -> None:
        self.read.append(fact.id)
        self.used.add(fact.id)
        self.cited.update(citation.id for citation in cite)

    def _gone(self, where: Where, found: str, hint: str = "") -> None:
        expected = f"what the figure {self.figure!r} is drawn from"
        self.problems.append(Problem(where, "NF021", found, expected, hint))

    def _unsaid(self, where: Where, text: str, what: str) -> None:
        short = text if len(text) <= 60 else text[:57] + "..."
        expected = f"{what}, on which the figure {self.figure!r} relies"
        hint = f"mend the figure in nam_flash/figures/{self.figure.replace('-', '_')}.py"
        self.problems.append(Problem(where, "NF014", repr(short), expected, hint))
