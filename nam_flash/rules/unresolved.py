"""A source, a fact, a figure or an entity is named that does not exist.

A card would show no reference, or a wrong one. Mostly the name is misspelt (the hint gives the
nearest), or the work is not yet in ``sources.yaml``. It is said of ``cite``, ``needs``,
``figure``, ``see`` of a retirement, the cells of a comparison, and a module's references to its
base.

Source: our file format, docs/facts.md.
"""

from typing import Final

from nam_flash.rules.rule import Rule

RULE: Final = Rule(
    code="NF021",
    severity="error",
    manual=__doc__ or "",
    bad="""\
- id: hmgcr-target
  kind: basic
  topic: first/alpha
  level: core
  question: Which enzyme does the anti-HMGCR antibody recognise?
  answer: HMG-CoA reductase
  cite: [smith2002]
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
