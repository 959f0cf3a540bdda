"""A question asks for what is not so.

*Which is NOT ...?*, *all of these except ...?* and *least likely* make the learner turn the
question round, and a slip of reading counts as a lack of knowledge. As every other thing would be
an answer too, little is learnt from the right one. Ask for what is so; in a vignette, ask for the
best option. A question about what must not be done (*Which drug should not be restarted?*) is left
alone: it is asked at the bedside, too.

Source: NBME Item-Writing Guide, chapter on technical item flaws (negatively phrased items).
Haladyna TM, Downing SM, Rodriguez MC. A review of multiple-choice item-writing guidelines for
classroom assessment. Appl Meas Educ 2002;15:309-34, guideline 17 (word the stem positively).
"""

import re
from collections.abc import Iterator
from typing import Final

from nam_flash.rules.rule import Finding, Rule
from nam_flash.rules.study import Study

#: Negations of the question itself, not of what it tells about its patients.
_NEGATIVE: Final = re.compile(
    r"""
    (?-i:\bNOT\b|\bEXCEPT\b)
    | \b(?:all|each|any|every)\ (?:of\ )?(?:the\ following|these)\b[^?]*\bexcept\b
    | \bexcept\W*$
    | (?<!\bat\ )\bleast\ (?:likely|probable|appropriate|consistent|suitable|helpful|useful)\b
    | \b(?:is|are)\ (?:false|incorrect|untrue|wrong)\W*$
    | ^(?:which|what)(?:\ (?!that\b|who\b|whose\b|which\b|if\b|when\b|where\b|with\b)[\w-]+){0,6}
      \ (?:(?:is|are)\ not|isn't|aren't)\ (?:an?|one|part|among|included|typical|characteristic
        |associated|consistent|seen|found|true|correct)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)


def check(study: Study) -> Iterator[Finding]:
    """Yield the questions with a negation of their own."""
    for prompt in study.prompts:
        if prompt.form == "cloze":
            continue
        if match := _NEGATIVE.search(prompt.question):
            yield Finding(
                prompt.fact,
                prompt.keys,
                f"a negative question ({match[0]!r})",
                "a question for what is so",
                "turn it round, or ask for the one best answer",
            )


RULE: Final = Rule(
    code="NF116",
    severity="warning",
    manual=__doc__ or "",
    bad="""\
- id: imnm-antibodies
  kind: basic
  topic: first/alpha
  level: core
  question: Which antibody is not associated with IMNM?
  answer: anti-Jo-1
  cite: [smith2020]
""",
    good="""\
- id: imnm-antibodies
  kind: basic
  topic: first/alpha
  level: core
  question: Which group of inflammatory myopathies does anti-Jo-1 mark instead of IMNM?
  answer: antisynthetase syndrome
  cite: [smith2020]
""",
    check=check,
)
