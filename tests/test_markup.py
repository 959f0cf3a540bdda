"""The author's Markdown -> safe HTML; surprises are problems."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nam_flash.fact import Abbreviation
from nam_flash.markup import Markup, Side, document, together
from nam_flash.nodes import Document
from nam_flash.problem import Problem
from nam_flash.reader import Origin

GLOSSARY = {
    "CK": Abbreviation("creatine kinase", familiar=True),
    "MSA": Abbreviation("myositis-specific antibody"),
    "SRP": Abbreviation("signal recognition particle"),
    "MHC": Abbreviation("major histocompatibility complex"),
    "MHC-I": Abbreviation("major histocompatibility complex class I"),
}


def side(*context: str, glossary: dict[str, Abbreviation] | None = None) -> Side:
    origin = Origin(Document("f.yaml", b""), 1, 1)
    problems: list[Problem] = []
    return Side(Markup(glossary or {}), origin, context, problems)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CK < 1,000 U/L", "CK &lt; 1,000 U/L"),
        ("a<b and c>d", "a&lt;b and c&gt;d"),
        ("salt & water", "salt &amp; water"),
        ("&lt; stays", "&amp;lt; stays"),
        ("<5 %", "&lt;5 %"),
        ("<=3 and >=4", "&lt;=3 and &gt;=4"),
        ('a "quote"', 'a "quote"'),
        ("**strong** and *soft*", "<strong>strong</strong> and <em>soft</em>"),
        ("H~2~O, 10^9^", "H<sub>2</sub>O, 10<sup>9</sup>"),
        ("`a<b`", "<code>a&lt;b</code>"),
        ("[text](https://example.org/?a=1&b=2)", '<a href="https://example.org/?a=1&amp;b=2">text</a>'),
        (r"HLA-DRB1\*11:01", "HLA-DRB1*11:01"),
        ("3 * 4", "3 * 4"),
        ("~10 % and ~20 %", "~10 % and ~20 %"),
        ("first\nsecond", "first<br>second"),
        ("  space  ", "  space  "),
        ("[sound:x.mp3] [$]x[/$]", "&#91;sound:x.mp3] &#91;$]x[/$]"),
        (r"\\(x\\)", "&#92;(x&#92;)"),
        ("# no heading", "# no heading"),
        ("1. no list", "1. no list"),
    ],
)  # fmt: skip
def test_html(text: str, expected: str) -> None:
    writer = side()
    assert writer(text) == expected
    assert writer.problems == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("**open", "'**' left"),
        ("*open", "'*' left"),
        ("`open", "'`' left"),
        ("10^9 cells", "left in the text"),
        ("H~2O", "left in the text"),
        ("[a](b c)", "'](' left"),
        ("[a](http://x.org)", "a link to"),
        ("![a](b.png)", "an image"),
        ("<b>bold</b>", "raw HTML '<b>'"),
        ("line<br/>break", "raw HTML '<br/>'"),
        ('<img src="x">', "raw HTML"),
        ("SLCO1B1*5 and HLA*11", "begins inside a word"),
    ],
)
def test_surprises_are_problems(text: str, found: str) -> None:
    writer = side()
    writer(text)
    assert any(found in str(problem) for problem in writer.problems)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["An MSA is found.", "MSA"], ["An MSA (myositis-specific antibody) is found.", "MSA"]),
        (["Two MSAs"], ["Two MSAs (myositis-specific antibody)"]),
        (["anti-SRP"], ["anti-SRP (signal recognition particle)"]),
        (["MHC-I, then MHC"], ["MHC-I (major histocompatibility complex class I), then MHC (major"
                               " histocompatibility complex)"]),
        (["What does MSA mean?", "Myositis-specific antibody"], ["What does MSA mean?",
                                                                 "Myositis-specific antibody"]),
        (["MSAX and xMSA"], ["MSAX and xMSA"]),
        (["SRP-like, MSA/SRP, MSA"], ["SRP-like, MSA/SRP, MSA (myositis-specific antibody)"]),
        (["**MSA**"], ["MSA (myositis-specific antibody)"]),
        (["[x](https://x.org/MSA)"], ["x"]),
    ],
)  # fmt: skip
def test_abbreviations(texts: list[str], expected: list[str]) -> None:
    writer = side(*texts, glossary=GLOSSARY)
    assert [html.unescape(re.sub("<[^>]+>", "", writer(text))) for text in texts] == expected


def test_a_familiar_abbreviation_gets_a_tooltip() -> None:
    writer = side(glossary=GLOSSARY)
    assert writer("CK and CK") == '<abbr title="creatine kinase">CK</abbr> and CK'


def test_what_two_cards_share_is_explained_unless_both_explained_it() -> None:
    one, two = side(glossary=GLOSSARY), side(glossary=GLOSSARY)
    one("MSA SRP")
    two("MSA")
    assert together(one, two)("MSA SRP") == (
        'MSA SRP <span class="expansion">(signal recognition particle)</span>'
    )


@given(st.text(alphabet="ab <>&*_`[]()^~\\\"'{}:/\n!#1.-", max_size=60))
def test_no_text_makes_a_tag_of_its_own(text: str) -> None:
    """Whatever is written, only our few tags come out, and they are balanced."""
    rendered = side()(text)
    stack: list[str] = []
    for slash, name in re.findall(r"<(/?)([^\s>]+)[^>]*>", rendered):
        assert name in {"strong", "em", "sub", "sup", "code", "a", "br"}
        if slash:
            assert stack.pop() == name
        elif name != "br":
            stack.append(name)
    assert stack == []


@given(st.text(alphabet="abc <>&=,.%0123456789\"'", max_size=60))
def test_text_without_markup_reads_as_written(text: str) -> None:
    rendered = side()(text)
    assert html.unescape(rendered).strip() == text.strip()


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("# A\n\n- b **c**\n", "<h1>A</h1>\n<ul>\n<li>b <strong>c</strong></li>\n</ul>\n"),
        ("[a](https://x.org/)", '<p><a href="https://x.org/">a</a></p>\n'),
        ("[a](docs/rules.md) [b](javascript:alert(1))", "<p>a [b](javascript:alert(1))</p>\n"),
        ("<script>x</script> & ![p](q.png)", "<p>&lt;script&gt;x&lt;/script&gt; &amp; </p>\n"),
        ("|a|\n|:-:|\n|b|\n", "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n"
         "<tr>\n<td>b</td>\n</tr>\n</tbody>\n</table>\n"),
    ],
)  # fmt: skip
def test_a_document(text: str, markup: str) -> None:
    assert document(text) == markup
