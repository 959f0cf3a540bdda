"""What every kind makes: drafts of notes, before tags, deck and stamps are known."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from nam_flash.fact import Citation, Fact, Figure
from nam_flash.geometry import Drawing, measure
from nam_flash.markup import Markup, Side
from nam_flash.problem import Problem


@dataclass(frozen=True, slots=True)
class Draft:
    """A note as its kind makes it.

    ``key`` continues the fact's id (``/statin/hmgcr``; empty where the fact is one note),
    ``note_type`` names one of the note types, ``fields`` are HTML by the names of that type's
    own fields, ``ords`` the cards that Anki will make, ``extra`` HTML for the field Extra,
    ``cite`` the note's citations. ``image`` names the field that takes the picture of the fact's
    figure; where it is empty, the picture stands below the explanation.
    """

    note_type: str
    fields: Mapping[str, str]
    ords: tuple[int, ...] = (0,)
    key: str = ""
    extra: str = ""
    cite: tuple[Citation, ...] = ()
    image: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a kind works with: markup and figures of the library, and a list for its problems.

    ``pictures`` are the bytes of the figures, by the same ids; ``drawings`` keeps those that were
    measured.
    """

    markup: Markup
    problems: list[Problem] = field(default_factory=list)
    figures: Mapping[str, Figure] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    drawings: dict[str, Drawing | None] = field(default_factory=dict)

    def side(self, fact: Fact, *context: str) -> Side:
        """Return a typesetter for one card of ``fact`` with all the texts of that card."""
        return Side(self.markup, fact.origin, (*context, fact.extra), self.problems)

    def terse(self, fact: Fact, problems: list[Problem]) -> Side:
        """Return a typesetter that leaves abbreviations short, for tables and options."""
        return Side(Markup({}), fact.origin, (), problems)

    def drawing(self, figure: Figure) -> Drawing | None:
        """Return where the elements of an SVG lie, or None with the reasons reported."""
        if figure.id not in self.drawings:
            drawing, problems = measure(str(figure.path), self.pictures[figure.id])
            self.drawings[figure.id] = drawing
            self.problems.extend(problems)
        return self.drawings[figure.id]


class Kind(Protocol):
    """What the table of kinds holds: a fact that can say which notes it becomes."""

    def drafts(self, desk: Desk) -> Iterator[Draft]:
        """Yield the notes of this fact in the order in which they are learnt."""
        ...
