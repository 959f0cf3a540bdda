"""The answer stands in the prompt.

Every word of the answer that says something is already in the question, in a hint, or in the rest
of the cloze sentence, perhaps as an abbreviation that the card spells out. The learner reads the
answer instead of recalling it; the card is never failed and teaches nothing. Describe what is asked
for in other words, or ask in the other direction.

Source: Matuschak A. How to write good prompts, 2020 (prompts should be effortful: the answer comes
from memory, not from the question). Haladyna TM, Downing SM, Rodriguez MC. Appl Meas Educ
2002;15:309-34 (guideline 28: no clang associations, choices that resemble words of the stem).
NBME. Constructing Written Test Questions for the Basic and Clinical Sciences (word repeats).
"""

from collections.abc import Iterator
from typing import Final

from nam_flash.markup import Markup
from nam_flash.rules.rule import Finding, Rule
from nam_flash.rules.study import Prompt, Study
from nam_flash.rules.words import offered, telling


def given_away(prompt: Prompt, markup: Markup) -> bool:
    """Tell whether all telling words of the answer stand in the prompt as it is shown.

    The card spells out an abbreviation that is not familiar, unless its long form is on the card.
    """
    answer = set(telling(prompt.answer))
    if all(word.isdigit() for word in answer) or offered(prompt.answer, prompt.question):
        return False  # numbers recur by chance; alternatives are another rule's
    shown = telling(prompt.question)
    if markup.abbreviations and not answer.issubset(shown):
        question = prompt.question.casefold()
        said = f"{question}\n{prompt.answer.casefold()}\n{prompt.fact.extra.casefold()}"
        for match in markup.abbreviations.finditer(prompt.question):
            entry = markup.glossary[match[1]]
            if not entry.familiar and entry.long.casefold() not in said:
                shown += telling(entry.long)
        for match in markup.abbreviations.finditer(prompt.answer):
            if markup.glossary[match[1]].long.casefold() in question:
                shown += telling(match[1])
    return answer.issubset(shown)


def check(study: Study) -> Iterator[Finding]:
    """Yield the prompts in which the answer stands."""
    markup = Markup(study.library.glossary)
    for prompt in study.prompts:
        if given_away(prompt, markup):
            yield Finding(
                prompt.fact,
                prompt.keys,
                f"the answer {prompt.answer!r} in the prompt",
                "a prompt without it",
                "describe what is asked for in other words",
            )


RULE: Final = Rule(
    code="NF107",
    severity="warning",
    manual=__doc__ or "",
    bad="""\
- id: srp-target
  kind: basic
  topic: first/alpha
  level: core
  question: Which IMNM autoantibody recognises the signal recognition particle?
  answer: anti-SRP
  cite: [smith2020]
""",
    good="""\
- id: srp-target
  kind: basic
  topic: first/alpha
  level: core
  question: Which IMNM autoantibody recognises the complex that guides new proteins to the ER?
  answer: anti-SRP
  cite: [smith2020]
""",
    check=check,
)
