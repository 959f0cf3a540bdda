"""A key that must be there is not.

Without it there is no card to make, or a card that cannot be understood or checked. What is needed
depends on the kind: a basic fact needs a question and an answer, a threshold in × ULN an upper
limit for the arithmetic, and every source something by which it can be found (DOI, PMID, PMCID or
URL).

Source: our file format, docs/facts.md, which marks the keys that are needed.
"""

from typing import Final

from nam_flash.rules.rule import Rule

RULE: Final = Rule(
    code="NF011",
    severity="error",
    manual=__doc__ or "",
    bad="""\
- id: hmgcr-target
  kind: basic
  topic: first/alpha
  level: core
  question: Which enzyme does the anti-HMGCR antibody recognise?
  cite: [smith2020]
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
