"""A prompt can be answered with yes or no.

A guess is right half of the time, and the learner soon remembers that the answer was "yes", not
what it was about. Ask for the thing itself: not whether, but which, what, how often or why.

Source: Matuschak A. How to write good prompts, 2020 (avoid binary prompts: a yes or no takes
little effort and gives little understanding). NBME. Constructing Written Test Questions for the
Basic and Clinical Sciences (against true/false items).
"""

import re
from collections.abc import Iterator
from typing import Final

from nam_flash.rules.rule import Finding, Rule
from nam_flash.rules.study import Prompt, Study

_ASKS: Final = re.compile(
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|may|might|must|should|will|would)"
    r"(?:n't)?\s.*\?$",
    re.IGNORECASE | re.DOTALL,
)
_TRUE: Final = re.compile(r"\b(?:true or false|yes or no|right or wrong)\b", re.IGNORECASE)
_QUESTION_WORD: Final = re.compile(
    r"\b(?:what|which|who|whom|whose|when|where|why|how)\b", re.IGNORECASE
)
_VERDICT: Final = re.compile(r"(?:yes|no|true|false)\s*(?:[.,:;(–—]|$)", re.IGNORECASE)
#: Where a question begins: after a sentence, or after the comma of ``In IMNM, ...``.
_SENTENCE: Final = re.compile(r"[.:?!]\s+")


def is_binary(prompt: Prompt) -> bool:
    """Tell whether yes or no answers the prompt, or is its answer."""
    if _VERDICT.match(prompt.answer) or _TRUE.search(prompt.question):
        return True
    question = _SENTENCE.split(prompt.question.strip())[-1]
    if " or " in question:  # offers alternatives: another rule's
        return False
    if _ASKS.match(question):
        return True
    _, comma, after = question.partition(", ")
    return bool(comma and _ASKS.match(after) and not _QUESTION_WORD.search(question))


def check(study: Study) -> Iterator[Finding]:
    """Yield the questions that can be answered with yes or no."""
    for prompt in study.prompts:
        if prompt.form != "cloze" and is_binary(prompt):
            yield Finding(
                prompt.fact,
                prompt.keys,
                "a question of yes or no",
                "a question for the thing itself",
                "ask which, what, how often or why",
            )


RULE: Final = Rule(
    code="NF105",
    severity="warning",
    manual=__doc__ or "",
    bad="""\
- id: hmgcr-never-statin
  kind: basic
  topic: first/alpha
  level: core
  question: Can anti-HMGCR IMNM occur in a patient who never took a statin?
  answer: Yes
  cite: [smith2020]
""",
    good="""\
- id: hmgcr-never-statin
  kind: basic
  topic: first/alpha
  level: core
  question: In a cohort of 2020, what share of patients with anti-HMGCR IMNM never took a statin?
  answer: About one third
  cite: [smith2020]
""",
    check=check,
)
