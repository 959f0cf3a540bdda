"""A prompt speaks of "it", "they" or "this" and does not say of what.

On the day when the card comes back, the sentence that stood before it in the author's head is gone.
Write the name instead. The question of a vignette stands below its case and may refer to it.

Source: Wozniak P. Effective learning: twenty rules of formulating knowledge, 1999, rule 16 (context
cues). Matuschak A. How to write good prompts, 2020 (who knows the answer must be able to give it:
include enough context).
"""

import re
from collections.abc import Iterator
from typing import Final

from nam_flash.rules.rule import Finding, Rule
from nam_flash.rules.study import Prompt, Study
from nam_flash.rules.words import CLASS_WORDS, FUNCTION_WORDS, words

_PRONOUN: Final = re.compile(r"\b(?:it|its|they|them|their|this|these)\b", re.IGNORECASE)
#: "it" that stands for nothing, and "this" whose meaning follows a colon.
_EMPTY: Final = re.compile(
    r"it\b(?: (?:is|was|be|been))?(?: \w+)? (?:to|that|for)\b|it takes?\b|(?:this|these)\b[^.?]*:",
    re.IGNORECASE,
)
_BEFORE: Final = r"in|on|at|of|for|from|by|with|to|behind|after|before|under"
#: What stands before a pronoun and cannot be what it means: ``In which patients does``,
#: ``What is the mechanism of``.
_ASKED: Final = re.compile(
    rf"(?:(?:{_BEFORE}) )?(?:what|which|how|when|where|why|whose)(?: (?!and\b|or\b)[\w-]+){{0,3}}"
    r" (?:is|are|was|were|do|does|did|has|have|had|can|could|may|should|will|would)\s*"
    rf"|(?:what|which) (?:is|are|was|were)(?: (?!and\b|or\b|(?:{_BEFORE})\b)[\w-]+){{1,5}}"
    rf" (?:{_BEFORE})\s*",
    re.IGNORECASE,
)
_PAUSE: Final = re.compile(r"[.,;:?!–—]\s")


def dangling(prompt: Prompt) -> str:
    """Return the first pronoun if nothing before it can be what it means, else an empty text."""
    text = prompt.question
    match = _PRONOUN.search(text)
    if match is None or _EMPTY.match(text, match.start()):
        return ""
    before = text[: match.start()]
    if "[" in before:  # the hidden part of a cloze
        return ""
    if match[0].casefold() in ("this", "these"):
        named = words(text[match.end() :])[:2]
        if not CLASS_WORDS.isdisjoint(named):  # "this disease" needs a clause before it
            return "" if _PAUSE.search(before) else match[0]
    asked = FUNCTION_WORDS.issuperset(words(before)) or _ASKED.fullmatch(before)
    return match[0] if asked else ""


def check(study: Study) -> Iterator[Finding]:
    """Yield the prompts with a pronoun that refers to nothing."""
    for prompt in study.prompts:
        if prompt.form != "case" and (found := dangling(prompt)):
            yield Finding(
                prompt.fact,
                prompt.keys,
                f"{found!r} without a referent",
                "the name of what is meant",
            )


RULE: Final = Rule(
    code="NF110",
    severity="warning",
    manual=__doc__ or "",
    bad="""\
- id: hmgcr-trigger
  kind: basic
  topic: first/alpha
  level: core
  question: What is the usual trigger of this disease?
  answer: Statins
  cite: [smith2020]
""",
    good="""\
- id: hmgcr-trigger
  kind: basic
  topic: first/alpha
  level: core
  question: Which drugs are the usual trigger of anti-HMGCR IMNM?
  answer: Statins
  cite: [smith2020]
""",
    check=check,
)
