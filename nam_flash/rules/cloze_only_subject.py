"""A cloze hides the one thing that its sentence is about.

What is left (*... is common in severe cases*) speaks of anything: no learner can know what is
asked, and the card is learnt by its shape. The rule finds the clear cases, where outside the gap
there are only general words of medicine and numbers. Leave the subject visible and hide what is
said of it, name the context, or give a hint (``{{c1::rituximab::which drug?}}``).

Source: Wozniak P. Effective learning: twenty rules of formulating knowledge, 1999, rules 5 (cloze
deletion) and 16 (context cues). Matuschak A. How to write good prompts, 2020 (prompts should be
precise).
"""

from collections.abc import Iterator
from typing import Final

from nam_flash.rules.rule import Finding, Rule
from nam_flash.rules.study import Study
from nam_flash.rules.words import CLASS_WORDS, DEGREE_WORDS, FUNCTION_WORDS, words

#: What can be said of anything.
_OF_ANYTHING: Final = FUNCTION_WORDS | CLASS_WORDS | DEGREE_WORDS


def check(study: Study) -> Iterator[Finding]:
    """Yield the clozes that leave no word of their own outside of the gap."""
    for prompt in study.prompts:
        if prompt.form != "cloze":
            continue
        # A hint stands in the gap, and so counts as left.
        if all(word.isdecimal() or word in _OF_ANYTHING for word in words(prompt.question)):
            yield Finding(
                prompt.fact,
                prompt.answer_keys,
                f"a cloze that leaves {prompt.question!r}",
                "a sentence that says what is asked about",
                "hide what is said of the subject, or give a hint",
            )


RULE: Final = Rule(
    code="NF115",
    severity="warning",
    manual=__doc__ or "",
    bad="""\
- id: rituximab-severe
  kind: cloze
  topic: first/alpha
  level: core
  text: "{{c1::Rituximab}} is often used in severe disease."
  cite: [smith2020]
""",
    good="""\
- id: rituximab-severe
  kind: cloze
  topic: first/alpha
  level: core
  text: In severe anti-SRP IMNM, {{c1::rituximab}} is often added to corticosteroids.
  cite: [smith2020]
""",
    check=check,
)
