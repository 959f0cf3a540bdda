"""A file is not well-formed YAML, so nothing after the place can be trusted.

The place is where the parser gave up, which is often a line or two after the mistake. The usual
ones: a text with a colon and a space, or one that begins with a sign such as ``>``, ``[`` or a
quotation mark (put quotes round the whole text); a tab in the indentation (use spaces); a quotation
mark that is not closed. The other files are read all the same, but ids that this one may hold are
then not reported as missing.

Source: YAML 1.2.2, yaml.org/spec/1.2.2. The hints are ours.
"""

from typing import Final

from nam_flash.rules.rule import Rule

RULE: Final = Rule(
    code="NF001",
    severity="error",
    manual=__doc__ or "",
    bad="""\
- id: hmgcr-target
  kind: basic
  topic: first/alpha
  level: core
  question: In short: which enzyme does the anti-HMGCR antibody recognise?
  answer: HMG-CoA reductase
  cite: [smith2020]
""",
    good="""\
- id: hmgcr-target
  kind: basic
  topic: first/alpha
  level: core
  question: "In short: which enzyme does the anti-HMGCR antibody recognise?"
  answer: HMG-CoA reductase
  cite: [smith2020]
""",
)
