"""Library + recipe + lock -> deck: tags, subdecks, teaching order, stamps."""

import hashlib
import heapq
import html
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Final

from nam_flash.citation import references
from nam_flash.deck import Deck, Note, nfc
from nam_flash.fact import Fact
from nam_flash.kinds import AnyFact, Desk, Draft, kind_of
from nam_flash.load import Library, Place
from nam_flash.lock import Lock, stamp, stamp_types
from nam_flash.markup import Markup
from nam_flash.notetypes import NOTE_TYPES
from nam_flash.problem import Problem, Where, in_order
from nam_flash.recipe import Recipe

#: What Anki shows in a card's picture, and what a browser cannot be tricked with.
_MEDIA_TYPES: Final = frozenset({".svg", ".png", ".jpg", ".jpeg", ".webp"})


@dataclass(frozen=True, slots=True)
class Built:
    """A whole deck with the lock that belongs to it."""

    deck: Deck
    lock: Lock


def build(
    library: Library, recipe: Recipe, lock: Lock, lock_path: Path, now: int
) -> tuple[Built, list[Problem]]:
    """Make the whole deck of a library.

    ``now`` (Unix seconds) stamps what the lock does not know or what has changed. Returns the deck
    and the new lock, and every problem: with any, neither should be written.
    """
    desk = Desk(Markup(library.glossary))
    media: dict[str, bytes] = {}
    notes: list[Note] = []
    for fact in teaching_order(library):
        notes += _notes(fact, library, recipe, desk, media)
    numbered = [replace(note, position=i) for i, note in enumerate(notes, start=1)]
    problems = desk.problems
    stamped, new_lock, breaches = stamp(
        numbered, lock, lock_path, recipe.namespace, recipe.version, now
    )
    used = {note.note_type.key for note in stamped}
    types, entries = stamp_types((t for t in NOTE_TYPES.values() if t.key in used), lock, now)
    deck = Deck(
        name=recipe.name,
        description=_description(recipe),
        version=recipe.version,
        namespace=recipe.namespace,
        notes=stamped,
        note_types=types,
        media=media,
    )
    built = Built(deck, replace(new_lock, note_types=entries))
    return built, in_order([*problems, *breaches])


def teaching_order(library: Library) -> list[AnyFact]:
    """Return the facts in the order in which new cards come.

    Topics in the order of the taxonomy, vignettes after everything else; inside a topic the order
    of the files, except that what a fact needs comes before it.
    """
    last = len(library.topics)
    groups: dict[tuple[bool, int], list[AnyFact]] = {}
    for fact in library.facts:
        place = library.topics.get(fact.topic)
        key = (kind_of(fact) == "vignette", place.rank if place else last)
        groups.setdefault(key, []).append(fact)
    return [fact for _, group in sorted(groups.items()) for fact in _needs_first(group)]


def _needs_first(facts: list[AnyFact]) -> Iterable[AnyFact]:
    """Order facts so that needs come first, otherwise as they stand."""
    if not any(fact.needs for fact in facts):
        return facts
    rank = {fact.id: i for i, fact in enumerate(facts)}
    sorter = TopologicalSorter(
        {fact.id: [id_ for id_ in fact.needs if id_ in rank] for fact in facts}
    )
    try:
        sorter.prepare()
    except ValueError:  # a cycle, which load has reported
        return facts
    order: list[AnyFact] = []
    ready: list[int] = []
    while sorter.is_active():
        for id_ in sorter.get_ready():
            heapq.heappush(ready, rank[id_])
        fact = facts[heapq.heappop(ready)]
        order.append(fact)
        sorter.done(fact.id)
    return order


def _notes(
    fact: AnyFact, library: Library, recipe: Recipe, desk: Desk, media: dict[str, bytes]
) -> Iterator[Note]:
    """Yield the notes of one fact, complete but for their stamps."""
    place = library.topics.get(fact.topic, Place(fact.topic, library.root, "", 0))
    subdeck = recipe.kind_decks.get(kind_of(fact)) or place.deck
    deck = f"{recipe.name}::{subdeck}" if subdeck else recipe.name
    tags = tuple(_tags(fact, place, library))
    status = _status(fact, desk)
    figure, names = _figure(fact, library, desk.problems, media)
    for draft in fact.drafts(desk):
        if not draft.cite:
            where = fact.origin.at("id")
            desk.problems.append(
                Problem(where, "NF024", "no citation", "cite: [source]", "no card without a source")
            )
        note_type = NOTE_TYPES[draft.note_type]
        values = {
            "ID": f"{fact.id}{draft.key}",
            **draft.fields,
            "Extra": draft.extra + figure,
            "Source": _source(fact, draft, library),
            "Status": status,
        }
        yield Note(
            key=f"{fact.id}{draft.key}",
            note_type=note_type,
            fields=tuple([nfc(values.get(name, "")) for name in note_type.names]),
            ords=draft.ords,
            tags=tags,
            deck=deck,
            fact=fact,
            media=names,
        )


def _tags(fact: Fact, place: Place, library: Library) -> Iterator[str]:
    """Yield the tags: topics first, then level and kind, which ``^`` sorts after them."""
    yield place.tag
    for path in fact.tags:
        if path in library.topics:
            yield library.topics[path].tag
    yield f"{library.root}::^Level::{fact.level.capitalize()}"
    yield f"{library.root}::^Kind::{kind_of(fact).capitalize()}"
    if fact.retired:
        yield f"{library.root}::!Retired::{fact.retired.version}"


def _source(fact: Fact, draft: Draft, library: Library) -> str:
    as_of = f'<p class="as-of">As of {fact.as_of}</p>' if fact.as_of else ""
    return references(draft.cite, library.sources) + as_of


def _status(fact: Fact, desk: Desk) -> str:
    """Return the banner of a corrected or retired fact."""
    parts = []
    if fact.retired:
        why = desk.side(fact)(fact.retired.why, "retired", "why")
        see = f" See {', '.join(fact.retired.see)}." if fact.retired.see else ""
        parts.append(
            f'<div class="retired"><strong>Retired in {fact.retired.version}.</strong> {why}{see} '
            "You can suspend or delete this card.</div>"
        )
    if fact.corrected:
        was = desk.side(fact)(fact.corrected.was, "corrected", "was")
        parts.append(
            f'<div class="corrected"><strong>Corrected in {fact.corrected.version}.</strong> {was}'
            "</div>"
        )
    return "".join(parts)


def _figure(
    fact: Fact, library: Library, problems: list[Problem], media: dict[str, bytes]
) -> tuple[str, tuple[str, ...]]:
    """Return the HTML of a fact's figure and the media that it uses, named by content.

    A new picture under an old name would never reach learners (Anki keeps what it has).
    """
    if fact.figure is None:
        return "", ()
    where = fact.origin.at("figure", "file")
    path = library.folder / fact.figure.file
    try:
        inside = path.resolve().is_relative_to(library.folder.resolve())
        data = path.read_bytes() if inside and path.suffix in _MEDIA_TYPES else None
    except OSError:
        data = None
    if data is None:
        expected = f"a picture in {library.folder} ({', '.join(sorted(_MEDIA_TYPES))})"
        problems.append(Problem(where, "NF025", repr(fact.figure.file), expected))
        return "", ()
    name = f"nam-flash-{hashlib.sha256(data).hexdigest()[:16]}{path.suffix}"
    media[name] = data
    alt, credit = html.escape(fact.figure.alt), html.escape(fact.figure.credit, quote=False)
    licence = html.escape(fact.figure.licence, quote=False)
    figure = (
        f'<figure><img src="{name}" alt="{alt}">'
        f"<figcaption>{credit}, {licence}</figcaption></figure>"
    )
    return figure, (name,)


def _description(recipe: Recipe) -> str:
    return (
        f"{recipe.description.strip()}\n"
        f"Version {recipe.version}. Licence: {recipe.licence}.\n"
        "For education only; not medical advice."
    )


def changes(old: Lock, new: Lock) -> Iterator[str]:
    """Yield what a new lock changes, in words: counts of new, changed and removed lines."""
    for name, before, after in (
        ("note", old.notes, new.notes),
        ("note type", old.note_types, new.note_types),
    ):
        added = len(after.keys() - before.keys())
        changed = sum(before[key] != after[key] for key in after.keys() & before.keys())
        for count, word in ((added, "new"), (changed, "changed")):
            if count:
                yield f"{count:,} {word} {name}{'' if count == 1 else 's'}"


def stale(old: Lock, new: Lock, path: Path) -> list[Problem]:
    """Return the problem that ``--locked`` reports when the lock would change."""
    found = ", ".join(changes(old, new))
    if not found and old.namespace == new.namespace:
        return []
    hint = "run `nam-flash build` and commit the lock"
    return [Problem(Where(str(path)), "NF044", found or "no namespace", "an up-to-date lock", hint)]
