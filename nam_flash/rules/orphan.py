"""A fact stands alone: its topic has no other, it needs nothing, and nothing needs it.

Memory holds what is tied to other things. A card about a subject that the deck says nothing else
about is forgotten again and again, and when it is remembered it answers to its own wording only.
Add what it hangs on (two or three facts around it, or a fact that it needs), put it under a topic
where it belongs, or leave it out. A comparison is company enough for itself.

Source: Nielsen M. Augmenting long-term memory, 2018 ("avoid orphan questions"). Wozniak P.
Effective learning: twenty rules of formulating knowledge, 1999, rules 3 (build upon the basics)
and 13 (refer to other memories).
"""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from nam_flash.kinds.comparison import Comparison
from nam_flash.rules.rule import Finding, Rule
from nam_flash.rules.study import Study


def check(study: Study) -> Iterator[Finding]:
    """Yield the facts without company in their topic and without a tie of need."""
    facts = [fact for fact in study.library.facts if fact.retired is None]
    needed = {id_ for fact in facts for id_ in fact.needs}
    company: Counter[str] = Counter()
    for fact in facts:
        company.update({above for path in (fact.topic, *fact.tags) for above in _upwards(path)})
    for fact in facts:
        alone = all(company[path] == 1 for path in (fact.topic, *fact.tags))
        if alone and not fact.needs and fact.id not in needed and not isinstance(fact, Comparison):
            yield Finding(
                fact,
                ("topic",),
                f"the only fact of {fact.topic!r}, tied to no other",
                "facts around it, or a `needs`",
                "add what it hangs on, or file it where it belongs",
            )


def _upwards(path: str) -> Iterator[str]:
    """Yield a topic and those above it: their facts keep it company."""
    while path:
        yield path
        path = path.rpartition("/")[0]


RULE: Final = Rule(
    code="NF119",
    severity="warning",
    manual=__doc__ or "",
    bad="""\
- id: mcardle-enzyme
  kind: basic
  topic: second
  level: advanced
  question: Which muscle enzyme is deficient in McArdle disease?
  answer: myophosphorylase
  cite: [smith2020]
""",
    good="""\
- id: mcardle-enzyme
  kind: basic
  topic: second
  level: advanced
  question: Which muscle enzyme is deficient in McArdle disease?
  answer: myophosphorylase
  needs: [mcardle-second-wind]
  cite: [smith2020]

- id: mcardle-second-wind
  kind: basic
  topic: second
  level: advanced
  question: Which phenomenon during exercise is characteristic of McArdle disease?
  answer: the second wind
  cite: [smith2020]
""",
    check=check,
)
