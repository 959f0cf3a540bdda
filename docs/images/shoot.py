"""Takes the pictures of cards in this folder: Anki renders the cards, Chromium draws them.

    python -m docs.images.shoot decks/nam.apkg

It draws as the tests do (tests/browser/), but cards of the shipped deck. Run it at the top of a
checkout, after a change of the cards' style, and look at the pictures.
"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import FloatRect, Page

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


def main(package: Path) -> None:
    """Write all pictures."""
    with reviewer(package) as anki, chromium() as browser:
        page = browser.new_context(device_scale_factor=1.25).new_page()
        for name, (key, ord_, side) in CARDS.items():
            sides = anki.sides(key, ord_)
            for mode in MODES:
                draw(page, sides, side, mode).save(HERE / f"{name}-{mode}.png", optimize=True)


def draw(page: Page, sides: Sides, side: str, mode: str) -> Image.Image:
    """Return the picture of a side; 32 colours are enough for text and keep it small."""
    client, width = MODES[mode]
    page.set_viewport_size({"width": width, "height": 844})
    sides.show(page, side, client, LETTERS)
    page.wait_for_timeout(500)  # until the table has opened at the asked cell
    box = page.locator("#qa").bounding_box()
    assert box
    clip = FloatRect(x=0, y=0, width=width, height=box["y"] + box["height"] + 20)
    drawn = Image.open(io.BytesIO(page.screenshot(full_page=True, clip=clip)))
    return drawn.convert("RGB").quantize(32, dither=Image.Dither.NONE)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
