"""A fact cites a work that a newer one replaces, or shows a figure that rests on one.

A guideline of yesterday is worse than none: it looks like authority, and learners who follow it
act against today's advice. Read the newer work, correct the fact and cite that instead. A fact
about the older work itself (what it said, what has changed) cites both.

Source: Shekelle PG et al. Validity of the Agency for Healthcare Research and Quality clinical
practice guidelines, JAMA 2001;286:1461-7 (of 17 guidelines more than 3 in 4 needed an update).
Wozniak P. Effective learning: twenty rules of formulating knowledge, 1999, rule 18 (provide
sources).
"""

from collections.abc import Iterator
from typing import Final

from nam_flash.rules.rule import Finding, Rule
from nam_flash.rules.study import Study


def check(study: Study) -> Iterator[Finding]:
    """Yield the citations of superseded works in facts that do not cite the newer one too."""
    newer = {
        source.id: source.custom.superseded_by
        for source in study.library.sources.values()
        if source.custom.superseded_by
    }
    for fact in study.library.facts:
        if fact.retired is None and newer:
            for works in study.rests_on(fact):
                for keys, id_ in works.items():
                    by = newer.get(id_)
                    if by and by not in works.values():
                        found = f"{id_!r}, which {by!r} replaces"
                        yield Finding(fact, keys, found, f"{by!r}, and what it says")


RULE: Final = Rule(
    code="NF203",
    severity="warning",
    manual=__doc__ or "",
    bad="""\
- id: biopsy-place
  kind: basic
  topic: first/alpha
  level: core
  question: What place does the Muscle Society give the biopsy in anti-HMGCR IMNM?
  answer: required before treatment
  as_of: 2010
  cite: [society2010]
""",
    good="""\
- id: biopsy-place
  kind: basic
  topic: first/alpha
  level: core
  question: What place does the Muscle Society (2021) give the biopsy in anti-HMGCR IMNM?
  answer: not required
  extra: The guidance of 2010 still required it before treatment.
  as_of: 2021
  cite: [who2021, society2010]
""",
    check=check,
)
