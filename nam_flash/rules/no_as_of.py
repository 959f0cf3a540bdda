"""A fact that can age has no ``as_of``.

Doses, frequencies, recommendations, "first line" and results of trials change while a deck is in
use. With ``as_of`` the card shows the year whose knowledge it describes, so that a learner who
meets another figure on the ward knows which one is newer, and an editor finds what is due. What
names its year itself ("in the guideline of 2022") is left alone.

Source: Wozniak P. Effective learning: twenty rules of formulating knowledge, 1999, rule 19 (date
stamping). Shekelle PG et al., JAMA 2001;286:1461-7 (half of 17 guidelines were outdated in 5.8
years). The list of words is ours.
"""

import re
from collections.abc import Iterator
from typing import Final

from nam_flash.rules.quantities import PERCENT, dose, statement
from nam_flash.rules.rule import Finding, Rule
from nam_flash.rules.study import Prompt, Study

#: What is decided or counted anew from time to time.
_AGES: Final = re.compile(
    r"\b(?:(?:first|second|third|1st|2nd|3rd)[- ]line|(?:drug|treatment|therapy|test) of choice|"
    r"standard of care|gold standard|guidelines?|recommend\w*|off-label|(?:un)?licensed|"
    r"(?:un)?approv(?:ed|al)|boxed warnings?|black box|trials?|randomi[sz]ed|placebo|"
    r"(?:mortality|fatality|survival|response|cure|incidence|relapse) rates?|prevalence|incidence|"
    r"to date|so far|not yet|novel|emerging|latest)\b",
    re.IGNORECASE,
)
#: A text that tells its year does not pretend to be of today.
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")


def check(study: Study) -> Iterator[Finding]:
    """Yield the facts without ``as_of`` whose prompts hold something that can age."""
    seen: set[str] = set()
    for prompt in study.prompts:
        fact = prompt.fact
        if fact.as_of is None and fact.id not in seen and (found := _ages(prompt)):
            seen.add(fact.id)
            hint = "the year of the newest source that supports it"
            yield Finding(fact, ("id",), f"{found!r} without a date", "as_of: a year", hint)


def _ages(prompt: Prompt) -> str:
    """Return the first thing in a prompt without a year that can age, or an empty string."""
    text = statement(prompt)
    if _YEAR.search(text):
        return ""
    # In a case percentages are findings of the patient.
    match = None if prompt.form == "case" else PERCENT.search(text)
    match = match or _AGES.search(text)
    return dose(text) or (match.group() if match else "")


RULE: Final = Rule(
    code="NF202",
    severity="warning",
    manual=__doc__ or "",
    bad="""\
- id: first-drug
  kind: basic
  topic: first/alpha
  level: core
  question: Which drug class is first-line treatment of IMNM?
  answer: glucocorticoids
  cite: [who2021]
""",
    good="""\
- id: first-drug
  kind: basic
  topic: first/alpha
  level: core
  question: Which drug class is first-line treatment of IMNM?
  answer: glucocorticoids
  as_of: 2021
  cite: [who2021]
- id: discovery
  kind: basic
  topic: first/alpha
  level: core
  question: In the first series of anti-HMGCR (2010), what share of patients had taken a statin?
  answer: 63%
  cite: [smith2020]
""",
    check=check,
)
