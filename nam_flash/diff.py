"""Two editions -> a `Diff`: what changed for learners, note by note, why, and what it costs them.

Every note that changed has exactly one class, the one that says most to a learner; what else
changed about it stands in the `Change`. The fields Version and Report follow the release and are
no change. Nor is a move of the stamp alone, but that is among the costs.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from nam_flash.costs import Cost, costs, moved_clozes
from nam_flash.deck import NoteType
from nam_flash.edition import Edition, Shipped
from nam_flash.fact import Fact
from nam_flash.markup import Markup, as_text

#: The classes of changed notes, in the order of reports: name -> what it means.
KINDS: Final = {
    "corrected": "says something else, and the card tells so",
    "retired": "holds no more: the card stays and says so",
    "returned": "was retired and holds after all",
    "added": "is new",
    "reworded": "has other texts",
    "table": "has another table on its back, as another cell of the comparison changed",
    "picture": "has another picture",
    "renumbered": "lost cards, or its cloze numbers moved",
    "retyped": "has another note type",
    "retagged": "has other tags",
    "moved": "has another subdeck, for new learners",
    "removed": "is gone, without a tombstone",
}

#: How a comparison marks the asked cell: otherwise its table is the same on all its notes.
_ASKED: Final = ' class="asked" aria-current="true"'
_TABLE: Final = '<table class="comparison">'
#: The banners that `build` puts into the field Status.
_BANNER: Final = re.compile(
    r'<div class="(?P<kind>retired|corrected)"><strong>\w+ in (?P<release>[\d.]+)\.</strong> '
    r'(?:<span class="change">)?(?P<text>.*?)(?:</span>)?</div>',
    re.DOTALL,
)
_LINK: Final = re.compile(r'\s*<a href="([^"]*)">[^<]*</a>\s*$')
_ADVICE: Final = " Suspend or delete this card."
_IMAGE: Final = re.compile(r"<img\b[^>]*>")
_FILE: Final = re.compile(r'<img\b[^>]*\bsrc="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Edit:
    """A text that changed, as HTML: of a note's field, or of a note type's part."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a note changed, in plain text.

    ``release`` is that which says so, ``source`` the id of the work that shows it (only where facts
    are known), ``link`` its address, ``see`` the facts that replace a retired one.
    """

    release: str
    what: str = ""
    why: str = ""
    source: str = ""
    link: str = ""
    see: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one note; ``kind`` is one of `KINDS`.

    ``prompt`` is what its first card asks, as plain text, and ``topic`` what readers call its
    topic. ``ords`` and ``deck`` are before and after.
    """

    kind: str
    key: str
    guid: str
    fact: str
    topic: str
    prompt: str
    edits: tuple[Edit, ...] = ()
    tags_added: tuple[str, ...] = ()
    tags_removed: tuple[str, ...] = ()
    ords: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())
    deck: tuple[str, str] = ("", "")
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class TypeChange:
    """What happened to a note type: ``kind`` is ``added``, ``removed`` or ``restyled``."""

    kind: str
    name: str
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two editions, in numbers; ``label`` is what its reader calls it."""

    label: str
    name: str
    version: str
    notes: int
    cards: int


@dataclass(frozen=True, slots=True)
class Group:
    """The notes of one fact that changed in one way.

    ``tables`` are its further notes, of which only the table on the back followed.
    """

    kind: str
    fact: str
    changes: tuple[Change, ...]
    tables: tuple[Change, ...] = ()

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The reasons of all its notes, each once."""
        return tuple(dict.fromkeys(r for change in self.changes for r in change.reasons))

    @property
    def edits(self) -> dict[Edit, tuple[str, ...]]:
        """Each edit once, with the keys of the notes that have it."""
        found: dict[Edit, list[str]] = {}
        for change in (*self.changes, *self.tables):
            for edit in change.edits:
                found.setdefault(edit, []).append(change.key)
        return {edit: tuple(keys) for edit, keys in found.items()}


@dataclass(frozen=True)
class Diff:
    """Everything that differs between two editions.

    ``changes`` are in the teaching order of the newer one, and at the end what was removed.
    """

    old: Side
    new: Side
    changes: tuple[Change, ...]
    types: tuple[TypeChange, ...]
    costs: tuple[Cost, ...]

    @property
    def empty(self) -> bool:
        """Tell whether learners would notice nothing at all."""
        return not (self.changes or self.types or self.costs)

    @property
    def counts(self) -> dict[str, int]:
        """How many notes each class has, in the order of `KINDS`, without empty ones."""
        kinds = [change.kind for change in self.changes]
        return {kind: kinds.count(kind) for kind in KINDS if kind in kinds}

    @cached_property
    def groups(self) -> dict[str, tuple[Group, ...]]:
        """The changes by class and then by fact; tables stand with what made them change.

        Only where nothing else of a fact changed have its tables a group of their own.
        """
        parts: dict[str, dict[str, list[Change]]] = {kind: {} for kind in KINDS}
        for change in self.changes:
            parts[change.kind].setdefault(change.fact, []).append(change)
        tables = parts["table"]
        groups: dict[str, tuple[Group, ...]] = {}
        for kind in ("corrected", "added", "reworded"):
            groups[kind] = tuple(
                Group(kind, fact, tuple(own), tuple(tables.pop(fact, ())))
                for fact, own in parts[kind].items()
            )
        for kind in parts.keys() - groups.keys():
            groups[kind] = tuple(Group(kind, f, tuple(own)) for f, own in parts[kind].items())
        return {kind: groups[kind] for kind in KINDS if groups[kind]}


def diff(
    old: Edition,
    new: Edition,
    facts: Mapping[str, Fact] | None = None,
    labels: tuple[str, str] = ("", ""),
) -> Diff:
    """Compare two editions.

    ``facts`` are those of the newer one, by id: they give the reasons in full. Without them, the
    reasons are what the cards say. ``labels`` say where the two came from.
    """
    changes = [*_changes(old, new, facts or {}), *_removed(old, new)]
    return Diff(
        old=_side(old, labels[0]),
        new=_side(new, labels[1]),
        changes=tuple(changes),
        types=tuple(_types(old, new)),
        costs=costs(old, new),
    )


def _side(edition: Edition, label: str) -> Side:
    return Side(label, edition.name, edition.version, len(edition.notes), edition.cards)


def _changes(old: Edition, new: Edition, facts: Mapping[str, Fact]) -> Iterator[Change]:
    """Yield what came and what changed, in the order of the newer edition."""
    redrawn = {name for name, digest in new.media.items() if old.media.get(name, digest) != digest}
    for guid, note in new.notes.items():
        before = old.notes.get(guid)
        if before is None:
            yield _change("added", None, note)
            continue
        shown = {name for text in note.fields.values() for name in _FILE.findall(text)}
        same = before.same_content(note) and before.deck == note.deck
        if not same or shown & redrawn:
            news = _news(before, note)
            edits = tuple(_edits(before, note, news))
            reasons = tuple(_reasons(news, facts.get(note.fact)))
            yield _change(_kind(before, note, edits, news), before, note, edits, reasons)


def _removed(old: Edition, new: Edition) -> Iterator[Change]:
    for guid, note in old.notes.items():
        if guid not in new.notes:
            yield _change("removed", note, None)


def _change(
    kind: str,
    before: Shipped | None,
    after: Shipped | None,
    edits: tuple[Edit, ...] = (),
    reasons: tuple[Reason, ...] = (),
) -> Change:
    """Return a change with what the note itself says; one of ``before`` and ``after`` is given."""
    note = after or before
    assert note is not None
    was, now = (side.tags if side else () for side in (before, after))
    texts = (text for name, text in note.said.items() if name != "ID" and text)
    asked = note.fields.get("Question") or next(texts, "")
    topic = html.unescape(note.fields.get("Topic", "")) or next(iter(note.tags), "")
    return Change(
        kind=kind,
        key=note.key,
        guid=note.guid,
        fact=note.fact,
        topic=topic,
        prompt=" ".join(as_text(asked).split()),
        edits=edits,
        tags_added=tuple(tag for tag in now if tag not in was),
        tags_removed=tuple(tag for tag in was if tag not in now),
        ords=(before.ords if before else (), after.ords if after else ()),
        deck=(before.deck if before else "", after.deck if after else ""),
        reasons=reasons,
    )


@dataclass(frozen=True, slots=True)
class _News:
    """What the banners of a note say that they did not say before."""

    retired: re.Match[str] | None
    returned: bool
    corrections: tuple[re.Match[str], ...]

    def __bool__(self) -> bool:
        return bool(self.retired or self.returned or self.corrections)


def _news(before: Shipped, after: Shipped) -> _News:
    """Compare the banners by their releases, so that a banner's own rewording is no correction."""
    was, now = (list(_BANNER.finditer(note.fields.get("Status", ""))) for note in (before, after))
    tombstones = [[b for b in banners if b["kind"] == "retired"] for banners in (was, now)]
    known = [banner["release"] for banner in was if banner["kind"] == "corrected"]
    corrections = []
    for banner in reversed(now):  # the newest stands first
        if banner["kind"] == "corrected":
            if banner["release"] in known:
                known.remove(banner["release"])
            else:
                corrections.append(banner)
    return _News(
        retired=tombstones[1][0] if tombstones[1] and not tombstones[0] else None,
        returned=bool(tombstones[0]) and not tombstones[1],
        corrections=tuple(corrections),
    )


def _reasons(news: _News, fact: Fact | None) -> Iterator[Reason]:
    """Yield why a note changed: as the fact says, else as the banner does."""
    if news.retired:
        text = as_text(news.retired["text"]).removesuffix(_ADVICE)
        if fact and fact.retired:
            why = Markup({}).plain(fact.retired.why)
            yield Reason(news.retired["release"], why=why, see=fact.retired.see)
        else:
            yield Reason(news.retired["release"], why=text)
    stated = list(fact.changes) if fact else []
    for banner in news.corrections:
        link = _LINK.search(banner["text"])
        address = html.unescape(link[1]) if link else ""
        release = banner["release"]
        # What was known before comes first in the fact, so the last ones are the news.
        own = next((c for c in reversed(stated) if c.release == release), None)
        if own:
            stated.remove(own)
            what, why = (Markup({}).plain(text) for text in (own.what, own.why))
            yield Reason(release, what, why, own.source, address)
        else:
            yield Reason(release, as_text(_LINK.sub("", banner["text"])), link=address)


def _kind(before: Shipped, after: Shipped, edits: tuple[Edit, ...], news: _News) -> str:
    """Return the class that says most to a learner."""
    fields = {edit.field for edit in edits}
    wordless = all(_IMAGE.sub("", e.before) == _IMAGE.sub("", e.after) for e in edits)
    table = fields == {"Detail"} and any(_TABLE in e.before + e.after for e in edits)
    lost = not set(before.ords) <= set(after.ords)
    holds = {
        "retyped": before.type_id != after.type_id,
        "retired": news.retired is not None,
        "returned": news.returned,
        "corrected": bool(news.corrections),
        "renumbered": lost or bool(moved_clozes(before, after)),
        "table": table and before.ords == after.ords,
        "reworded": before.ords != after.ords or (bool(fields) and not wordless),
        "picture": bool(fields),
        "moved": before.deck != after.deck,
        "retagged": set(before.tags) != set(after.tags),
    }
    # What is left has nothing but other bytes behind the name of its picture.
    return next((kind for kind, true in holds.items() if true), "picture")


def _edits(before: Shipped, after: Shipped, news: _News) -> Iterator[Edit]:
    """Yield the fields that differ.

    Left out: the topic, where the tags say it, and the banners, where they become reasons.
    """
    mirrored = {"Topic"} if set(before.tags) != set(after.tags) else set()
    if news:
        mirrored.add("Status")
    was, now = before.said, after.said
    for name in dict.fromkeys((*was, *now)):
        old, new = was.get(name, ""), now.get(name, "")
        if old == new or name in mirrored:
            continue
        if _TABLE in old + new:
            old, new = old.replace(_ASKED, ""), new.replace(_ASKED, "")
        yield Edit(name, old, new)


def _types(old: Edition, new: Edition) -> Iterator[TypeChange]:
    for id_, after in new.note_types.items():
        before = old.note_types.get(id_)
        if before is None:
            yield TypeChange("added", after.name)
        elif before.hash != after.hash:
            was, now = _parts(before), _parts(after)
            edits = (
                Edit(part, was.get(part, ""), now.get(part, ""))
                for part in dict.fromkeys((*was, *now))
            )
            changed = tuple(edit for edit in edits if edit.before != edit.after)
            yield TypeChange("restyled", after.name, changed)
    for id_, before in old.note_types.items():
        if id_ not in new.note_types:
            yield TypeChange("removed", before.name)


def _parts(note_type: NoteType) -> dict[str, str]:
    """Return all that a learner's copy of a note type receives, as texts by name."""
    parts = {
        "name": note_type.name,
        "fields": "\n".join(f"{field.name} ({field.id})" for field in note_type.fields),
        "templates": "\n".join(f"{t.name} ({t.id})" for t in note_type.templates),
        "CSS": note_type.css,
    }
    for template in note_type.templates:
        parts[f"front of {template.name}"] = template.front
        parts[f"back of {template.name}"] = template.back
    return parts
