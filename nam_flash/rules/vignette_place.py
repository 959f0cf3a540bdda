"""Over the whole deck the right answer stands in one place too often.

The program sorts options (by number or the alphabet), so no author chooses the place; yet a habit
of naming can: where every right answer begins with "Anti-", it comes first. A learner who meets "A"
again and again starts to guess it. Change the distractors of some vignettes, so that others sort
before the right answer, or after it.

Looked at from 20 vignettes on. For each place, the number of right answers there is held against
the number by chance (one of k in a vignette with k options); the finding stands where that or more
has a binomial probability below 1%, times the number of places, on the first such vignette.

Source: Haladyna TM, Downing SM, Rodriguez MC. A review of multiple-choice item-writing guidelines
for classroom assessment, Appl Meas Educ 2002;15:309-34, guideline 20 (vary the place of the right
answer). Attali Y, Bar-Hillel M. Guess where: the position of correct answers in multiple-choice
test items as a psychometric variable, J Educ Meas 2003;40:109-28.
"""

from collections.abc import Iterator
from string import ascii_uppercase
from typing import Final

from nam_flash.kinds import Desk
from nam_flash.kinds.vignette import Vignette
from nam_flash.rules.chance import MIN_VIGNETTES, RARE, at_least
from nam_flash.rules.rule import Finding, Rule
from nam_flash.rules.study import Study


def check(study: Study) -> Iterator[Finding]:
    """Yield the place that holds the right answer most improbably often, if it does."""
    right: dict[str, list[Vignette]] = {}
    chances: dict[str, list[float]] = {}
    for fact in study.library.facts:
        if isinstance(fact, Vignette) and fact.retired is None and fact.distractors:
            options = 1 + len(fact.distractors)
            right.setdefault(_place(fact, study), []).append(fact)
            for place in ascii_uppercase[:options]:
                chances.setdefault(place, []).append(1 / options)
    rare, found_at = RARE, ""
    for place, chance in chances.items():
        hits, tries = len(right.get(place, ())), len(chance)
        if tries >= MIN_VIGNETTES:
            probability = at_least(hits, tries, sum(chance) / tries) * len(chances)
            if probability < rare:
                rare, found_at = probability, place
    if found_at:
        facts, chance = right[found_at], chances[found_at]
        found = f"{found_at} is right in {len(facts)} of {len(chance)} vignettes (p = {rare:.1g})"
        expected = f"about {sum(chance):.0f}, as chance has it"
        hint = "change distractors so that others sort before or after the right answer"
        yield Finding(facts[0], ("answer", "option"), found, expected, hint)


def _place(fact: Vignette, study: Study) -> str:
    """Return the letter of the right answer, as the card has it."""
    draft = next(fact.drafts(Desk(study.markup)))
    return draft.fields["Answer"].partition(".")[0]


def _deck(*names: str) -> str:
    """Return a deck of vignettes whose right options are ``names`` in turn."""
    return "\n".join(
        f"""\
- id: case-{age}
  kind: vignette
  topic: first/alpha
  level: core
  stem: A {age}-year-old woman has had trouble climbing stairs for months. CK is 7,800 U/L.
  question: Which test is most likely to establish the diagnosis?
  answer: {{option: {names[age % len(names)]}, why: Weakness and CK fit; the lungs are clear.}}
  distractors:
    - {{option: Dystrophy panel, why: Months are too short for a dystrophy.}}
    - {{option: Jo-1 antibodies, why: Her lungs and joints are well.}}
    - {{option: Mi-2 antibodies, why: Her skin is normal.}}
    - {{option: Thyroid function, why: It was normal last week.}}
  cite: [smith2020]
"""
        for age in range(50, 50 + MIN_VIGNETTES)
    )


RULE: Final = Rule(
    code="NF212",
    severity="warning",
    manual=__doc__ or "",
    bad=_deck("Antibodies against HMGCR"),
    good=_deck("Antibodies against HMGCR", "HMGCR antibodies", "SRP antibodies"),
    check=check,
)
