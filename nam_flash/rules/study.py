"""What the rules look at: the library, and each card as a learner meets it, in plain text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from nam_flash.fact import Fact
from nam_flash.kinds import kind_of
from nam_flash.kinds.basic import Basic
from nam_flash.kinds.cloze import Cloze
from nam_flash.kinds.comparison import Comparison
from nam_flash.kinds.occlusion import Occlusion
from nam_flash.kinds.threshold import Quantity, Threshold
from nam_flash.kinds.vignette import Vignette
from nam_flash.load import Library
from nam_flash.lock import Lock
from nam_flash.markup import Markup

_CLOZE: Final = re.compile(r"\{\{c(\d+)::(.*?)(?:::(.*?))?\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Prompt:
    """One card in plain text.

    ``keys`` and ``answer_keys`` say where the author wrote the two sides. ``form`` is ``question``
    (a question of the author), ``cell`` (a question made from a comparison), ``cloze`` (a sentence
    with ``[...]`` or ``[hint]`` for the hidden part), ``case`` (a vignette's lead-in) or
    ``picture`` (what is asked of a hidden part of a drawing, the same on all cards of the fact).
    """

    fact: Fact
    form: str
    question: str
    answer: str
    keys: tuple[str | int, ...]
    answer_keys: tuple[str | int, ...]
    hint: str = ""


@dataclass(frozen=True)
class Study:
    """A library to be studied. ``now`` in Unix seconds; the lock tells when notes last changed."""

    library: Library
    lock: Lock
    now: int

    def rests_on(self, fact: Fact) -> Iterator[dict[tuple[str | int, ...], str]]:
        """Yield the works that a fact cites, then those of its figure, each by its place."""
        yield {(*keys, "id"): citation.id for keys, citation in fact.citations()}
        if figure := self.library.figures.get(fact.figure):
            # A figure may be shown by many facts, and waived by each for a reason of its own.
            yield {("figure", i): citation.id for i, citation in enumerate(figure.cite)}

    @cached_property
    def markup(self) -> Markup:
        """The markup without abbreviations expanded."""
        return Markup({})

    @cached_property
    def prompts(self) -> tuple[Prompt, ...]:
        """Every card of every fact that is not retired, in the order of the files."""
        return tuple(
            prompt
            for fact in self.library.facts
            if fact.retired is None
            for prompt in self._prompts(fact)
        )

    def plain(self, text: str) -> str:
        """Return a text of an author without its markup."""
        return self.markup.plain(text)

    def texts(self, fact: Fact) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Yield every text of a fact that learners read, plain, with its keys."""
        for prompt in self._prompts(fact):
            yield prompt.keys, prompt.question
            yield prompt.answer_keys, prompt.answer
        if fact.extra:
            yield ("extra",), self.plain(fact.extra)
        if isinstance(fact, Vignette):
            yield ("stem",), self.plain(fact.stem)
            yield ("answer", "why"), self.plain(fact.answer.why)
            for i, option in enumerate(fact.distractors):
                yield ("distractors", i, "option"), self.plain(option.option)
                yield ("distractors", i, "why"), self.plain(option.why)
        elif isinstance(fact, Occlusion):
            for i, label in enumerate(fact.labels):
                if label.extra:
                    yield ("labels", i, "extra"), self.plain(label.extra)

    def _prompts(self, fact: Fact) -> Iterator[Prompt]:
        plain = self.plain
        if isinstance(fact, Basic):
            yield Prompt(
                fact,
                "question",
                plain(fact.question),
                plain(fact.answer),
                ("question",),
                ("answer",),
            )
            if fact.reverse:
                yield Prompt(
                    fact,
                    "question",
                    plain(fact.reverse.question),
                    plain(fact.reverse.answer),
                    ("reverse", "question"),
                    ("reverse", "answer"),
                )
        elif isinstance(fact, Cloze):
            yield from self._clozes(fact)
        elif isinstance(fact, Comparison):
            yield from self._cells(fact)
        elif isinstance(fact, Threshold):
            bound = f"{fact.analyte} {Quantity.parse(fact.bound)}"
            if fact.ask:
                yield Prompt(fact, "question", plain(fact.ask), bound, ("ask",), ("bound",))
            if fact.reverse:
                yield Prompt(
                    fact, "question", plain(fact.reverse), plain(fact.meaning),
                    ("reverse",), ("meaning",),
                )  # fmt: skip
        elif isinstance(fact, Vignette):
            yield Prompt(
                fact, "case", plain(fact.question), plain(fact.answer.option),
                ("question",), ("answer", "option"),
            )  # fmt: skip
        elif isinstance(fact, Occlusion):
            for i, label in enumerate(fact.labels):
                yield Prompt(
                    fact, "picture", plain(fact.question), plain(label.answer),
                    ("question",), ("labels", i, "answer"),
                )  # fmt: skip
        else:
            raise TypeError(kind_of(fact))

    def _clozes(self, fact: Cloze) -> Iterator[Prompt]:
        for number in sorted({int(match[1]) for match in _CLOZE.finditer(fact.text)}):
            hidden: list[str] = []
            hints: list[str] = []

            def shown(match: re.Match[str], number: int = number) -> str:
                if int(match[1]) != number:
                    return match[2]
                hidden.append(match[2])  # noqa: B023 - called at once
                hints.append(match[3] or "")  # noqa: B023
                return f"[{match[3] or '...'}]"

            question = _CLOZE.sub(shown, fact.text)
            yield Prompt(
                fact, "cloze", self.plain(question), self.plain(" / ".join(hidden)),
                ("text",), ("text",), " ".join(filter(None, hints)),
            )  # fmt: skip

    def _cells(self, fact: Comparison) -> Iterator[Prompt]:
        for a, attribute in enumerate(fact.attributes):
            for entity, cell in attribute.cells.items():
                if not cell.card or entity not in fact.entities:
                    continue
                name = fact.entities[entity]
                at = ("attributes", a, "cells", entity)
                yield Prompt(
                    fact, "cell", self.plain(attribute.ask.replace("{entity}", name)),
                    self.plain(cell.answer), ("attributes", a, "ask"), (*at, "answer"),
                )  # fmt: skip
                if cell.reverse:
                    yield Prompt(
                        fact, "question", self.plain(cell.reverse), name, (*at, "reverse"),
                        ("entities", entity),
                    )  # fmt: skip
