"""A key stands twice in one mapping.

YAML does not allow it, but most programs take the last value without a word, so one of the two
texts would be lost. Here the first is read and the second reported. Keep the right one; where both
are wanted, as with two answers, they are two facts.

Source: YAML 1.2.2, 3.2.1.1 (the keys of a mapping are unique).
"""

from typing import Final

from nam_flash.rules.rule import Rule

RULE: Final = Rule(
    code="NF012",
    severity="error",
    manual=__doc__ or "",
    bad="""\
- id: hmgcr-target
  kind: basic
  topic: first/alpha
  level: core
  question: Which enzyme does the anti-HMGCR antibody recognise?
  answer: HMG-CoA reductase
  answer: an enzyme of cholesterol synthesis
  cite: [smith2020]
""",
    good="""\
- id: hmgcr-target
  kind: basic
  topic: first/alpha
  level: core
  question: Which enzyme does the anti-HMGCR antibody recognise?
  answer: HMG-CoA reductase
  extra: It is an enzyme of cholesterol synthesis.
  cite: [smith2020]
""",
)
