"""CHANGELOG.md keeps what its authors wrote, and gets what a release changed."""

import pytest

from nam_flash.changelog import release

MADE = "### Corrected\n\n- `one`: It said B.\n"
OLD = "## [0.1.0] - 2026-11-01\n\n### Added\n\n- The deck.\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Changes\n", f"# Changes\n\n## [0.2.0] - 2027-01-02\n\n{MADE}"),
        (f"# Changes\n\n{OLD}", f"# Changes\n\n## [0.2.0] - 2027-01-02\n\n{MADE}\n{OLD}"),
        (
            f"# Changes\n\n## [Unreleased]\n\n### Added\n\n- A tool.\n\n{OLD}",
            "# Changes\n\n## [0.2.0] - 2027-01-02\n\n### Added\n\n- A tool.\n\n" + MADE + "\n" + OLD,
        ),
        (
            "# Changes\n\n## [0.2.0] - unreleased\n\nGood.\n\n### Corrected\n\n- A bug.\n",
            "# Changes\n\n## [0.2.0] - 2027-01-02\n\nGood.\n\n### Corrected\n\n- A bug.\n"
            "- `one`: It said B.\n",
        ),
    ],
    ids=["the first", "another", "what was unreleased", "under its own number"],
)  # fmt: skip
def test_the_entry_stands_at_the_top(text: str, expected: str) -> None:
    assert release(text, "0.2.0", "2027-01-02", MADE) == expected


def test_a_changelog_is_begun() -> None:
    assert release("", "0.1.0", "2027-01-02", MADE).startswith("# Changelog\n")


def test_a_release_is_entered_once() -> None:
    once = release(OLD, "0.2.0", "2027-01-02", "")
    assert release(once, "0.2.0", "2027-01-02", "") == once
