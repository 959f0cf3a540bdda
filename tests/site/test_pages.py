"""The site: every fact has its page, every link leads somewhere, and nothing is inline."""

import gzip
import hashlib
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from nam_flash.cli.input import Loaded
from nam_flash.kinds import kind_of
from nam_flash.site.extras import Download, Extras, Statement
from nam_flash.site.pages import PER_PAGE, POLICY, embedded, site
from nam_flash.site.render import render
from tests.conftest import NOW, FactBase
from tests.site.html import elements, faults, text

ROOT = Path(__file__).parents[2]

FACT = """\
- id: fact-{}
  kind: basic
  topic: first/alpha
  level: core
  cite: [smith2020]
  question: Question {}?
  answer: Answer {}
"""


# The shipped facts


def test_pages_keep_the_policy_and_are_valid(files: dict[str, bytes]) -> None:
    found = {name: [*faults(data)] for name, data in files.items() if name.endswith(".html")}
    assert len(found) > 500
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_every_page_has_the_policy(files: dict[str, bytes]) -> None:
    for name, data in files.items():
        if name.endswith(".html"):
            assert [
                element.attributes["content"]
                for element in elements(data)
                if element.attributes.get("http-equiv") == "Content-Security-Policy"
            ] == [POLICY], name


def test_every_link_leads_somewhere(files: dict[str, bytes]) -> None:
    ids = {
        name: {element.attributes.get("id") for element in elements(data)}
        for name, data in files.items()
        if name.endswith(".html")
    }
    checked = 0
    for name in ids:
        for element in elements(files[name]):
            for key in ("href", "src"):
                target = element.attributes.get(key, "")
                if not target or target.startswith(("https://", "mailto:")):
                    continue
                path, _, anchor = target.partition("#")
                path = path.split("?")[0]
                place = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
                place = unquote(place) if path else name
                assert place in files, f"{name}: {target}"
                if anchor and not anchor.startswith("?"):
                    assert anchor in ids[place], f"{name}: {target}"
                checked += 1
    assert checked > 10_000


def test_every_card_is_on_the_page_of_its_fact(shipped: Loaded, files: dict[str, bytes]) -> None:
    """What a page shows is what Anki shows, but for the changes that `embedded` documents."""
    for card in shipped.built.deck.cards():
        page = files[f"facts/{card.note.fact.id}.html"].decode()
        for side in render(card.note, card.ord):
            assert embedded(side, "../") in page, card.note.key


def test_every_fact_is_on_the_page_of_its_topic(shipped: Loaded, files: dict[str, bytes]) -> None:
    listed: dict[str, str] = {}
    for name, data in files.items():
        if name.startswith("topics/"):
            topic = re.sub(r"^topics/|(\.\d+)?\.html$", "", name)
            listed |= {
                element.attributes["id"]: topic
                for element in elements(data)
                if element.name == "article" and "id" in element.attributes
            }
    assert listed == {fact.id: fact.topic for fact in shipped.library.facts}


def test_every_comparison_is_a_table_with_no_cell_given_away(
    shipped: Loaded, files: dict[str, bytes]
) -> None:
    tables = [data for name, data in files.items() if name.startswith("tables.")]
    shown = [element for data in tables for element in elements(data) if element.name == "table"]
    assert len(shown) == sum(kind_of(fact) == "comparison" for fact in shipped.library.facts)
    assert not any(b'"asked"' in data for data in tables)


def test_every_work_stands_with_the_facts_that_cite_it(
    shipped: Loaded, files: dict[str, bytes]
) -> None:
    page = files["sources.html"].decode()
    assert page.count('<li id="w-') == len(shipped.built.deck.sources)
    cited = {fact.id for fact in shipped.library.facts}
    assert cited <= set(re.findall(r'href="facts/([\w-]+)\.html"', page))


def test_the_first_page_is_small(files: dict[str, bytes]) -> None:
    """With all that it loads by itself, below 100 kB compressed (the search comes when asked)."""
    loaded = ["index.html"]
    loaded += [
        (element.attributes.get("src") or element.attributes["href"]).split("?")[0]
        for element in elements(files["index.html"])
        if element.name in {"script", "link"}
    ]
    sizes = {name: len(gzip.compress(files[name])) for name in loaded}
    assert len(sizes) >= 6
    assert sum(sizes.values()) < 100_000 / 4, sizes  # a quarter of the promise, to notice growth


def test_every_page_is_small(files: dict[str, bytes]) -> None:
    sizes = {n: len(gzip.compress(d)) for n, d in files.items() if n.endswith(".html")}
    assert {name: size for name, size in sizes.items() if size > 100_000} == {}


def test_the_search_library_is_the_one_that_is_recorded() -> None:
    """Name, version, licence and checksum stand in docs/architecture.md."""
    folder = ROOT / "nam_flash" / "site" / "static" / "vendor"
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    sums = dict(re.findall(r"\| `([\w.]+)` \|[^\n]*\| `([0-9a-f]{64})` \|", page))
    assert sums == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()
    }


# Masks over a picture

MASKED = """\
<article class="nf nf-front nf-occlusion" lang="en">
<div class="nf-masks" hidden>{masks}</div>
<div id="image-occlusion-container"><img src="a.svg" alt="A"><canvas id="image-occlusion-canvas"></canvas></div>
<p class="nf-fault" id="nf-fault" hidden>Too old.</p>
<div class="nf-toggle"><button id="toggle" type="button">Masks</button></div>
</article>
<script>
anki.imageOcclusion.setup();
</script>
"""
MASK = (
    '<div class="{}" data-ordinal="1" data-shape="rect" data-left=".1" data-top=".2" '
    'data-width=".3" data-height=".4" {}></div>'
)
HIDES_ALL = 'data-occludeInactive="1" '


@pytest.mark.parametrize(
    ("mask", "shape"),
    [
        (MASK.format("cloze", ""), "active"),
        (MASK.format("cloze-highlight", HIDES_ALL), "highlight"),
        (MASK.format("cloze-inactive", HIDES_ALL), "inactive"),
        (MASK.format("cloze-inactive", ""), ""),
    ],
)
def test_masks_are_drawn_without_a_script(mask: str, shape: str) -> None:
    card = embedded(MASKED.replace("{masks}", mask), "../")
    found = elements(card.encode())
    rects = [element.attributes for element in found if element.name == "rect"]
    assert [rect["class"] for rect in rects] == ([shape] if shape else [])
    assert all((rect["x"], rect["height"]) == (".1", ".4") for rect in rects)
    assert [e.attributes["src"] for e in found if e.name == "img"] == ["../media/a.svg"]
    assert {e.name for e in found} <= {"article", "div", "img", "svg", "rect"}
    assert [*faults(card.encode())] == []
    assert not any("id" in element.attributes for element in found)


# Small bases


def test_the_same_deck_gives_the_same_bytes(base: FactBase) -> None:
    base.write(FACT.format(*"111") + FACT.format(*"222"))
    first, second = (site(base.build(now).deck) for now in (NOW, NOW))
    assert first == second


def test_long_topics_have_several_pages(base: FactBase) -> None:
    count = PER_PAGE + 1
    base.write("".join(FACT.format(i, i, i) for i in range(count)))
    files = site(base.build().deck)
    assert "topics/first/alpha.2.html" in files
    assert "topics/first/alpha.3.html" not in files
    pages = [files["topics/first/alpha.html"], files["topics/first/alpha.2.html"]]
    assert [page.count(b'<article class="entry"') for page in pages] == [PER_PAGE, 1]


@pytest.mark.parametrize(
    ("extras", "page", "shown"),
    [
        (Extras(changelog="# Log\n\n- [a](x.md) **b**\n"), "changelog", "Log a b"),
        (
            Extras(coverage=(Statement("S", "It is so.", "corrected", ("fact-1",), "It is not."),)),
            "coverage",
            "But: It is not.",
        ),
        (
            Extras(downloads=(Download("a.apkg", b"x", "All", 3, 4),)),
            "downloads",
            f"All. 3 notes, 4 cards, 0 kB SHA-256 {hashlib.sha256(b'x').hexdigest()}",
        ),
    ],
)
def test_extras_have_a_page_when_they_are_there(
    base: FactBase, extras: Extras, page: str, shown: str
) -> None:
    deck = base.write(FACT.format(*"111")).build().deck
    assert shown in text(site(deck, extras)[f"{page}.html"])
    assert f"{page}.html" not in site(deck)


def test_a_download_is_the_package_itself(base: FactBase) -> None:
    deck = base.write(FACT.format(*"111")).build().deck
    files = site(deck, Extras(downloads=(Download("a.apkg", b"bytes"),)))
    assert files["downloads/a.apkg"] == b"bytes"


def test_a_figure_is_shown_from_the_folder_of_media(base: FactBase) -> None:
    base.picture("fibre").write(FACT.format(*"111") + "  figure: fibre\n")
    files = site(base.build().deck)
    (image,) = (e for e in elements(files["facts/fact-1.html"]) if e.name == "img")
    assert image.attributes["src"].removeprefix("../") in files
    assert image.attributes["alt"] == "A <b>"


def test_a_figure_stands_in_the_gallery_with_its_works_and_facts(base: FactBase) -> None:
    base.picture("fibre").picture("unused")
    files = site(base.write(FACT.format(*"111") + "  figure: fibre\n").build().deck)
    page = elements(files["figures.html"])
    assert [e.attributes["id"] for e in page if e.name == "article"] == ["f-fibre"]
    links = [e.attributes["href"] for e in page if e.name == "a"]
    assert "facts/fact-1.html" in links
    assert "sources.html#w-smith2020" in links
    sources = [e.attributes["href"] for e in elements(files["sources.html"]) if e.name == "a"]
    assert "figures.html#f-fibre" in sources
    assert "figures.html" not in site(base.write(FACT.format(*"111")).build().deck)


def test_a_retired_fact_names_what_replaces_it(base: FactBase) -> None:
    retired = "  retired: {release: 0.1.0, why: Wrong., see: [fact-2]}\n"
    files = site(base.write(FACT.format(*"111") + retired + FACT.format(*"222")).build().deck)
    assert "Replaced by Question 2?" in text(files["facts/fact-1.html"])
    assert "retired" in text(files["facts/fact-1.html"])
