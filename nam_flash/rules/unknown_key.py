"""A key stands where nothing has a key of that name.

Left alone, a misspelt key would lose its text without a word: an explanation that no learner sees,
a waiver that waives nothing. Look for the typing error (the hint names the nearest key), or at the
indentation: a key of a cell may have slipped to the fact.

Source: our file format, docs/facts.md, which lists the keys of every kind.
"""

from typing import Final

from nam_flash.rules.rule import Rule

RULE: Final = Rule(
    code="NF010",
    severity="error",
    manual=__doc__ or "",
    bad="""\
- id: hmgcr-target
  kind: basic
  topic: first/alpha
  level: core
  question: Which enzyme does the anti-HMGCR antibody recognise?
  answer: HMG-CoA reductase
  extar: Statins inhibit the same enzyme.
  cite: [smith2020]
""",
    good="""\
- id: hmgcr-target
  kind: basic
  topic: first/alpha
  level: core
  question: Which enzyme does the anti-HMGCR antibody recognise?
  answer: HMG-CoA reductase
  extra: Statins inhibit the same enzyme.
  cite: [smith2020]
""",
)
