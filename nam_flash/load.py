"""A folder of cards -> a `Library`: every file read, every reference resolved.

The folder holds ``taxonomy.yaml``, ``sources.yaml``, ``glossary.yaml`` (optional) and any number
of fact files, ``*.yaml``, also in subfolders.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any, Final

from nam_flash.fact import Abbreviation, Keys, Source, SourceFile, Taxonomy, Topic
from nam_flash.kinds import KINDS, AnyFact
from nam_flash.nodes import MAX_BYTES, Document, Mapping, Node, Scalar, Sequence, items, parse
from nam_flash.problem import Problem, Where, in_order, suggest
from nam_flash.reader import FAILED, read, read_tagged

TAXONOMY: Final = "taxonomy.yaml"
SOURCES: Final = "sources.yaml"
GLOSSARY: Final = "glossary.yaml"

#: Problems after which a part of a file is unknown.
UNREAD: Final = frozenset({"NF001", "NF002", "NF003", "NF004", "NF005"})


@dataclass(frozen=True, slots=True)
class Place:
    """A topic as facts use it: its whole tag, its subdeck, its rank in teaching order."""

    path: str
    tag: str
    deck: str
    rank: int


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that was read from a folder of cards, bound together."""

    folder: Path
    root: str
    facts: tuple[AnyFact, ...]
    topics: dict[str, Place]
    sources: dict[str, Source]
    glossary: dict[str, Abbreviation]


def load(folder: Path) -> tuple[Library, list[Problem]]:
    """Read a folder of cards.

    Returns the library (without what could not be read) and all problems. Raises nothing: a
    folder without facts is a problem too.
    """
    problems: list[Problem] = []
    taxonomy = read_file(folder / TAXONOMY, Taxonomy, problems)
    sources = read_file(folder / SOURCES, SourceFile, problems)
    glossary: dict[str, Abbreviation] = {}
    if (folder / GLOSSARY).exists():
        glossary = read_file(folder / GLOSSARY, dict[str, Abbreviation], problems) or {}
    known_ids: dict[str, Where] = {}
    unread: list[tuple[Document, Node]] = []
    facts = list(_facts(folder, known_ids, unread, problems))
    if not facts and not problems:
        problems.append(Problem(Where(str(folder)), "NF005", "no facts", "fact files (*.yaml)"))
    library = Library(
        folder=folder,
        root=taxonomy.root if taxonomy else "",
        facts=tuple(facts),
        topics={place.path: place for place in _places(taxonomy, problems)} if taxonomy else {},
        sources=_by_id(sources.references, problems) if sources else {},
        glossary=glossary,
    )
    known: dict[str, Collection[str] | None] = {
        "topic": library.topics if taxonomy else None,
        "source": library.sources if sources else None,
        # What a file that could not be read may have held is not missed.
        "fact": None if any(problem.code in UNREAD for problem in problems) else known_ids,
    }
    for fact in library.facts:
        for what, name, keys in _references(fact):
            problems += _unresolved(known, what, name, partial(fact.origin.at, *keys))
    for document, node in unread:
        for what, scalar in _loose_references(node):
            where = partial(Where, document.path, scalar.line, scalar.column)
            problems += _unresolved(known, what, scalar.value, where)
    problems += _cycles(library)
    return library, in_order(problems)


def open_document(path: Path, problems: list[Problem]) -> Document | None:
    """Return a file as it is, or None with a problem when it cannot be read.

    Never reads more than one byte beyond what the parser accepts.
    """
    try:
        if not path.is_file():
            found = "something that is not a file" if path.exists() else "no such file"
            problems.append(Problem(Where(str(path)), "NF005", found, "a readable file"))
            return None
        with path.open("rb") as file:
            return Document(str(path), file.read(MAX_BYTES + 1))
    except OSError as error:
        found = error.strerror or "an error of the system"
        problems.append(Problem(Where(str(path)), "NF005", found, "a readable file"))
        return None


def read_file(path: Path, shape: Any, problems: list[Problem]) -> Any:
    """Return the file as a value of type ``shape``, or None with the problems appended."""
    document = open_document(path, problems)
    if document is None:
        return None
    root, found = parse(document)
    problems += found
    if root is None or (isinstance(root, Scalar) and not root.value and root.plain):
        if not found:
            where = Where(str(path), 1, 1)
            problems.append(Problem(where, "NF005", "an empty file", "its contents, or no file"))
        return None
    value = read(shape, root, document, problems)
    return None if value is FAILED else value


def _facts(
    folder: Path,
    known_ids: dict[str, Where],
    unread: list[tuple[Document, Node]],
    problems: list[Problem],
) -> Iterator[AnyFact]:
    """Yield the facts of all files, in the order of the files' names.

    Notes all ids, and the facts that have problems and cannot be made.
    """
    apart = {TAXONOMY, SOURCES, GLOSSARY}
    for path in sorted(folder.rglob("*.yaml")):
        if path.parent == folder and path.name in apart:
            continue
        document = open_document(path, problems)
        if document is None:
            continue
        for node in items(document, problems):
            _note_id(node, str(path), known_ids, problems)
            fact = read_tagged("kind", KINDS, node, document, problems)
            if fact is FAILED:
                unread.append((document, node))
            else:
                yield fact


def _note_id(node: Node, path: str, known_ids: dict[str, Where], problems: list[Problem]) -> None:
    """Note the id of a fact, whether or not the rest of it can be read."""
    if not isinstance(node, Mapping) or "id" not in node.entries:
        return
    id_ = node.entries["id"].value
    if not isinstance(id_, Scalar):
        return
    where = Where(path, id_.line, id_.column)
    if first := known_ids.get(id_.value):
        problems.append(
            Problem(where, "NF020", repr(id_.value), f"an id of its own (first at {first})")
        )
    else:
        known_ids[id_.value] = where


def _by_id(sources: tuple[Source, ...], problems: list[Problem]) -> dict[str, Source]:
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


def _places(taxonomy: Taxonomy, problems: list[Problem]) -> Iterator[Place]:
    """Yield the topics depth first, which is teaching order."""
    seen: dict[str, str] = {}
    todo = [(topic, "", taxonomy.root, "") for topic in reversed(taxonomy.topics)]
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
        for key in (place.path, place.tag.casefold()):
            if first := seen.get(key):
                where = topic.origin.at("id" if key == place.path else "tag")
                problems.append(Problem(where, "NF023", f"{key!r} again", f"not that of {first}"))
            seen.setdefault(key, place.path)
        yield place
        children: tuple[Topic, ...] = topic.topics
        todo += [(child, place.path, place.tag, place.deck) for child in reversed(children)]


#: What a reference is to -> the code of its problem and what is expected.
_EXPECTED: Final = {
    "topic": ("NF023", "a topic of taxonomy.yaml"),
    "source": ("NF021", "the id of a source"),
    "fact": ("NF021", "the id of a fact"),
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
    if fact.retired:
        for i, id_ in enumerate(fact.retired.see):
            yield "fact", id_, ("retired", "see", i)


def _loose_references(node: Node) -> Iterator[tuple[str, Scalar]]:
    """Yield what a fact that could not be made refers to, from its bare nodes."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _loose_references(item)
    if not isinstance(node, Mapping):
        return
    for key, entry in node.entries.items():
        what = {"topic": "topic", "tags": "topic", "needs": "fact", "cite": "source"}.get(key)
        listed = entry.value.items if isinstance(entry.value, Sequence) else [entry.value]
        for item in listed if what else ():
            if isinstance(item, Mapping) and "id" in item.entries:
                item = item.entries["id"].value
            if isinstance(item, Scalar) and (key == "topic" or item is not entry.value):
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
