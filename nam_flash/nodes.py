"""YAML text -> nodes with exact positions. The only module that imports ``yaml``.

We read libyaml's events ourselves instead of loading Python objects: nothing is evaluated,
every scalar stays text until a declared type decides (so ``no`` and ``86e501496586`` stay what
the author wrote), positions are exact, and it is several times faster than a loader.

What is read is the plain part of YAML: mappings, lists and scalars, one document a file. Tags,
anchors, aliases, merge keys and further documents are errors, which also disarms alias bombs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple

import yaml
from yaml._yaml import CParser

from nam_flash.problem import Problem, Where

#: A fact file that a person edits is some kilobytes; beyond this it is a mistake or an attack.
MAX_BYTES: Final = 16 * 1024 * 1024
#: The deepest fact (a comparison's cell's citation) nests 8 levels.
MAX_DEPTH: Final = 32


class Scalar(NamedTuple):
    """A text value; ``plain`` is true when it was written without quotes or a block sign."""

    value: str
    line: int
    column: int
    plain: bool


class Sequence(NamedTuple):
    """A list of nodes."""

    items: "list[Node]"
    line: int
    column: int


class Entry(NamedTuple):
    """One key of a mapping with its value."""

    key: Scalar
    value: "Node"


class Mapping(NamedTuple):
    """Keys to entries, in the order of the file; a repeated key keeps its first value."""

    entries: dict[str, Entry]
    line: int
    column: int


Node = Scalar | Sequence | Mapping

#: What YAML does not allow (YAML 1.2, all but production c-printable), and NEL.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Document:
    """A file as it was read: its path, for messages, and its bytes.

    The tree of nodes costs ten times the bytes, so it is not kept but made again when a position
    is asked for, that is when there is a problem.
    """

    path: str
    data: bytes

    @cached_property
    def places(self) -> dict[tuple[int, int], Node]:
        """The collections of the file by line and column."""
        root, _ = parse(self)
        places: dict[tuple[int, int], Node] = {}
        todo = [root] if root is not None else []
        while todo:
            node = todo.pop()
            if isinstance(node, Mapping):
                todo += (entry.value for entry in node.entries.values())
            elif isinstance(node, Sequence):
                todo += node.items
            else:
                continue
            places[node.line, node.column] = node
        return places


def parse(document: Document) -> tuple[Node | None, list[Problem]]:
    """Parse a file.

    Returns the root node and the problems found: the node is None when the file is empty or its
    syntax is broken (with a problem that says so).
    """
    problems: list[Problem] = []
    builder = _Builder(document, problems)
    for _ in builder.run(stream=False):
        pass
    return builder.root, problems


def items(document: Document, problems: list[Problem]) -> Iterator[Node]:
    """Yield the items of a file that is a list, each as soon as it is complete.

    Problems are appended as they are met; a file that is not a list yields nothing and is one.
    """
    builder = _Builder(document, problems)
    before = len(problems)
    yield from builder.run(stream=True)
    root = builder.root
    if len(problems) > before and root is None:
        return
    if root is None or (isinstance(root, Scalar) and not root.value):
        where = Where(document.path, 1, 1)
        problems.append(Problem(where, "NF005", "an empty file", "a list of facts, or no file"))
    elif not isinstance(root, Sequence):
        where = Where(document.path, root.line, root.column)
        problems.append(Problem(where, "NF013", "no list", "a list of facts (- id: ...)"))


def _decode(path: str, data: bytes, problems: list[Problem]) -> str | None:
    """Decode UTF-8 with or without a byte order mark, refusing what YAML cannot hold."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        where = _place(path, before)
        found = f"byte 0x{data[error.start]:02X}"
        problems.append(Problem(where, "NF003", found, "UTF-8 text", "save the file as UTF-8"))
        return None
    if control := _CONTROL.search(text):
        where = _place(path, text[: control.start()])
        found = f"control character U+{ord(control.group()):04X}"
        problems.append(Problem(where, "NF003", found, "printable text", "delete the character"))
        return None
    return text


def _place(path: str, before: str) -> Where:
    lines = re.split("\r\n|\r|\n", before)
    return Where(path, len(lines), len(lines[-1]) + 1)


class _Builder:
    """Builds the tree of one file from libyaml's events, without recursion."""

    def __init__(self, document: Document, problems: list[Problem]) -> None:
        self.document = document
        self.path = document.path
        self.problems = problems
        self.root: Node | None = None

    def run(self, stream: bool) -> Iterator[Node]:
        """Set ``root``; if ``stream``, yield the items of a root list instead of keeping them."""
        data = self.document.data
        if len(data) > MAX_BYTES:
            limit = f"at most {MAX_BYTES // 2**20} MB a file"
            found = f"more than {MAX_BYTES // 2**20} MB"
            where = Where(self.path)
            self.problems.append(Problem(where, "NF004", found, limit, "split the file by topic"))
            return
        text = _decode(self.path, data, self.problems)
        if text is None:
            return
        parser = CParser(text)
        try:
            yield from self._run(parser, stream)
        except yaml.MarkedYAMLError as error:
            self.root = None
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            found = error.problem or "unreadable YAML"
            if error.context:
                found = f"{found} {error.context}"
            self._problem("NF001", line, column, found, "well-formed YAML", _syntax_hint(found))
        finally:
            parser.dispose()

    def _problem(
        self, code: str, line: int, column: int, found: str, expected: str, hint: str = ""
    ) -> None:
        where = Where(self.path, line, column)
        self.problems.append(Problem(where, code, found, expected, hint))

    def _run(self, parser: CParser, stream: bool) -> Iterator[Node]:
        """Build the tree. One pass over some hundred thousand events: written for speed."""
        # What is open: the collection and, for a mapping, the key that waits for its value.
        stack: list[tuple[list[Node] | None, Mapping | None]] = []
        items: list[Node] | None = None
        mapping: Mapping | None = None
        key: Scalar | None = None
        keys: list[Scalar | None] = []
        documents = 0
        next_event, new = parser.get_event, tuple.__new__
        scalar_event, mapping_start = yaml.ScalarEvent, yaml.MappingStartEvent
        sequence_start = yaml.SequenceStartEvent
        ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
        while True:
            event: Any = next_event()
            kind = type(event)
            node: Node
            if kind is scalar_event:
                mark = event.start_mark
                node = new(Scalar, (event.value, mark.line + 1, mark.column + 1, not event.style))
                if event.tag is not None or event.anchor is not None:
                    self._feature(event, node.line, node.column)
                if mapping is not None:
                    if key is None:
                        key = node
                    else:
                        name = key.value
                        if name in mapping.entries or name == "<<":
                            self._entry(mapping, key, node)
                        else:
                            mapping.entries[name] = new(Entry, (key, node))
                        key = None
                elif items is not None:
                    if stream and len(stack) == 1:
                        yield node
                    else:
                        items.append(node)
                else:
                    self.root = node
                continue
            if kind is mapping_start or kind is sequence_start:
                mark = event.start_mark
                line, column = mark.line + 1, mark.column + 1
                if event.tag is not None or event.anchor is not None:
                    self._feature(event, line, column)
                if mapping is not None and key is None:
                    self._problem("NF013", line, column, "a list or mapping as a key", "a text")
                    self.root = None
                    return
                if len(stack) >= MAX_DEPTH:
                    found = f"nesting deeper than {MAX_DEPTH} levels"
                    self._problem("NF004", line, column, found, "the few levels that a fact needs")
                    self.root = None
                    return
                node = (
                    Mapping({}, line, column)
                    if kind is mapping_start
                    else Sequence([], line, column)
                )
                if mapping is not None:
                    assert key is not None  # returned above
                    self._entry(mapping, key, node)
                elif items is not None:
                    items.append(node)
                else:
                    self.root = node
                stack.append((items, mapping))
                keys.append(None)
                key = None
                if isinstance(node, Mapping):
                    items, mapping = None, node
                else:
                    items, mapping = node.items, None
            elif kind in ends:
                items, mapping = stack.pop()
                key = keys.pop()
                if stream and len(stack) == 1 and items:
                    yield items.pop()
            elif kind is yaml.AliasEvent:
                mark = event.start_mark
                line, column = mark.line + 1, mark.column + 1
                found = f"the alias *{event.anchor}"
                hint = "quote a text that begins with a star"
                self._problem("NF002", line, column, found, "the value written out", hint)
                node = Scalar("", line, column, False)
                if mapping is not None:
                    if key is None:
                        key = node
                    else:
                        self._entry(mapping, key, node)
                        key = None
                elif items is not None:
                    items.append(node)
                else:
                    self.root = node
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    mark = event.start_mark
                    found = "a second document (---)"
                    self._problem(
                        "NF002", mark.line + 1, mark.column + 1, found, "one document a file"
                    )
                    return
            elif kind is yaml.StreamEndEvent:
                return

    def _entry(self, mapping: Mapping, key: Scalar, value: Node) -> None:
        if key.value == "<<" and key.plain:
            self._problem("NF002", key.line, key.column, "a merge key (<<)", "the keys written out")
        elif (first := mapping.entries.get(key.value)) is not None:
            self._problem(
                "NF012",
                key.line,
                key.column,
                f"{key.value!r} a second time",
                f"one {key.value!r} (the first is in line {first.key.line})",
            )
        else:
            mapping.entries[key.value] = Entry(key, value)

    def _feature(self, event: yaml.NodeEvent, line: int, column: int) -> None:
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._problem(
                "NF002",
                line,
                column,
                f"the tag {tag!r}",
                "a plain value",
                "quote a text that begins with an exclamation mark",
            )
        if event.anchor is not None:
            self._problem(
                "NF002",
                line,
                column,
                f"the anchor &{event.anchor}",
                "a plain value",
                "quote a text that begins with an ampersand",
            )


def _syntax_hint(found: str) -> str:
    """Return advice for the syntax errors that authors meet most."""
    if "mapping values are not allowed" in found:
        return "quote a text that contains a colon and a space"
    if "cannot start any token" in found:
        return "use spaces instead of tabs, and quote a text that begins with a sign"
    if "did not find expected" in found:
        return "look at the indentation and the quotes just above"
    return ""
