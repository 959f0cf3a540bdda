"""What a rule is, and what it finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from nam_flash.fact import Fact
from nam_flash.problem import CODES, Severity
from nam_flash.rules.study import Study


class Finding(NamedTuple):
    """What a rule found in a fact: where (keys as in `Origin.at`), what, and what it expects."""

    fact: Fact
    keys: tuple[str | int, ...]
    found: str
    expected: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its manual (the docstring of its file), two examples, and how it looks.

    ``bad`` and ``good`` are fact files: the rule finds something in the first and nothing in the
    second. ``check`` is None for what an earlier stage finds (while reading, loading, building).
    """

    code: str
    severity: Severity
    manual: str
    bad: str
    good: str
    check: Callable[[Study], Iterator[Finding]] | None = None

    @property
    def name(self) -> str:
        """The readable name, such as ``answer-too-long``."""
        return CODES[self.code]

    @property
    def summary(self) -> str:
        """The first sentence of the manual."""
        return self.manual.strip().split("\n\n")[0].replace("\n", " ")
