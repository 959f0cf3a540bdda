"""The rules: one file each, whose docstring is its manual; the table is the registry."""

from collections.abc import Iterable
from typing import Final

from nam_flash.problem import Problem, in_order
from nam_flash.rules import answer_too_long
from nam_flash.rules.rule import Rule
from nam_flash.rules.study import Study

#: All rules, in the order of their codes.
RULES: Final[tuple[Rule, ...]] = (answer_too_long.RULE,)

BY_CODE: Final = {rule.code: rule for rule in RULES}


def lint(study: Study, rules: Iterable[Rule] = RULES) -> list[Problem]:
    """Return what the rules find, without what the facts waive, plus the waivers without a use.

    A waiver (``allow: {NF101: reason}``) is unused when its rule ran and found nothing there.
    """
    problems: list[Problem] = []
    used: set[tuple[str, str]] = set()
    ran: set[str] = set()
    for rule in rules:
        if rule.check is None:
            continue
        ran.add(rule.code)
        for finding in rule.check(study):
            if rule.code in finding.fact.allow:
                used.add((finding.fact.id, rule.code))
                continue
            where = finding.fact.origin.at(*finding.keys)
            problems.append(
                Problem(
                    where, rule.code, finding.found, finding.expected, finding.hint, rule.severity
                )
            )
    for fact in study.library.facts:
        for code in fact.allow:
            if (code in ran or code not in BY_CODE) and (fact.id, code) not in used:
                where = fact.origin.at("allow", code)
                expected = "a waiver of something that the rule finds"
                problems.append(
                    Problem(where, "NF090", f"{code} waived for nothing", expected, "", "warning")
                )
    return in_order(problems)
