"""Numbers as medicine writes them: what a number, a frequency and a dose look like."""

import re
from typing import Final

from nam_flash.rules.study import Prompt

_ONE: Final = r"\d[\d,]*(?:\.\d+)?"

#: A number or a range of two, such as ``1,000``, ``0.5-1`` or ``20 to 40``.
NUMBER: Final = rf"{_ONE}(?:\s*(?:-|–|to)\s*{_ONE})?"

#: A percentage, which is how a frequency is mostly written.
PERCENT: Final = re.compile(rf"(?<![\w.,]){NUMBER}\s*(?:%|per ?cent\b)")

_AMOUNT: Final = (
    rf"(?<![\w.,]){NUMBER}\s*(?:mg|g|µg|μg|mcg|micrograms?|milligrams?|grams?|IU|[Uu]nits?)"
)
_RHYTHM: Final = (
    r"(?:a|an|per|each|every)\s+(?:day|night|week|month|cycle|course|dose|hour)|"
    r"/\s?(?:day|week|month|dose|h)\b|"
    r"\b(?:each|daily|nightly|weekly|monthly|once|twice|every \d+|bolus(?:es)?|infusions?)\b|"
    r"[×x] ?\d"
)
#: An amount of a drug by body size, or with a rhythm shortly after it.
_DOSE: Final = re.compile(
    rf"{_AMOUNT}(?:\s?/\s?(?:kg|m2|m²)\b|\b(?!\s?/\s?(?:m|d|µ)?[Ll]\b)[^.;?]{{0,20}}?(?:{_RHYTHM}))"
)
#: Amounts with a rhythm that nobody prescribes: what is excreted, eaten or drunk.
_NO_DRUG: Final = re.compile(r"urin|protein|album|excret|intake|alcohol|diet|salt", re.IGNORECASE)
#: Characters in front of an amount in which such a word says what it is.
_BEFORE: Final = 40


def statement(prompt: Prompt) -> str:
    """Return a prompt with its answer in place, so that numbers stand beside their units."""
    if prompt.form == "cloze":
        return re.sub(r"\[[^\]]*\]", lambda _: prompt.answer, prompt.question)
    return f"{prompt.question} {prompt.answer}"


def dose(text: str) -> str:
    """Return the first dose of a drug in a text, or an empty string."""
    for match in _DOSE.finditer(text):
        if not _NO_DRUG.search(text, max(0, match.start() - _BEFORE), match.end()):
            return match.group()
    return ""
