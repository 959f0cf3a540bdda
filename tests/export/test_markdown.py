"""Markdown: one page a topic, rendered by a real parser: texts, tables, banners, links."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from nam_flash.export.markdown import BODIES, export
from nam_flash.kinds import KINDS
from nam_flash.markup import Markup, escaped
from tests.conftest import FactBase

FACTS = r"""
- {id: one, kind: basic, topic: first, level: core, cite: [{id: smith2020, locator: Table 2}], as_of: 2020,
   question: 'Is a<b and c>d, 5\*3\*2 | 4?', answer: "1. **CK** in H~2~O and 10^9^",
   reverse: {question: "- Uno?", answer: "# Z"}, extra: "See [here](https://example.org/a_(b))."}
- {id: two, kind: cloze, topic: second, level: core, cite: [who2021, smith2020],
   text: "It is {{c1::hidden}} and {{c2::so::how?}}."}
- {id: three, kind: threshold, topic: first/alpha, level: advanced, cite: [who2021], analyte: CK,
   setting: Adults, bound: "> 10 xULN", meaning: disease, uln: 200 U/L}
- id: four
  kind: comparison
  topic: first/alpha
  level: core
  cite: [smith2020]
  title: A & B
  entities: {a: An|A, b: B}
  attributes:
    - {id: x, name: X, ask: "X of {entity}?", cells: {a: "yes | no", b: {answer: n, cite: [who2021], extra: Rare.}}}
    - {id: y, name: Y, ask: "Y of {entity}?", cells: {a: often}}
- id: five
  kind: vignette
  topic: first
  level: core
  cite: [smith2020]
  stem: A man.
  question: Which?
  answer: {option: Zeta, why: Right.}
  distractors: [{option: Alpha, why: Wrong.}]
- {id: six, kind: basic, topic: first, level: core, cite: [smith2020], question: Old?, answer: O,
   retired: {release: 0.1.0, why: Disproved., see: [one]}}
- {id: seven, kind: basic, topic: first, level: core, cite: [smith2020], question: New?, answer: N,
   changes: [{release: 0.1.0, what: It said M., source: who2021}]}
"""


def render(data: bytes) -> str:
    return str(MarkdownIt("commonmark", {"html": True}).enable("table").render(data.decode()))


@pytest.fixture
def files(base: FactBase) -> dict[str, bytes]:
    return export(base.write(FACTS).build().deck, "x")


def shown(data: bytes) -> str:
    """What a reader sees of a page, spaces made one."""
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", render(data))).split())


def test_every_kind_has_a_body() -> None:
    assert set(BODIES) == set(KINDS.values())


def test_there_is_a_page_for_each_topic_and_an_index(files: dict[str, bytes]) -> None:
    assert list(files) == ["README.md", "first.md", "second.md"]
    index = render(files["README.md"])
    assert '<a href="first.md">First</a>: 6 facts' in index
    assert "Version 0.1.0. Licence: CC BY 4.0." in index
    assert "<td>creatine kinase</td>" in index
    for name in ("first.md", "second.md"):
        assert "Test 0.1.0 · CC BY 4.0" in shown(files[name])
        assert '<a href="README.md">' in render(files[name])
    assert "<h2>Alpha</h2>" in render(files["first.md"])


@pytest.mark.parametrize(
    "text",
    [
        "Is a<b and c>d, 5*3*2 | 4?",
        "1. CK in H 2 O and 10 9",  # written after a question, so no list
        "- Uno?",
        "# Z",
        "See here .",
        "Adults: CK > 10 × ULN disease 10 × ULN = 2,000 U/L where the ULN is 200 U/L",
        "A. Alpha B. Zeta Best answer: B. Zeta A: Wrong. B: Right.",
        "Retired in 0.1.0, no longer valid. Disproved. See one.",
        "Corrected in 0.1.0. It said M. [2]",
        "B, X: Rare.",
        "[1 (Table 2)] · as of 2020 · core · one",
    ],
)
def test_texts_are_shown_as_written(files: dict[str, bytes], text: str) -> None:
    assert text in shown(files["first.md"])


def test_markup_is_kept(files: dict[str, bytes]) -> None:
    page = render(files["first.md"])
    assert "1. <strong>CK</strong> in H<sub>2</sub>O and 10<sup>9</sup>" in page
    assert '<a href="https://example.org/a_(b)">here</a>' in page
    assert "It is <b>hidden</b> and <b>so</b>." in render(files["second.md"])


def test_a_comparison_is_one_table(files: dict[str, bytes]) -> None:
    table = re.search("<table>.*?</table>", render(files["first.md"]), re.DOTALL)
    assert table is not None
    rows = re.findall("<tr>(.*?)</tr>", table[0], re.DOTALL)
    cells = [[re.sub("<[^>]*>", "", c) for c in re.findall("<t[hd]>(.*?)</t", row)] for row in rows]
    assert cells == [["", "An|A", "B"], ["X", "yes | no", "n [2]"], ["Y", "often", "–"]]


def test_sources_are_numbered_as_the_page_cites_them(files: dict[str, bytes]) -> None:
    def sources(name: str) -> list[str]:
        return re.findall("<li>(.*?)</li>", render(files[name]).split("<h2>Sources</h2>")[1])

    assert [s[:5] for s in sources("first.md")] == ["Smith", "Muscl"]
    assert [s[:5] for s in sources("second.md")] == ["Muscl", "Smith"]
    assert (
        '<a href="https://doi.org/10.1000/muscle.1">doi:10.1000/muscle.1</a>'
        in sources("first.md")[0]
    )


def test_pictures_come_along(base: FactBase) -> None:
    base.picture("a")
    figure = "answer: N, figure: a"
    files = export(base.write(FACTS.replace("answer: N", figure)).build().deck, "x")
    (name,) = (name for name in files if name.startswith("media/"))
    assert f'<img src="{name}" alt="A' in render(files["first.md"])
    assert "T; Me, CC0" in shown(files["first.md"])


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1))
def test_any_text_without_markup_is_shown_as_it_is(text: str) -> None:
    assert (
        html.unescape(render(escaped(text).encode()))
        == f"<p>{html.unescape(html.escape(text))}</p>\n"
    )


@given(st.text("ab *_`~^[]()<>&|#-+1.\\!$", max_size=30))
def test_commonmark_means_what_the_author_wrote(text: str) -> None:
    """Rendered again, the text is that of the author's own inline Markdown."""
    markup = Markup({})
    seen = "".join(t.content for t in markup.tokens(text.strip()) if not t.children)
    written = markup.commonmark(text)
    again = re.sub("<[^>]*>", "", MarkdownIt("commonmark", {"html": True}).renderInline(written))
    assert "".join(html.unescape(again).split()) == "".join(seen.split())
