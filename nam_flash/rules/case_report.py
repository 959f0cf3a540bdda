"""A general claim rests on case reports or case series alone, and does not say so.

Single cases show that something can happen, not that it usually does, nor why: they have no
comparison, and the remarkable ones get published. A learner who reads "causes" or "helps" takes it
for a rule. Say what the evidence is ("has been reported", "in a series of six patients (2016)"), or
cite a study that carries the claim.

Source: Murad MH et al. Methodological quality and synthesis of case series and case reports, BMJ
Evid Based Med 2018;23:60-3 (uncontrolled, at high risk of bias; for decisions only when nothing
better is available). The list of words is ours.
"""

import re
from collections.abc import Iterator
from typing import Final

from nam_flash.fact import Citation, Keys
from nam_flash.kinds.comparison import Comparison
from nam_flash.kinds.occlusion import Occlusion
from nam_flash.kinds.vignette import Vignette
from nam_flash.rules.quantities import statement
from nam_flash.rules.rule import Finding, Rule
from nam_flash.rules.study import Prompt, Study

#: Wordings that tell the reader how little stands behind the claim.
_SAID: Final = re.compile(
    r"\breport(?:s|ed|edly)?\b|\bseries\b|\bcase (?:report|stud)|\bletter\b|\banecdot|\bpilot\b|"
    r"\b(?:single|few|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+)"
    r"(?: (?:of|out of) \w+)?(?: [\w-]+){0,3}? (?:cases?|patients?|children|people|men|women)\b|"
    r"\b(?:of|in|among) (?:a|the) (?:man|woman|boy|girl|child|patient|case)\b|"
    r"\b\d+ (?:of|out of) \d+\b",
    re.IGNORECASE,
)


def check(study: Study) -> Iterator[Finding]:
    """Yield the prompts whose sources are all case series, where nothing on the card says so."""
    weak = {s.id for s in study.library.sources.values() if s.custom.design == "case-series"}
    for prompt in study.prompts:
        cite, text = _basis(prompt)
        ids = dict.fromkeys(citation.id for citation in cite)
        if ids and weak.issuperset(ids) and not _SAID.search(text):
            found = f"a general claim on case series alone ({', '.join(ids)})"
            expected = "to say so, such as 'has been reported' or 'in six patients (2016)'"
            yield Finding(prompt.fact, prompt.answer_keys, found, expected)


def _basis(prompt: Prompt) -> tuple[tuple[Citation, ...], str]:
    """Return the works behind an answer, and all that its card says."""
    fact = prompt.fact
    cite, texts = fact.cite, [statement(prompt), fact.extra]
    if isinstance(fact, Comparison):
        row, entity = next(_cell(keys) for keys in (prompt.keys, prompt.answer_keys) if keys[4:])
        cell = fact.attributes[row].cells[entity]
        column = (attribute.cells.get(entity) for attribute in fact.attributes)
        cite = cell.cite or cite
        texts += [fact.title, cell.extra, *(other.answer for other in column if other)]
    elif isinstance(fact, Vignette):
        cite += fact.answer.cite
        texts.append(fact.answer.why)
    elif isinstance(fact, Occlusion):
        label = fact.labels[int(prompt.answer_keys[1])]
        cite += label.cite
        texts.append(label.extra)
    return cite, "\n".join(texts)


def _cell(keys: Keys) -> tuple[int, str]:
    """Return row and column of ``attributes``, row, ``cells``, entity, ..."""
    return int(keys[1]), str(keys[3])


RULE: Final = Rule(
    code="NF206",
    severity="warning",
    manual=__doc__ or "",
    bad="""\
- id: winged-scapula
  kind: basic
  topic: first/beta
  level: advanced
  question: Which sign makes anti-SRP myopathy look like FSHD?
  answer: winged scapulae
  cite: [case2016]
""",
    good="""\
- id: winged-scapula
  kind: basic
  topic: first/beta
  level: advanced
  question: Which sign has been reported to make anti-SRP myopathy look like FSHD?
  answer: winged scapulae
  cite: [case2016]
""",
    check=check,
)
