"""The links of the built pages, checked where the reader meets them: in the HTML.

A link that a block printed is rewritten by nobody and validated by nobody, so sources
are not enough.
"""

from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

_HOST = "https://site.invalid/"
LINKING = {"href", "src", "xlink:href", "poster", "data"}


class HtmlPage(NamedTuple):
    """What links can be checked by: all anchors of a page, and its article's links."""

    anchors: set[str]
    links: list[str]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.depth = 0  # of nested articles

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.depth += tag == "article"
        for name, value in attrs:
            if name == "id" and value:
                self.anchors.add(value)
            if self.depth and name in LINKING and value is not None:
                self.links.append(value)

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "article"


def read_html(html: str) -> HtmlPage:
    """Read the anchors and links of a built page."""
    reader = _Reader()
    reader.feed(html)
    return HtmlPage(reader.anchors, reader.links)


def dead_links(pages: dict[str, HtmlPage], files: set[str]) -> dict[str, list[str]]:
    """The links of each page that lead nowhere.

    Pages are named by their address below the site's root, such as `learn/neuron/`;
    `files` holds the addresses of everything else.
    """
    return {
        url: [link for link in page.links if not _leads_on(link, url, pages, files)]
        for url, page in pages.items()
    }


def _leads_on(link: str, url: str, pages: dict[str, HtmlPage], files: set[str]) -> bool:
    if not link or link.startswith("/"):
        return False  # the site may live in a folder of its host
    if not urljoin(_HOST, link).startswith(_HOST):
        return True  # another site, or mailto:
    target, anchor = urldefrag(urljoin(_HOST + url, link))
    path = unquote(urlsplit(target).path.removeprefix("/"))
    if path.endswith("index.html"):
        path = path.removesuffix("index.html")
    if path in pages:
        return not anchor or unquote(anchor) in pages[path].anchors
    return path in files
