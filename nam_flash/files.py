"""The files of a folder of cards -> their typed contents, not yet bound together."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

from nam_flash.fact import Abbreviation, Figure, Source, SourceFile, Taxonomy
from nam_flash.kinds import KINDS, AnyFact
from nam_flash.nodes import MAX_BYTES, Document, Mapping, Node, Scalar, items, parse
from nam_flash.picture import MEDIA_TYPES, faults
from nam_flash.problem import Problem, Where
from nam_flash.reader import FAILED, Origin, read, read_tagged

TAXONOMY: Final = "taxonomy.yaml"
SOURCES: Final = "sources.yaml"
GLOSSARY: Final = "glossary.yaml"
FIGURES: Final = "figures.yaml"
MODULE: Final = "module.yaml"

#: Problems after which a part of a file is unknown.
UNREAD: Final = frozenset({"NF001", "NF002", "NF003", "NF004", "NF005"})

T = TypeVar("T")


class Shelf:
    """What files gave when they were last read, for who reads a folder again and again.

    A file with the same bytes is not read twice. One that cannot be read gives what it last gave,
    and is among ``stale`` until it can; its problems are reported all the same.
    """

    def __init__(self) -> None:
        self.stale: set[str] = set()
        self._kept: dict[tuple[str, str], tuple[bytes, Any, list[Problem]]] = {}
        self._good: dict[tuple[str, str], Any] = {}

    def read(
        self, document: Document, what: str, read_: Callable[[list[Problem]], T],
        problems: list[Problem],
    ) -> T:  # fmt: skip
        """Return what ``read_`` makes of a document, as ``what``."""
        key = (document.path, what)
        if key not in self._kept or self._kept[key][0] != document.data:
            found: list[Problem] = []
            value = read_(found)
            self.stale.discard(document.path)
            if any(problem.code in UNREAD for problem in found):
                if key in self._good:
                    value = self._good[key]
                    self.stale.add(document.path)
            else:
                self._good[key] = value
            self._kept[key] = (document.data, value, found)
        _, value, found = self._kept[key]
        problems += found
        return value


@dataclass(frozen=True, slots=True)
class Parts:
    """What stands in the files of one folder.

    ``taxonomy``, ``sources`` and ``figures`` are None where the file could not be read;
    ``pictures`` are the bytes of the figures whose file is sound, by id; ``unread`` are the facts
    that have problems and cannot be made.
    """

    folder: Path
    taxonomy: Taxonomy | None
    sources: tuple[Source, ...] | None
    glossary: dict[str, Abbreviation]
    glossary_origin: Origin | None
    figures: tuple[Figure, ...] | None
    pictures: dict[str, bytes]
    facts: tuple[AnyFact, ...]
    unread: tuple[tuple[Document, Node], ...]


@dataclass(frozen=True, slots=True)
class FactFile:
    """What one fact file gave, in its order; ``ids`` also those of facts that cannot be made."""

    ids: tuple[tuple[str, Where], ...]
    facts: tuple[AnyFact, ...]
    unread: tuple[tuple[Document, Node], ...]


def read_folder(
    folder: Path,
    ids: dict[str, Where],
    problems: list[Problem],
    module: bool = False,
    shelf: Shelf | None = None,
) -> Parts:
    """Read a folder of cards; a ``module`` needs no taxonomy and no sources.

    ``ids`` receives the place of every fact's id, whether or not the rest can be read.
    """
    taxonomy = None if module else read_file(folder / TAXONOMY, Taxonomy, problems, shelf)
    sources: tuple[Source, ...] | None = ()
    if not module or (folder / SOURCES).exists():
        file = read_file(folder / SOURCES, SourceFile, problems, shelf)
        sources = file.references if file else None
    glossary: dict[str, Abbreviation] = {}
    origin = None
    if (folder / GLOSSARY).exists():
        glossary = read_file(folder / GLOSSARY, dict[str, Abbreviation], problems, shelf) or {}
        document = open_document(folder / GLOSSARY, [])
        origin = Origin(document, *_begin(document)) if document else None
    figures: tuple[Figure, ...] | None = ()
    if (folder / FIGURES).exists():
        figures = read_file(folder / FIGURES, tuple[Figure, ...], problems, shelf)
    pictures = {} if figures is None else _pictures(folder, figures, problems)
    unread: list[tuple[Document, Node]] = []
    facts = tuple(_facts(folder, ids, unread, problems, shelf))
    return Parts(
        folder, taxonomy, sources, glossary, origin, figures, pictures, facts, tuple(unread)
    )


def _pictures(
    folder: Path, figures: tuple[Figure, ...], problems: list[Problem]
) -> dict[str, bytes]:
    """Return the bytes of the figures that can be shown; report the others, and unnamed files."""
    pictures: dict[str, bytes] = {}
    for figure in figures:
        try:
            inside = figure.path.resolve().is_relative_to(folder.resolve())
            data = figure.path.read_bytes() if inside else None
        except (OSError, ValueError):  # a name may be one that no system allows
            data = None
        if data is None or figure.path.suffix not in MEDIA_TYPES:
            expected = f"a picture in {folder} ({', '.join(sorted(MEDIA_TYPES))})"
            where = figure.origin.at("file")
            problems.append(Problem(where, "NF025", repr(figure.file), expected))
        elif found := list(faults(figure.path, data)):
            problems += found
        else:
            pictures[figure.id] = data
    named = {figure.path.resolve() for figure in figures}
    for path in sorted(folder.rglob("*")):
        if path.suffix in MEDIA_TYPES and path.resolve() not in named:
            found_, hint = "a picture that no figure names", f"name it in {FIGURES}, or delete it"
            problems.append(Problem(Where(str(path)), "NF025", found_, "only figures", hint))
    return pictures


def _begin(document: Document) -> tuple[int, int]:
    root, _ = parse(document)
    return (root.line, root.column) if root is not None else (1, 1)


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


def read_file(path: Path, shape: Any, problems: list[Problem], shelf: Shelf | None = None) -> Any:
    """Return the file as a value of type ``shape``, or None with the problems appended."""
    document = open_document(path, problems)
    if document is None:
        return None
    if shelf is None:
        return _read_document(document, shape, problems)
    return shelf.read(
        document, str(shape), lambda found: _read_document(document, shape, found), problems
    )


def _read_document(document: Document, shape: Any, problems: list[Problem]) -> Any:
    root, found = parse(document)
    problems += found
    if root is None or (isinstance(root, Scalar) and not root.value and root.plain):
        if not found:
            where = Where(document.path, 1, 1)
            problems.append(Problem(where, "NF005", "an empty file", "its contents, or no file"))
        return None
    value = read(shape, root, document, problems)
    return None if value is FAILED else value


def _facts(
    folder: Path,
    known_ids: dict[str, Where],
    unread: list[tuple[Document, Node]],
    problems: list[Problem],
    shelf: Shelf | None,
) -> Iterator[AnyFact]:
    """Yield the facts of all files, in the order of the files' names.

    Notes all ids, and the facts that have problems and cannot be made.
    """
    apart = {TAXONOMY, SOURCES, GLOSSARY, FIGURES, MODULE}
    for path in sorted(folder.rglob("*.yaml")):
        if path.parent == folder and path.name in apart:
            continue
        document = open_document(path, problems)
        if document is None:
            continue
        if shelf is None:
            file = _fact_file(document, problems)
        else:
            make = partial(_fact_file, document)
            file = shelf.read(document, "facts", make, problems)
        for id_, where in file.ids:
            if first := known_ids.get(id_):
                expected = f"an id of its own (first at {first})"
                problems.append(Problem(where, "NF020", repr(id_), expected))
            else:
                known_ids[id_] = where
        unread += file.unread
        yield from file.facts


def _fact_file(document: Document, problems: list[Problem]) -> FactFile:
    ids: list[tuple[str, Where]] = []
    facts: list[AnyFact] = []
    unread: list[tuple[Document, Node]] = []
    for node in items(document, problems):
        if scalar := named(node, "id"):
            ids.append((scalar.value, Where(document.path, scalar.line, scalar.column)))
        fact = read_tagged("kind", KINDS, node, document, problems)
        if fact is FAILED:
            unread.append((document, node))
        else:
            facts.append(fact)
    return FactFile(tuple(ids), tuple(facts), tuple(unread))


def named(node: Node, key: str) -> Scalar | None:
    """Return the scalar at a key of a fact, whether or not the rest of it can be read."""
    if not isinstance(node, Mapping) or key not in node.entries:
        return None
    value = node.entries[key].value
    return value if isinstance(value, Scalar) else None
