"""A cloze hides nothing but words that hold the sentence together.

A hidden *the*, *of* or *is* is filled in from grammar alone: the card is answered without any
knowledge, and costs a review each time. Hide the word that carries the fact. Words that can be the
answer (not, no, before, above, all) are left alone, and so are single letters and words in
capitals, which may be names.

Source: Matuschak A. How to write good prompts, 2020 (prompts should be effortful: the answer must
come from memory). Wozniak P. Effective learning: twenty rules of formulating knowledge, 1999, rule
5 (cloze deletion).
"""

import re
from collections.abc import Iterator
from typing import Final

from nam_flash.rules.rule import Finding, Rule
from nam_flash.rules.study import Study
from nam_flash.rules.words import FUNCTION_WORDS

_WORD: Final = re.compile(r"[^\W_]+")


def check(study: Study) -> Iterator[Finding]:
    """Yield the clozes whose hidden words are all function words."""
    for prompt in study.prompts:
        if prompt.form != "cloze":
            continue
        hidden = _WORD.findall(prompt.answer)
        if hidden and all(map(_holds_together, hidden)):
            yield Finding(
                prompt.fact,
                prompt.answer_keys,
                f"a cloze that hides {prompt.answer!r}",
                "a hidden word that carries the fact",
                "move the cloze to what should be recalled",
            )


def _holds_together(word: str) -> bool:
    return len(word) > 1 and not word.isupper() and word.casefold() in FUNCTION_WORDS


RULE: Final = Rule(
    code="NF113",
    severity="warning",
    manual=__doc__ or "",
    bad="""\
- id: biopsy-hallmark
  kind: cloze
  topic: first/alpha
  level: core
  text: The muscle biopsy {{c1::of}} IMNM shows necrotic fibres with few lymphocytes.
  cite: [smith2020]
""",
    good="""\
- id: biopsy-hallmark
  kind: cloze
  topic: first/alpha
  level: core
  text: The muscle biopsy of IMNM shows {{c1::necrotic}} fibres with few lymphocytes.
  cite: [smith2020]
""",
    check=check,
)
