"""A file, or the nesting in it, is larger than that of any real fact file.

More than 16 MB, or more than 32 lists and mappings inside each other, is a mistake (an export, a
wrong indentation) or an attempt to exhaust the computer. The file is not read further. Split a
large file by topic: all files of the folder are read as one base.

Source: CWE-400 (uncontrolled resource consumption), cwe.mitre.org. The limits are ours
(nam_flash/nodes.py); the deepest fact nests eight levels.
"""

from typing import Final

from nam_flash.rules.rule import Rule

RULE: Final = Rule(
    code="NF004",
    severity="error",
    manual=__doc__ or "",
    bad="""\
- id: hmgcr-target
  kind: basic
  topic: first/alpha
  level: core
  question: Which enzyme does the anti-HMGCR antibody recognise?
  answer: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[CK]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
  cite: [smith2020]
""",
    good="""\
- id: hmgcr-target
  kind: basic
  topic: first/alpha
  level: core
  question: Which enzyme does the anti-HMGCR antibody recognise?
  answer: CK
  cite: [smith2020]
""",
)
