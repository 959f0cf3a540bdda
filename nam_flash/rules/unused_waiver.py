"""A rule is waived for a fact in which it finds nothing.

A waiver (``allow``) hides what the rule will find in this fact at any time. When its reason is
gone, it hides the next mistake. Delete it. A waiver may also stand at the wrong fact, or name the
wrong rule.

Source: the same check in linters for code, such as Ruff's unused-noqa (RUF100),
docs.astral.sh/ruff.
"""

from typing import Final

from nam_flash.rules.rule import Rule

RULE: Final = Rule(
    code="NF090",
    severity="warning",
    manual=__doc__ or "",
    bad="""\
- id: hmgcr-target
  kind: basic
  topic: first/alpha
  level: core
  question: Which enzyme does the anti-HMGCR antibody recognise?
  answer: HMG-CoA reductase
  allow: {NF101: The name of the enzyme is long.}
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
