"""How cards look: compared with pictures that a person has judged.

`NAM_FLASH_LOOKS=renew` writes the pictures anew instead of comparing; look at them before you
commit them.
"""

import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.conftest import OpenPage, sized
from tests.browser.looks import FOLDER, LOOKS, MODES, PRINTED, TOLERANCE, Look, difference, palette
from tests.browser.reviewer import LETTERS, Reviewer, Sides, reviewer
from tests.conftest import FactBase, fill

RENEW = os.environ.get("NAM_FLASH_LOOKS") == "renew"

BY_NAME = {look.name: look for look in LOOKS}

#: The pictures: every look in light, at night and on a phone, and some on paper.
CASES = [(name, mode) for name in BY_NAME for mode in MODES if mode != "print" or name in PRINTED]


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reviewer]:
    """Anki with the facts of the pictures."""
    base: FactBase = fill(tmp_path_factory.mktemp("looks"))
    base.write((FOLDER / "facts.yaml").read_text(encoding="utf-8"))
    for name in ("figures.yaml", "figure.svg"):
        (base.cards / name).write_bytes((FOLDER / name).read_bytes())
    with base.recipe.open("a", encoding="utf-8") as recipe:
        recipe.write('report: "mailto:cards@example.org?subject={id}%20{version}"\n')
    with reviewer(base.package()) as opened:
        yield opened


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    """One window for all cards, as in Anki."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def open_page(window: Page) -> OpenPage:
    """Return the window with the size that is asked for."""

    def open_(width: int, height: int = 600) -> Page:
        window.emulate_media(media="screen")
        return sized(window, width, height)

    return open_


def sides(cards: Reviewer, look: Look) -> Sides:
    return cards.sides(look.key, look.ord, look.notes)


def show(page: Page, cards: Reviewer, look: Look, client: str, style: str = "") -> None:
    """Show a card, with the fonts of the pictures; the table has come to rest."""
    still = ".card, .card * { animation-duration: 1ms !important }"
    sides(cards, look).show(page, look.side, client, f"{LETTERS} {still} {style}")


def picture(page: Page) -> Image.Image:
    return Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")


def draw(
    open_page: OpenPage, cards: Reviewer, look: Look, mode: str, style: str = ""
) -> Image.Image:
    client, width, medium = MODES[mode]
    page = open_page(width, 300)
    page.emulate_media(media="print" if medium == "print" else "screen")
    show(page, cards, look, client, style)
    return palette(picture(page))


def golden(look: Look, mode: str) -> Path:
    return FOLDER / f"{look.name}-{mode}.png"


def away(drawn: Image.Image, look: Look, mode: str) -> float:
    """How far a picture is from its golden one."""
    with Image.open(golden(look, mode)) as expected:
        return difference(drawn, expected)


@pytest.mark.parametrize(("name", "mode"), CASES)
def test_cards_look_as_they_did_when_a_person_judged_them(
    name: str, mode: str, open_page: OpenPage, cards: Reviewer, fonts: object, tmp_path: Path
) -> None:
    look = BY_NAME[name]
    drawn = draw(open_page, cards, look, mode)
    if RENEW:
        drawn.save(golden(look, mode), optimize=True)
    drawn.save(tmp_path / "drawn.png")
    assert away(drawn, look, mode) <= TOLERANCE, (
        f"{tmp_path / 'drawn.png'} is not {golden(look, mode)}; "
        "CONTRIBUTING.md says how to renew the pictures"
    )


def test_every_picture_belongs_to_a_look() -> None:
    expected = {golden(BY_NAME[name], mode).name for name, mode in CASES}
    assert {path.name for path in FOLDER.glob("*.png")} == expected


@pytest.mark.parametrize(
    ("name", "mode", "damage"),
    [
        ("basic-back", "light", ".card { --nf-paper: #fff0d8 }"),
        ("basic-back", "night", ".card.nightMode { --nf-paper: #fbfaf7 }"),
        ("basic-back", "light", "#answer { visibility: hidden }"),
        ("basic-back", "phone", ".nf-report { visibility: hidden }"),
        ("basic-back", "light", ".nf-source { position: relative; top: 2px }"),
        ("basic-back", "light", ".nf-source { margin-bottom: 1.8em }"),
        ("cloze-back", "light", ".cloze { color: inherit !important }"),
        ("comparison-back", "phone", ".asked { outline: none !important }"),
        ("comparison-back", "light", ".asked { background: none !important }"),
        ("vignette-back", "light", ".best::before { display: none }"),
        ("corrected-front", "phone", ".corrected::before { content: none !important }"),
        ("figure-back", "light", "img { opacity: .8 }"),
    ],
)
def test_the_comparison_sees_what_a_person_would(
    name: str, mode: str, damage: str, open_page: OpenPage, cards: Reviewer, fonts: object
) -> None:
    drawn = draw(open_page, cards, BY_NAME[name], mode, damage)
    assert away(drawn, BY_NAME[name], mode) > TOLERANCE


@pytest.mark.parametrize(
    ("name", "mode"), [("vignette-back", "night"), ("comparison-back", "phone")]
)
def test_the_comparison_forgives_how_a_machine_draws_letters(
    name: str, mode: str, open_page: OpenPage, cards: Reviewer, fonts: object
) -> None:
    heavier = ".nf { -webkit-text-stroke: .03px }"
    drawn = draw(open_page, cards, BY_NAME[name], mode, heavier)
    assert 0 < away(drawn, BY_NAME[name], mode) <= TOLERANCE


@pytest.mark.parametrize("name", BY_NAME)
def test_nothing_is_cut_off_or_scrolls_sideways_on_a_phone(
    name: str, open_page: OpenPage, cards: Reviewer
) -> None:
    page = open_page(390, 700)
    show(page, cards, BY_NAME[name], "light")
    wider = """width => [...document.querySelectorAll("*")]
        .filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display != "inline"
                     || e.getBoundingClientRect().right > width + 1)
        .map(e => e.className)"""
    for width in (390, 320):
        sized(page, width, 700)
        assert page.evaluate(wider, width) == []


@pytest.mark.parametrize("client", ["light", "night"])
@pytest.mark.parametrize("name", BY_NAME)
def test_axe_finds_no_barrier(name: str, client: str, open_page: OpenPage, cards: Reviewer) -> None:
    page = open_page(700, 700)
    show(page, cards, BY_NAME[name], client)
    # Rules on whole web pages do not fit a card: Anki has the page's title, heading and landmarks.
    options = {
        "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
        "resultTypes": ["violations"],
    }
    found = Axe().run(page, options=options).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []


def test_night_mode_of_android_is_that_of_the_desktop(
    open_page: OpenPage, cards: Reviewer, fonts: object
) -> None:
    page, pictures = open_page(700, 300), []
    for client in ("night", "ankidroid-night"):
        show(page, cards, BY_NAME["vignette-back"], client)
        pictures.append(picture(page))
    assert difference(*pictures) == 0


@pytest.mark.parametrize(
    ("name", "selector", "sign"),
    [
        ("cloze-back", ".cloze", {"text-decoration-line": "underline", "font-weight": "700"}),
        ("cloze-front", ".cloze", {"text-decoration-line": "underline", "font-weight": "700"}),
        ("comparison-back", ".asked", {"outline-style": "solid", "font-weight": "700"}),
        ("basic-back", ".nf-source a", {"text-decoration-line": "underline"}),
        ("basic-back", ".nf-report", {"text-decoration-line": "underline"}),
        ("retired-back", ".retired", {"border-top-style": "dashed"}),
        ("my-notes-back", ".nf-own", {"border-top-style": "dashed"}),
    ],
)
def test_no_meaning_rests_on_colour_alone(
    name: str, selector: str, sign: dict[str, str], open_page: OpenPage, cards: Reviewer
) -> None:
    page = open_page(700, 700)
    show(page, cards, BY_NAME[name], "light")
    style = page.locator(selector).first.evaluate(
        "(e, names) => names.map(n => getComputedStyle(e)[n])", list(sign)
    )
    assert style == list(sign.values())


@pytest.mark.parametrize(
    ("name", "selector", "words"),
    [
        ("vignette-back", ".best > strong", "✓ best answer"),
        ("corrected-back", ".corrected", "!"),
        ("retired-back", ".retired", "×"),
    ],
)
def test_signs_stand_beside_the_colour(
    name: str, selector: str, words: str, open_page: OpenPage, cards: Reviewer
) -> None:
    page = open_page(700, 700)
    show(page, cards, BY_NAME[name], "light")
    content = page.locator(selector).evaluate(
        "e => getComputedStyle(e, '::before').content + getComputedStyle(e, '::after').content"
    )
    assert words in content.replace("\xa0", " ")


def test_the_report_link_names_card_and_release(cards: Reviewer, open_page: OpenPage) -> None:
    page = open_page(700, 700)
    show(page, cards, BY_NAME["comparison-back"], "light")
    link = page.get_by_role("link", name="Report a problem with this card")
    expected = "mailto:cards@example.org?subject=comparison%2Fstatin%2Fhmgcr%200.1.0"
    assert link.get_attribute("href") == expected


@pytest.mark.parametrize("look", [look for look in LOOKS if look.side == "front"], ids=str)
def test_fronts_tell_neither_topic_nor_what_was_wrong(
    look: Look, open_page: OpenPage, cards: Reviewer
) -> None:
    page = open_page(700, 700)
    show(page, cards, look, "light")
    text = page.locator("body").inner_text()
    assert "First" not in text
    assert not re.search(r"first draft|median|doi:", text)
