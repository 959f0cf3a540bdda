"""One real Chromium for all tests of a run."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import chromium
from tests.browser.reviewer import FONTS

#: A page of its own for a test: width and height in pixels.
OpenPage = Callable[[int, int], Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without one every test fails with the reason, as a skipped test proves nothing."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Open a page in a context without any history; it is closed after the test."""
    context = browser.new_context()

    def open_(width: int, height: int = 600) -> Page:
        return sized(context.new_page(), width, height)

    yield open_
    context.close()


def sized(page: Page, width: int, height: int) -> Page:
    """Give a page its size in pixels."""
    page.set_viewport_size({"width": width, "height": height})
    return page


@pytest.fixture(scope="session")
def fonts(browser: Browser) -> tuple[str, ...]:
    """The families of the pictures, proved to be there: others would fail every picture."""
    measure = """family => {
        const width = font => {
            const pen = document.createElement("canvas").getContext("2d");
            pen.font = "40px " + font;
            return pen.measureText("Wim 10 × ULN").width;
        };
        return width(`"${family}", monospace`) != width("monospace");
    }"""
    page = browser.new_page()
    missing = [family for family in FONTS if not page.evaluate(measure, family)]
    page.close()
    if missing:
        pytest.fail(f"no font {missing}: apt-get install fonts-liberation fonts-dejavu-core")
    return FONTS
