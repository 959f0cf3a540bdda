"""A value is of the right type, but not one of those allowed, or not of the form asked for.

An id has lower-case words joined by hyphens, a level is ``core`` or ``advanced``, a bound has a
number and a unit, a DOI stands without an address, a vignette has different options, a comparison's
question says ``{entity}``. The message names the form or the choices.

Source: our file format, docs/facts.md. For identifiers of works: CSL 1.0.2,
docs.citationstyles.org.
"""

from typing import Final

from nam_flash.rules.rule import Rule

RULE: Final = Rule(
    code="NF014",
    severity="error",
    manual=__doc__ or "",
    bad="""\
- id: hmgcr-target
  kind: basic
  topic: first/alpha
  level: basic
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
