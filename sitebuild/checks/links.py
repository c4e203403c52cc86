"""The links of the built pages, checked where the reader meets them: in the HTML.

A link that a block printed is rewritten by nobody and validated by nobody, so sources
are not enough.
"""

import re
from typing import NamedTuple
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from sitebuild.tags import tags

_HOST = "https://site.invalid/"
LINKING = {"href", "src", "xlink:href", "poster", "data"}
_READ = re.compile(r"(?i)\b(?:id|href|src|poster|data)\s*=")


class HtmlPage(NamedTuple):
    """What links can be checked by: all anchors of a page, and its article's links."""

    anchors: set[str]
    links: list[str]


def read_html(html: str) -> HtmlPage:
    """Read the anchors and links of a built page."""
    page = HtmlPage(set(), [])
    depth = 0  # of nested articles
    for tag in tags(html):
        depth += (tag.name == "article") - (tag.name == "/article")
        if tag.name[0] != "/" and _READ.search(tag.written):
            for name, value in tag.attributes():
                if name == "id" and value:
                    page.anchors.add(value)
                elif name in LINKING and depth and value is not None:
                    page.links.append(value)
    return page


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
