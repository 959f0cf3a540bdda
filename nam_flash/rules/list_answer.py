"""The answer is a list of three or more items.

A set has no order that would help to recall it: one item is forgotten, the card is failed, and the
items that were known come back far too often. Hide the items one by one in a cloze, ask for each
in a fact of its own, or put what is easily confused side by side in a comparison. The options of a
vignette are recognised, not recalled, and may be lists.

Source: Wozniak P. Effective learning: twenty rules of formulating knowledge, 1999, rules 9 and 10
(avoid sets; avoid enumerations). Matuschak A. How to write good prompts, 2020 (a closed list is
learnt by clozes that hide one item each). Three is our limit: a pair is remembered as one thing.
"""

import re
from collections.abc import Iterator
from typing import Final

from nam_flash.rules.rule import Finding, Rule
from nam_flash.rules.study import Study

MIN_ITEMS: Final = 3
#: Words in an item: what is longer is a clause of a sentence. (Our limit.)
MAX_WORDS: Final = 6

_ASIDE: Final = re.compile(r"\s*\([^)]*\)")
_BULLET: Final = re.compile(r"(?:^|\s)(?:[-•]|\d[.)])\s+(?=\w)")
_SEPARATOR: Final = re.compile(r"[,;]\s+|\s+[+/]\s+")
_LAST: Final = re.compile(r"(?:^|\s+)(?:and|or|plus|&)\s+")
#: What begins a qualification rather than an item.
_QUALIFIES: Final = re.compile(
    r"(?:not|no|none|but|yet|though|although|which|who|that|it|they|this|in|on|at|of|with|without"
    r"|even|often|usually|mostly|mainly|also|only|by|for|from|to|then|unlike|such|including|above"
    r"|so|as|because|when|where|while|than|if|unless|until|after|before|under|within|over|about)\b",
    re.IGNORECASE,
)


def items(answer: str) -> list[str]:
    """Return the items that an answer enumerates; at most one where it is no list."""
    text = _ASIDE.sub("", answer)
    bullets = [item for item in _BULLET.split(text) if item.strip()]
    if len(_BULLET.findall(text)) >= MIN_ITEMS:
        return bullets
    parts = [part for part in _SEPARATOR.split(text) if not _QUALIFIES.match(part)]
    if len(parts) < 2:
        return parts
    listed = [*parts[:-1], *filter(None, _LAST.split(parts[-1]))]
    return listed if all(len(item.split()) <= MAX_WORDS for item in listed) else [answer]


def check(study: Study) -> Iterator[Finding]:
    """Yield the prompts whose answer enumerates."""
    for prompt in study.prompts:
        if prompt.form == "case":
            continue
        if (number := len(items(prompt.answer))) >= MIN_ITEMS:
            yield Finding(
                prompt.fact,
                prompt.answer_keys,
                f"an answer of {number} items",
                f"fewer than {MIN_ITEMS}",
                "keep what tells most, hide one item at a time in a cloze, or make several facts",
            )


RULE: Final = Rule(
    code="NF103",
    severity="warning",
    manual=__doc__ or "",
    bad="""\
- id: bohan-muscle-criteria
  kind: basic
  topic: first/alpha
  level: core
  question: Which are the muscle criteria of Bohan and Peter (1975) for polymyositis?
  answer: Proximal weakness, raised muscle enzymes, myopathic EMG and inflammation on biopsy
  cite: [smith2020]
""",
    good="""\
- id: bohan-muscle-criteria
  kind: cloze
  topic: first/alpha
  level: core
  text: >-
    The muscle criteria of Bohan and Peter (1975) are symmetric {{c1::proximal weakness}}, raised
    {{c2::muscle enzymes}}, myopathic electromyography, and inflammation on {{c3::biopsy}}.
  cite: [smith2020]
""",
    check=check,
)
