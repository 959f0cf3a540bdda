"""The simulated learners: what they do in their collection, and how they import an update.

Each but the beginner has studied for months, so each can lose a schedule and a log. What they do
is done with Anki's own methods; only history and the times of edits are written into its tables,
as nobody waits for months.
"""

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from nam_flash.edition import MY_NOTES, Edition
from nam_flash.rehearse.changes import Changes
from nam_flash.rehearse.channels import Delivery, deliver, interrupt

if TYPE_CHECKING:
    from nam_flash.backend import Collection, DBProxy

#: Reviews of each card before the update, one a week.
_REVIEWS: Final = 12
_WEEK: Final = 7 * 24 * 3600 * 1000
#: When they began: milliseconds since 1970, 2022-05-02.
_BEGAN: Final = 1651449600000


@dataclass(frozen=True, slots=True)
class Life:
    """A learner at home: the collection, the package that they have and the one that will come."""

    collection: "Collection"
    old: Edition
    new: Edition
    changes: Changes

    @property
    def db(self) -> "DBProxy":
        """The collection's database."""
        from nam_flash.backend import database

        return database(self.collection)

    def notes(self) -> dict[str, Any]:
        """Return the ids of our notes by GUID."""
        rows = self.db.all("SELECT guid, id FROM notes")
        return {guid: id_ for guid, id_ in rows if guid in self.old.notes}

    def some(self) -> list[Any]:
        """Return the ids of every second note of each class of change, the first always."""
        seen: dict[tuple[str, ...], int] = {}
        chosen = []
        for guid, id_ in self.notes().items():
            classes = self.changes.classes(guid)
            seen[classes] = seen.get(classes, -1) + 1
            if seen[classes] % 2 == 0:
                chosen.append(id_)
        return chosen

    def cards(self, notes: Iterable[int]) -> list[Any]:
        """Return the ids of the cards of some notes."""
        wanted = ",".join(str(id_) for id_ in notes)
        return self.db.list(f"SELECT id FROM cards WHERE nid IN ({wanted}) ORDER BY id")

    def note_types(self) -> list[Any]:
        """Return our note types, as Anki has them."""
        names = self.old.types_by_name
        return [model for model in self.collection.models.all() if model["name"] in names]

    def stamp(self, late: bool = False) -> None:
        """Let all edits of notes be older than our change of them, or ``late``, newer."""
        rows = []
        for guid, id_ in self.notes().items():
            old = self.old.notes[guid].mod
            new = self.new.notes[guid].mod if guid in self.new.notes else old
            rows.append((max(old, new) + 1 if late or new <= old else new - 1, id_))
        self.db.executemany("UPDATE notes SET mod = ? WHERE id = ?", rows)


@dataclass(frozen=True, slots=True)
class Hands:
    """A learner with an update in hand; ``old`` is the package that they had before."""

    collection: Path
    update: Delivery
    old: Delivery


#: What a learner has imported so far: the old package, the core of it, or an older release.
Start = Literal["old", "core", "oldest"]


@dataclass(frozen=True, slots=True)
class Learner:
    """What a learner does in real life (for people, and for the program)."""

    name: str
    does: str
    live: Callable[[Life], None]
    receive: Callable[[Hands], None]
    start: tuple[Start, ...] = ("old",)
    studied: bool = True


def study(life: Life) -> None:
    """Give every card months of reviews: a log, and the state in which they leave it."""
    number = "(SELECT id AS cid, row_number() OVER (ORDER BY id) AS n FROM cards)"
    life.db.execute(
        "WITH RECURSIVE week(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM week WHERE i < ?) "
        "INSERT INTO revlog SELECT ? + i * ? + n, cid, -1, 1 + (i + n) % 4, 3 + i * 4, "
        f"1 + i * 3, 1800 + (n % 14) * 50, 2000 + n % 9000, i > 0 FROM week, {number}",
        _REVIEWS - 1, _BEGAN, _WEEK,
    )  # fmt: skip
    life.db.execute(
        "UPDATE cards SET type = 2, queue = 2, due = ? + n % 60 - 20, ivl = 10 + n % 90, "
        "factor = 1800 + (n % 14) * 50, reps = ?, lapses = n % 4, "
        """data = '{"s":12.5,"d":5.1,"cd":"{\\"v\\":1}"}' """
        f"FROM {number} WHERE cid = id",
        life.collection.sched.today, _REVIEWS,
    )  # fmt: skip


def _only_study(life: Life) -> None:
    pass


def _review_today(life: Life) -> None:
    """Answer what is due in Anki's own scheduler, with every button."""
    decks = life.collection.decks
    ours = decks.id_for_name(life.old.name)
    assert ours is not None
    decks.select(ours)
    for ease in (1, 2, 3, 4) * 3:
        card = life.collection.sched.getCard()
        if card is None:
            return
        card.start_timer()
        life.collection.sched.answerCard(card, ease)


def _suspend(life: Life) -> None:
    cards = life.cards(life.notes().values())
    some = set(life.cards(life.some()))
    life.collection.sched.suspend_cards([id_ for id_ in cards if id_ in some])
    life.collection.sched.bury_cards([id_ for id_ in cards if id_ not in some])
    for flag in range(1, 8):
        life.collection.set_user_flag_for_cards(flag, cards[flag - 1 :: 7])


def _tag(life: Life) -> None:
    life.collection.tags.bulk_add([*life.notes().values()], "exam::monday marked leech")
    life.stamp()


def _write_notes(life: Life) -> None:
    _fill(life, {MY_NOTES: "Seen on the ward:<br>remember"})
    life.stamp()


def _edit(life: Life) -> None:
    fields = ("Answer", "Text", "Extra")
    notes = [life.collection.get_note(id_) for id_ in life.notes().values()]
    for note in notes:
        for name in fields:
            if name in note:
                note[name] += " (my words)"
    life.collection.update_notes(notes)
    life.stamp()


def _edit_late(life: Life) -> None:
    _edit(life)
    life.stamp(late=True)


def _move(life: Life) -> None:
    decks = life.collection.decks
    own = decks.id("Exam week")
    assert own is not None
    life.collection.set_deck(life.cards(life.some()), own)
    ours = decks.by_name(life.old.name)
    assert ours is not None
    decks.rename(ours, "My muscles")
    preset = decks.add_config_returning_id("Slowly")
    for deck in decks.all():
        if deck["name"].partition("::")[0] == "My muscles":
            decks.set_config_id_for_deck_dict(deck, preset)


def _add_field(life: Life) -> None:
    models = life.collection.models
    for model in life.note_types():
        models.add_field(model, models.new_field("Mnemonic"))
        models.update_dict(model)
    _fill(life, {"Mnemonic": "of my own"})
    life.stamp()


def _add_template(life: Life) -> None:
    models = life.collection.models
    for model in life.note_types():
        if model["type"] == 1:
            continue  # a cloze note type has but one template
        template = models.new_template("Mine")
        template["qfmt"], template["afmt"] = "{{ID}}?", "{{FrontSide}}{{Source}}"
        models.add_template(model, template)
        models.update_dict(model)
    study_new = "reps = 0 AND type = 0"
    life.db.execute(
        f"UPDATE cards SET type = 2, queue = 2, due = 5, ivl = 7, reps = 3 WHERE {study_new}"
    )
    life.stamp()


def _restyle(life: Life) -> None:
    """Change the CSS before we do, which is when ours comes over theirs."""
    for model in life.note_types():
        model["css"] += "\n.card { font-size: 30px }"
        life.collection.models.update_dict(model)
        name = model["name"]
        types = life.new.types_by_name
        old = life.old.types_by_name[name].mod
        new = types[name].mod if name in types else old
        between = new - 1 if new > old else old + 1
        life.db.execute("UPDATE notetypes SET mtime_secs = ? WHERE id = ?", between, model["id"])


def _keep_other_decks(life: Life) -> None:
    collection = life.collection
    deck = collection.decks.id("Neurology::Muscle")
    assert deck is not None
    basic = next(model for model in collection.models.all() if model["name"] == "Basic")
    for front, tags in (("Gowers' sign?", ["neuro"]), (life.old.name, [])):
        note = collection.new_note(basic)
        note["Front"], note["Back"], note.tags = front, '<img src="gowers.svg">', tags
        collection.add_note(note, deck)
    collection.media.write_data("gowers.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")


def _delete(life: Life) -> None:
    life.collection.remove_notes(life.some())


def _fill(life: Life, values: dict[str, str]) -> None:
    notes = [life.collection.get_note(id_) for id_ in life.notes().values()]
    for note in notes:
        for name, value in values.items():
            note[name] = value
    life.collection.update_notes(notes)


def once(hands: Hands) -> None:
    """Import as one should."""
    _open_and_import(hands.collection, hands.update)


def _twice(hands: Hands) -> None:
    once(hands)
    once(hands)


def _older_over_newer(hands: Hands) -> None:
    once(hands)
    _open_and_import(hands.collection, hands.old)


def _interrupted(hands: Hands) -> None:
    interrupt(hands.collection, hands.update)
    once(hands)


def _open_and_import(path: Path, delivery: Delivery) -> None:
    from nam_flash.backend import Collection

    with closing(Collection(str(path))) as collection:
        deliver(collection, delivery)


#: All learners by name.
LEARNERS: Final[dict[str, Learner]] = {
    learner.name: learner
    for learner in (
        Learner("beginner", "has imported the deck and seen no card", _only_study, once,
                studied=False),
        Learner("reviewer", "has reviewed every card for months, and some today",
                _review_today, once),
        Learner("suspender", "has suspended or buried every card, and flagged it",
                _suspend, once),
        Learner("tagger", "has tags of their own on every note, also marked and leech",
                _tag, once),
        Learner("note taker", "has written in My Notes of every note", _write_notes, once),
        Learner("editor", "has changed our texts, before we changed them", _edit, once),
        Learner("late editor", "has changed our texts, after we changed them but before the import",
                _edit_late, once),
        Learner("mover", "has moved cards, renamed our deck and given it options of their own",
                _move, once),
        Learner("field adder", "has added a field to our note types and filled it in",
                _add_field, once),
        Learner("template adder", "has added a card type to our note types and studied its cards",
                _add_template, once),
        Learner("stylist", "has changed the style of our cards", _restyle, once),
        Learner("collector", "has the core, later the whole deck, and a deck of other notes",
                _keep_other_decks, once, start=("core", "old")),
        Learner("core only", "has the core alone, and takes an update of the whole deck",
                _keep_other_decks, once, start=("core",)),
        Learner("deleter", "has deleted every second note", _delete, once),
        Learner("skipper", "has skipped three releases", _only_study, once, start=("oldest",)),
        Learner("repeater", "imports the update twice", _only_study, _twice),
        Learner("backslider", "imports the old release again, over the new one",
                _only_study, _older_over_newer),
        Learner("unlucky", "imports files cut short, then one import dies, then again",
                _only_study, _interrupted),
    )
}  # fmt: skip
