"""An id that was retired is in use again.

Learners of an earlier release still have the retired note, with its banner. A new fact under its id
would overwrite it and inherit its schedule. Give the new fact an id that was never used, and leave
the tombstone as it is: it costs nothing. The same fact may come back when it holds after all: take
``retired`` away and say so under ``changes``, with the release that brings it back.

Source: docs/architecture.md, "Identity and stamps"; docs/instructors.md, "Correct and retire".
"""

from typing import Final

from nam_flash.rules.rule import Rule

RULE: Final = Rule(
    code="NF041",
    severity="error",
    manual=__doc__ or "",
    bad="""\
- id: statin-only
  kind: basic
  topic: first/alpha
  level: core
  question: Which enzyme does the anti-HMGCR antibody recognise?
  answer: HMG-CoA reductase
  cite: [smith2020]
""",
    good="""\
- id: statin-only
  kind: basic
  topic: first/alpha
  level: core
  question: Which patients can have anti-HMGCR IMNM?
  answer: those who took a statin
  retired: {release: 0.2.0, why: Many never took a statin.}
  cite: [smith2020]

- id: hmgcr-target
  kind: basic
  topic: first/alpha
  level: core
  question: Which enzyme does the anti-HMGCR antibody recognise?
  answer: HMG-CoA reductase
  cite: [smith2020]
""",
)
