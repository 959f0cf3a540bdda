"""A note that shipped has no fact any more.

Deleting a fact deletes nothing at the learner's: an import leaves the note where it is, now without
anyone who would correct it. Keep the fact and add ``retired`` with the release and the reason: the
note then says that it no longer holds, and can be found by its tag. If it never reached a learner,
delete its line from the lock. For an id that was renamed, give back the old one.

Source: docs/instructors.md, "Correct and retire" (Anki never deletes a note on import).
"""

from typing import Final

from nam_flash.rules.rule import Rule

RULE: Final = Rule(
    code="NF042",
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
""",
    good="""\
- id: hmgcr-target
  kind: basic
  topic: first/alpha
  level: core
  question: Which enzyme does the anti-HMGCR antibody recognise?
  answer: HMG-CoA reductase
  cite: [smith2020]

- id: statin-only
  kind: basic
  topic: first/alpha
  level: core
  question: Which patients can have anti-HMGCR IMNM?
  answer: those who took a statin
  retired: {release: 0.2.0, why: Many never took a statin.}
  cite: [smith2020]
""",
)
