"""A dose is taught without a word on safety.

A dose learnt by heart is recalled years later, beside a patient, without the book. The card that
teaches it is the place to tie it to its price: what to check before, what to watch, who must not
have it, and that local guidance decides. Put that into ``extra``, in a sentence.

Source: Maxwell S, Walley T. Teaching safe and effective prescribing in UK medical schools: a core
curriculum for tomorrow's doctors, Br J Clin Pharmacol 2003;55:496-503 (who learns to prescribe
learns to weigh harm and to monitor). The list of words is ours.
"""

import re
from collections.abc import Iterator
from typing import Final

from nam_flash.kinds.comparison import Comparison
from nam_flash.kinds.occlusion import Occlusion
from nam_flash.rules.quantities import dose, statement
from nam_flash.rules.rule import Finding, Rule
from nam_flash.rules.study import Study

#: What a note on safety says: beginnings of words.
_SAFETY: Final = re.compile(
    r"\b(?:adverse|avoid|beware|careful|caution|check|contraindicat|danger|guidance|harm|hazard|"
    r"interact|monitor|must not|never|not (?:a recommendation|to prescribe)|overdos|pregnan|"
    r"prescri|prophyla|risk|safe|screen|side effect|supervis|surveil|teratogen|toxi|warn|"
    r"watch|events?\b)",
    re.IGNORECASE,
)


def check(study: Study) -> Iterator[Finding]:
    """Yield the facts that ask for a dose, or give one, and say nothing on safety."""
    seen: set[str] = set()
    for prompt in study.prompts:
        fact, text = prompt.fact, statement(prompt)
        if fact.id in seen or not (found := dose(text)):
            continue
        seen.add(fact.id)
        notes = [text, fact.extra]
        if isinstance(fact, Comparison):
            cells = (cell for attribute in fact.attributes for cell in attribute.cells.values())
            notes += [note for cell in cells for note in (cell.answer, cell.extra)]
        elif isinstance(fact, Occlusion):
            notes += [label.extra for label in fact.labels]
        if not _SAFETY.search("\n".join(notes)):
            keys = ("extra",) if fact.extra else prompt.answer_keys
            hint = "what to check or watch, and who must not have it"
            yield Finding(fact, keys, f"the dose {found!r} alone", "a note on safety", hint)


RULE: Final = Rule(
    code="NF207",
    severity="warning",
    manual=__doc__ or "",
    bad="""\
- id: ivig-dose
  kind: cloze
  topic: first/alpha
  level: core
  text: High-dose IVIG for IMNM is {{c1::2 g/kg}} per cycle.
  as_of: 2021
  cite: [who2021]
""",
    good="""\
- id: ivig-dose
  kind: cloze
  topic: first/alpha
  level: core
  text: High-dose IVIG for IMNM is {{c1::2 g/kg}} per cycle.
  extra: Check renal function and the risk of thrombosis first; the dose follows local guidance.
  as_of: 2021
  cite: [who2021]
""",
    check=check,
)
