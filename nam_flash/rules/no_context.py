"""A prompt names nothing that it could be about.

Cards come one by one, mixed with those of other decks: the heading under which a fact was written
is gone. "Which drug is given first?" has as many answers as there are diseases. Name the disease,
subtype, test, drug or population in the prompt itself.

What counts as a name is measured on the library: proper names, abbreviations and years; words built
like the name of a disease or drug; the names of entities and topics and the long forms of the
glossary; and any word that belongs to few of its topics. A prompt is found when all its words are
those of questions in general, or stand in the prompts of many topics.

Source: Wozniak P. Effective learning: twenty rules of formulating knowledge, 1999, rule 16 (context
cues). Matuschak A. How to write good prompts, 2020 (include enough context to exclude other
answers).
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from nam_flash.kinds.comparison import Comparison
from nam_flash.rules.rule import Finding, Rule
from nam_flash.rules.study import Study
from nam_flash.rules.words import (
    CLASS_WORDS,
    DEGREE_WORDS,
    DISEASE_ENDINGS,
    FUNCTION_WORDS,
    stem,
    words,
)

#: Top topics in whose prompts a word stands that belongs to the whole subject.
MANY_TOPICS: Final = 4

#: Words that say nothing of the subject.
GENERAL_STEMS: Final = frozenset(map(stem, FUNCTION_WORDS | CLASS_WORDS | DEGREE_WORDS))

#: A capital within a sentence or a word, or a year.
_PROPER: Final = re.compile(r"(?<!^)(?<![.?!:] )\b[A-Z]|\w[A-Z]|\b(?:19|20)\d\d\b")
_PRONOUN: Final = re.compile(r"\b(?:it|its|they|them|their|this|these)\b", re.IGNORECASE)
#: How the names of diseases and drugs end.
ENDINGS: Final = (
    *DISEASE_ENDINGS, "mab", "mabs", "nib", "statin", "statins", "cillin", "mycin", "azole", "olol",
    "pril", "sartan",
)  # fmt: skip


def common_stems(study: Study) -> frozenset[str]:
    """Return the stems of the words that stand in the prompts of many top topics."""
    topics: defaultdict[str, set[str]] = defaultdict(set)
    for prompt in study.prompts:
        top = prompt.fact.topic.partition("/")[0]
        for word in words(prompt.question):
            topics[stem(word)].add(top)
    return frozenset(word for word, tops in topics.items() if len(tops) >= MANY_TOPICS)


def names(study: Study, common: frozenset[str]) -> re.Pattern[str]:
    """Return what finds a name of the library.

    The names of entities and the long forms of the glossary, unless made of general words; those
    of topics, unless made of common words.
    """
    listed = {entry.long for entry in study.library.glossary.values()}
    for fact in study.library.facts:
        if isinstance(fact, Comparison):
            listed.update(fact.entities.values())
    listed = {name for name in listed if not GENERAL_STEMS.issuperset(map(stem, words(name)))}
    for path in study.library.topics:
        name = path.rpartition("/")[2].replace("-", " ")
        if not common.issuperset(map(stem, words(name))):
            listed.add(name)
    either = "|".join(map(re.escape, sorted(listed))) or "(?!)"
    return re.compile(rf"\b(?:{either})\b", re.IGNORECASE)


def check(study: Study) -> Iterator[Finding]:
    """Yield the prompts all of whose words are common."""
    common = GENERAL_STEMS | common_stems(study)
    named = names(study, common)
    for prompt in study.prompts:
        text = prompt.question
        if prompt.form not in ("question", "cloze") or _PROPER.search(text):
            continue
        inside = words(text)
        if (
            common.issuperset(map(stem, inside))
            and not any(w.endswith(ENDINGS) and stem(w) not in GENERAL_STEMS for w in inside)
            and not _PRONOUN.search(text)
            and not named.search(text)
        ):
            yield Finding(
                prompt.fact,
                prompt.keys,
                "a prompt that names nothing",
                "the disease, subtype, test, drug or population that is meant",
            )


RULE: Final = Rule(
    code="NF109",
    severity="warning",
    manual=__doc__ or "",
    bad="""\
- id: first-drug
  kind: basic
  topic: first/alpha
  level: core
  question: Which drug is usually given first?
  answer: A glucocorticoid
  cite: [smith2020]
""",
    good="""\
- id: first-drug
  kind: basic
  topic: first/alpha
  level: core
  question: Which drug is usually given first in IMNM?
  answer: A glucocorticoid
  cite: [smith2020]
""",
    check=check,
)
