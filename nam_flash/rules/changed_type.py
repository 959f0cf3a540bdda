"""A note that shipped would change its note type.

Anki never changes the type of a note on import: learners would keep the old note and get none of
the changes. Leave the fact's kind as it is; or retire the fact, and give the new one its own id.
The good example is what shipped.

Source: docs/architecture.md, "Identity and stamps"; docs/instructors.md, "What may never change".
"""

from typing import Final

from nam_flash.rules.rule import Rule

RULE: Final = Rule(
    code="NF045",
    severity="error",
    manual=__doc__ or "",
    bad="""\
- id: hmgcr-target
  kind: cloze
  topic: first/alpha
  level: core
  text: The anti-HMGCR antibody recognises {{c1::HMG-CoA reductase}}.
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
