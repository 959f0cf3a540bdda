"""A file is not UTF-8 text, or holds a control character that cannot be seen.

Read in the wrong encoding, ``ü`` and ``×`` turn into other signs, on the cards too. Control
characters come in with text that was copied from a PDF or an old word processor (U+0092 was an
apostrophe in Windows). Save the file as UTF-8, and type the character at the place anew.

Source: YAML 1.2.2, 5.1 (character set) and 5.2 (character encodings).
"""

from typing import Final

from nam_flash.rules.rule import Rule

RULE: Final = Rule(
    code="NF003",
    severity="error",
    manual=__doc__ or "",
    bad="""\
- id: hashimoto-ck
  kind: basic
  topic: first/alpha
  level: core
  question: How high was CK in a reported case of Hashimoto\x92s thyroiditis?
  answer: about 5,100 U/L
  cite: [smith2020]
""",
    good="""\
- id: hashimoto-ck
  kind: basic
  topic: first/alpha
  level: core
  question: How high was CK in a reported case of Hashimoto's thyroiditis?
  answer: about 5,100 U/L
  cite: [smith2020]
""",
)
