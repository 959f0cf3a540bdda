"""A claim says *always* or *never*, and no guideline or consensus stands behind it.

In medicine few things are without exception, and an observation of some patients cannot show that
one is. Learners take the word literally: they rule out what can be, or learn that such a word marks
a wrong option. Say what was seen, in how many (*in none of 38 patients, 2020*), or write *usually*
and *rarely*. The rule reads answers, explanations and options; it leaves alone sentences with a
number, what is denied or softened (*not always*, *almost never*), what a patient never had, and
facts that cite a guideline or a consensus, which may prescribe without exception.

Source: NBME Item-Writing Guide, chapter on technical item flaws (absolute terms). Haladyna TM,
Downing SM, Rodriguez MC. A review of multiple-choice item-writing guidelines for classroom
assessment. Appl Meas Educ 2002;15:309-34, guideline 28 (specific determiners such as always and
never).
"""

import re
from collections.abc import Iterator
from typing import Final

from nam_flash.rules.rule import Finding, Rule
from nam_flash.rules.study import Study

#: The designs that may say what to do in every case.
PRESCRIBING: Final = frozenset({"guideline", "consensus"})

_SENTENCE: Final = re.compile(r"(?<=[.;?!])\s+")
#: An absolute word with the word before it, which may take it back.
_ABSOLUTE: Final = re.compile(
    r"(?:\b(?P<before>[\w']+)\W+)?"
    r"\b(?P<word>always|never|(?:in|of) (?:all|every) (?:patients?|cases?|carriers)"
    r"|no patients? (?:has|have|can|will)|without exception)\b",
    re.IGNORECASE,
)
#: Takes the absolute word back, or tells the history of a patient.
_BEFORE: Final = frozenset(
    (
        "not", "isn't", "aren't", "doesn't", "don't", "nearly", "almost", "virtually",
        "practically", "hardly", "may", "might", "can", "has", "have", "had", "who", "she",
        "he", "they",
    )
)  # fmt: skip


def check(study: Study) -> Iterator[Finding]:
    """Yield the first absolute claim of each fact without a prescribing source."""
    sources = study.library.sources
    for fact in study.library.facts:
        designs = {
            sources[citation.id].custom.design
            for _, citation in fact.citations()
            if citation.id in sources
        }
        if fact.retired or designs & PRESCRIBING:
            continue
        for keys, text in study.texts(fact):
            if keys[-1] in ("question", "ask", "reverse") or keys == ("stem",):
                continue
            if word := _absolute(text):
                yield Finding(
                    fact,
                    keys,
                    f"the absolute claim {word!r}",
                    "what was seen, and in how many",
                    "or cite the guideline that says so",
                )
                break


def _absolute(text: str) -> str:
    for sentence in _SENTENCE.split(text):
        if any(sign.isdecimal() for sign in sentence):
            continue
        for match in _ABSOLUTE.finditer(sentence):
            if (match["before"] or "").casefold() not in _BEFORE:
                return match["word"].lower()
    return ""


RULE: Final = Rule(
    code="NF117",
    severity="warning",
    manual=__doc__ or "",
    bad="""\
- id: imnm-rash
  kind: basic
  topic: first/alpha
  level: core
  question: How does the skin help to tell dermatomyositis from IMNM?
  answer: IMNM never causes a rash
  cite: [smith2020]
""",
    good="""\
- id: imnm-rash
  kind: basic
  topic: first/alpha
  level: core
  question: How does the skin help to tell dermatomyositis from IMNM?
  answer: a rash is rare in IMNM
  extra: In the cohort of 2020 none of the 38 patients with IMNM had one.
  cite: [smith2020]
""",
    check=check,
)
