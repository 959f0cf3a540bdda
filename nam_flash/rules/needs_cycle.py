"""Facts need each other in a circle, so none of them can be learnt first.

New cards come in an order in which what a fact ``needs`` is before it. In a circle there is no such
order. Drop the need that is least of one: the basic idea needs nothing, and what builds on it needs
the idea. Facts that belong together without an order need no ``needs``; their topic joins them.

Source: Wozniak P. Effective learning: twenty rules of formulating knowledge, 1999, rule 3 (build
upon the basics).
"""

from typing import Final

from nam_flash.rules.rule import Rule

RULE: Final = Rule(
    code="NF022",
    severity="error",
    manual=__doc__ or "",
    bad="""\
- id: hmgcr-target
  kind: basic
  topic: first/alpha
  level: core
  question: Which enzyme does the anti-HMGCR antibody recognise?
  answer: HMG-CoA reductase
  needs: [hmgcr-statins]
  cite: [smith2020]

- id: hmgcr-statins
  kind: basic
  topic: first/alpha
  level: core
  question: Which drugs inhibit the enzyme that anti-HMGCR recognises?
  answer: statins
  needs: [hmgcr-target]
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

- id: hmgcr-statins
  kind: basic
  topic: first/alpha
  level: core
  question: Which drugs inhibit the enzyme that anti-HMGCR recognises?
  answer: statins
  needs: [hmgcr-target]
  cite: [smith2020]
""",
)
