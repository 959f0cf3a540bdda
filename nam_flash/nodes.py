"""YAML text -> nodes with exact positions. The only module that imports ``yaml``.

We read libyaml's events ourselves instead of loading Python objects: nothing is evaluated,
every scalar stays text until a declared type decides (so ``no`` and ``86e501496586`` stay what
the author wrote), positions are exact, and it is several times faster than a loader.

What is read is the plain part of YAML: mappings, lists and scalars, one document a file. Tags,
anchors, aliases, merge keys and further documents are errors, which also disarms alias bombs.
"""

import re
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

#: What YAML itself allows (YAML 1.2, production c-printable), NEL left out.
_CONTROL = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def parse(path: str, data: bytes) -> tuple[Node | None, list[Problem]]:
    """Parse one YAML file.

    ``path`` is used in problems only. Returns the root node and the problems found: the node is
    None when the file is empty or its syntax is broken (with a problem that says so).
    """
    if len(data) > MAX_BYTES:
        found = f"{len(data) / 2**20:.1f} MB"
        limit = f"at most {MAX_BYTES // 2**20} MB a file"
        return None, [Problem(Where(path), "NF004", found, limit, "split the file by topic")]
    text, problems = _decode(path, data)
    if text is None:
        return None, problems
    return _Builder(path).build(text)


def _decode(path: str, data: bytes) -> tuple[str | None, list[Problem]]:
    """Decode UTF-8 with or without a byte order mark, refusing what YAML cannot hold."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        where = _place(path, before)
        found = f"byte 0x{data[error.start]:02X}"
        return None, [Problem(where, "NF003", found, "UTF-8 text", "save the file as UTF-8")]
    if control := _CONTROL.search(text):
        where = _place(path, text[: control.start()])
        found = f"control character U+{ord(control.group()):04X}"
        return None, [Problem(where, "NF003", found, "printable text", "delete the character")]
    return text, []


def _place(path: str, before: str) -> Where:
    lines = re.split("\r\n|\r|\n", before)
    return Where(path, len(lines), len(lines[-1]) + 1)


class _Builder:
    """Builds the tree of one file from libyaml's events, without recursion."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def build(self, text: str) -> tuple[Node | None, list[Problem]]:
        parser = CParser(text)
        try:
            return self._run(parser), self.problems
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            found = error.problem or "unreadable YAML"
            if error.context:
                found = f"{found} {error.context}"
            self._problem("NF001", line, column, found, "well-formed YAML", _syntax_hint(found))
        finally:
            parser.dispose()
        return None, self.problems

    def _problem(
        self, code: str, line: int, column: int, found: str, expected: str, hint: str = ""
    ) -> None:
        where = Where(self.path, line, column)
        self.problems.append(Problem(where, code, found, expected, hint))

    def _run(self, parser: CParser) -> Node | None:
        root: Node | None = None
        # The open collections; for a mapping also the key that waits for its value.
        stack: list[Sequence | Mapping] = []
        keys: list[Scalar | None] = []
        documents = 0
        while True:
            event: Any = parser.get_event()
            kind = type(event)
            node: Node
            if kind is yaml.ScalarEvent:
                mark = event.start_mark
                node = Scalar(event.value, mark.line + 1, mark.column + 1, not event.style)
                if event.tag is not None or event.anchor is not None:
                    self._feature(event, node.line, node.column)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                mark = event.start_mark
                line, column = mark.line + 1, mark.column + 1
                if event.tag is not None or event.anchor is not None:
                    self._feature(event, line, column)
                node = (
                    Mapping({}, line, column)
                    if kind is yaml.MappingStartEvent
                    else Sequence([], line, column)
                )
                if stack and isinstance(stack[-1], Mapping) and keys[-1] is None:
                    self._problem("NF013", line, column, "a list or mapping as a key", "a text")
                    return None
                if len(stack) >= MAX_DEPTH:
                    found = f"nesting deeper than {MAX_DEPTH} levels"
                    self._problem("NF004", line, column, found, "the few levels that a fact needs")
                    return None
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                stack.pop()
                keys.pop()
                continue
            elif kind is yaml.AliasEvent:
                mark = event.start_mark
                found = f"the alias *{event.anchor}"
                self._problem(
                    "NF002",
                    mark.line + 1,
                    mark.column + 1,
                    found,
                    "the value written out",
                    "quote a text that begins with a star",
                )
                node = Scalar("", mark.line + 1, mark.column + 1, False)
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    mark = event.start_mark
                    self._problem(
                        "NF002",
                        mark.line + 1,
                        mark.column + 1,
                        "a second document (---)",
                        "one document a file",
                    )
                    return root
                continue
            elif kind is yaml.StreamEndEvent:
                return root
            else:
                continue
            # A node has come: hang it where it belongs.
            if not stack:
                root = node
            else:
                top = stack[-1]
                if isinstance(top, Sequence):
                    top.items.append(node)
                elif (key := keys[-1]) is None:
                    assert isinstance(node, Scalar)  # collections as keys returned above
                    keys[-1] = node
                else:
                    keys[-1] = None
                    self._entry(top, key, node)
            if not isinstance(node, Scalar):
                stack.append(node)
                keys.append(None)

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
