"""Cards as a learner sees them: Anki renders both sides, and a page stands for its reviewer.

The page is desktop Anki's: its own styles, which ours must outrank, and its own script, which draws
the masks of pictures. Both come from the package ``aqt``, of which only these files are used, so it
needs no Qt (requirements-web.txt). Only the classes of the body differ between the clients: Anki
desktop and AnkiMobile say ``nightMode``, AnkiDroid ``night_mode``.
"""

import base64
import html
import mimetypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from tempfile import TemporaryDirectory

from anki.collection import Collection, ImportAnkiPackageRequest
from anki.import_export_pb2 import ImportAnkiPackageOptions
from playwright.sync_api import Page

#: The families of all pictures, which Debian packs for Chromium: a test asks whether they are there.
FONTS = ("Liberation Sans", "DejaVu Sans")

#: A rule for the end of a page, as the cards' own families differ between machines.
LETTERS = f".card {{ font-family: {', '.join(map(repr, FONTS))} !important }}"

#: What a client adds to the classes of the body.
CLIENTS = {"light": "", "night": " nightMode", "ankidroid-night": " night_mode ankidroid_dark_mode"}

#: The document of Anki's reviewer (aqt/webview.py and aqt/reviewer.py of Anki 26.9). What calls the
#: program behind the page has nobody to call.
_PAGE = """<!doctype html>
<html lang="en" class="{night}" dir="ltr" data-client="{client}"><head><meta charset="utf-8"><title>card</title>
<meta name="viewport" content="width=device-width"><style>{css}</style></head>
<body><script>var bridgeCommand = () => {{}};</script><script>{script}</script>
<div id="_mark" hidden></div><div id="_flag" hidden></div><div id="qa" dir="auto"></div>
<style id="more"></style></body></html>"""

#: True when the script has put the card into the page and has drawn its masks, which makes the
#: canvas another size than a canvas has at first.
_SHOWN = """() => document.getElementById("qa").style.opacity == "1"
    && [...document.images].every(image => image.complete)
    && (document.querySelector("#image-occlusion-canvas")?.width ?? 0) != 300"""


@cache
def _web(name: str) -> str:
    """Return a file of Anki's web pages."""
    path = distribution("aqt").locate_file(f"_aqt/data/web/{name}")
    return Path(str(path)).read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Sides:
    """Question and answer of one card, as HTML bodies, with the style and the pictures they use."""

    front: str
    back: str
    css: str
    ord: int

    def show(self, page: Page, side: str, client: str = "light", style: str = "") -> None:
        """Show a side ("front" or "back") in a page, with further CSS at its end.

        As in Anki, one document shows one card after another.
        """
        if page.evaluate("document.documentElement.dataset.client") != client:
            page.set_content(
                _PAGE.format(
                    client=client,
                    night="night-mode" if client == "night" else "",
                    css=_web("css/webview.css") + _web("css/reviewer.css"),
                    script=_web("js/reviewer.js").replace("</script", r"<\/script"),
                )
            )
        body = f"<style>{self.css}</style>" + (self.front if side == "front" else self.back)
        classes = f"card card{self.ord + 1}{CLIENTS[client]}"
        call = (
            "_showQuestion(body, '', classes)" if side == "front" else "_showAnswer(body, classes)"
        )
        page.evaluate(
            f"""([body, classes, style]) => {{
                document.getElementById("more").textContent = style;
                document.getElementById("qa").style.opacity = "0";
                {call}
            }}""",
            [body, classes, style],
        )
        page.wait_for_function(_SHOWN)


class Reviewer:
    """A fresh collection with one package in it."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection

    def sides(self, key: str, ord_: int = 0, notes: str = "") -> Sides:
        """Return the sides of a card of the note ``key``, with ``notes`` as its My Notes."""
        (id_,) = self._collection.find_notes(f'"ID:{key}"')
        note = self._collection.get_note(id_)
        note["My Notes"] = notes
        self._collection.update_note(note)
        (card,) = (card for card in note.cards() if card.ord == ord_)
        output = card.render_output()
        front, back = map(self._with_pictures, (output.question_text, output.answer_text))
        return Sides(front, back, output.css, ord_)

    def _with_pictures(self, body: str) -> str:
        """Put the pictures into the HTML, so that a page needs no folder."""

        def inline(match: re.Match[str]) -> str:
            path = Path(self._collection.media.dir()) / html.unescape(match[1])
            kind, _ = mimetypes.guess_type(path.name)
            data = base64.b64encode(path.read_bytes()).decode()
            return f'src="data:{kind};base64,{data}"'

        return re.sub(r'src="([^":]+)"', inline, body)


@contextmanager
def reviewer(package: Path) -> Iterator[Reviewer]:
    """Import a package into a new collection, which is gone afterwards."""
    with TemporaryDirectory() as folder:
        collection = Collection(str(Path(folder) / "collection.anki2"))
        try:
            options = ImportAnkiPackageOptions()
            collection.import_anki_package(
                ImportAnkiPackageRequest(package_path=str(package), options=options)
            )
            yield Reviewer(collection)
        finally:
            collection.close()
