"""Takes the pictures of cards and pages in this folder: Anki renders the cards, Chromium draws.

    python -m docs.images.shoot decks/nam.apkg

It draws as the tests do (tests/browser/), but cards of the shipped deck. Run it at the top of a
checkout, after a change of the style of cards or pages, and look at the pictures.
"""

import io
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, FloatRect, Page

from nam_flash.cli.input import load_all
from nam_flash.cli.site import extras
from nam_flash.site.pages import site
from nam_flash.workspace import publish
from tests.browser.chromium import chromium
from tests.browser.reviewer import LETTERS, Sides, reviewer

HERE = Path(__file__).parent

#: The name of a picture -> the note's key, the card's ordinal, the side.
CARDS = {
    "basic": ("hmgcr-statin-enzyme", 0, "back"),
    "threshold": ("ck-imnm-tenfold", 0, "back"),
    "comparison": ("imnm-subtypes/statin/hmgcr", 0, "back"),
    "cloze": ("biopsy-hallmark", 0, "back"),
    "occlusion": ("cell-antigen-labels", 1, "back"),
    "question": ("causes-vignette-after-statin", 0, "front"),
    "vignette": ("causes-vignette-after-statin", 0, "back"),
}

#: The mode of a client -> its width in pixels.
MODES = {"light": ("light", 620), "night": ("night", 620), "phone": ("light", 390)}

#: The name of a picture of the website -> the page, and width and height in pixels.
PAGES = {
    "site": ("index.html", 1100, 800),
    "site-search": ("index.html#?q=rituximab&kind=cloze", 1100, 640),
    "site-phone": ("facts/imnm-subtypes.html", 390, 844),
}


def main(package: Path) -> None:
    """Write all pictures."""
    with reviewer(package) as anki, chromium() as browser:
        page = browser.new_context(device_scale_factor=1.25).new_page()
        for name, (key, ord_, side) in CARDS.items():
            sides = anki.sides(key, ord_)
            for mode in MODES:
                draw(page, sides, side, mode).save(HERE / f"{name}-{mode}.png", optimize=True)
        pages(browser)


def pages(browser: Browser) -> None:
    """Write the pictures of the website; a page whose search has results shows them."""
    loaded = load_all(None, None)
    with TemporaryDirectory() as folder:
        publish(Path(folder), site(loaded.built.deck, extras(loaded, [])))
        page = browser.new_context(device_scale_factor=1.25, bypass_csp=True).new_page()
        for name, (address, width, height) in PAGES.items():
            page.set_viewport_size({"width": width, "height": height})
            page.goto(f"file://{folder}/{address}")
            page.add_style_tag(content=LETTERS)
            if "#?" in address:
                page.locator(".results li").first.wait_for()
            picture(page.screenshot()).save(HERE / f"{name}.png", optimize=True)


def draw(page: Page, sides: Sides, side: str, mode: str) -> Image.Image:
    """Return the picture of a side."""
    client, width = MODES[mode]
    page.set_viewport_size({"width": width, "height": 844})
    sides.show(page, side, client, LETTERS)
    page.wait_for_timeout(500)  # until the table has opened at the asked cell
    box = page.locator("#qa").bounding_box()
    assert box
    clip = FloatRect(x=0, y=0, width=width, height=box["y"] + box["height"] + 20)
    return picture(page.screenshot(full_page=True, clip=clip))


def picture(png: bytes) -> Image.Image:
    """Return a picture with 32 colours, which are enough for text and keep it small."""
    return Image.open(io.BytesIO(png)).convert("RGB").quantize(32, dither=Image.Dither.NONE)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
