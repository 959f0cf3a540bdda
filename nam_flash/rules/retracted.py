"""A fact cites a work that was retracted, or shows a figure that rests on one.

A retracted work is no evidence: its data were wrong, copied or invented, or could not be shown.
Learners cannot see that on a card, and would learn the claim with the authority of a reference.
Find another source that supports the fact, or retire it. A waiver (``allow``) is for a fact that
is about the retraction.

Source: COPE Council. Retraction guidelines, 2019 (doi:10.24318/cope.2019.1.4). Schneider J et al.
Reducing the inadvertent spread of retracted science, Res Integr Peer Rev 2022;7:6 (authors often do
not know, and go on citing).
"""

from collections.abc import Iterator
from typing import Final

from nam_flash.rules.rule import Finding, Rule
from nam_flash.rules.study import Study


def check(study: Study) -> Iterator[Finding]:
    """Yield the citations of retracted works."""
    retracted = {
        source.id: source.custom.retracted
        for source in study.library.sources.values()
        if source.custom.retracted
    }
    for fact in study.library.facts:
        if fact.retired is None and retracted:
            for works in study.rests_on(fact):
                for keys, id_ in works.items():
                    if why := retracted.get(id_):
                        found = f"{id_!r}, retracted ({why})"
                        hint = "find another source or retire the fact"
                        yield Finding(fact, keys, found, "a work that stands", hint)


RULE: Final = Rule(
    code="NF204",
    severity="error",
    manual=__doc__ or "",
    bad="""\
- id: early-ivig
  kind: basic
  topic: first/alpha
  level: advanced
  question: What did early IVIG do in a trial in IMNM (2018)?
  answer: it shortened the time to full strength
  as_of: 2018
  cite: [doe2018]
""",
    good="""\
- id: early-ivig
  kind: basic
  topic: first/alpha
  level: advanced
  question: What went with early IVIG in a cohort of IMNM patients (2020)?
  answer: stronger hip flexors at 6 months
  as_of: 2020
  cite: [smith2020]
""",
    check=check,
)
