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


#: All limits, the commonest first.
LIMITS: Final[tuple[Limit, ...]] = (
    Limit(
        "replaced",
        frozenset({"my notes", "tag", "edit"}),
        "Anki replaces a changed note as a whole: all fields and all tags.",
        "Import the update pack instead of the package. It leaves `My Notes` and your tags alone.",
        channels=frozenset({"package"}),
        changes=_CHANGED,
        learners=frozenset({"tagger", "note taker", "editor", "late editor"}),
    ),
    Limit(
        "withheld",
        frozenset({"text", "our tags", "picture"}),
        "Anki does not replace a note that you edited later than we changed it, so our fix does "
        "not arrive.",
        "Import the update pack: its texts arrive whatever you edited. Or set *Update notes* to "
        "*Always* once; that replaces what you wrote on the changed notes.",
        channels=frozenset({"package"}),
        changes=_CHANGED,
        learners=frozenset({"late editor"}),
    ),
    Limit(
        "overwritten",
        frozenset({"edit"}),
        "A text file brings a note's fields as we have them. Our words replace yours in our "
        "fields of a changed note.",
        "Write your own words into `My Notes`, which the update pack never touches.",
        channels=frozenset({"pack"}),
        changes=_CHANGED,
        learners=frozenset({"editor", "late editor"}),
    ),
    Limit(
        "tags stay",
        frozenset({"our tags"}),
        "A text file that brings tags would remove yours, so the update pack leaves a note's tags "
        "as they were. Only the tag of retired notes is added.",
        "Nothing is lost: the cards and their text are right, only searches by tag find them in "
        "the old place. Import the package once if you keep no tags and notes of your own.",
        channels=frozenset({"pack"}),
        changes=frozenset({"tags", "topic", "level", "returned"}),
    ),
    Limit(
        "forked",
        frozenset({"one type", "text", "our tags", "picture", "style", "layout"}),
        "Anki does not update notes whose note type has fields or card types of your own. New "
        "notes land on a copy of the note type.",
        "Make a note type of your own for your cards. If you already changed ours, import the "
        "update pack: the texts of its fixes still arrive. Or remove what you added.",
        learners=frozenset({"field adder", "template adder"}),
    ),
    Limit(
        "renamed",
        frozenset({"place"}),
        "Anki knows decks by their name. If you rename ours, new cards come into a deck of the "
        "old name, with the default options.",
        "After the import, drag the new deck onto yours, or move its cards in Browse.",
        learners=frozenset({"mover"}),
    ),
    Limit(
        "restyled",
        frozenset({"own style"}),
        "When we change the style or the layout of a note type, Anki replaces yours with ours.",
        "Keep a copy of your style, and paste it back (Tools > Manage Note Types > Cards).",
        changes=frozenset({"style", "layout"}),
        learners=frozenset({"stylist"}),
    ),
    Limit(
        "back again",
        frozenset({"deletion"}),
        "A deleted note is unknown to Anki, so it comes back as new with the next import.",
        "Suspend cards that you do not want, and do not delete them.",
        learners=frozenset({"deleter"}),
    ),
)
