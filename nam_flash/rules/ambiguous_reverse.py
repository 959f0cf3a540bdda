"""A cell is asked the other way round, but its answer fits another entity too.

The answer of a ``reverse`` is the entity. Where a second entity has the same cell, both would be
right and only one is counted, which teaches that the other is wrong. Ask the other way round only
what is distinctive, or say in the cells how the two differ.

Source: Matuschak A. How to write good prompts, 2020 (prompts should be consistent: the same answer
each time).
"""

from typing import Final

from nam_flash.rules.rule import Rule

RULE: Final = Rule(
    code="NF032",
    severity="error",
    manual=__doc__ or "",
    bad="""\
- id: imnm-subtypes
  kind: comparison
  topic: first/alpha
  level: core
  title: Subtypes of IMNM
  entities: {srp: anti-SRP IMNM, hmgcr: anti-HMGCR IMNM}
  attributes:
    - id: biopsy
      name: Biopsy
      ask: What does the biopsy of {entity} show?
      cells:
        srp: necrosis
        hmgcr: {answer: necrosis, reverse: Which subtype shows necrosis?}
  cite: [smith2020]
""",
    good="""\
- id: imnm-subtypes
  kind: comparison
  topic: first/alpha
  level: core
  title: Subtypes of IMNM
  entities: {srp: anti-SRP IMNM, hmgcr: anti-HMGCR IMNM}
  attributes:
    - id: biopsy
      name: Biopsy
      ask: What does the biopsy of {entity} show?
      cells:
        srp: necrosis
        hmgcr: necrosis
  cite: [smith2020]
""",
)
