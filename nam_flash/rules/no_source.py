"""A card would have no source.

A learner must be able to check a claim, and a teacher to see how old it is and how good the
evidence. Every note shows its works: give the fact a ``cite``, or each cell of a comparison its
own. What rests on no work (an arithmetic, a mnemonic) belongs into ``extra`` of a fact that does.

Source: Wozniak P. Effective learning: twenty rules of formulating knowledge, 1999, rule 18 (provide
sources).
"""

from typing import Final

from nam_flash.rules.rule import Rule

RULE: Final = Rule(
    code="NF024",
    severity="error",
    manual=__doc__ or "",
    bad="""\
- id: hmgcr-target
  kind: basic
  topic: first/alpha
  level: core
  question: Which enzyme does the anti-HMGCR antibody recognise?
  answer: HMG-CoA reductase
""",
    good="""\
- id: hmgcr-target
  kind: basic
  topic: first/alpha
  level: core
  question: Which enzyme does the anti-HMGCR antibody recognise?
  answer: HMG-CoA reductase
  cite: [smith2020]
""",
)
