"""Problems: what is wrong, where, and what was expected instead.

Every stage returns its problems beside its result; nothing here knows who reports them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, NamedTuple


class Where(NamedTuple):
    """A place in a text file. Lines and columns count from 1; 0 means "the file as a whole"."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return ``path:line:column``, the form that editors and terminals turn into links."""
        if not self.line:
            return self.path
        return f"{self.path}:{self.line}:{self.column}"


#: An error stops a build; a warning is advice to the author.
Severity = Literal["error", "warning"]

#: Everything that can be found: code -> name. Codes are stable.
#: NF00x text, NF01x shape, NF02x references, NF03x markup, NF04x identity: found by the stages.
#: NF1xx formulation, NF2xx medicine: found by the rules.
CODES: dict[str, str] = {
    "NF001": "yaml-syntax",
    "NF002": "yaml-feature",
    "NF003": "encoding",
    "NF004": "too-large",
    "NF005": "unreadable",
    "NF010": "unknown-key",
    "NF011": "missing-key",
    "NF012": "duplicate-key",
    "NF013": "wrong-type",
    "NF014": "bad-value",
    "NF020": "duplicate-id",
    "NF021": "unresolved",
    "NF022": "needs-cycle",
    "NF023": "topic",
    "NF024": "no-source",
    "NF025": "media",
    "NF030": "markup",
    "NF031": "cloze",
    "NF032": "ambiguous-reverse",
    "NF033": "occlusion",
    "NF040": "renumbered",
    "NF041": "reused-id",
    "NF042": "removed-id",
    "NF043": "lock",
    "NF044": "stale-lock",
    "NF045": "changed-type",
    "NF046": "frozen-type",
    "NF047": "released-version",
    "NF048": "unmade-release",
    "NF090": "unused-waiver",
    "NF101": "answer-too-long",
    "NF102": "prompt-too-long",
    "NF103": "list-answer",
    "NF104": "two-facts",
    "NF105": "yes-no",
    "NF106": "either-or",
    "NF107": "answer-in-prompt",
    "NF108": "vague-prompt",
    "NF109": "no-context",
    "NF110": "pronoun",
    "NF111": "same-prompt",
    "NF112": "interference",
    "NF113": "cloze-function-word",
    "NF114": "cloze-too-much",
    "NF115": "cloze-only-subject",
    "NF116": "negative-stem",
    "NF117": "absolute",
    "NF118": "abbreviation",
    "NF119": "orphan",
    "NF201": "bare-number",
    "NF202": "no-as-of",
    "NF203": "superseded",
    "NF204": "retracted",
    "NF205": "not-reviewed",
    "NF206": "case-report",
    "NF207": "dose-safety",
    "NF208": "conflicting-numbers",
    "NF209": "vignette-form",
    "NF210": "vignette-unexplained",
    "NF211": "vignette-longest",
    "NF212": "vignette-place",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with the input.

    ``found`` says what stands there, ``expected`` what should, ``hint`` (may be empty) how to
    get from one to the other.
    """

    where: Where
    code: str
    found: str
    expected: str
    hint: str = ""
    severity: Severity = "error"

    @property
    def name(self) -> str:
        """The readable name of the code, such as ``unknown-key``."""
        return CODES[self.code]

    def __str__(self) -> str:
        """Return one line: place, code, name, found, expected, hint."""
        hint = f"; {self.hint}" if self.hint else ""
        return (
            f"{self.where}: {self.code} {self.name}: {self.found}; expected {self.expected}{hint}"
        )

    def as_json(self) -> dict[str, str | int]:
        """Return the problem as plain values for machines."""
        return {
            "path": self.where.path,
            "line": self.where.line,
            "column": self.where.column,
            "code": self.code,
            "name": self.name,
            "found": self.found,
            "expected": self.expected,
            "hint": self.hint,
            "severity": self.severity,
        }


def suggest(word: str, known: Iterable[str]) -> str:
    """Return ``did you mean 'x'?`` for the known word nearest to ``word``, else an empty string."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean {near[0]!r}?" if near else ""


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems without repeats, sorted by file, line, column and code."""
    return sorted(set(problems), key=lambda p: (p.where, p.code, p.found))
