"""A folder of cards -> a `Library`: every reference resolved, a local module laid over it.

The folder holds ``taxonomy.yaml``, ``sources.yaml``, ``glossary.yaml`` and ``figures.yaml`` (both
optional) and any number of fact files, ``*.yaml``, also in subfolders.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Final

from nam_flash.deck import Place
from nam_flash.fact import Abbreviation, Figure, Keys, Source, Topic, cited
from nam_flash.files import UNREAD, Parts, Shelf, named, read_folder
from nam_flash.kinds import AnyFact
from nam_flash.nodes import Document, Mapping, Node, Scalar, Sequence
from nam_flash.overlay import Laid, Module, lay, read_module
from nam_flash.problem import Problem, Where, in_order, suggest


@dataclass(frozen=True, slots=True)
class Unread:
    """A fact that could not be made: where it begins, its id and topic ("" where there is none)."""

    where: Where
    id: str
    topic: str


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that was read from a folder of cards, bound together.

    ``module`` is what was laid over it, if anything; ``added`` are the ids of its own facts and
    ``own_tags`` the tags that it gives to facts (by id). Without ``whole``, some fact could not be
    read, so what is absent may only be unread; those that were found are ``unread``. ``pictures``
    are the bytes of the figures, by id; a figure whose file has a problem is in neither.
    """

    folder: Path
    root: str
    facts: tuple[AnyFact, ...]
    topics: dict[str, Place]
    sources: dict[str, Source]
    glossary: dict[str, Abbreviation]
    figures: dict[str, Figure] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    module: Module | None = None
    added: frozenset[str] = frozenset()
    own_tags: dict[str, tuple[str, ...]] = field(default_factory=dict)
    whole: bool = True
    unread: tuple[Unread, ...] = ()


def load(
    folder: Path, module_folder: Path | None = None, shelf: Shelf | None = None
) -> tuple[Library, list[Problem]]:
    """Read a folder of cards, and a local module over it.

    A ``shelf`` spares files that did not change since it was last used.

    Returns the library (without what could not be read) and all problems. Raises nothing: a
    folder without facts is a problem too.
    """
    problems: list[Problem] = []
    ids: dict[str, Where] = {}
    base = read_folder(folder, ids, problems, shelf=shelf)
    if not base.facts and not problems:
        problems.append(Problem(Where(str(folder)), "NF005", "no facts", "fact files (*.yaml)"))
    own: Parts | None = None
    module: Module | None = None
    if module_folder is not None:
        module = read_module(module_folder, problems, shelf)
        own = read_folder(module_folder, ids, problems, True, shelf)
    topics = {place.path: place for place in _places(base, module, problems)}
    laid = lay(module, base.facts, topics, problems) if module else Laid(base.facts)
    parts = [base, own] if own else [base]
    files_read = not any(problem.code in UNREAD for problem in problems)
    figures = _figures(parts, problems)
    pictures = {id_: data for part in reversed(parts) for id_, data in part.pictures.items()}
    library = Library(
        folder=folder,
        root=base.taxonomy.root if base.taxonomy else "",
        facts=(*laid.facts, *(own.facts if own else ())),
        topics=topics,
        sources=_by_id((source for part in parts for source in part.sources or ()), problems),
        glossary=_glossary(parts, problems),
        figures={id_: figure for id_, figure in figures.items() if id_ in pictures},
        pictures=pictures,
        module=module,
        added=frozenset(fact.id for fact in own.facts) if own else frozenset(),
        own_tags=laid.tags,
        whole=files_read and not any(part.unread for part in parts),
        unread=tuple(_unread(part) for parts_ in parts for part in parts_.unread),
    )
    known: dict[str, Collection[str] | None] = {
        "topic": topics if base.taxonomy else None,
        "source": None if any(part.sources is None for part in parts) else library.sources,
        # What a file that could not be read may have held is not missed.
        "fact": ids if files_read else None,
        "figure": None if any(part.figures is None for part in parts) else figures,
    }
    for figure in figures.values():
        problems += _unresolved(known, "topic", figure.topic, partial(figure.origin.at, "topic"))
        for keys, citation in cited(figure.cite):
            where = partial(figure.origin.at, *keys, "id")
            problems += _unresolved(known, "source", citation.id, where)
    for fact in library.facts:
        for what, name, keys in _references(fact):
            problems += _unresolved(known, what, name, partial(fact.origin.at, *keys))
    for document, node in (pair for part in parts for pair in part.unread):
        for what, scalar in _loose_references(node):
            where = partial(Where, document.path, scalar.line, scalar.column)
            problems += _unresolved(known, what, scalar.value, where)
    problems += _cycles(library)
    return library, in_order(problems)


def _unread(part: tuple[Document, Node]) -> Unread:
    document, node = part
    id_, topic = (found.value if (found := named(node, key)) else "" for key in ("id", "topic"))
    return Unread(Where(document.path, node.line, node.column), id_, topic)


def _glossary(parts: Iterable[Parts], problems: list[Problem]) -> dict[str, Abbreviation]:
    """Merge the glossaries; two meanings of one abbreviation are a problem that names both."""
    merged: dict[str, Abbreviation] = {}
    first: dict[str, Parts] = {}
    for part in parts:
        for word, entry in part.glossary.items():
            if word in merged and merged[word].long != entry.long:
                origin, other = part.glossary_origin, first[word].glossary_origin
                if origin and other:
                    expected = f"{merged[word].long!r} (as at {other.at(word)})"
                    problems.append(Problem(origin.at(word), "NF020", repr(entry.long), expected))
            merged.setdefault(word, entry)
            first.setdefault(word, part)
    return merged


def _figures(parts: Iterable[Parts], problems: list[Problem]) -> dict[str, Figure]:
    """Return the figures by id; a second one of an id is a problem."""
    by_id: dict[str, Figure] = {}
    for figure in (figure for part in parts for figure in part.figures or ()):
        first = by_id.setdefault(figure.id, figure)
        if first is not figure:
            expected = f"an id of its own (first at {first.origin.at('id')})"
            problems.append(Problem(figure.origin.at("id"), "NF020", repr(figure.id), expected))
    return by_id


def _by_id(sources: Iterable[Source], problems: list[Problem]) -> dict[str, Source]:
    by_id: dict[str, Source] = {}
    for source in sources:
        if first := by_id.get(source.id):
            found, expected = (
                repr(source.id),
                f"an id of its own (first at {first.origin.at('id')})",
            )
            problems.append(Problem(source.origin.at("id"), "NF020", found, expected))
        by_id.setdefault(source.id, source)
        if not (source.doi or source.pmid or source.pmcid or source.url):
            found = "a source that cannot be found"
            problems.append(
                Problem(source.origin.at(), "NF011", found, "a DOI, PMID, PMCID or URL")
            )
    return by_id


def _places(base: Parts, module: Module | None, problems: list[Problem]) -> Iterator[Place]:
    """Yield the topics depth first, which is teaching order; a module's own topics come last."""
    seen: dict[str, Where] = {}
    todo: list[tuple[Topic, str, str, str]] = []
    if module:
        todo += [(topic, "", module.tag, "") for topic in reversed(module.topics)]
    if base.taxonomy:
        root = base.taxonomy.root
        todo += [(topic, "", root, "") for topic in reversed(base.taxonomy.topics)]
    rank = 0
    while todo:
        topic, above, tag_above, deck_above = todo.pop()
        place = Place(
            path=f"{above}/{topic.id}" if above else topic.id,
            tag=f"{tag_above}::{topic.tag}",
            deck=topic.deck or deck_above or topic.tag,
            rank=rank,
        )
        rank += 1
        # Anki takes tags that differ only in case for one.
        for key, where in (
            (place.path, topic.origin.at("id")),
            (place.tag.casefold(), topic.origin.at("tag")),
        ):
            if first := seen.get(key):
                expected = f"a topic of its own (first at {first})"
                problems.append(Problem(where, "NF023", f"{key!r} again", expected))
            seen.setdefault(key, where)
        yield place
        children = reversed(topic.topics)
        todo += [(child, place.path, place.tag, place.deck) for child in children]


#: What a reference is to -> the code of its problem and what is expected.
_EXPECTED: Final = {
    "topic": ("NF023", "a topic of taxonomy.yaml"),
    "source": ("NF021", "the id of a source"),
    "fact": ("NF021", "the id of a fact"),
    "figure": ("NF021", "the id of a figure"),
}


def _unresolved(
    known: dict[str, Collection[str] | None], what: str, name: str, where: Callable[[], Where]
) -> Iterator[Problem]:
    """Yield a problem when ``name`` is not among what is known; ``where`` is called only then."""
    names = known[what]
    if names is not None and name not in names:
        code, expected = _EXPECTED[what]
        yield Problem(where(), code, repr(name), expected, suggest(name, names))


def _references(fact: AnyFact) -> Iterator[tuple[str, str, Keys]]:
    """Yield what a fact refers to: the kind of thing, its name, the keys at which it stands."""
    yield "topic", fact.topic, ("topic",)
    for i, path in enumerate(fact.tags):
        yield "topic", path, ("tags", i)
    for keys, citation in fact.citations():
        yield "source", citation.id, (*keys, "id")
    for i, id_ in enumerate(fact.needs):
        yield "fact", id_, ("needs", i)
    for i, change in enumerate(fact.changes):
        if change.source:
            yield "source", change.source, ("changes", i, "source")
    if fact.figure:
        yield "figure", fact.figure, ("figure",)
    if fact.retired:
        for i, id_ in enumerate(fact.retired.see):
            yield "fact", id_, ("retired", "see", i)


#: Key of a fact -> the kind of thing that it refers to; and the keys that are no lists.
_KEYS: Final = {
    "topic": "topic", "tags": "topic", "needs": "fact", "cite": "source", "figure": "figure",
}  # fmt: skip
_SINGLE: Final = ("topic", "figure")


def _loose_references(node: Node) -> Iterator[tuple[str, Scalar]]:
    """Yield what a fact that could not be made refers to, from its bare nodes."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _loose_references(item)
    if not isinstance(node, Mapping):
        return
    for key, entry in node.entries.items():
        what = _KEYS.get(key)
        listed = entry.value.items if isinstance(entry.value, Sequence) else [entry.value]
        for item in listed if what else ():
            if isinstance(item, Mapping) and "id" in item.entries:
                item = item.entries["id"].value
            if isinstance(item, Scalar) and (key in _SINGLE or item is not entry.value):
                yield str(what), item
        if not what:
            yield from _loose_references(entry.value)


def _cycles(library: Library) -> Iterator[Problem]:
    """Yield one problem when facts need each other in a circle."""
    needs = {fact.id: fact for fact in library.facts if fact.needs}
    try:
        TopologicalSorter({id_: fact.needs for id_, fact in needs.items()}).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        where = needs[circle[0]].origin.at("needs") if circle[0] in needs else Where("")
        found = " needs ".join(reversed(circle))
        yield Problem(where, "NF022", found, "no circle of needs")
