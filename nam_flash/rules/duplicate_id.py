"""Two facts, sources, figures, attributes or abbreviations have one name.

A name is an identity: a fact's id is part of the GUID by which Anki finds a learner's note again,
and of two notes with one GUID only one is ever corrected. The message says where the first is. Give
the second an id that says what it is about; if it is a copy, delete it.

Source: our file format, docs/facts.md, "Keys and tags"; docs/architecture.md, "Identity and
stamps".
"""

from typing import Final

from nam_flash.rules.rule import Rule

RULE: Final = Rule(
    code="NF020",
    severity="error",
    manual=__doc__ or "",
    bad="""\
- id: hmgcr-target
  kind: basic
  topic: first/alpha
  level: core
  question: Which enzyme does the anti-HMGCR antibody recognise?
  answer: HMG-CoA reductase
  cite: [smith2020]

- id: hmgcr-target
  kind: basic
  topic: first/alpha
  level: core
  question: Which drugs inhibit the enzyme that anti-HMGCR recognises?
  answer: statins
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
  cite: [smith2020]
""",
)
