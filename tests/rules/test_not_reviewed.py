"""NF205: three years after the last change or review, whichever is later."""

import pytest

from nam_flash.lock import Entry, Lock
from nam_flash.rules.not_reviewed import RULE
from tests.conftest import NOW, FactBase
from tests.rules.written import basic, found

DAY = 86400


def shipped(days_ago: int, *keys: str) -> Lock:
    """A lock in which the first key changed some days ago, the others a year before."""
    ages = (days_ago + 365 * (i > 0) for i in range(len(keys)))
    return Lock(
        notes={
            key: Entry(1, NOW - age * DAY, "0.1.0", "0.1.0", "basic", ((0, ""),), "0" * 16)
            for key, age in zip(keys, ages, strict=True)
        },
    )


@pytest.mark.parametrize(
    ("reviewed", "lock", "last"),
    [
        ("", Lock(), ""),
        ("", shipped(3 * 365, "x"), ""),
        ("", shipped(3 * 365 + 2, "x"), "2020-12-30"),
        ("", shipped(100, "x/a/b", "x/a/c"), ""),
        ("2021-01-01", shipped(2000, "x"), ""),
        ("2020-12-31", shipped(2000, "x"), "2020-12-31"),
        ("2019-01-01", shipped(100, "x"), ""),
        ("2019-01-01", Lock(), "2019-01-01"),
        ("", shipped(2000, "xy"), ""),
    ],
)
def test_due(base: FactBase, reviewed: str, lock: Lock, last: str) -> None:
    more = {"reviewed": reviewed} if reviewed else {}
    facts = basic("x", "Which drug class?", "statins", **more)
    expected = [f"last reviewed or changed on {last}"] if last else []
    assert found(base, RULE, facts, lock) == expected
