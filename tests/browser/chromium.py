"""The Chromium of the system, driven by Playwright.

Playwright because it waits for what it looks for, sees console and requests, and speaks to the
Chromium of the system: nothing is downloaded, and no driver has to match the browser's version.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

#: How Chromium is called: by Debian and Ubuntu, by Fedora, by Google's own package.
_NAMES = ("chromium", "chromium-browser", "google-chrome")

#: Headless, as root too, and not a word to the network.
_FLAGS = ("--disable-gpu", "--disable-quic", "--hide-scrollbars", "--no-sandbox")

#: Letters drawn alike whatever the machine's own settings, which change where lines break.
_LETTERS = Path(__file__).parents[1] / "fixtures" / "fonts.conf"


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium; it ends with the context. Raises `LookupError` when there is none."""
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        raise LookupError(f"no Chromium on the path ({', '.join(_NAMES)}): apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program,
            args=[*_FLAGS],
            env={**os.environ, "FONTCONFIG_FILE": str(_LETTERS)},
        )
        yield browser
        browser.close()
