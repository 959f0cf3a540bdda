"""Nobody has compared the fact with the literature for three years.

Medicine moves under a deck that stays as it is, and the learner has no means to notice. Look the
fact up again, correct it where needed, and set ``reviewed`` to today. What changed within the three
years counts as reviewed (the lock knows when); what never shipped and bears no date is new.

Source: Shekelle PG et al., JAMA 2001;286:1461-7 (reassess guidelines every three years; one in ten
is outdated by 3.6 years). Shojania KG et al., Ann Intern Med 2007;147:224-33 (half of 100
systematic reviews stood for 5.5 years, but 23% were overtaken within two).
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from nam_flash.rules.rule import Finding, Rule
from nam_flash.rules.study import Study

#: Years: the general rule of Shekelle 2001.
MAX_AGE: Final = 3


def check(study: Study) -> Iterator[Finding]:
    """Yield the facts that were last changed or reviewed too long ago."""
    changed: dict[str, int] = {}
    for key, entry in study.lock.notes.items():
        id_ = key.partition("/")[0]
        changed[id_] = max(changed.get(id_, 0), entry.mod)
    today = _date(study.now)
    due = f"{int(today[:4]) - MAX_AGE:04}{today[4:]}"
    for fact in study.library.facts:
        shipped = _date(changed[fact.id]) if fact.id in changed else ""
        last = max(fact.reviewed, shipped)
        if last and last < due and fact.retired is None:
            keys = ("reviewed",) if fact.reviewed else ("id",)
            found = f"last reviewed or changed on {last}"
            hint = "compare it with the literature, then set `reviewed`"
            yield Finding(fact, keys, found, f"a review since {due}", hint)


def _date(seconds: int) -> str:
    """Return a time in Unix seconds as a date that sorts as text."""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}"


RULE: Final = Rule(
    code="NF205",
    severity="warning",
    manual=__doc__ or "",
    bad="""\
- id: hmgcr-drug
  kind: basic
  topic: first/alpha
  level: core
  question: Which drug class is tied to anti-HMGCR IMNM?
  answer: statins
  reviewed: 2019-05-01
  cite: [smith2020]
""",
    good="""\
- id: hmgcr-drug
  kind: basic
  topic: first/alpha
  level: core
  question: Which drug class is tied to anti-HMGCR IMNM?
  answer: statins
  reviewed: 2023-05-01
  cite: [smith2020]
""",
    check=check,
)
