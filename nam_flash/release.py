"""What a release is made of: its number, and what facts say of it.

The command (``nam_flash.cli.release``) puts the stages together; what is its own stands here.
"""

from collections.abc import Iterator

from nam_flash.fact import Keys
from nam_flash.kinds import AnyFact
from nam_flash.load import Library
from nam_flash.lock import Lock, numbers
from nam_flash.problem import Problem
from nam_flash.recipe import Recipe


def not_newer(version: str, lock: Lock) -> str:
    """Return why a version cannot be the next release, or an empty text."""
    last = lock.last_release
    if last and numbers(version) <= numbers(last):
        return f"{version} is not newer than {last}, the last release"
    return ""


def misdated(library: Library, lock: Lock, version: str) -> Iterator[Problem]:
    """Yield a problem for each change or retirement of a release that never was.

    The card would name a release that no learner has.
    """
    for fact in library.facts:
        for release, keys in _named(fact):
            if release != version and release not in lock.releases:
                known = ", ".join([*sorted(lock.releases, key=numbers), version])
                expected = f"a release that was made, or this one: {known}"
                yield Problem(fact.origin.at(*keys), "NF048", repr(release), expected)


def _named(fact: AnyFact) -> Iterator[tuple[str, Keys]]:
    """Yield the releases that a fact names, with the keys at which they stand."""
    for i, change in enumerate(fact.changes):
        yield change.release, ("changes", i, "release")
    if fact.retired:
        yield fact.retired.release, ("retired", "release")


def with_version(text: str, recipe: Recipe, version: str) -> str:
    """Return the text of a recipe with another version."""
    where = recipe.origin.at("version")
    lines = text.splitlines(keepends=True)
    line, start = lines[where.line - 1], where.column - 1
    lines[where.line - 1] = line[:start] + line[start:].replace(recipe.version, version, 1)
    return "".join(lines)
