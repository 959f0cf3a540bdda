"""What an update would cost learners: progress lost, cards doubled, or a fix that never arrives.

Everything here follows from how Anki imports a package (docs/architecture.md, *Identity and
stamps*). It needs no fact and no lock, only the two editions, so it also judges packages that
were built elsewhere.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from nam_flash.deck import NoteType, clozes
from nam_flash.edition import Edition, Shipped
from nam_flash.markup import as_text

#: From this share of common words on (Jaccard index), a note that went and one that came are taken
#: for one: our limit. Two cells of one comparison share fewer.
_ALIKE: Final = 0.8
#: Fields that say little about which note it is: many notes share their texts.
_SHARED: Final = frozenset({"ID", "Source", "Status", "Topic", "Detail", "Extra"})


class _Manual(NamedTuple):
    what: str
    why: str
    do: str


@dataclass(frozen=True, slots=True)
class Cost:
    """One kind of cost, and what it befalls.

    ``code`` is its name for machines, ``items`` are notes or note types with what is wrong, ``do``
    says how an author avoids it.
    """

    code: str
    what: str
    items: tuple[str, ...]
    why: str
    do: str


def costs(old: Edition, new: Edition) -> tuple[Cost, ...]:
    """Return what learners who have ``old`` would pay for importing ``new``, the worst first."""
    found = []
    for code, (manual, check) in _COSTS.items():
        if items := tuple(check(old, new)):
            found.append(Cost(code, manual.what, items, manual.why, manual.do))
    return tuple(found)


def twins(old: Edition, new: Edition) -> list[tuple[Shipped, Shipped]]:
    """Return the notes that lost their identity: one went, and one came that says nearly the same.

    The same key under another GUID is such a pair (another namespace), and so are notes of which
    most words are the same.
    """
    gone = [note for guid, note in old.notes.items() if guid not in new.notes]
    came = {guid: note for guid, note in new.notes.items() if guid not in old.notes}
    if not gone or not came:
        return []
    by_key = {note.key: note for note in came.values()}
    words = {guid: _words(note) for guid, note in came.items()}
    having: dict[str, list[str]] = defaultdict(list)
    for guid, own in words.items():
        for word in own:
            having[word].append(guid)
    pairs = []
    for note in gone:
        twin = by_key.get(note.key)
        if twin is None or twin.guid not in came:
            mine = _words(note)
            shared = Counter(guid for word in mine for guid in having[word] if guid in came)
            alike = [
                (count / len(mine | words[guid]), guid) for guid, count in shared.most_common(5)
            ]
            share, guid = max(alike, default=(0.0, ""))
            twin = came[guid] if share >= _ALIKE else None
        if twin is not None:
            pairs.append((note, twin))
            del came[twin.guid]
    return pairs


def moved_clozes(before: Shipped, after: Shipped) -> list[int]:
    """Return the ordinals of the cards that now hide what another card of the note hid."""
    old, new = (clozes(" ".join(note.said.values())) for note in (before, after))
    return [
        ord_
        for ord_, texts in sorted(new.items())
        if ord_ in old
        and old[ord_] != texts
        and any(shipped == texts for other, shipped in old.items() if other != ord_)
    ]


def _words(note: Shipped) -> set[str]:
    texts = (as_text(text) for name, text in note.said.items() if name not in _SHARED)
    return set(re.findall(r"\w+", " ".join(texts).casefold()))


def _both(old: Edition, new: Edition) -> Iterator[tuple[Shipped, Shipped]]:
    """Yield the notes that are in both, before and after."""
    return ((old.notes[guid], note) for guid, note in new.notes.items() if guid in old.notes)


def _both_types(old: Edition, new: Edition) -> Iterator[tuple[NoteType, NoteType]]:
    types = new.note_types.items()
    return ((old.note_types[id_], type_) for id_, type_ in types if id_ in old.note_types)


def _twins(old: Edition, new: Edition) -> Iterator[str]:
    for before, after in twins(old, new):
        yield f"{before.guid} is now {after.guid}"


def _removed(old: Edition, new: Edition) -> Iterator[str]:
    paired = {before.guid for before, _ in twins(old, new)}
    for guid, note in old.notes.items():
        if guid not in new.notes and guid not in paired:
            yield note.key


def _retyped(old: Edition, new: Edition) -> Iterator[str]:
    for before, after in _both(old, new):
        if before.type_id != after.type_id:
            yield f"{after.key}: {before.type_name} is now {after.type_name}"


def _lost_cards(old: Edition, new: Edition) -> Iterator[str]:
    for before, after in _both(old, new):
        lost = [f"{ord_ + 1}" for ord_ in before.ords if ord_ not in after.ords]
        if lost and before.type_id == after.type_id:
            yield f"{after.key}: card {', '.join(lost)}"


def _moved_clozes(old: Edition, new: Edition) -> Iterator[str]:
    for before, after in _both(old, new):
        if moved := moved_clozes(before, after):
            yield f"{after.key}: {', '.join(f'c{ord_ + 1}' for ord_ in moved)}"


def _schema(old: Edition, new: Edition) -> Iterator[str]:
    for before, after in _both_types(old, new):
        for what, was, now in (
            ("field", before.fields, after.fields),
            ("template", before.templates, after.templates),
        ):
            if change := _reshaped(
                what, [(x.id, x.name) for x in was], [(x.id, x.name) for x in now]
            ):
                yield f"{after.name}: {change}"
        if before.cloze != after.cloze:
            yield f"{after.name}: cloze or not"


def _reshaped(what: str, was: list[tuple[int, str]], now: list[tuple[int, str]]) -> str:
    """Say what happened to fields or templates; nothing if Anki can follow.

    Anki follows names, and a renaming when the id stayed.
    """
    if len(was) == len(now) and all(
        a[1] == b[1] or (a[0] == b[0] and a[0] is not None) for a, b in zip(was, now, strict=True)
    ):
        return ""
    old, new = ({name for _, name in side} for side in (was, now))
    parts = [
        f"{what} {verb}: {', '.join(sorted(names))}"
        for verb, names in (("removed", old - new), ("added", new - old))
        if names
    ]
    return "; ".join(parts) or f"{what}s in another order"


def _renamed_deck(old: Edition, new: Edition) -> Iterator[str]:
    if old.notes and new.notes and old.name != new.name:
        yield f"{old.name} is now {new.name}"


def _late(old: Edition, new: Edition) -> Iterator[str]:
    for before, after in _both(old, new):
        if not before.same_content(after) and after.mod <= before.mod:
            yield after.key


def _touched(old: Edition, new: Edition) -> Iterator[str]:
    for before, after in _both(old, new):
        if before.same_content(after) and after.mod > before.mod:
            yield after.key


def _late_types(old: Edition, new: Edition) -> Iterator[str]:
    for before, after in _both_types(old, new):
        if before.hash != after.hash and after.mod <= before.mod:
            yield after.name


def _touched_types(old: Edition, new: Edition) -> Iterator[str]:
    for before, after in _both_types(old, new):
        if before.hash == after.hash and after.mod > before.mod:
            yield after.name


def _pictures(old: Edition, new: Edition) -> Iterator[str]:
    for name, digest in new.media.items():
        if old.media.get(name, digest) != digest:
            yield name


def _ids(old: Edition, new: Edition) -> Iterator[str]:
    for before, after in _both(old, new):
        if before.id != after.id:
            yield f"{after.key}: {before.id} is now {after.id}"


def _twice(old: Edition, new: Edition) -> Iterator[str]:
    yield from new.twice


#: Every cost: its name for machines, what it is, why it costs, what to do; and who finds it.
_COSTS: Final[dict[str, tuple[_Manual, Callable[[Edition, Edition], Iterator[str]]]]] = {
    "removed": (
        _Manual(
            "notes are gone",
            "Anki deletes nothing on import. Whoever has such a card goes on with it, and no "
            "correction will ever reach it.",
            "Bring the fact back and retire it (`retired:`), so that the card itself says why.",
        ),
        _removed,
    ),
    "new-guid": (
        _Manual(
            "notes have a new identity",
            "Anki knows a note by its GUID alone. Learners get a second copy to learn anew, and "
            "their progress stays with the old one, which is never corrected again.",
            "Give the note back its old key (ids of fact, attribute, entity) and namespace.",
        ),
        _twins,
    ),
    "twice": (
        _Manual(
            "notes share a GUID",
            "Anki adds each of them and later updates only one.",
            "Give every note a key of its own.",
        ),
        _twice,
    ),
    "retyped": (
        _Manual(
            "notes have another note type",
            "Anki leaves a note alone whose note type differs: the change never arrives.",
            "Retire the fact, and give the new one an id of its own.",
        ),
        _retyped,
    ),
    "schema": (
        _Manual(
            "note types have other fields or templates",
            "Anki makes a copy of the note type. Notes that learners have are not updated, and "
            "new ones go to the copy.",
            "Leave fields and templates as they shipped, and take a spare field.",
        ),
        _schema,
    ),
    "lost-cards": (
        _Manual(
            "cards are gone",
            "Anki keeps the card, which is now empty, and its progress leads nowhere.",
            "Keep every card that shipped, or retire the fact and give the new one its own id.",
        ),
        _lost_cards,
    ),
    "moved-clozes": (
        _Manual(
            "cloze numbers hide another one's text",
            "Progress hangs on the number: a text is asked at the intervals of another.",
            "Keep each number with its text, and give new texts the next free number.",
        ),
        _moved_clozes,
    ),
    "deck": (
        _Manual(
            "the deck has another name",
            "Anki matches decks by name. New cards go into a second deck, and those that learners "
            "have stay in the first.",
            "Keep the name of the recipe.",
        ),
        _renamed_deck,
    ),
    "stale-stamp": (
        _Manual(
            "notes changed, but their stamp is not newer",
            "Anki updates a note only when the package's stamp is newer: the change never arrives.",
            "Build with the lock of the older release.",
        ),
        _late,
    ),
    "touched": (
        _Manual(
            "notes have a newer stamp, but say the same",
            "Anki replaces the note, and with it what learners wrote and tagged there, for "
            "nothing.",
            "Build with the lock of the older release.",
        ),
        _touched,
    ),
    "stale-type": (
        _Manual(
            "note types changed, but their stamp is not newer",
            "Anki keeps the old look: the change never arrives.",
            "Give the note type a newer stamp.",
        ),
        _late_types,
    ),
    "touched-type": (
        _Manual(
            "note types have a newer stamp, but are the same",
            "Anki replaces the styling, also that which learners changed, for nothing.",
            "Leave the note type's stamp alone.",
        ),
        _touched_types,
    ),
    "picture": (
        _Manual(
            "pictures changed under an old name",
            "Anki keeps the picture that it has under this name.",
            "Name pictures after their content, as `nam-flash build` does.",
        ),
        _pictures,
    ),
    "new-id": (
        _Manual(
            "notes have another number",
            "Numbers that shift between releases can mix up cards when an import merges note "
            "types.",
            "Build with the lock of the older release.",
        ),
        _ids,
    ),
}
