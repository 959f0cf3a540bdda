"""A correction or a retirement names a release that was never made.

The card tells learners in which release it was corrected. A release that they never had, because
its number was skipped, sends them looking for something that is not there. ``nam-flash release``
looks for this, as only then the number is known. The examples are of release 0.2.0, the first.

Source: docs/instructors.md, "Release".
"""

from typing import Final

from nam_flash.rules.rule import Rule

_FACT: Final = """\
- id: hmgcr-target
  kind: basic
  topic: first/alpha
  level: core
  question: Which enzyme does the anti-HMGCR antibody recognise?
  answer: HMG-CoA reductase
  changes: [{{release: {}, what: It named HMG-CoA synthase.}}]
  cite: [smith2020]
"""

RULE: Final = Rule(
    code="NF048",
    severity="error",
    manual=__doc__ or "",
    bad=_FACT.format("0.1.1"),
    good=_FACT.format("0.2.0"),
)
