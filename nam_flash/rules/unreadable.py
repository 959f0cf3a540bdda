"""A file is missing, empty or cannot be opened, or it is not clear which one is meant.

The folder of cards needs ``taxonomy.yaml``, ``sources.yaml`` and at least one fact file, and the
folder ``decks`` beside it one recipe. An empty file says nothing, so it may be one whose contents
got lost: fill it or delete it. Where there are several recipes, name one with ``--recipe``.

Source: our file format, docs/facts.md.
"""

from typing import Final

from nam_flash.rules.rule import Rule

RULE: Final = Rule(
    code="NF005",
    severity="error",
    manual=__doc__ or "",
    bad="""\
# The facts on anti-HMGCR will come here.
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
