"""A topic is not in the taxonomy, or a topic or its tag is in it twice.

The topic gives a fact its tag and its place in the order of learning. Write the whole path
(``antibodies/anti-hmgcr``) as in ``taxonomy.yaml``; the hint gives the nearest. A new topic is
added there first. Two tags may not differ in capitals alone, as Anki takes them for one.

Source: our file format, docs/facts.md, "Topics".
"""

from typing import Final

from nam_flash.rules.rule import Rule

RULE: Final = Rule(
    code="NF023",
    severity="error",
    manual=__doc__ or "",
    bad="""\
- id: hmgcr-target
  kind: basic
  topic: first/alfa
  level: core
  question: Which enzyme does the anti-HMGCR antibody recognise?
  answer: HMG-CoA reductase
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
