"""Takes the pictures of cards in this folder: Anki renders the cards, Chromium draws them.

    python docs/images/shoot.py decks/nam.apkg

Needs the extra ``verify`` and a ``chromium`` on the path.
"""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from anki.collection import Collection, ImportAnkiPackageRequest
from anki.import_export_pb2 import ImportAnkiPackageOptions

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: the note's key, the card's ordinal, width and height in pixels, night or day."""

    file: str
    key: str
    ord: int
    width: int
    height: int
    night: bool = False


SHOTS = (
    Shot("card-light.png", "ck-imnm-tenfold", 0, 620, 690),
    Shot("card-night.png", "ck-imnm-tenfold", 0, 620, 690, night=True),
    Shot("vignette.png", "causes-vignette-after-statin", 0, 620, 1090),
    Shot("comparison-phone.png", "imnm-subtypes/statin/hmgcr", 0, 390, 844),
)

OPTIONS = (
    "--headless --no-sandbox --disable-gpu --hide-scrollbars --no-first-run --disable-sync "
    "--disable-background-networking --disable-component-update --force-device-scale-factor=1.5"
).split()


def main(package: Path) -> None:
    """Write all pictures."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        collection = Collection(str(folder / "collection.anki2"))
        request = ImportAnkiPackageRequest(
            package_path=str(package), options=ImportAnkiPackageOptions()
        )
        collection.import_anki_package(request)
        for shot in SHOTS:
            (id_,) = collection.find_notes(f'"ID:{shot.key}"')
            (card,) = (c for c in collection.get_note(id_).cards() if c.ord == shot.ord)
            output = card.render_output()
            page = folder / "page.html"
            page.write_text(html(output.css, output.answer_text, shot.night), encoding="utf-8")
            draw(page, shot, folder)
        collection.close()


def html(css: str, body: str, night: bool) -> str:
    """Return the page that Anki's reviewer would show."""
    mode = ' class="card nightMode"' if night else ' class="card"'
    return (
        f'<!doctype html><html><meta charset="utf-8"><style>body {{ margin: 20px }}</style>'
        f"<style>{css}</style><body{mode}>{body}</body></html>"
    )


def draw(page: Path, shot: Shot, folder: Path) -> None:
    """Draw a page, in a frame, as Chromium's windows cannot be as narrow as a phone."""
    frame = folder / "frame.html"
    frame.write_text(
        f'<body style="margin:0"><iframe src="{page.as_uri()}" width="{shot.width}" '
        f'height="{shot.height}" style="border:0"></iframe></body>',
        encoding="utf-8",
    )
    size = f"--window-size={shot.width},{shot.height}"
    target = f"--screenshot={HERE / shot.file}"
    profile = f"--user-data-dir={folder / 'profile'}"
    subprocess.run(
        ["chromium", *OPTIONS, size, target, profile, frame.as_uri()],
        check=True,
        capture_output=True,
        timeout=120,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
