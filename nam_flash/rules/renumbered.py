"""A card that shipped is gone, or a cloze number hides the text of another.

Learners have the card with its whole history, and Anki knows it by its number alone: what c2 hid
yesterday must be under c2 for ever, else an interval of months is that of another card. Give back
the number (what is hidden may be reworded). Where the card must go, retire the fact, and write the
rest under a new id. The good example is what shipped.

Source: docs/architecture.md, "Identity and stamps"; docs/instructors.md, "What may never change".
"""

from typing import Final

from nam_flash.rules.rule import Rule

RULE: Final = Rule(
    code="NF040",
    severity="error",
    manual=__doc__ or "",
    bad="""\
- id: biopsy-hallmark
  kind: cloze
  topic: first/alpha
  level: core
  text: In IMNM the biopsy shows {{c1::necrotic}} fibres with few lymphocytes.
  cite: [smith2020]
""",
    good="""\
- id: biopsy-hallmark
  kind: cloze
  topic: first/alpha
  level: core
  text: In IMNM the biopsy shows {{c1::necrotic}} fibres with {{c2::few}} lymphocytes.
  cite: [smith2020]
""",
)
