"""What a site shows beside its deck, and what the preview adds to it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from nam_flash.problem import Problem
from nam_flash.reader import Line, Slug, Text, about


@dataclass(frozen=True, slots=True)
class Download:
    """A package or update pack to offer; it holds so much (0 where that is not known).

    ``since`` is the release that an update pack begins with.
    """

    name: str
    data: bytes
    title: str = ""
    notes: int = 0
    cards: int = 0
    since: str = ""

    @property
    def sha256(self) -> str:
        """The checksum that a careful learner compares."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Statement:
    """What a text that a base answers to states, and the facts that teach or correct it.

    A row of ``docs/coverage.yaml``.
    """

    section: Line = field(metadata=about("The section of the text."))
    statement: Text = field(metadata=about("What it states, in our words."))
    verdict: Literal["taught", "corrected", "opinion", "open"] = field(
        metadata=about("What became of it.")
    )
    facts: tuple[Slug, ...] = field(default=(), metadata=about("The facts that teach it."))
    correction: Text = field(default="", metadata=about("What the evidence says instead."))
    why_none: Text = field(default="", metadata=about("Why no fact teaches it."))


@dataclass(frozen=True, slots=True)
class Report:
    """A problem with the author's line of text, empty where the file as a whole is meant."""

    problem: Problem
    line: str = ""

    @property
    def before(self) -> str:
        """The part of the line before the problem's column."""
        return self.line[: max(0, self.problem.where.column - 1)]

    @property
    def after(self) -> str:
        """The part from the column on."""
        return self.line[max(0, self.problem.where.column - 1) :]


@dataclass(frozen=True, slots=True)
class Broken:
    """A fact that could not be read: its topic ("" if unknown) and the fact that it follows."""

    id: str
    topic: str
    follows: str


@dataclass(frozen=True, slots=True)
class Editing:
    """What the preview knows of work in progress.

    ``reports`` are the problems by the id of the fact that they break, ``general`` those of no
    fact. ``stale`` are facts shown as they last were, since their file cannot be read now.
    """

    general: tuple[Report, ...] = ()
    reports: Mapping[str, tuple[Report, ...]] = field(default_factory=dict)
    broken: tuple[Broken, ...] = ()
    stale: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Extras:
    """What a site shows beside its deck; whatever is empty has no page.

    ``changelog`` is Markdown; ``papers`` are the files that describe the downloads, by name. With
    ``editing`` the pages are those of the preview.
    """

    changelog: str = ""
    coverage: tuple[Statement, ...] = ()
    downloads: tuple[Download, ...] = ()
    papers: Mapping[str, bytes] = field(default_factory=dict)
    editing: Editing | None = None
