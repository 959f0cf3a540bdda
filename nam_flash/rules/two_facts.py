"""A prompt asks for two things, or its answer gives two.

Who knows one half cannot grade the card: it is failed for the half that was forgotten, or passed
without it. Each half is then repeated at the pace of the harder one. Ask each thing in a fact of
its own; what only explains the answer goes into ``extra``.

Source: Wozniak P. Effective learning: twenty rules of formulating knowledge, 1999, rule 4
(minimum information principle: split what can be split). Matuschak A. How to write good prompts,
2020 (prompts should be focused: one detail at a time). Haladyna TM, Downing SM, Rodriguez MC. Appl
Meas Educ 2002;15:309-34 (guideline 1: one specific content in each item).
"""

import re
from collections.abc import Iterator
from typing import Final

from nam_flash.rules.rule import Finding, Rule
from nam_flash.rules.study import Prompt, Study

#: ``... and how ...``: a second question in the same sentence.
_SECOND: Final = re.compile(
    r"\b(?:and|or),? (?:(?:in|at|on|for|by|from|to|with) )?"
    r"(?:what|which|when|where|why|how)\b",
    re.IGNORECASE,
)
#: ``What are the causes, signs and treatment of ...``: a list of things to say about one.
_ASPECTS: Final = re.compile(
    r"(?:what|which) (?:is|are) (?P<first>[^,?:;]+), [^?:;]*?\b(?:and|or) [^,?:;]+"
    r" (?:of|for|in|to|with)\b",
    re.IGNORECASE,
)
#: In ``What is the drug for patients with pain, rash and weakness in ...`` the list is no such.
_NARROWED: Final = re.compile(
    r"\b(?:of|for|in|to|with|at|on|by|from|after|before|that|which|who|when)\b", re.IGNORECASE
)
_ASIDE: Final = re.compile(r"\s*\([^)]*\)")
#: The end of a sentence within an answer, not the point of ``E. coli`` or ``vs.``
_SENTENCE: Final = re.compile(r"[^\W\d_]{3}[.!?]\s+[A-Z]")


def asks_two(prompt: Prompt) -> bool:
    """Tell whether a prompt is two questions."""
    if prompt.form == "cloze":
        return False
    text = _ASIDE.sub("", prompt.question)
    if text.count("?") > 1 or _SECOND.search(text):
        return True
    aspects = _ASPECTS.match(text)
    return aspects is not None and not _NARROWED.search(aspects["first"])


def says_two(prompt: Prompt) -> bool:
    """Tell whether an answer is two statements; three are a list, another rule's."""
    if prompt.form in ("cloze", "case"):
        return False
    text = _ASIDE.sub("", prompt.answer)
    return text.count(";") == 1 or bool(_SENTENCE.search(text))


def check(study: Study) -> Iterator[Finding]:
    """Yield the prompts that ask for two things and the answers that give two."""
    for prompt in study.prompts:
        if asks_two(prompt):
            yield Finding(
                prompt.fact,
                prompt.keys,
                "a prompt that asks for several things",
                "one question",
                "make a fact of each",
            )
        elif says_two(prompt):
            yield Finding(
                prompt.fact,
                prompt.answer_keys,
                "an answer of several statements",
                "the one that is asked for",
                "move the others to `extra` or to facts of their own",
            )


RULE: Final = Rule(
    code="NF104",
    severity="warning",
    manual=__doc__ or "",
    bad="""\
- id: hmgcr-target
  kind: basic
  topic: first/alpha
  level: core
  question: What does the anti-HMGCR antibody of IMNM recognise, and which drugs act on it?
  answer: HMG-CoA reductase; statins inhibit it
  cite: [smith2020]
""",
    good="""\
- id: hmgcr-target
  kind: basic
  topic: first/alpha
  level: core
  question: Which enzyme does the anti-HMGCR antibody of IMNM recognise?
  answer: HMG-CoA reductase
  cite: [smith2020]
- id: hmgcr-target-drugs
  kind: basic
  topic: first/alpha
  level: core
  question: Which drug class inhibits the target of the anti-HMGCR antibody of IMNM?
  answer: Statins
  cite: [smith2020]
""",
    check=check,
)
