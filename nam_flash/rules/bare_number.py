"""A number stands without its unit, or a frequency without the study that it comes from.

"CK above 5,000" can mean U/L or a multiple of the limit, and "30%" is true of one clinic in one
year. A learner who remembers the bare number will apply it to every patient. Write the unit, and
with a frequency whom it was counted in: "In a Japanese series of 100 patients (2015), ...". Where
studies disagree, ask for the range and say so.

Source: Lang TA, Altman DG. The SAMPL guidelines, in: Science Editors' Handbook, 2013 (units, group
sizes, numerators and denominators). Wozniak P. Effective learning: twenty rules of formulating
knowledge, 1999, rule 18 (sources help to judge contradictory numbers). The lists of words are ours.
"""

import re
from collections.abc import Iterator
from typing import Final

from nam_flash.rules.quantities import NUMBER, PERCENT, statement
from nam_flash.rules.rule import Finding, Rule
from nam_flash.rules.study import Prompt, Study

#: What laboratories report with a unit. (Not pH or INR, which have none.)
_ANALYTE: Final = (
    r"CK(?:-MB)?|AST|ALT|GGT|LDH|CRP|ESR|BUN|TSH|BNP|NT-proBNP|LDL|HDL|Hb|WBC|Na\+?|"
    r"(?i:creatine kinase|aldolase|troponin(?: [IT])?|creatinine|urea|sodium|potassium|calcium|"
    r"magnesium|phosphate|glucose|albumin|bilirubin|ferritin|ha?emoglobin|platelets?|leu[ck]ocytes?|"
    r"neutrophils?|cholesterol|triglycerides?|lactate)"
)
#: What may stand between the analyte and the number, and what may follow the number.
_LINK: Final = r"\s(?:is|was|of|above|below|over|under|exceeds|about|around|at least)"
_UNIT: Final = (
    r"[%‰×/°]|x\s*10|(?:x\s*ULN|times?|-?\s?fold|multiples?|ULN|IU|U|[Uu]nits?|[mkµμnp]?g|"
    r"[mdµμ]?[Ll]|[mµμnp]?mol|mEq|mm|s|h|min|years?|months?|weeks?|days?|hours?|patients?|people|of)\b|"
    r"[^\s,;]*/"
)
_MEASURED: Final = re.compile(
    rf"(?<![\w-])(?:{_ANALYTE})(?: levels?| values?)?(?:\s*[<>≤≥=]\s*|,?(?:{_LINK})*+\s)"
    rf"(?>{NUMBER}(?:\s(?:and|or)\s{NUMBER})*)(?![\w.])(?!\s*(?:{_UNIT}))"
)

_BARE: Final = re.compile(
    rf"(?:about|around|approximately|at least|at most|up to|over|under|[<>≤≥=~≈]+)?\s*{NUMBER}"
)
#: Words of a question that say what is counted or measured, or that the number is a name.
_COUNTED: Final = re.compile(
    r"\b(?:how (?:many|much|old|long|often|far)|when|year|age[ds]?|number|count|ratio|scores?|"
    r"points?|index|BMI|pH|INR|titre|percentage|share|proportion|per|multiple|times|of \d|\d+ of|"
    r"grade|stage|class|type|factor|chromosome|nerve)\b|[%‰×]",
    re.IGNORECASE,
)

#: A percentage that is a line drawn by somebody, not a count.
_LINE: Final = re.compile(
    r"[<>≤≥]|\b(?:goals?|targets?|cut-?offs?|thresholds?|defin\w+|criteri\w+|at (?:least|most)|"
    r"more than|less than|above|below|reference|normal range)\b",
    re.IGNORECASE,
)
#: What names the place where it was counted: a year, a number of patients, a kind of work.
_STUDY: Final = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d[\d,]* (?:of|out of) \d|\bof \d[\d,]*\b(?! ?%)|"
    r"\b\d[\d,]* (?:\w+[ -]){0,3}(?:patients|adults|children|people|women|men|cases|biopsies|sera)|"
    r"\b(?:cohorts?|series|stud(?:y|ies)|trials?|reviews?|meta-analys[ei]s|registry|survey|"
    r"guidelines?|consensus|reports?)\b",
    re.IGNORECASE,
)


def check(study: Study) -> Iterator[Finding]:
    """Yield measurements without a unit, bare answers, and frequencies without a study."""
    for fact in study.library.facts:
        if fact.retired is None:
            for keys, text in study.texts(fact):
                if match := _MEASURED.search(text):
                    yield Finding(fact, keys, repr(match.group()), "a number with its unit")
    for prompt in study.prompts:
        if _BARE.fullmatch(prompt.answer) and not _says_what(prompt):
            found = f"{prompt.answer!r} as the whole answer"
            hint = "write the unit, or ask for what is counted ('how many ...')"
            yield Finding(prompt.fact, prompt.answer_keys, found, "a number with its unit", hint)
        elif found := _frequency(prompt):
            expected = "the study beside it: whom, where, when"
            hint = "such as 'In a Japanese series of 100 patients (2015), ...'"
            yield Finding(prompt.fact, prompt.answer_keys, repr(found), expected, hint)


def _says_what(prompt: Prompt) -> bool:
    """Tell whether the question says what the number counts; after a cloze, the next word may."""
    return bool(_COUNTED.search(prompt.question) or re.search(r"\][ -]?\w", prompt.question))


def _frequency(prompt: Prompt) -> str:
    """Return the first percentage of a prompt that names no study, or an empty string."""
    whole = statement(prompt)
    match = PERCENT.search(whole)
    if match is None or prompt.form == "case" or _STUDY.search(whole) or _LINE.search(whole):
        return ""
    return match.group()


RULE: Final = Rule(
    code="NF201",
    severity="warning",
    manual=__doc__ or "",
    bad="""\
- id: dysphagia-share
  kind: basic
  topic: first/alpha
  level: core
  question: How common is dysphagia in anti-SRP myopathy?
  answer: 41%
  as_of: 2020
  cite: [smith2020]
- id: ck-alarm
  kind: basic
  topic: first/alpha
  level: core
  question: Which antibody tests does a CK > 5,000 in a weak patient call for?
  answer: anti-SRP and anti-HMGCR
  cite: [smith2020]
""",
    good="""\
- id: dysphagia-share
  kind: basic
  topic: first/alpha
  level: core
  question: In a series of 100 anti-SRP patients (2020), what share had dysphagia?
  answer: 41%
  as_of: 2020
  cite: [smith2020]
- id: ck-alarm
  kind: basic
  topic: first/alpha
  level: core
  question: Which antibody tests does a CK > 5,000 U/L in a weak patient call for?
  answer: anti-SRP and anti-HMGCR
  cite: [smith2020]
""",
    check=check,
)
