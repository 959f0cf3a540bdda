"""The preview's web server: this machine alone, reading alone.

It answers on the loopback and only to its own name, so that no page of the web can read it through
a name that it controls (DNS rebinding). A browser keeps one stream of events open per page, and
hears of it when that page has changed.
"""

import hashlib
import mimetypes
from collections.abc import Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Condition, Event
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

from watchfiles import DefaultFilter, watch

from nam_flash.preview.studio import Studio
from nam_flash.site.pages import POLICY

HOST: Final = "127.0.0.1"
#: Seconds after which a silent stream says something, to find out whether anybody listens.
_PULSE: Final = 15.0
_SCRIPT: Final = "static/preview.js"
_CHANGES: Final = "/-/changes"
#: What an author saves and the site shows.
_SUFFIXES: Final = (".yaml", ".lock", ".svg", ".png", ".jpg", ".jpeg", ".webp")


class Server(ThreadingHTTPServer):
    """Serves a studio's site at ``address``. ``changed`` tells the browsers to look again."""

    daemon_threads = True

    def __init__(self, studio: Studio, port: int) -> None:
        """Listen on a port of the loopback, 0 for any; raises OSError when it is taken."""
        super().__init__((HOST, port), _Handler)
        self.studio = studio
        self.looks = 0
        self.news = Condition()

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.server_address[1])

    @property
    def address(self) -> str:
        """Where the first page is."""
        return f"http://{HOST}:{self.port}/"

    def changed(self) -> None:
        """Wake the streams: each compares its own page."""
        with self.news:
            self.looks += 1
            self.news.notify_all()


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "nam-flash"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer with a file of the site, or with the stream of changes."""
        port = self.server.port
        if self.headers.get("Host") not in (f"{HOST}:{port}", f"localhost:{port}"):
            self._send(403, b"This server answers to its own name only.\n", "text/plain")
            return
        parts = urlsplit(self.path)
        if parts.path == _CHANGES:
            query = parse_qs(parts.query)
            page, mark = (query.get(key, [""])[0] for key in ("page", "mark"))
            self._stream(page, mark)
            return
        name = unquote(parts.path).removeprefix("/") or "index.html"
        data = _script() if name == _SCRIPT else self.server.studio.page(name)
        if data is None:
            # With the script, so that the page comes as soon as there is one.
            text = (
                '<!doctype html><html lang="en"><meta charset="utf-8"><title>No such page</title>'
                '<link rel="stylesheet" href="/static/card.css">'
                '<link rel="stylesheet" href="/static/site.css">'
                f'<script src="/{_SCRIPT}" defer></script>'
                '<body class="card"><div class="frame"><main>'
                '<p>There is no such page now. <a href="/">The first page</a> has the topics, and '
                "the problems if there are any.</p></main></div></body></html>"
            )
            self._send(404, text.encode(), "text/html")
            return
        if name.endswith(".html"):
            data = data.replace(b"<html ", f'<html data-mark="{_mark(data)}" '.encode(), 1)
        self._send(200, data, mimetypes.guess_type(name)[0] or "application/octet-stream")

    do_HEAD = do_GET  # noqa: N815

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        text = kind.startswith("text/") or kind.endswith("javascript")
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        policy = f"{POLICY}; connect-src 'self'; frame-ancestors 'none'"
        self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _stream(self, name: str, mark: str) -> None:
        """Send one event when the page is no longer the one with this mark."""
        server = self.server
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.close_connection = True
        try:
            while True:
                looks = server.looks
                if _mark(server.studio.page(name)) != mark:
                    self.wfile.write(b"data: changed\n\n")
                    return
                with server.news:
                    server.news.wait_for(lambda seen=looks: server.looks != seen, _PULSE)  # type: ignore[misc]
                self.wfile.write(b": still here\n\n")
                self.wfile.flush()
        except OSError:
            return  # the browser has gone

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Stay silent: the author's terminal is for problems."""


def _mark(page: bytes | None) -> str:
    """Return what tells a page from what it was before; nothing where there is none."""
    return hashlib.sha256(page).hexdigest()[:16] if page is not None else ""


def _script() -> bytes:
    return (Path(__file__).parent / "preview.js").read_bytes()


class _Filter(DefaultFilter):
    """What an editor saves, not what it keeps beside it."""

    def __call__(self, change: Any, path: str) -> bool:
        return path.endswith(_SUFFIXES) and super().__call__(change, path)


def changes(folders: Iterable[Path], stop: Event) -> Iterable[object]:
    """Yield each time that files of the folders were saved, until ``stop`` is set.

    Raises KeyboardInterrupt at Ctrl-C.
    """
    return watch(*folders, watch_filter=_Filter(), stop_event=stop, debounce=200, step=20,
                 raise_interrupt=True)  # fmt: skip
