"""A `Diff` as text for terminals, Markdown, JSON and a page of its own, and as a changelog entry.

One file a format; the table is the registry. All are pure functions to text.
"""

from collections.abc import Callable
from typing import Final

from nam_flash.diff import Diff
from nam_flash.diff_report import data, markdown, page, text

#: Format -> function of the diff. (`text.render` also takes a painter, for terminals.)
FORMATS: Final[dict[str, Callable[[Diff], str]]] = {
    "text": text.render,
    "markdown": markdown.render,
    "json": data.render,
    "html": page.render,
}
