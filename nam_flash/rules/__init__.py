"""The rules: one file each, whose docstring is its manual; the table is the registry."""

from collections.abc import Iterable
from typing import Final

from nam_flash.problem import Problem, in_order
from nam_flash.rules import (
    abbreviation,
    absolute,
    ambiguous_reverse,
    answer_in_prompt,
    answer_too_long,
    bad_value,
    bare_number,
    case_report,
    changed_type,
    cloze,
    cloze_function_word,
    cloze_only_subject,
    cloze_too_much,
    conflicting_numbers,
    dose_safety,
    duplicate_id,
    duplicate_key,
    either_or,
    encoding,
    frozen_type,
    interference,
    list_answer,
    lock,
    markup,
    media,
    missing_key,
    needs_cycle,
    negative_stem,
    no_as_of,
    no_context,
    no_source,
    not_reviewed,
    occlusion,
    orphan,
    prompt_too_long,
    pronoun,
    released_version,
    removed_id,
    renumbered,
    retracted,
    reused_id,
    same_prompt,
    stale_lock,
    superseded,
    too_large,
    topic,
    two_facts,
    unknown_key,
    unmade_release,
    unreadable,
    unresolved,
    unused_waiver,
    vague_prompt,
    vignette_form,
    vignette_longest,
    vignette_place,
    vignette_unexplained,
    wrong_type,
    yaml_feature,
    yaml_syntax,
    yes_no,
)
from nam_flash.rules.rule import Rule
from nam_flash.rules.study import Study

#: All rules, in the order of their codes.
RULES: Final[tuple[Rule, ...]] = (
    yaml_syntax.RULE,
    yaml_feature.RULE,
    encoding.RULE,
    too_large.RULE,
    unreadable.RULE,
    unknown_key.RULE,
    missing_key.RULE,
    duplicate_key.RULE,
    wrong_type.RULE,
    bad_value.RULE,
    duplicate_id.RULE,
    unresolved.RULE,
    needs_cycle.RULE,
    topic.RULE,
    no_source.RULE,
    media.RULE,
    markup.RULE,
    cloze.RULE,
    ambiguous_reverse.RULE,
    occlusion.RULE,
    renumbered.RULE,
    reused_id.RULE,
    removed_id.RULE,
    lock.RULE,
    stale_lock.RULE,
    changed_type.RULE,
    frozen_type.RULE,
    released_version.RULE,
    unmade_release.RULE,
    unused_waiver.RULE,
    answer_too_long.RULE,
    prompt_too_long.RULE,
    list_answer.RULE,
    two_facts.RULE,
    yes_no.RULE,
    either_or.RULE,
    answer_in_prompt.RULE,
    vague_prompt.RULE,
    no_context.RULE,
    pronoun.RULE,
    same_prompt.RULE,
    interference.RULE,
    cloze_function_word.RULE,
    cloze_too_much.RULE,
    cloze_only_subject.RULE,
    negative_stem.RULE,
    absolute.RULE,
    abbreviation.RULE,
    orphan.RULE,
    bare_number.RULE,
    no_as_of.RULE,
    superseded.RULE,
    retracted.RULE,
    not_reviewed.RULE,
    case_report.RULE,
    dose_safety.RULE,
    conflicting_numbers.RULE,
    vignette_form.RULE,
    vignette_unexplained.RULE,
    vignette_longest.RULE,
    vignette_place.RULE,
)

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
            rule_ = BY_CODE.get(code)
            # What a stage finds cannot be waived: a build without it would be wrong.
            idle = code in ran or rule_ is None or rule_.check is None
            if idle and (fact.id, code) not in used:
                where = fact.origin.at("allow", code)
                expected = "a waiver of something that the rule finds"
                problems.append(
                    Problem(where, "NF090", f"{code} waived for nothing", expected, "", "warning")
                )
    return in_order(problems)
