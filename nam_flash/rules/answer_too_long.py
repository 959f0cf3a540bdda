"""An answer is longer than one can say in a breath and grade at once.

A long answer is recalled in part, so the learner must judge how much was enough, and soon fails or
cheats. Say the one thing that is asked; what explains it goes into ``extra``. In comparisons the
answers stand in a table, so they are held shorter.

Source: Wozniak P. Effective learning: twenty rules of formulating knowledge, 1999, rule 4
(minimum information principle). Matuschak A. How to write good prompts, 2020 (prompts should be
focused). The limits are ours: about twelve words.
"""

from collections.abc import Iterator
from typing import Final

from nam_flash.rules.rule import Finding, Rule
from nam_flash.rules.study import Study

#: Characters: some fifteen words, the most that reads at a glance on a phone (three lines).
MAX_ANSWER: Final = 100
#: Characters in a cell of a table.
MAX_CELL: Final = 70


def check(study: Study) -> Iterator[Finding]:
    """Yield the prompts whose answer is beyond the limit of its form."""
    for prompt in study.prompts:
        limit = MAX_CELL if prompt.form == "cell" else MAX_ANSWER
        if len(prompt.answer) > limit:
            yield Finding(
                prompt.fact,
                prompt.answer_keys,
                f"an answer of {len(prompt.answer)} characters",
                f"at most {limit}",
                "keep what is asked and move the rest to `extra`",
            )


RULE: Final = Rule(
    code="NF101",
    severity="warning",
    manual=__doc__ or "",
    bad="""\
- id: hmgcr-target
  kind: basic
  topic: first/alpha
  level: core
  question: What does the anti-HMGCR antibody of IMNM recognise?
  answer: >-
    3-hydroxy-3-methylglutaryl-coenzyme A reductase, which is the rate-limiting enzyme of the
    mevalonate pathway and also the enzyme that statins inhibit
  cite: [smith2020]
""",
    good="""\
- id: hmgcr-target
  kind: basic
  topic: first/alpha
  level: core
  question: What does the anti-HMGCR antibody of IMNM recognise?
  answer: HMG-CoA reductase
  extra: It is the rate-limiting enzyme of the mevalonate pathway; statins inhibit it.
  cite: [smith2020]
""",
    check=check,
)
