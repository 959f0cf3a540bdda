"""A figure is missing, unused, outside of the folder of cards, or of an unknown format.

``file`` is relative to the folder of cards and may not lead out of it, as everything in there can
be shipped. Known are SVG, PNG, JPEG and WebP, which Anki shows on every device. Put the picture
beside the facts, and mind capitals in its name. A picture that no fact shows would lie there
unseen, with a licence that nobody states: use it or delete it.

Source: our file format, docs/facts.md. Anki manual, "Media", docs.ankiweb.net.
"""

from typing import Final

from nam_flash.rules.rule import Rule

RULE: Final = Rule(
    code="NF025",
    severity="error",
    manual=__doc__ or "",
    bad="""\
- id: hmgcr-target
  kind: basic
  topic: first/alpha
  level: core
  question: Which enzyme does the anti-HMGCR antibody recognise?
  answer: HMG-CoA reductase
  figure: {file: figures/reductase.png, alt: The enzyme, credit: A. Author, licence: CC BY 4.0}
  cite: [smith2020]
""",
    good="""\
- id: hmgcr-target
  kind: basic
  topic: first/alpha
  level: core
  question: Which enzyme does the anti-HMGCR antibody recognise?
  answer: HMG-CoA reductase
  extra: It is the rate-limiting enzyme of cholesterol synthesis.
  cite: [smith2020]
""",
)
