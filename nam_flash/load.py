"""A folder of cards -> a `Library`: every file read, every reference resolved.

The folder holds ``taxonomy.yaml``, ``sources.yaml``, ``glossary.yaml`` (optional) and any number
of fact files, ``*.yaml``, also in subfolders.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any, Final

from nam_flash.fact import Abbreviation, Fact, Keys, Source, SourceFile, Taxonomy, Topic
from nam_flash.kinds import KINDS, AnyFact
from nam_flash.nodes import MAX_BYTES, Document, Mapping, Node, Scalar, items, parse
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
    facts = list(_facts(folder, known_ids, problems))
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
    all_read = not any(problem.code in UNREAD for problem in problems)
    problems += _references(library, known_ids, taxonomy is not None, sources is not None, all_read)
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


def _facts(folder: Path, known_ids: dict[str, Where], problems: list[Problem]) -> Iterator[AnyFact]:
    """Yield the facts of all files, in the order of the files' names."""
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
            if fact is not FAILED:
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


def _references(
    library: Library,
    known_ids: dict[str, Where],
    has_topics: bool,
    has_sources: bool,
    all_read: bool,
) -> Iterator[Problem]:
    """Yield a problem for each topic, source and needed fact that does not exist.

    What a file that could not be read may have held is not missed.
    """
    for fact in library.facts:
        if has_topics:
            for path, at in _topics_of(fact):
                if path not in library.topics:
                    where, hint = fact.origin.at(*at), suggest(path, library.topics)
                    yield Problem(where, "NF023", repr(path), "a topic of taxonomy.yaml", hint)
        if has_sources:
            for at, citation in fact.citations():
                if citation.id not in library.sources:
                    where, hint = fact.origin.at(*at, "id"), suggest(citation.id, library.sources)
                    yield Problem(where, "NF021", repr(citation.id), "the id of a source", hint)
        if all_read:
            see = fact.retired.see if fact.retired else ()
            for above, ids in (("needs",), fact.needs), (("retired", "see"), see):
                for i, id_ in enumerate(ids):
                    if id_ not in known_ids:
                        where, hint = fact.origin.at(*above, i), suggest(id_, known_ids)
                        yield Problem(where, "NF021", repr(id_), "the id of a fact", hint)


def _topics_of(fact: Fact) -> Iterator[tuple[str, Keys]]:
    """Yield each topic of a fact and the keys at which it stands."""
    yield fact.topic, ("topic",)
    for i, path in enumerate(fact.tags):
        yield path, ("tags", i)


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
