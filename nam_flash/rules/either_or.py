"""A prompt offers its answer among alternatives.

The learner chooses instead of recalling: a guess is right half of the time, and nothing is left of
it at the bedside, where no one offers two words. Ask openly, or let the two stand as entities of a
comparison. A hint that offers alternatives does the same harm to a cloze.

Source: Matuschak A. How to write good prompts, 2020 (avoid binary prompts, this-or-that as much as
yes-or-no).
"""

import re
from collections.abc import Iterator
from typing import Final

from nam_flash.rules.rule import Finding, Rule
from nam_flash.rules.study import Prompt, Study
from nam_flash.rules.words import offered

_OR: Final = re.compile(r"\bor\b", re.IGNORECASE)
_ASKS: Final = re.compile(
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|should|will|would)\s", re.IGNORECASE
)
_VERDICT: Final = re.compile(r"(?:yes|no)\b(?!-)", re.IGNORECASE)


def offers(prompt: Prompt) -> bool:
    """Tell whether the answer, or what stands for it, is one of two things joined by "or"."""
    if _OR.search(prompt.hint):
        return True
    question = prompt.question
    if not _OR.search(question):
        return False
    if prompt.form != "cloze" and _ASKS.match(question) and not _VERDICT.match(prompt.answer):
        return True
    return offered(prompt.answer, question)


def check(study: Study) -> Iterator[Finding]:
    """Yield the prompts that offer alternatives."""
    for prompt in study.prompts:
        if offers(prompt):
            yield Finding(
                prompt.fact,
                prompt.keys,
                "a prompt that offers its answer among alternatives",
                "a prompt that leaves the answer to be recalled",
                "ask openly, or make a comparison",
            )


RULE: Final = Rule(
    code="NF106",
    severity="warning",
    manual=__doc__ or "",
    bad="""\
- id: srp-weaker
  kind: basic
  topic: first/alpha
  level: core
  question: In IMNM, is weakness more severe with anti-SRP or with anti-HMGCR?
  answer: anti-SRP
  cite: [smith2020]
""",
    good="""\
- id: srp-weaker
  kind: basic
  topic: first/alpha
  level: core
  question: Which autoantibody of IMNM goes with the most severe weakness?
  answer: anti-SRP
  cite: [smith2020]
""",
    check=check,
)
