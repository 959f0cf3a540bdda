"""An option is not explained: its ``why`` says nothing, or only repeats the option.

Whoever chooses a wrong option has read it and half believes it; without a reason it stays, and is
recalled later as if it were true. Feedback that explains undoes that. Say which finding of this
patient speaks for the best answer, and which against each distractor.

Source: Butler AC, Roediger HL. Feedback enhances the positive effects and reduces the negative
effects of multiple-choice testing, Mem Cognit 2008;36:604-16. The list of words is ours.
"""

from collections.abc import Iterator
from typing import Final

from nam_flash.kinds.vignette import Option, Vignette
from nam_flash.rules.rule import Finding, Rule
from nam_flash.rules.study import Study
from nam_flash.rules.words import FUNCTION_WORDS, words

#: Words of which a verdict is made; a reason has at least one beyond them and the option's own.
_VERDICT: Final = FUNCTION_WORDS | frozenset(
    "no not here above below answer option choice diagnosis test treatment patient case vignette"
    " stem scenario question correct right incorrect wrong true false best better good bad likely"
    " unlikely possible probable typical indicated relevant irrelevant appropriate inappropriate"
    " suitable expected explain explains explained consistent finding findings picture presentation"
    " clearly obviously simply fit fits more less most least common".split()
)


def check(study: Study) -> Iterator[Finding]:
    """Yield the options whose ``why`` adds too little to be a reason."""
    for fact in study.library.facts:
        if not isinstance(fact, Vignette) or fact.retired is not None:
            continue
        yield from _unexplained(study, fact, fact.answer, "answer")
        for i, option in enumerate(fact.distractors):
            yield from _unexplained(study, fact, option, "distractors", i)


def _unexplained(
    study: Study, fact: Vignette, option: Option, *keys: str | int
) -> Iterator[Finding]:
    """Yield the finding about one option."""
    said = set(words(study.plain(option.why)))
    new = said - set(words(study.plain(option.option))) - _VERDICT
    if not new:
        found = f"{option.why!r} for {option.option!r}"
        yield Finding(fact, (*keys, "why"), found, "the reason, by a finding of this patient")


RULE: Final = Rule(
    code="NF210",
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
  question: Which antibody is most likely to be found?
  answer: {option: Anti-HMGCR, why: It goes with statin exposure and weakness that persists.}
  distractors:
    - {option: Anti-Jo-1, why: Anti-Jo-1 is not the best answer here.}
    - {option: Anti-Mi-2, why: Wrong.}
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
  question: Which antibody is most likely to be found?
  answer: {option: Anti-HMGCR, why: It goes with statin exposure and weakness that persists.}
  distractors:
    - {option: Anti-Jo-1, why: Lungs and joints would be involved.}
    - {option: Anti-Mi-2, why: Her skin is normal.}
  cite: [smith2020]
""",
    check=check,
)
