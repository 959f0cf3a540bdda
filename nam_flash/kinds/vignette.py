"""Kind ``vignette``: a board-style case with one best answer, every option explained.

Options are put in alphabetical order, or by number where all begin with one, as item-writing
guides ask (NBME, Constructing Written Test Questions, "list options in logical order"): the
place of the right answer then follows no habit of the author.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from string import ascii_uppercase

from nam_flash.fact import Citation, Fact, Keys, cited
from nam_flash.kinds.draft import Desk, Draft
from nam_flash.reader import Text, about


@dataclass(frozen=True, slots=True)
class Option:
    """One of the options, with the reason why it is right or wrong in this patient."""

    option: Text = field(metadata=about("The option, without a letter."))
    why: Text = field(metadata=about("Why it is right, or wrong in this patient."))
    cite: tuple[Citation, ...] = field(
        default=(), metadata=about("Further works, for this option.")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Vignette(Fact):
    """A case, one question, options, one best answer."""

    stem: Text = field(metadata=about("The case: age, sex, tempo, findings, values with limits."))
    question: Text = field(metadata=about("The one question."))
    answer: Option = field(metadata=about("The best answer."))
    distractors: tuple[Option, ...] = field(metadata=about("The other options, usually four."))

    def citations(self) -> Iterator[tuple[Keys, Citation]]:
        """Yield the citations of the fact and of its options."""
        yield from cited(self.cite)
        yield from cited(self.answer.cite, "answer")
        for i, option in enumerate(self.distractors):
            yield from cited(option.cite, "distractors", i)

    def drafts(self, desk: Desk) -> Iterator[Draft]:
        """Yield the one note."""
        placed: list[tuple[Option, tuple[str | int, ...], bool]] = [
            (self.answer, ("answer",), True)
        ]
        placed += [(o, ("distractors", i), False) for i, o in enumerate(self.distractors)]
        placed.sort(key=lambda item: logical(item[0].option))
        texts = [text for option, _, _ in placed for text in (option.option, option.why)]
        side = desk.side(self, self.stem, self.question, *texts)
        if len(self.distractors) > len(ascii_uppercase) - 1:
            side.problem("NF014", "too many options", "at most 26", "", "distractors")
        if len({option.option.casefold() for option, _, _ in placed}) < len(placed):
            side.problem("NF014", "the same option twice", "different options", "", "distractors")
        stem, question = side(self.stem, "stem"), side(self.question, "question")
        # An option that alone carries a long form would stand out.
        terse = desk.terse(self, desk.problems)
        options = [terse(option.option, *at, "option") for option, at, _ in placed]
        explained = []
        best = ""
        for letter, text, (option, at, right) in zip(
            ascii_uppercase, options, placed, strict=False
        ):
            if right:
                best = f"{letter}. {text}"
            mark = ' class="best"' if right else ""
            why = side(option.why, *at, "why")
            explained.append(
                f'<li{mark}><strong>{text}</strong> <span class="why">{why}</span></li>'
            )
        yield Draft(
            "vignette",
            {
                "Stem": stem,
                "Question": question,
                "Options": _list("options", [f"<li>{text}</li>" for text in options]),
                "Answer": best,
                "Explanations": _list("options explained", explained),
            },
            extra=side(self.extra, "extra"),
            cite=_all_cited(self.cite, [option for option, _, _ in placed]),
        )


def logical(option: str) -> tuple[float, str]:
    """Return the sort key of an option: a number that it begins with, else the alphabet."""
    number = re.match(r"\W*(\d[\d,]*(?:\.\d+)?)", option)
    return (float(number[1].replace(",", "")) if number else -1.0, option.casefold())


def _all_cited(cite: tuple[Citation, ...], options: list[Option]) -> tuple[Citation, ...]:
    """Return the works of the fact and of its options, each once."""
    everything = [*cite, *(citation for option in options for citation in option.cite)]
    return tuple(dict.fromkeys(everything))


def _list(classes: str, items: list[str]) -> str:
    return f'<ol class="{classes}" type="A">{"".join(items)}</ol>'
