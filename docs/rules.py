"""Makes docs/rules.md, the manual of all rules, from the rules themselves.

Run ``python docs/rules.py`` after a change of a rule. A test compares the page with the rules.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Final

from nam_flash.rules import RULES
from nam_flash.rules.rule import Rule

PAGE: Final = Path(__file__).with_name("rules.md")

#: Lines of an example; longer ones are cut.
MAX_LINES: Final = 40

_HEAD: Final = """\
# Rules: everything that `check` reports

<!-- Written by docs/rules.py from nam_flash/rules/: change a rule there, then run that file. -->

Each problem has a code, which never changes, and a manual. `nam-flash explain CODE` prints the \
same in the terminal. [instructors.md](instructors.md#check) shows how to run the check, and \
[how to waive a rule](instructors.md#waive-a-rule) for one fact.
"""

#: What the codes with a beginning are about: heading and introduction.
_PARTS: Final = {
    "NF0": (
        "Files and identity",
        "Found while files are read, bound together and compared with the lock. "
        "With one of these errors `build` writes nothing.",
    ),
    "NF1": (
        "Formulation",
        "Rules on how a card is worded: can it be understood, answered and graded? "
        "`check` looks at them, `build` does not.",
    ),
    "NF2": (
        "Medicine",
        "Rules on what a card claims: numbers, dates, evidence, safety, and vignettes. "
        "`check` looks at them, `build` does not.",
    ),
}


def render(rules: Iterable[Rule] = RULES) -> str:
    """Return the page: a table of all rules, then each with its manual and its examples."""
    rules = tuple(rules)
    parts = [_HEAD, _table(rules)]
    for beginning, group in groupby(rules, key=lambda rule: rule.code[:3]):
        title, introduction = _PARTS[beginning]
        parts += [f"## {title}\n", f"{introduction}\n"]
        for rule in group:
            parts += _section(rule)
    return "\n".join(parts)


def _table(rules: Iterable[Rule]) -> str:
    rows = [
        f"| [{rule.code}](#{_heading(rule).lower().replace(' ', '-')}) | {rule.name} "
        f"| {rule.severity} | {rule.summary} |"
        for rule in rules
    ]
    return "\n".join(["| code | name | severity | what it finds |", "|---|---|---|---|", *rows, ""])


def _section(rule: Rule) -> Iterator[str]:
    yield f"### {_heading(rule)}\n"
    yield f"*{rule.severity.capitalize()}.* {rule.manual.strip()}\n"
    for title, example in (("Bad", rule.bad), ("Good", rule.good)):
        if example:
            yield f"{title}:\n"
            yield f"```yaml\n{_example(example)}\n```\n"


def _heading(rule: Rule) -> str:
    return f"{rule.code} {rule.name}"


def _example(text: str) -> str:
    """Return an example with unseen characters shown, cut when it is long."""
    lines = ["".join(map(_shown, line)) for line in text.rstrip("\n").split("\n")]
    if len(lines) > MAX_LINES:
        more = len(lines) - MAX_LINES
        lines = [*lines[:MAX_LINES], f"# ... and {more} lines more like these"]
    return "\n".join(lines)


def _shown(character: str) -> str:
    return character if character.isprintable() else ascii(character)[1:-1]


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
