"""A cloze hides most of its sentence, or more words than one can say at once.

What is left is then no question: many endings fit it, and the learner has to recall a wording
instead of a fact. A long gap is also filled in part, so it is hard to grade. Hide the one or two
words that matter, each under a number of its own, or ask a question.

Source: Wozniak P. Effective learning: twenty rules of formulating knowledge, 1999, rules 4 (minimum
information principle) and 5 (cloze deletion). Matuschak A. How to write good prompts, 2020 (prompts
should be focused and precise). The limits are ours.
"""

import re
from collections.abc import Iterator
from typing import Final

from nam_flash.rules.rule import Finding, Rule
from nam_flash.rules.study import Study

#: Hidden words: the longest names of diseases have six or seven.
MAX_HIDDEN: Final = 8
#: Fewer hidden words are a term, however short the sentence is.
MIN_HIDDEN: Final = 3

_GAP: Final = re.compile(r"\[[^\]]*\]")


def check(study: Study) -> Iterator[Finding]:
    """Yield the clozes that hide more than the limit, or more than they leave."""
    for prompt in study.prompts:
        if prompt.form != "cloze":
            continue
        hidden = len(prompt.answer.replace(" / ", " ").split())
        left = len(re.findall(r"\w\S*", _GAP.sub(" ", prompt.question)))
        if hidden > MAX_HIDDEN:
            expected = f"at most {MAX_HIDDEN}"
        elif hidden >= MIN_HIDDEN and hidden > left:
            expected = f"fewer than the {left} that are left"
        else:
            continue
        yield Finding(
            prompt.fact,
            prompt.answer_keys,
            f"a cloze that hides {hidden} words",
            expected,
            "hide only the words that matter, or ask a question",
        )


RULE: Final = Rule(
    code="NF114",
    severity="warning",
    manual=__doc__ or "",
    bad="""\
- id: hmgcr-role
  kind: cloze
  topic: first/alpha
  level: core
  text: HMG-CoA reductase {{c1::makes mevalonate on the way to cholesterol}}.
  cite: [smith2020]
""",
    good="""\
- id: hmgcr-role
  kind: cloze
  topic: first/alpha
  level: core
  text: HMG-CoA reductase makes {{c1::mevalonate}} on the way to {{c2::cholesterol}}.
  cite: [smith2020]
""",
    check=check,
)
