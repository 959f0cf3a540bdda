"""A file uses a part of YAML that fact files do without.

These are tags (``!name``), anchors and aliases (``&name``, ``*name``), merge keys (``<<``) and a
second document (``---``). With them a value is not where one reads it, an edit in one place changes
others unseen, and a small file can swell to fill the memory. Write the value out. Mostly, though, a
text just begins with such a sign: put quotes round it.

Source: YAML 1.2.2, 6.9 (node properties) and 7.1 (alias nodes). That fact files are plain is our
choice (docs/choices.md).
"""

from typing import Final

from nam_flash.rules.rule import Rule

RULE: Final = Rule(
    code="NF002",
    severity="error",
    manual=__doc__ or "",
    bad="""\
- id: hmgcr-target
  kind: basic
  topic: first/alpha
  level: core
  question: Which enzyme does the anti-HMGCR antibody recognise?
  answer: HMG-CoA reductase
  cite: &muscle [smith2020]
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
