"""A prompt does not say what it asks for.

"Describe", "List", "What about", "What is important in", or a bare topic without a question: such a
prompt has many right answers. The learner says one of them, finds another on the back, and cannot
tell whether to grade it as known. Ask for one thing: which, how many, when, why.

Source: Matuschak A. How to write good prompts, 2020 (prompts should be precise; vague questions get
vague answers). NBME. Constructing Written Test Questions for the Basic and Clinical Sciences (a
focused lead-in that can be answered without seeing the options).
"""

import re
from collections.abc import Iterator
from typing import Final

from nam_flash.rules.rule import Finding, Rule
from nam_flash.rules.study import Study
from nam_flash.rules.words import DEGREE_WORDS, DISEASE_ENDINGS, FUNCTION_WORDS, words

_VAGUE: Final = re.compile(
    r"(?:^|[.:,]\s+)(?:(?:describe|discuss|outline|summari[sz]e|enumerate|list|elaborate|comment)\b"
    r"|(?:tell me|write|write a note|a note) (?:about|on)\b"
    r"|explain (?!why|how|what|which|when|where)"
    r"|(?:what|how) about\b"
    r"|what (?:is|are|do you|should you|should one|can you|can be)"
    r" (?:most |particularly |especially |also |there to )?"
    r"(?:important|notable|noteworthy|special|relevant|interesting|know|remember|say)\b"
    r"(?! to (?:check|exclude|rule)))"
    r"|\b(?:key|main|major|important|essential|relevant|general)"
    r" (?:(?!and\b)[\w/-]+ ){0,2}?(?:features?|facts?|points?|aspects?|principles?|concepts?"
    r"|considerations?|things|components?|priorities|characteristics)\b",
    re.IGNORECASE,
)
#: What asks, also without a question mark.
_ASKS: Final = re.compile(
    r"\b(?:what|which|who|whose|when|where|why|how)\b|^(?:name|state|give|define|identify|calculate"
    r"|complete|choose|specify|spell|translate)\b|_{2,}|\.{3}|…",
    re.IGNORECASE,
)
#: How the name of a disease ends.
_DISEASE: Final = (*DISEASE_ENDINGS, "syndrome", "disease", "disorder", "deficiency")
#: Words in a bare topic with a question mark, such as ``Goodpasture syndrome?``
MAX_TOPIC: Final = 3


def is_topic(question: str) -> bool:
    """Tell whether a prompt is a topic without a question, or the name of a disease with a mark."""
    if _ASKS.search(question):
        return False
    if "?" not in question:
        return True
    inside = words(question)
    return len(question.split()) <= MAX_TOPIC and (
        inside[-1].endswith(_DISEASE) and not (FUNCTION_WORDS | DEGREE_WORDS).intersection(inside)
    )


def check(study: Study) -> Iterator[Finding]:
    """Yield the prompts that leave open what they ask for."""
    for prompt in study.prompts:
        if prompt.form == "cloze":
            continue
        if match := _VAGUE.search(prompt.question):
            found = f"the vague {match[0].strip('.:, ')!r}"
        elif is_topic(prompt.question):
            found = "a topic without a question"
        else:
            continue
        yield Finding(
            prompt.fact,
            prompt.keys,
            found,
            "a question with one right answer",
            "ask for one thing: which, how many, when, why",
        )


RULE: Final = Rule(
    code="NF108",
    severity="warning",
    manual=__doc__ or "",
    bad="""\
- id: imnm-biopsy
  kind: basic
  topic: first/alpha
  level: core
  question: What is important in the muscle biopsy of IMNM?
  answer: Scattered necrotic fibres
  cite: [smith2020]
""",
    good="""\
- id: imnm-biopsy
  kind: basic
  topic: first/alpha
  level: core
  question: How is fibre necrosis distributed in the muscle biopsy of IMNM?
  answer: Scattered
  cite: [smith2020]
""",
    check=check,
)
