"""Figures that are drawn from the facts: one file each; the table is the registry."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from nam_flash.figures import (
    antibody_landscape,
    cancer_screening,
    ck_ladder,
    diagnostic_algorithm,
    statin_spectrum,
    timeline,
    treatment,
)
from nam_flash.figures.facts import Facts
from nam_flash.figures.sheet import Sheet
from nam_flash.load import Library
from nam_flash.problem import Problem, in_order

#: Id -> what draws it. The id is for ever: facts name it, and the file is called after it.
FIGURES: Final[dict[str, Callable[[Facts], Sheet]]] = {
    "antibody-landscape": antibody_landscape.draw,
    "cancer-screening": cancer_screening.draw,
    "ck-ladder": ck_ladder.draw,
    "diagnostic-algorithm": diagnostic_algorithm.draw,
    "statin-spectrum": statin_spectrum.draw,
    "timeline": timeline.draw,
    "treatment": treatment.draw,
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure as the facts make it.

    ``alt`` says in words what it shows, ``facts`` are the ids that it was drawn from and ``cite``
    the sources of the parts that were read, both sorted. With any ``problems`` it is unfit for use.
    """

    id: str
    title: str
    alt: str
    svg: str
    facts: tuple[str, ...]
    cite: tuple[str, ...]
    problems: tuple[Problem, ...]


def drawn(id_: str, library: Library) -> Drawn:
    """Draw a figure of the table from the facts of a library. The same facts give the same text."""
    facts = Facts(library, id_)
    sheet = FIGURES[id_](facts)
    return Drawn(
        id=id_,
        title=sheet.title,
        alt=sheet.alt,
        svg=sheet.svg(),
        facts=tuple(sorted(facts.used)),
        cite=tuple(sorted(facts.cited)),
        problems=tuple(in_order(facts.problems)),
    )
