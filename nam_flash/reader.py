"""Nodes -> typed values, with every problem found and placed.

The declared type decides what a scalar means, never its look (``no`` stays text where text is
declared). Types are ordinary frozen dataclasses; this module understands ``str`` (with a `Form`),
``int``, ``bool``, ``Literal``, ``tuple[T, ...]``, ``dict[str, T]``, ``T | None`` and dataclasses.
"""

import re
import types
import typing
from collections.abc import Callable
from collections.abc import Mapping as AbstractMapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from typing import Annotated, Any, Final, Literal, get_args, get_origin

from nam_flash.nodes import Document, Mapping, Node, Scalar, Sequence
from nam_flash.problem import Problem, Where, suggest


@dataclass(frozen=True, slots=True)
class Form:
    """What a text must look like: a name for messages and a pattern that matches all of it.

    The pattern means the same to Python and to JSON Schema: no bare dot, no ``\\d``, no flags.
    """

    name: str
    pattern: str = r"[\s\S]+"

    def matches(self, value: str) -> bool:
        """Tell whether ``value`` has this form."""
        return re.fullmatch(self.pattern, value) is not None


#: Inline CommonMark: what learners read.
Text = Annotated[str, Form("a text", r"\s*\S[\s\S]*")]
#: A name without markup.
Line = Annotated[str, Form("a line of text", r"[^\S\n]*\S[^\n]*")]
#: A hand-written identity: never reused, never changed. Part of GUIDs.
Slug = Annotated[
    str,
    Form("lower-case words joined by hyphens, such as 'hmgcr-target'", "[a-z0-9]+(-[a-z0-9]+)*"),
]
#: A place in the taxonomy.
TopicPath = Annotated[
    str,
    Form(
        "a topic such as 'antibodies/anti-hmgcr'",
        "[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*",
    ),
]
#: A release of the deck.
Version = Annotated[str, Form("a version such as 0.2.0", r"[0-9]+\.[0-9]+\.[0-9]+")]


def about(doc: str, key: str = "") -> dict[str, str]:
    """Return the metadata of a dataclass field: its manual and, where it differs, its YAML key."""
    return {"doc": doc, "key": key} if key else {"doc": doc}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value begins in its file; the places of its parts are looked up when asked for."""

    document: Document
    line: int
    column: int

    def at(self, *keys: str | int) -> Where:
        """Return the place of ``at("cells", "srp", "answer")``: of the deepest part that exists.

        A key gives the place of its value; with no keys, the place of the whole.
        """
        line, column = self.line, self.column
        if keys:
            node = self.document.places.get((line, column))
            for key in keys:
                if isinstance(node, Mapping) and isinstance(key, str) and key in node.entries:
                    node = node.entries[key].value
                elif isinstance(node, Sequence) and isinstance(key, int) and key < len(node.items):
                    node = node.items[key]
                else:
                    break
                line, column = node.line, node.column
        return Where(self.document.path, line, column)


class _Failed:
    """Stands for a value that could not be read (its problem has been reported)."""


FAILED: Final = _Failed()

Convert = Callable[[Node, Document, list[Problem]], Any]


def read(shape: Any, node: Node, document: Document, problems: list[Problem]) -> Any:
    """Convert ``node`` to the type ``shape``.

    Returns the value, or `FAILED` after appending at least one problem to ``problems``.
    """
    return _converter(shape)(node, document, problems)


def read_tagged(
    key: str,
    shapes: AbstractMapping[str, Any],
    node: Node,
    document: Document,
    problems: list[Problem],
) -> Any:
    """Convert a mapping whose ``key`` names which of ``shapes`` it is; returns as `read`."""
    if not isinstance(node, Mapping):
        return _wrong(node, document, problems, f"a mapping with the key {key!r}")
    entry = node.entries.get(key)
    if entry is None:
        where = _at(document, node)
        expected = f"{key}: {' | '.join(shapes)}"
        hint = suggest(key, node.entries).replace("did you mean", "did you mean it by")
        problems.append(Problem(where, "NF011", f"no {key!r}", expected, hint))
        return FAILED
    tag = entry.value
    if not isinstance(tag, Scalar):
        return _wrong(tag, document, problems, " | ".join(shapes))
    shape = shapes.get(tag.value)
    if shape is None:
        _bad_choice(tag, document, problems, tuple(shapes))
        return FAILED
    return _record(shape, skip=key)(node, document, problems)


def _at(document: Document, node: Node) -> Where:
    return Where(document.path, node.line, node.column)


def _wrong(node: Node, document: Document, problems: list[Problem], expected: str) -> _Failed:
    if isinstance(node, Scalar):
        found = f"{_short(node.value)!r}" if node.value or not node.plain else "nothing"
    else:
        found = "a list" if isinstance(node, Sequence) else "a mapping"
    problems.append(Problem(_at(document, node), "NF013", found, expected))
    return FAILED


def _short(value: str) -> str:
    return value if len(value) <= 40 else value[:37] + "..."


def _bad_choice(
    node: Scalar, document: Document, problems: list[Problem], choices: tuple[str, ...]
) -> None:
    problems.append(
        Problem(
            _at(document, node),
            "NF014",
            repr(_short(node.value)) if node.value else "nothing",
            " | ".join(choices),
            suggest(node.value, choices),
        )
    )


@cache
def _converter(shape: Any, needed: bool = False) -> Convert:
    """Return the function that converts a node to ``shape``, made once a type.

    A list or mapping that is ``needed`` may not be empty, nor may a list in a list.
    """
    if get_origin(shape) is Annotated:
        base, form = get_args(shape)
        assert base is str, shape
        return _text(form)
    if shape is str:
        return _text(Form("a text"))
    if shape is int:
        return _integer
    if shape is bool:
        return _boolean
    if isinstance(shape, type) and is_dataclass(shape):
        return _record(shape)
    origin, args = get_origin(shape), get_args(shape)
    if origin is Literal:
        return _choice(args)
    if origin is tuple:
        return _list(_converter(args[0], get_origin(args[0]) is tuple), needed)
    if origin is dict:
        return _dict(_converter(args[0]), _converter(args[1]), needed)
    if origin in (types.UnionType, typing.Union):
        (inner,) = (arg for arg in args if arg is not type(None))
        return _converter(inner)
    raise TypeError(f"no reader for {shape!r}")


def _text(form: Form) -> Convert:
    match = re.compile(form.pattern).fullmatch

    def convert(node: Node, document: Document, problems: list[Problem]) -> Any:
        if type(node) is not Scalar or (not node.value and node.plain):
            return _wrong(node, document, problems, form.name)
        if match(node.value) is None:
            found = repr(_short(node.value))
            problems.append(Problem(_at(document, node), "NF014", found, form.name))
            return FAILED
        return node.value

    return convert


def _integer(node: Node, document: Document, problems: list[Problem]) -> Any:
    if isinstance(node, Scalar) and re.fullmatch(r"-?[0-9]{1,15}", node.value):
        return int(node.value)
    return _wrong(node, document, problems, "a whole number")


def _boolean(node: Node, document: Document, problems: list[Problem]) -> Any:
    if isinstance(node, Scalar) and node.plain and node.value in ("true", "false"):
        return node.value == "true"
    return _wrong(node, document, problems, "true | false")


def _choice(choices: tuple[str, ...]) -> Convert:
    allowed = frozenset(choices)

    def convert(node: Node, document: Document, problems: list[Problem]) -> Any:
        if type(node) is not Scalar:
            return _wrong(node, document, problems, " | ".join(choices))
        if node.value not in allowed:
            _bad_choice(node, document, problems, choices)
            return FAILED
        return node.value

    return convert


def _list(item: Convert, needed: bool) -> Convert:
    def convert(node: Node, document: Document, problems: list[Problem]) -> Any:
        if type(node) is not Sequence:
            return _wrong(node, document, problems, "a list")
        if needed and not node.items:
            problems.append(Problem(_at(document, node), "NF014", "an empty list", "an item"))
            return FAILED
        values = [item(child, document, problems) for child in node.items]
        return FAILED if FAILED in values else tuple(values)

    return convert


def _dict(key: Convert, value: Convert, needed: bool) -> Convert:
    def convert(node: Node, document: Document, problems: list[Problem]) -> Any:
        if type(node) is not Mapping:
            return _wrong(node, document, problems, "a mapping")
        if needed and not node.entries:
            problems.append(Problem(_at(document, node), "NF014", "an empty mapping", "a key"))
            return FAILED
        pairs = [
            (key(entry.key, document, problems), value(entry.value, document, problems))
            for entry in node.entries.values()
        ]
        if any(k is FAILED or v is FAILED for k, v in pairs):
            return FAILED
        return dict(pairs)

    return convert


@cache
def _record(shape: Any, skip: str | None = None) -> Convert:
    """Return the converter to the dataclass ``shape``.

    A class attribute ``SHORT`` names the key that a bare scalar stands for. A field named
    ``origin`` is not read but receives the `Origin`.
    """
    readers: dict[str, tuple[str, Convert]] = {}
    required: list[str] = []
    short: str = getattr(shape, "SHORT", "")
    has_origin = any(field.name == "origin" for field in fields(shape))

    def prepare() -> None:
        """Fill the table of keys at first use, as a shape may contain itself (`Topic`)."""
        hints = typing.get_type_hints(shape, include_extras=True)
        for field in fields(shape):
            if field.name != "origin":
                key = field.metadata.get("key", field.name)
                needed = field.default is MISSING and field.default_factory is MISSING
                readers[key] = (field.name, _converter(hints[field.name], needed))
                if needed:
                    required.append(key)

    def convert(node: Node, document: Document, problems: list[Problem]) -> Any:
        if not readers:
            prepare()
        if type(node) is Scalar and short and node.value:
            name, reader = readers[short]
            value = reader(node, document, problems)
            return value if value is FAILED else shape(**{name: value})
        if type(node) is not Mapping:
            what = f"a mapping with {', '.join(required)}"
            return _wrong(node, document, problems, f"a text or {what}" if short else what)
        values: dict[str, Any] = {}
        failed = False
        for key, entry in node.entries.items():
            known = readers.get(key)
            if known is not None:
                value = known[1](entry.value, document, problems)
                failed = failed or value is FAILED
                values[known[0]] = value
            elif key != skip:
                where = _at(document, entry.key)
                expected = f"one of {', '.join(filter(None, (skip, *readers)))}"
                hint = suggest(key, filter(None, (skip, *readers)))
                problems.append(Problem(where, "NF010", repr(_short(key)), expected, hint))
        for key in required:
            if key not in node.entries:
                where = _at(document, node)
                problems.append(Problem(where, "NF011", f"no {key!r}", f"{key}: ..."))
                failed = True
        if failed:
            return FAILED
        if has_origin:
            values["origin"] = Origin(document, node.line, node.column)
        return shape(**values)

    return convert
