"""Two cards ask the same, word for word.

When both have the same answer, the learner reviews one card twice. When the answers differ, no
answer is right: which one is meant cannot be seen. Anki itself warns of equal first fields only,
and ours holds the id. Case, punctuation and spaces make no difference here; of a vignette the
stem counts too. Say in each prompt what tells it apart, or drop one of the cards (retire it, when
it has shipped).

Source: Wozniak P. Effective learning: twenty rules of formulating knowledge, 1999, rule 11 (combat
interference). Anki manual, "Adding/Editing" (Anki checks the first field for uniqueness).
"""

import re
from collections.abc import Iterator
from typing import Final

from nam_flash.kinds.occlusion import Occlusion
from nam_flash.kinds.vignette import Vignette
from nam_flash.rules.rule import Finding, Rule
from nam_flash.rules.study import Prompt, Study

#: What the eye passes over. Signs that carry meaning (``<``, ``+``, ``%``, a minus) stay.
_PASSED_OVER: Final = re.compile(r"(?:[\s.,;:?!'\"“”‘’()*]|(?<=\w)[-–](?=\w))+")


def check(study: Study) -> Iterator[Finding]:
    """Yield every prompt that an earlier card has already."""
    first: dict[str, Prompt] = {}
    for prompt in study.prompts:
        known = first.setdefault(_asked(prompt), prompt)
        if known is prompt:
            continue
        place = known.fact.origin.at(*known.keys)
        if _normal(known.answer) == _normal(prompt.answer):
            hint = "drop one of the two cards"
        else:
            hint = "the answers differ: drop one card, or say in both prompts what tells them apart"
        yield Finding(
            prompt.fact,
            prompt.keys,
            f"the prompt of {known.fact.id!r} again ({place})",
            "a prompt of its own",
            hint,
        )


def _asked(prompt: Prompt) -> str:
    fact = prompt.fact
    case = fact.stem if isinstance(fact, Vignette) else ""
    if isinstance(fact, Occlusion):
        case = f"{fact.figure} {fact.labels[int(prompt.answer_keys[1])].element}"
    return _normal(f"{case} {prompt.question}")


def _normal(text: str) -> str:
    return _PASSED_OVER.sub(" ", text).strip().casefold()


RULE: Final = Rule(
    code="NF111",
    severity="error",
    manual=__doc__ or "",
    bad="""\
- id: hmgcr-cohort-women
  kind: basic
  topic: first/alpha
  level: core
  question: What share of patients with anti-HMGCR IMNM are women?
  answer: about two thirds
  cite: [smith2020]

- id: hmgcr-trial-women
  kind: basic
  topic: first/alpha
  level: core
  question: What share of patients with anti-HMGCR IMNM are women ?
  answer: about half
  cite: [who2021]
""",
    good="""\
- id: hmgcr-cohort-women
  kind: basic
  topic: first/alpha
  level: core
  question: What share of patients with anti-HMGCR IMNM were women in the cohort of 2020?
  answer: about two thirds
  cite: [smith2020]

- id: hmgcr-trial-women
  kind: basic
  topic: first/alpha
  level: core
  question: What share of patients with anti-HMGCR IMNM are women according to the guidance of 2021?
  answer: about half
  cite: [who2021]
""",
    check=check,
)
