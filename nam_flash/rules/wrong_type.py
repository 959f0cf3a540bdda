"""There is a list where a text belongs, a text where a number belongs, and the like.

What a value means is decided by its key, never by its look: ``no`` is a text where a text belongs,
and ``2022`` a year where a number does. Mostly a list lacks its brackets or dashes, a value is
missing after its key, or a text that begins with ``[`` or ``{`` lacks its quotes.

Source: our file format, docs/facts.md. On the guessing of types that this avoids: YAML 1.2.2, 10
(recommended schemas).
"""

from typing import Final

from nam_flash.rules.rule import Rule

RULE: Final = Rule(
    code="NF013",
    severity="error",
    manual=__doc__ or "",
    bad="""\
- id: hmgcr-target
  kind: basic
  topic: first/alpha
  level: core
  question: Which enzyme does the anti-HMGCR antibody recognise?
  answer: HMG-CoA reductase
  cite: smith2020
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
