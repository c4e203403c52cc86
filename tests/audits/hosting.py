"""The site served as hosts serve it: compressed, with a 404 page, and no more headers.

Text is compressed as GitHub Pages does it.  The policy is the one that each page states
itself, so that every audit is also a test of it.
"""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

COMPRESSED = (
    *("text/", "application/javascript", "application/json", "application/xml"),
    "image/svg+xml",
)
TYPES = {".mjs": "text/javascript", ".js": "text/javascript", ".whl": "application/zip"}


@cache
def _gzipped(content: bytes) -> bytes:
    return gzip.compress(content, 6)


def _type(path: Path) -> str:
    guessed, _ = guess_type(path.name)
    return TYPES.get(path.suffix) or guessed or "application/octet-stream"


class Handler(BaseHTTPRequestHandler):
    """Serves one folder."""

    protocol_version = "HTTP/1.1"

    def __init__(self, folder: Path, *args: object) -> None:
        self.folder = folder
        super().__init__(*args)

    def do_GET(self) -> None:
        path = self.folder / unquote(urlsplit(self.path).path).lstrip("/")
        path = path / "index.html" if path.is_dir() else path
        if path.is_file():
            self._send(200, path)
        else:
            self._send(404, self.folder / "404.html")

    def _send(self, status: int, path: Path) -> None:
        content = path.read_bytes() if path.is_file() else b""
        if path.name == "sitemap.xml":  # instant navigation looks for its pages there
            here = f"<loc>http://{self.headers['Host']}/".encode()
            content = content.replace(b"<loc>https://example.org/backprop/", here)
        kind = _type(path)
        self.send_response(status)
        if kind.startswith(COMPRESSED):
            content = _gzipped(content)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """The address, without a slash at the end, at which a folder is served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, folder)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
