"""A real browser, for what only a browser knows: Chromium, without a window."""

import shutil
import subprocess
from pathlib import Path


class Browser:
    """Chromium with a profile of its own in ``folder``."""

    FLAGS = (
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--allow-file-access-from-files", "--virtual-time-budget=5000",
    )  # fmt: skip

    def __init__(self, folder: Path) -> None:
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        assert program, "the tests of pictures need Chromium"
        self.command = (program, *self.FLAGS, f"--user-data-dir={folder / 'profile'}")
        self.folder = folder

    def dom(self, page: str, *flags: str) -> str:
        """Return the document as it is after its scripts have run."""
        path = self.folder / "page.html"
        path.write_text(page, encoding="utf-8")
        done = subprocess.run(
            [*self.command, *flags, "--dump-dom", path.as_uri()], capture_output=True, check=True
        )
        return done.stdout.decode()
