"""The files of a folder of cards -> their typed contents, not yet bound together."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

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


def read_folder(
    folder: Path, ids: dict[str, Where], problems: list[Problem], module: bool = False
) -> Parts:
    """Read a folder of cards; a ``module`` needs no taxonomy and no sources.

    ``ids`` receives the place of every fact's id, whether or not the rest can be read.
    """
    taxonomy = None if module else read_file(folder / TAXONOMY, Taxonomy, problems)
    sources: tuple[Source, ...] | None = ()
    if not module or (folder / SOURCES).exists():
        file = read_file(folder / SOURCES, SourceFile, problems)
        sources = file.references if file else None
    glossary: dict[str, Abbreviation] = {}
    origin = None
    if (folder / GLOSSARY).exists():
        glossary = read_file(folder / GLOSSARY, dict[str, Abbreviation], problems) or {}
        document = open_document(folder / GLOSSARY, [])
        origin = Origin(document, *_begin(document)) if document else None
    figures: tuple[Figure, ...] | None = ()
    if (folder / FIGURES).exists():
        figures = read_file(folder / FIGURES, tuple[Figure, ...], problems)
    pictures = {} if figures is None else _pictures(folder, figures, problems)
    unread: list[tuple[Document, Node]] = []
    facts = tuple(_facts(folder, ids, unread, problems))
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
    apart = {TAXONOMY, SOURCES, GLOSSARY, FIGURES, MODULE}
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
