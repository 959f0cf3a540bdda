"""The right option is the longest: by far in a vignette, or too often over the whole deck.

Authors qualify what is right and keep what is wrong short. A learner soon sees it, picks the
longest option and stops reading the case: the cards then train a habit that fails in any good exam.
Shorten the right option (its reasons belong into ``why``), or write the distractors as fully.

The deck as a whole is looked at from 20 vignettes on. With k options each, chance makes the right
one the longest in one of k; the finding stands where that number or a larger one has a binomial
probability below 1%, on the vignette that shows it most.

Source: NBME Item-Writing Guide, 2020, chapter 3 (a long correct answer is a cue for the testwise).
Haladyna TM, Downing SM, Rodriguez MC. A review of multiple-choice item-writing guidelines for
classroom assessment, Appl Meas Educ 2002;15:309-34 (choices of about equal length). In 400 items of
the US licensing style (MedQA) the right option was the longest in 79, as chance has it, and beyond
our limits in 3, all of which gave themselves away.
"""

from collections.abc import Iterator
from typing import Final

from nam_flash.kinds.vignette import Vignette
from nam_flash.rules.chance import MIN_VIGNETTES, RARE, at_least
from nam_flash.rules.rule import Finding, Rule
from nam_flash.rules.study import Study

#: Times the longest distractor.
MAX_RATIO: Final = 1.5
#: Characters beyond it: some three words, so that long names of diseases and drugs may stand.
MAX_MORE: Final = 20


def check(study: Study) -> Iterator[Finding]:
    """Yield the vignettes whose right option is far the longest, then the habit of the deck."""
    expected_by_chance = 0.0
    longest: list[tuple[float, Vignette]] = []
    tries = 0
    for fact in study.library.facts:
        if not isinstance(fact, Vignette) or fact.retired is not None or not fact.distractors:
            continue
        right = len(study.plain(fact.answer.option))
        wrong = max(len(study.plain(option.option)) for option in fact.distractors)
        tries += 1
        expected_by_chance += 1 / (1 + len(fact.distractors))
        if right > wrong:
            longest.append((right / wrong, fact))
        if right >= wrong * MAX_RATIO and right - wrong >= MAX_MORE:
            found = f"a right option of {right} characters, no distractor above {wrong}"
            hint = "move its reasons to `why`, or write the distractors as fully"
            yield Finding(fact, ("answer", "option"), found, "options of similar length", hint)
    if tries < MIN_VIGNETTES:
        return
    probability = at_least(len(longest), tries, expected_by_chance / tries)
    if probability < RARE:
        worst = max(longest, key=lambda item: item[0])[1]
        found = (
            f"the right option is the longest in {len(longest)} of {tries} vignettes "
            f"(p = {probability:.1g})"
        )
        expected = f"about {expected_by_chance:.0f}, as chance has it"
        yield Finding(worst, ("answer", "option"), found, expected, "begin with this vignette")


RULE: Final = Rule(
    code="NF211",
    severity="warning",
    manual=__doc__ or "",
    bad="""\
- id: vignette-statin
  kind: vignette
  topic: first/alpha
  level: core
  stem: >-
    A 64-year-old woman on atorvastatin has had trouble climbing stairs for three months. Skin and
    lungs are normal. CK is 7,800 U/L (reference limit 190).
  question: Which test is most likely to establish the diagnosis?
  answer:
    option: Anti-HMGCR antibodies by ELISA, as statins induce the antigen in muscle
    why: It goes with statin exposure and weakness that persists.
  distractors:
    - {option: Anti-Jo-1 antibodies, why: Lungs and joints would be involved.}
    - {option: Anti-Mi-2 antibodies, why: A rash would be expected.}
  cite: [smith2020]
""",
    good="""\
- id: vignette-statin
  kind: vignette
  topic: first/alpha
  level: core
  stem: >-
    A 64-year-old woman on atorvastatin has had trouble climbing stairs for three months. Skin and
    lungs are normal. CK is 7,800 U/L (reference limit 190).
  question: Which test is most likely to establish the diagnosis?
  answer:
    option: Anti-HMGCR antibodies
    why: It goes with statin exposure and weakness that persists; statins induce the antigen.
  distractors:
    - {option: Anti-Jo-1 antibodies, why: Lungs and joints would be involved.}
    - {option: Anti-Mi-2 antibodies, why: A rash would be expected.}
  cite: [smith2020]
""",
    check=check,
)
