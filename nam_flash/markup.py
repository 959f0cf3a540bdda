"""The author's inline CommonMark -> safe HTML, with abbreviations expanded.

Authors write ``**strong**``, ``*emphasis*``, ``H~2~O``, ``10^9^``, links, and ``<``, ``>``, ``&``
as they are. CommonMark itself knows no errors, only surprises (a lone ``**`` stays on the card,
``SLCO1B1*5 and HLA*11`` turns italic); here a surprise is a problem.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Final

from nam_flash.fact import Abbreviation
from nam_flash.problem import Problem
from nam_flash.reader import Origin

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

#: A text without any of these needs no parser: it is its own HTML but for ``<``, ``>``, ``&``.
#: (``<`` before a space, digit or ``=`` and ``&`` before a space cannot begin markup.)
_MARKED: Final = re.compile(r"[\\`*_\[\]^~{}\n<&](?<!<(?=[ =\d]))(?<!&(?= ))")

#: Inline tokens of markdown-it and their HTML: whatever is not here cannot reach a card.
_TAGS: Final = {
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "em_open": "<em>",
    "em_close": "</em>",
    "sub_open": "<sub>",
    "sub_close": "</sub>",
    "sup_open": "<sup>",
    "sup_close": "</sup>",
    "link_close": "</a>",
    "softbreak": "<br>",
    "hardbreak": "<br>",
}

_HTML_TAG: Final = re.compile(
    r"</?(?:a|abbr|b|big|br|center|code|div|em|font|h[1-6]|hr|i|img|li|ol|p|pre|s|script|small|span"
    r"|strike|strong|style|sub|sup|svg|table|tbody|td|th|thead|tr|u|ul)(?:\s+[\w-]+\s*=[^<>]*)?\s*/?>",
    re.IGNORECASE,
)

#: What is left in the text when markup was begun but not ended: pattern, what to write.
_LEFTOVERS: Final = (
    (re.compile(r"\*\*|__"), "**strong** with both ends closed"),
    (
        re.compile(r"(?:^|(?<=[\s(]))\*(?=\w)|(?<=\w)\*(?=[\s.,;:)]|$)"),
        "*emphasis* with both ends closed",
    ),
    (re.compile(r"`"), "`code` with both ends closed"),
    (re.compile(r"\]\("), "a link such as [text](https://example.org)"),
    (re.compile(r"\w\^\w+"), "superscript with both ends closed, such as 10^9^"),
    (re.compile(r"\w~\w+"), "subscript with both ends closed, such as H~2~O"),
)

#: Without any of these nothing can be left over.
_SIGN: Final = re.compile(r"[*_`\]^~]")

#: Sequences that Anki itself would act on inside a field.
_ANKI: Final = re.compile(r"\[(?=sound:|anki:|latex\]|\$)|\\(?=[(\[])")


#: What CommonMark or GitHub's dialect would take for markup inside a line.
_INLINE: Final = re.compile(r"[\\`*_\[\]~|$]|<(?=[A-Za-z/!?])|&(?=[A-Za-z#])")
#: What would begin a list, a heading, a quotation or a rule at the beginning of a line.
_BLOCK: Final = re.compile(r"^(\d*)(>|[-+#=.)](?=[\s#=-]|$))")


def escaped(text: str) -> str:
    """Return a text without markup as CommonMark that shows it as it is."""
    return _BLOCK.sub(r"\1\\\2", _INLINE.sub(r"\\\g<0>", text))


class Markup:
    """Turns texts into HTML with the abbreviations of one glossary."""

    def __init__(self, glossary: Mapping[str, Abbreviation]) -> None:
        self.glossary = glossary

    @cached_property
    def abbreviations(self) -> re.Pattern[str] | None:
        """What finds an abbreviation as a word of its own, also in the plural, longest first.

        After ``anti-`` it counts; as the first part of a compound (PET-CT, AST/ALT, PM-Scl) it
        does not, as an expansion would tear the compound apart.
        """
        words = "|".join(re.escape(word) for word in sorted(self.glossary, key=len, reverse=True))
        if not words:
            return None
        return re.compile(f"(?<![A-Za-z0-9/])({words})s?(?![A-Za-z0-9]|[-/][A-Za-z0-9])")

    @cached_property
    def hint(self) -> Callable[[str], re.Match[str] | None]:
        """Return what finds out quickly that a text has no abbreviation, which is most often."""
        return re.compile("|".join(map(re.escape, sorted(self.glossary)))).search

    @cached_property
    def parser(self) -> "MarkdownIt":
        """The CommonMark parser, imported when the first text needs it."""
        from markdown_it import MarkdownIt
        from mdit_py_plugins.subscript import sub_plugin
        from mdit_py_plugins.superscript import superscript_plugin

        parser = MarkdownIt("commonmark", {"html": False}).use(sub_plugin).use(superscript_plugin)
        return parser.disable("entity").disable("text_join")

    def plain(self, text: str) -> str:
        """Return the text without its markup, for terminals."""
        if not _MARKED.search(text):
            return text
        return "".join(
            " " if token.type in ("softbreak", "hardbreak") else token.content
            for token in self.tokens(text)
        )

    def commonmark(self, text: str) -> str:
        """Return the text as plain CommonMark on one line, for any program that reads it.

        Our ``H~2~O`` and ``10^9^`` become HTML, as ``~`` and ``^`` mean other things elsewhere.
        """
        pieces: list[str] = []
        address = ""
        for token in self.tokens(text.strip()):
            kind = token.type
            if kind == "text_special":  # a sign that the author escaped
                pieces.append(f"\\{token.content}")
            elif kind == "text":
                pieces.append(_INLINE.sub(r"\\\g<0>", token.content))
            elif kind == "code_inline":
                pieces.append(f"{token.markup}{token.content}{token.markup}")
            elif kind == "link_open":
                address = str(token.attrs["href"])
                pieces.append("[")
            elif kind == "link_close":
                pieces.append(f"](<{address}>)")
            elif kind.startswith(("strong_", "em_")):
                pieces.append(token.markup)
            else:
                pieces.append(_TAGS.get(kind, ""))
        return _BLOCK.sub(r"\1\\\2", "".join(pieces))

    def tokens(self, text: str) -> "list[Token]":
        """Return the inline tokens of a text."""
        tokens: list[Token] = []
        self.parser.inline.parse(text, self.parser, {}, tokens)
        return tokens


class Side:
    """What a learner reads of one card, in order: it remembers which abbreviations came up.

    ``context`` are all texts of the card; where a long form stands in one of them already, the
    abbreviation is left as it is (so that no expansion gives an answer away).
    """

    def __init__(
        self, markup: Markup, origin: Origin, context: Iterable[str], problems: list[Problem]
    ) -> None:
        self.markup = markup
        self.origin = origin
        self.context = tuple(context)
        self.problems = problems
        self.seen: set[str] = set()
        self._said: str | None = None

    def __call__(self, text: str, *keys: str | int) -> str:
        """Return the HTML of ``text``, which the author wrote at ``keys`` of the fact."""
        if not _MARKED.search(text):
            return self._words(html.escape(text, quote=False))
        return self._parsed(text, keys)

    def problem(self, code: str, found: str, expected: str, hint: str, *keys: str | int) -> None:
        """Report a problem of the text at ``keys``."""
        self.problems.append(Problem(self.origin.at(*keys), code, found, expected, hint))

    def _words(self, escaped: str) -> str:
        """Expand the abbreviations in a piece of HTML without tags."""
        pattern = self.markup.abbreviations
        if pattern is None or self.markup.hint(escaped) is None:
            return escaped
        return pattern.sub(self._expand, escaped)

    def _expand(self, match: re.Match[str]) -> str:
        word, short = match.group(), match[1]
        if short in self.seen:
            return word
        self.seen.add(short)
        entry = self.markup.glossary[short]
        if self._said is None:
            self._said = "\n".join(self.context).casefold()
        if entry.long.casefold() in self._said:
            return word
        if entry.familiar:
            return f'<abbr title="{html.escape(entry.long)}">{word}</abbr>'
        return f'{word} <span class="expansion">({html.escape(entry.long, quote=False)})</span>'

    def _parsed(self, text: str, keys: tuple[str | int, ...]) -> str:
        if "<" in text and (tag := _HTML_TAG.search(text)):
            self.problem(
                "NF030",
                f"raw HTML {tag.group()!r}",
                "Markdown such as **strong** or H~2~O",
                "",
                *keys,
            )
        tokens = self.markup.tokens(text.strip())
        pieces: list[str] = []
        for i, token in enumerate(tokens):
            kind = token.type
            if kind == "text":
                self._leftovers(token.content, keys)
                pieces.append(
                    self._words(_ANKI.sub(_defuse, html.escape(token.content, quote=False)))
                )
            elif kind == "text_special":
                pieces.append(html.escape(token.content, quote=False).replace("\\", "&#92;"))
            elif kind in _TAGS:
                if kind == "em_open" and token.markup == "*" and i and _ends_in_word(tokens[i - 1]):
                    self.problem(
                        "NF030",
                        "emphasis that begins inside a word",
                        "a literal star escaped",
                        r"write HLA-DRB1\*11:01",
                        *keys,
                    )
                pieces.append(_TAGS[kind])
            elif kind == "code_inline":
                pieces.append(f"<code>{html.escape(token.content, quote=False)}</code>")
            elif kind == "link_open":
                href = str(token.attrs["href"])
                if not href.startswith("https://"):
                    self.problem("NF030", f"a link to {href!r}", "an https address", "", *keys)
                pieces.append(f'<a href="{html.escape(href)}">')
            else:
                found = "an image" if kind == "image" else f"the markup {kind!r}"
                hint = "use the key 'figure' for pictures" if kind == "image" else ""
                self.problem("NF030", found, "inline text", hint, *keys)
        return "".join(pieces)

    def _leftovers(self, text: str, keys: tuple[str | int, ...]) -> None:
        if not _SIGN.search(text):
            return
        for pattern, expected in _LEFTOVERS:
            if match := pattern.search(text):
                self.problem(
                    "NF030",
                    f"{match.group()!r} left in the text",
                    expected,
                    "put a backslash before a sign that is meant literally",
                    *keys,
                )


def together(first: Side, second: Side) -> Side:
    """Return the side for what two cards share: only what both have explained is explained."""
    context = first.context + second.context
    shared = Side(first.markup, first.origin, context, first.problems)
    shared.seen = first.seen & second.seen
    return shared


def _ends_in_word(token: "Token") -> bool:
    return token.type == "text" and token.content[-1:].isalnum()


def _defuse(match: re.Match[str]) -> str:
    return f"&#{ord(match.group())};"


def as_text(markup: str) -> str:
    """Return a field's HTML as text for a terminal: clozes in brackets, a line for each row."""
    text = re.sub(r"\{\{c\d+::(.*?)(?:::.*?)?\}\}", r"[\1]", markup)
    text = re.sub(r"</(?:th|td)>", " | ", text)
    text = re.sub(r"</(?:tr|li|p|caption|figcaption)>|<br>", "\n", text)
    text = html.unescape(re.sub(r"<[^>]+>", "", text))
    return re.sub(r"\n+", "\n", text).strip()


def document(text: str) -> str:
    """Return a whole Markdown document (CommonMark and tables) as HTML; raw HTML stays text.

    Links go to https addresses only: files beside the document are not where the result is.
    """
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(text)
    for token in tokens:
        token.attrs.pop("style", None)  # a table's alignment: sites allow no inline style
        token.children = list(_outward(token.children or []))
    html_: str = parser.renderer.render(tokens, parser.options, {})
    return html_


def _outward(tokens: "Iterable[Token]") -> "Iterator[Token]":
    """Yield inline tokens without pictures, and without the links that lead nowhere."""
    kept = True
    for token in tokens:
        if token.type == "link_open":
            kept = str(token.attrs["href"]).startswith("https://")
        if token.type != "image" and (kept or not token.type.startswith("link_")):
            yield token
