"""Two facts give different numbers for the same quantity.

The learner is asked the same twice, learns two answers, and is wrong every other time. Often one
fact was corrected and its twin forgotten, or two studies disagree. Keep one fact: correct it, ask
for the range, or set the studies side by side in a comparison. Two facts conflict when their
questions have the same words, years and sizes of groups apart, and their answers other numbers; or
when they are thresholds of one analyte, setting and meaning with other bounds.

Source: Wozniak P. Effective learning: twenty rules of formulating knowledge, 1999, rule 11 (combat
interference) and rule 18 (sources help to judge contradictory numbers).
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from nam_flash.fact import Fact, Keys
from nam_flash.kinds.threshold import Quantity, Threshold
from nam_flash.rules.quantities import NUMBER
from nam_flash.rules.rule import Finding, Rule
from nam_flash.rules.study import Study
from nam_flash.rules.words import FUNCTION_WORDS

#: Years and sizes of groups: which study it was, not what was asked.
_STUDY: Final = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d[\d,]*(?= (?:\w+[ -]){0,3}(?:patients|adults|children|people|cases)\b)"
)
_VALUE: Final = re.compile(rf"(?<![A-Za-z\d-])({NUMBER})(?![A-Za-z\d])\s*([%‰×]|[A-Za-zµμ/]+)?")
#: ``[`` is the place of the hidden part of a cloze.
_WORD: Final = re.compile(r"[^\W_]+(?:[-*:.][^\W_]+)*|[<>≤≥%×\[]")
#: Words that put a question in order without changing what it asks.
_SMALL: Final = FUNCTION_WORDS | {"about", "approximately", "around", "roughly", "usually"}


class _Claim(NamedTuple):
    """A fact's answer to a question; equal questions have equal ``asked``."""

    asked: tuple[str, ...]
    answer: str
    fact: Fact
    keys: Keys


def check(study: Study) -> Iterator[Finding]:
    """Yield each later fact that contradicts an earlier one."""
    first: dict[tuple[str, ...], _Claim] = {}
    told: set[tuple[str, str]] = set()
    for claim in _claims(study):
        before = first.setdefault(claim.asked, claim)
        pair = (before.fact.id, claim.fact.id)
        if pair[0] != pair[1] and pair not in told and _differ(before.answer, claim.answer):
            told.add(pair)
            found = f"{claim.answer!r}, where {before.fact.id!r} says {before.answer!r}"
            hint = "keep one, ask for the range, or compare the studies in one fact"
            yield Finding(claim.fact, claim.keys, found, "one answer to one question", hint)


def _claims(study: Study) -> Iterator[_Claim]:
    """Yield what the facts say in numbers."""
    for fact in study.library.facts:
        if isinstance(fact, Threshold) and fact.retired is None:
            bound = Quantity.parse(fact.bound)
            words = sorted(_words(f"{fact.analyte} {fact.setting} {study.plain(fact.meaning)}"))
            yield _Claim(("bound", bound.unit, *words), str(bound), fact, ("bound",))
    for prompt in study.prompts:
        value = _VALUE.search(prompt.answer)
        if value and prompt.form != "case":  # cases differ in their stems
            words = _words(prompt.question)
            if prompt.form != "cloze":
                words.sort()  # "in IMNM, which CK" is "which CK in IMNM"
            asked = (prompt.form, value[2] or "", *words)
            yield _Claim(asked, prompt.answer, prompt.fact, prompt.answer_keys)


def _words(text: str) -> list[str]:
    """Return the words that matter."""
    found = (word.casefold() for word in _WORD.findall(_STUDY.sub(" ", text)))
    return [word for word in found if word not in _SMALL]


def _differ(one: str, other: str) -> bool:
    """Tell whether each answer has a number that the other lacks."""
    a, b = ({match[1] for match in _VALUE.finditer(_STUDY.sub(" ", text))} for text in (one, other))
    return bool(a - b) and bool(b - a)


RULE: Final = Rule(
    code="NF208",
    severity="warning",
    manual=__doc__ or "",
    bad="""\
- id: dysphagia-share
  kind: basic
  topic: first/alpha
  level: core
  question: In anti-SRP myopathy, what share of patients has dysphagia?
  answer: 41%
  as_of: 2020
  cite: [smith2020]
- id: swallowing
  kind: basic
  topic: first/beta
  level: core
  question: What share of patients has dysphagia in anti-SRP myopathy?
  answer: about 60%
  as_of: 2021
  cite: [who2021]
""",
    good="""\
- id: dysphagia-share
  kind: basic
  topic: first/alpha
  level: core
  question: In anti-SRP myopathy, what share of patients had dysphagia in two works (2020, 2021)?
  answer: 41-60%
  as_of: 2021
  cite: [smith2020, who2021]
- id: dyspnoea-share
  kind: basic
  topic: first/beta
  level: core
  question: In anti-SRP myopathy, what share of patients had dyspnoea in a cohort (2020)?
  answer: 37%
  as_of: 2020
  cite: [smith2020]
""",
    check=check,
)
