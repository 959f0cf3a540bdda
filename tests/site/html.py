"""What a test asks of a page: its elements, read by Python's own parser."""

from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from typing import NamedTuple


class Element(NamedTuple):
    name: str
    attributes: dict[str, str]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@cache
def elements(page: bytes) -> list[Element]:
    reader = _Reader()
    reader.feed(page.decode())
    return reader.elements


def text(page: bytes) -> str:
    reader = _Reader()
    reader.feed(page.decode())
    return " ".join(" ".join(reader.text).split())


def faults(page: bytes) -> Iterator[str]:
    """What the policy forbids, and what makes a page invalid: all of it must be absent."""
    ids: set[str] = set()
    for name, attributes in elements(page):
        if name in {"style", "iframe", "object", "embed", "base", "form"}:
            yield f"<{name}>"
        if name == "script" and not attributes.get("src"):
            yield "an inline script"
        for key, value in attributes.items():
            if key == "style" or key.startswith("on"):
                yield f"{key}={value}"
            if key in {"href", "src"} and value.split(":")[0] in {"javascript", "data", "http"}:
                yield f"{key}={value}"
            if key == "src" and value.startswith(("https:", "//")):
                yield f"a request elsewhere: {value}"
        if id_ := attributes.get("id"):
            if id_ in ids:
                yield f"the id {id_} twice"
            ids.add(id_)
