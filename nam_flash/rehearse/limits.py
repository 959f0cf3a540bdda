"""Where Anki cannot keep both promises: why, and what a learner can do about it.

A loss that no row here explains is a fault of ours, and fails the rehearsal. A row that explains
nothing any more fails a test.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from nam_flash.rehearse.changes import CHANGES
from nam_flash.rehearse.channels import CHANNELS, Channel
from nam_flash.rehearse.learners import LEARNERS

#: Every class of change by which a note gets a newer stamp.
_CHANGED: Final = frozenset(CHANGES) - {"new", "style", "layout", "unchanged"}


@dataclass(frozen=True, slots=True)
class Limit:
    """What is lost or does not arrive, for whom, at which change, by which channel; and the rest.

    ``what`` are names of `estate.BELONGINGS` and `arrival.GOODS`. ``why`` and ``do`` are for
    learners, in Markdown.
    """

    name: str
    what: frozenset[str]
    why: str
    do: str
    channels: frozenset[Channel] = frozenset(CHANNELS)
    changes: frozenset[str] = frozenset(CHANGES)
    learners: frozenset[str] = frozenset(LEARNERS)

    def explains(self, what: str, channel: str, change: str, learners: Collection[str]) -> bool:
        """Tell whether a loss of a learner, or of one who is several at once, is this limit."""
        return (
            what in self.what
            and channel in self.channels
            and change in self.changes
            and not self.learners.isdisjoint(learners)
        )


LIMITS: Final[tuple[Limit, ...]] = (
    Limit(
        "replaced",
        frozenset({"my notes", "tag", "edit"}),
        "Anki replaces a changed note as a whole: all fields and all tags.",
        "Import the update pack instead, or keep what you write in notes of your own.",
        channels=frozenset({"package"}),
        changes=_CHANGED,
        learners=frozenset({"tagger", "note taker", "editor"}),
    ),
)
