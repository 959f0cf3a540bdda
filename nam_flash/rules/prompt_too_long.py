"""A prompt is too long to be read at a glance.

Hundreds of cards wait every day. Of a long prompt the learner soon knows the shape rather than the
sense, and answers without having read it. Leave out what the answer does not depend on, move
explanations to ``extra``, and make two facts of a sentence with two thoughts. The stem of a
vignette is a case to be thought about, and has no limit here.

Source: Wozniak P. Effective learning: twenty rules of formulating knowledge, 1999, rule 12
(optimise wording). Matuschak A. How to write good prompts, 2020 (keep prompts short, which
discourages pattern matching). Haladyna TM, Downing SM, Rodriguez MC. Appl Meas Educ 2002;15:309-34
(guideline 13: minimise the reading in each item). The limits are ours.
"""

from collections.abc import Iterator
from typing import Final

from nam_flash.rules.rule import Finding, Rule
from nam_flash.rules.study import Study

#: Characters: some 26 words, which take about seven seconds (238 words a minute, Brysbaert M.
#: J Mem Lang 2019;109:104047).
MAX_QUESTION: Final = 160
#: Characters of a cloze sentence, which says most of what the back of a question would.
MAX_CLOZE: Final = 200


def check(study: Study) -> Iterator[Finding]:
    """Yield the prompts beyond the limit of their form."""
    for prompt in study.prompts:
        limit = MAX_CLOZE if prompt.form == "cloze" else MAX_QUESTION
        if len(prompt.question) > limit:
            yield Finding(
                prompt.fact,
                prompt.keys,
                f"a prompt of {len(prompt.question)} characters",
                f"at most {limit}",
                "leave out what the answer does not depend on",
            )


RULE: Final = Rule(
    code="NF102",
    severity="warning",
    manual=__doc__ or "",
    bad="""\
- id: withdrawal-alone
  kind: basic
  topic: first/alpha
  level: core
  question: >-
    In patients with anti-HMGCR IMNM, which typically begins after months or years of treatment with
    a statin but can also occur in people who never took one, what usually happens to the weakness
    when the statin is stopped?
  answer: It persists or progresses
  cite: [smith2020]
""",
    good="""\
- id: withdrawal-alone
  kind: basic
  topic: first/alpha
  level: core
  question: What usually happens to the weakness of anti-HMGCR IMNM when the statin is stopped?
  answer: It persists or progresses
  extra: The disease usually begins after months or years on a statin, but some never took one.
  cite: [smith2020]
""",
    check=check,
)
