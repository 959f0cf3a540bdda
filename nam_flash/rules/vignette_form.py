"""A vignette lacks the patient's age, sex or findings, asks not one question, or offers too much.

Age and sex set the odds before the first finding, and without a finding there is nothing to reason
from: the learner guesses, or recalls the option that goes with a keyword. Two questions cannot have
one best answer. Fewer than three options make guessing pay, more than five take reading time and
add nothing, as distractors that nobody believes are not chosen. Give age, sex, tempo, examination
and values with their limits in the stem, then one question, then three to five options.

Source: NBME Item-Writing Guide, 2020 (stem as a clinical vignette, a closed lead-in). Haladyna TM,
Downing SM, Rodriguez MC. A review of multiple-choice item-writing guidelines for classroom
assessment, Appl Meas Educ 2002;15:309-34, guideline 18 (three options are adequate). The lists of
words are ours.
"""

import re
from collections.abc import Iterator
from typing import Final

from nam_flash.kinds.vignette import Vignette
from nam_flash.rules.rule import Finding, Rule
from nam_flash.rules.study import Study

#: Options, the right one among them: guideline 18, and what a phone shows at once.
MIN_OPTIONS: Final = 3
MAX_OPTIONS: Final = 5

#: Words: two short sentences. A longer stem may tell all in its history (a phobia, a headache).
SHORT: Final = 30

_AGE: Final = re.compile(
    r"[\w-]+[- ](?:year|month|week|day|hour)s?[- ]old\b|\baged? (?:of )?\d|\byears of age\b|"
    r"\b(?:newborn|neonate|infant|in (?:his|her|their) \w+(?:ies|teens))\b|"
    r"\b\d+[- ]?(?:yo|y/o|yr)\b",
    re.IGNORECASE,
)
_SEX: Final = re.compile(
    r"\b(?:wo)?m[ae]n\b|\b(?:boy|girl|(?:fe)?male|lady|gentleman|mother|father|he|she|his|hers?|him|"
    r"himself|herself|mrs?|ms|pregnan\w+|gravida|primigravid\w*)\b",
    re.IGNORECASE,
)
#: A value with a unit or a grade, or what is written where somebody looked.
_FINDING: Final = re.compile(
    r"\d\s*(?:%|°|/|[mkµμn]?g\b|[md]?[lL]\b|mm|cm|U\b|IU\b|mmol|mEq|bpm|beats|×|x ULN)|"
    r"\b(?:examin|show|reveal|demonstrat|appear|normal|abnormal|weak|strength|reflex|rash|tender|"
    r"swell|swollen|murmur|crackle|wheez|palpa|pulse|pressure|temperature|fever|febrile|afebrile|"
    r"biops|smear|culture|scan|imaging|CT|MRI|ECG|EEG|EMG|x-ray|radiograph|ultraso|positive|negative|"
    r"elevat|raised|o?edema|jaundice|pale|pallor|cyano|auscult|mass|nodule|lesion|ulcer|atroph|gait|"
    r"alert|orient|unremarkable|vital signs|antibod)",
    re.IGNORECASE,
)


def check(study: Study) -> Iterator[Finding]:
    """Yield what each vignette lacks, or has too much of."""
    for fact in study.library.facts:
        if not isinstance(fact, Vignette) or fact.retired is not None:
            continue
        if lacking := _lacking(study.plain(fact.stem), fact.question):
            what = ", ".join(lacking)
            yield Finding(fact, ("stem",), f"a stem without {what}", f"the patient's {what}")
        questions = fact.question.count("?")
        if questions != 1:
            found = f"{questions or 'no'} question marks in the lead-in"
            yield Finding(fact, ("question",), found, "one question, ending in '?'")
        options = 1 + len(fact.distractors)
        if not MIN_OPTIONS <= options <= MAX_OPTIONS:
            expected = f"{MIN_OPTIONS} to {MAX_OPTIONS}, the answer among them"
            yield Finding(fact, ("distractors",), f"{options} options", expected)


def _lacking(stem: str, question: str) -> list[str]:
    """Return what a reader cannot know of the patient; the lead-in may tell the sex ("his")."""
    lacking = []
    if not _AGE.search(stem):
        lacking.append("age")
    if not _SEX.search(stem) and not _SEX.search(question):
        lacking.append("sex")
    if len(stem.split()) < SHORT and not _FINDING.search(stem):
        lacking.append("findings")
    return lacking


RULE: Final = Rule(
    code="NF209",
    severity="warning",
    manual=__doc__ or "",
    bad="""\
- id: vignette-statin
  kind: vignette
  topic: first/alpha
  level: core
  stem: A patient on atorvastatin has had trouble climbing stairs for three months.
  question: What is the diagnosis? Which antibody proves it?
  answer: {option: Anti-HMGCR, why: It goes with statin exposure and weakness that persists.}
  distractors:
    - {option: Anti-Jo-1, why: Lungs and joints would be involved.}
  cite: [smith2020]
""",
    good="""\
- id: vignette-statin
  kind: vignette
  topic: first/alpha
  level: core
  stem: >-
    A 64-year-old woman on atorvastatin has had trouble climbing stairs for three months. Hip
    flexors are 4-/5, skin and lungs are normal. CK is 7,800 U/L (reference limit 190).
  question: Which antibody is most likely to be found?
  answer: {option: Anti-HMGCR, why: It goes with statin exposure and weakness that persists.}
  distractors:
    - {option: Anti-Jo-1, why: Lungs and joints would be involved.}
    - {option: Anti-Mi-2, why: A rash would be expected.}
    - {option: Anti-SRP, why: It has no link with statins.}
  cite: [smith2020]
""",
    check=check,
)
