"""Library + recipe + lock -> deck: tags, subdecks, teaching order, stamps."""

import hashlib
import heapq
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter
from pathlib import Path
from urllib.parse import quote

from nam_flash.citation import Bibliography, link
from nam_flash.deck import Deck, Note, Place, nfc
from nam_flash.fact import Citation, Fact, Source
from nam_flash.kinds import AnyFact, Desk, kind_of
from nam_flash.kinds.occlusion import Occlusion
from nam_flash.load import Library
from nam_flash.lock import Lock, removed, stamp, stamp_types
from nam_flash.markup import Markup
from nam_flash.notetypes import NOTE_TYPES
from nam_flash.problem import Problem, Where, in_order
from nam_flash.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Built:
    """A whole deck with the lock that belongs to it."""

    deck: Deck
    lock: Lock


class Kept:
    """The notes of facts when they were last made, for who builds again and again.

    A fact is the same one as long as its file has not been read again. Facts with a picture or a
    problem are always made anew, and all are when what they share has changed.
    """

    def __init__(self) -> None:
        self._shared: tuple[object, ...] = ()
        self._notes: dict[int, tuple[AnyFact, tuple[Note, ...]]] = {}

    def notes(self, binder: "_Binder") -> Iterator[Note]:
        """Yield the notes of the binder's library, in teaching order."""
        library = binder.library
        shared = (library.glossary, library.sources, library.topics, library.module,
                  library.own_tags, library.added, library.figures, library.pictures,
                  binder.recipe)  # fmt: skip
        kept = self._notes if shared == self._shared else {}
        self._shared, self._notes = shared, {}
        for fact in teaching_order(library):
            _, notes = kept.get(id(fact), (None, None))
            if notes is None:
                before = len(binder.desk.problems)
                notes = tuple(binder.notes(fact))
                if len(binder.desk.problems) > before or any(note.media for note in notes):
                    yield from notes
                    continue
            self._notes[id(fact)] = (fact, notes)  # with the fact, so that its id stays taken
            yield from notes


def build(
    library: Library,
    recipe: Recipe,
    lock: Lock,
    lock_path: Path,
    now: int,
    kept: Kept | None = None,
) -> tuple[Built, list[Problem]]:
    """Make the whole deck of a library; ``kept`` spares the facts that did not change.

    ``now`` (Unix seconds) stamps what the lock does not know or what has changed. Returns the deck
    and the new lock, and every problem: with any, neither should be written.
    """
    binder = _Binder(library, recipe)
    if kept is None:
        notes = [note for fact in teaching_order(library) for note in binder.notes(fact)]
    else:
        notes = [*kept.notes(binder)]
    problems = [*binder.desk.problems]
    stamped, new_lock, breaches = stamp(
        notes, lock, lock_path, recipe.namespace, recipe.name, recipe.version, now
    )
    if library.whole:
        problems += removed(lock, new_lock, lock_path)
    problems += _too_late(lock, new_lock, recipe)
    used = {note.note_type.key for note in stamped}
    types, entries, changed = stamp_types(
        (t for t in NOTE_TYPES.values() if t.key in used), lock, lock_path
    )
    deck = Deck(
        name=recipe.name,
        description=_description(recipe),
        version=recipe.version,
        licence=recipe.licence,
        notes=stamped,
        note_types=types,
        sources=_cited(library),
        topics=tuple(sorted(library.topics.values(), key=lambda place: place.rank)),
        media=binder.media,
        glossary=library.glossary,
        figures=library.figures,
    )
    built = Built(deck, replace(new_lock, note_types=entries))
    return built, in_order([*problems, *breaches, *changed])


def _too_late(old: Lock, new: Lock, recipe: Recipe) -> Iterator[Problem]:
    """Yield a problem when a release is made, but notes still come or change under its number."""
    if recipe.version in old.releases and (late := ", ".join(changes(old, new))):
        found = f"{late} after the release of {recipe.version}"
        hint = "raise `version` in the recipe"
        where = recipe.origin.at("version")
        yield Problem(where, "NF047", found, "a version that is not released yet", hint)


def _cited(library: Library) -> dict[str, Source]:
    """Return the works that facts cite and that figures rest on, by id."""
    cited = {citation.id for fact in library.facts for _, citation in fact.citations()}
    cited |= {citation.id for figure in library.figures.values() for citation in figure.cite}
    return {id_: source for id_, source in library.sources.items() if id_ in cited}


def teaching_order(library: Library) -> list[AnyFact]:
    """Return the facts in the order in which new cards come.

    Topics in the order of the taxonomy, vignettes after everything else and retired facts last;
    inside a topic the order of the files, except that what a fact needs comes before it.
    """
    last = len(library.topics)
    groups: dict[tuple[bool, bool, int], list[AnyFact]] = {}
    for fact in library.facts:
        place = library.topics.get(fact.topic)
        rank = place.rank if place else last
        key = (fact.retired is not None, kind_of(fact) == "vignette", rank)
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


class _Binder:
    """Binds the drafts of facts into notes: with tags, subdeck, sources, status and figure."""

    def __init__(self, library: Library, recipe: Recipe) -> None:
        self.library = library
        self.recipe = recipe
        self.desk = Desk(
            Markup(library.glossary), figures=library.figures, pictures=library.pictures
        )
        self.media: dict[str, bytes] = {}
        self.bibliography = Bibliography(library.sources)
        # Many notes share their sources and tags: made once, and kept in memory once.
        self.sources: dict[tuple[tuple[Citation, ...], int | None], str] = {}
        self.tags: dict[tuple[str, ...], tuple[str, ...]] = {}

    def notes(self, fact: AnyFact) -> Iterator[Note]:
        """Yield the notes of one fact, complete but for their stamps."""
        library, kind = self.library, kind_of(fact)
        place = library.topics.get(fact.topic, Place(fact.topic, library.root, "", 0))
        subdeck = self.recipe.kind_decks.get(kind) or place.deck
        if fact.retired:
            subdeck = self.recipe.retired_deck
        deck = f"{self.recipe.name}::{subdeck}" if subdeck else self.recipe.name
        tags = self._tags(fact, place, kind)
        module = library.module
        added = module is not None and fact.id in library.added
        namespace = module.namespace if module and added else self.recipe.namespace
        status = self._status(fact)
        image, caption, media = self._figure(fact)
        for draft in fact.drafts(self.desk):
            if not draft.cite:
                hint = "no card without a source"
                self._problem(fact, "NF024", "no citation", "cite: [source]", hint, "id")
            note_type = NOTE_TYPES[draft.note_type]
            key = f"{fact.id}{draft.key}"
            below = "" if draft.image else image
            figure = f"<figure>{below}{caption}</figure>" if caption else ""
            values = {
                "ID": key,
                **draft.fields,
                **({draft.image: image} if draft.image else {}),
                "Extra": draft.extra + figure,
                "Source": self._source(draft.cite, fact.as_of),
                "Status": status,
                "Topic": html.escape(" › ".join(place.names), quote=False),
                "Report": html.escape(self.recipe.report.replace("{id}", quote(key, safe=""))),
            }
            fields = tuple([nfc(values.get(name, "")) for name in note_type.names])
            guid = f"{namespace}:{key}"
            yield Note(key, guid, note_type, fields, draft.ords, tags, deck, fact, media)

    def _problem(
        self, fact: Fact, code: str, found: str, expected: str, hint: str, *keys: str
    ) -> None:
        problem = Problem(fact.origin.at(*keys), code, found, expected, hint)
        self.desk.problems.append(problem)

    def _tags(self, fact: Fact, place: Place, kind: str) -> tuple[str, ...]:
        """Return the tags: topics first, then level and kind, which ``^`` sorts after them."""
        # One tag for a release and its corrections: 1.2 for 1.2.0 and 1.2.1.
        retired = re.sub(r"\.[^.]*$", "", fact.retired.release) if fact.retired else ""
        own = self.library.own_tags.get(fact.id, ())
        key = (place.path, *fact.tags, *own, fact.level, kind, retired)
        if key not in self.tags:
            root, topics = self.library.root, self.library.topics
            tags = [place.tag, *(topics[path].tag for path in fact.tags if path in topics), *own]
            tags += [
                f"{root}::^Level::{fact.level.capitalize()}",
                f"{root}::^Kind::{kind.capitalize()}",
            ]
            if retired:
                tags.append(f"{root}::!Retired::{retired}")
            self.tags[key] = tuple(dict.fromkeys(tags))
        return self.tags[key]

    def _source(self, cite: tuple[Citation, ...], as_of: int | None) -> str:
        source = self.sources.get((cite, as_of))
        if source is None:
            source = self.bibliography.references(cite)
            if as_of:
                source += f'<p class="as-of">As of {as_of}</p>'
            self.sources[cite, as_of] = source
        return source

    def _status(self, fact: Fact) -> str:
        """Return the banner of a retired or corrected fact, the newest correction first."""
        parts = []
        if fact.retired:
            why = self.desk.side(fact)(fact.retired.why, "retired", "why")
            see = f" See {', '.join(fact.retired.see)}." if fact.retired.see else ""
            parts.append(
                f'<div class="retired"><strong>Retired in {fact.retired.release}.</strong> '
                f"{why}{see} Suspend or delete this card.</div>"
            )
        for i, change in reversed([*enumerate(fact.changes)]):
            side = self.desk.side(fact)
            texts = [side(change.what, "changes", i, "what")]
            if change.why:
                texts.append(side(change.why, "changes", i, "why"))
            if source := self.library.sources.get(change.source):
                shown, address = link(source)
                texts.append(f'<a href="{html.escape(address)}">{html.escape(shown)}</a>')
            parts.append(
                f'<div class="corrected"><strong>Corrected in {change.release}.</strong> '
                f'<span class="change">{" ".join(texts)}</span></div>'
            )
        return "".join(parts)

    def _figure(self, fact: Fact) -> tuple[str, str, tuple[str, ...]]:
        """Return a fact's figure as HTML, its caption, and the media, which are named by content.

        A new picture under an old name would never reach learners (Anki keeps what it has).
        """
        figure, data = self.library.figures.get(fact.figure), self.library.pictures.get(fact.figure)
        if figure is None or data is None:  # none, or one that load has reported
            return "", "", ()
        # Anki delivers a file beside notes that it skips only when its name begins with "_".
        name = f"_nam-flash-{hashlib.sha256(data).hexdigest()[:16]}{figure.path.suffix}"
        self.media[name] = data
        title, credit, licence = (
            html.escape(text, quote=False) for text in (figure.title, figure.credit, figure.licence)
        )
        # What a masked picture shows in words would give the answers away.
        alt = figure.title if isinstance(fact, Occlusion) else figure.alt
        image = f'<img src="{name}" alt="{html.escape(alt)}">'
        return image, f"<figcaption>{title}; {credit}, {licence}</figcaption>", (name,)


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
    if not found and (old.namespace, old.deck) == (new.namespace, new.deck):
        return []
    hint = "run `nam-flash build` and commit the lock"
    return [Problem(Where(str(path)), "NF044", found or "no header", "an up-to-date lock", hint)]
