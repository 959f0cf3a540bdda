"""A text has raw HTML, markup that is not closed, or markup that texts do not have.

A lone ``**`` or a tag would stand on the card as it is, and ``SLCO1B1*5 and HLA*11`` would turn
italic between its stars. Allowed are ``**strong**``, ``*emphasis*``, ``H~2~O``, ``10^9^`` and links
to https addresses. A sign that is meant as it is gets a backslash: ``HLA-DRB1\\*11:01``. Pictures
go under ``figure``.

Source: CommonMark Spec, spec.commonmark.org, which knows no errors, only surprises.
"""

from typing import Final

from nam_flash.rules.rule import Rule

RULE: Final = Rule(
    code="NF030",
    severity="error",
    manual=__doc__ or "",
    bad="""\
- id: hmgcr-target
  kind: basic
  topic: first/alpha
  level: core
  question: Which enzyme does the anti-HMGCR antibody recognise?
  answer: "**HMG-CoA reductase"
  cite: [smith2020]
""",
    good="""\
- id: hmgcr-target
  kind: basic
  topic: first/alpha
  level: core
  question: Which enzyme does the anti-HMGCR antibody recognise?
  answer: "**HMG-CoA reductase**"
  cite: [smith2020]
""",
)
