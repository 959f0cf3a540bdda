"""A cloze is missing, broken, empty or nested, or its numbers have a gap.

Anki makes a card for each number and loses silently what it does not understand: a cloze inside a
cloze, two numbers in one, an empty one. Numbers count from c1 without a gap, as they are the
identity of the cards: ``{{c1::hidden}}`` or ``{{c1::hidden::hint}}``. Markup begins and ends on the
same side of a brace.

Source: Anki manual, "Cloze Deletion", docs.ankiweb.net.
"""

from typing import Final

from nam_flash.rules.rule import Rule

RULE: Final = Rule(
    code="NF031",
    severity="error",
    manual=__doc__ or "",
    bad="""\
- id: biopsy-hallmark
  kind: cloze
  topic: first/alpha
  level: core
  text: In IMNM the biopsy shows {{c1::necrotic}} fibres with {{c3::few}} lymphocytes.
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
