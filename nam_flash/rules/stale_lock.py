"""The lock is not that of these facts.

With ``--locked`` a build changes no lock, as in a pipeline that checks a proposal: it fails when it
would have to. What is built without the new lock would get other stamps at every build. Run
``nam-flash build`` and commit the lock together with the facts. The good example is what the lock
holds.

Source: our lock, nam_flash/lock.py. The option is known from lock files of packages, such as
``cargo build --locked``.
"""

from typing import Final

from nam_flash.rules.rule import Rule

RULE: Final = Rule(
    code="NF044",
    severity="error",
    manual=__doc__ or "",
    bad="""\
- id: hmgcr-target
  kind: basic
  topic: first/alpha
  level: core
  question: Which enzyme does the anti-HMGCR antibody recognise?
  answer: HMG-CoA reductase (HMGCR)
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
