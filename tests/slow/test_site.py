"""The strict build succeeds without a warning, and asks nothing of another host."""

import re
from html.parser import HTMLParser

from sites import ROOT

LOADING = {"script": "src", "img": "src", "link": "href", "iframe": "src"}
LOADED_RELATIONS = {"stylesheet", "icon", "preload", "modulepreload", "preconnect"}


def test_strict_build_succeeds_without_a_warning(built):
    assert built.status == 0, built.said
    assert "WARNING" not in built.said, built.said
    assert "<title>" in (built.folder / "index.html").read_text()


class _Requests(HTMLParser):
    """What a page loads by itself."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "link" and not LOADED_RELATIONS & set(attrs["rel"].split()):
            return
        if tag in LOADING and LOADING[tag] in attrs:
            self.found.append(attrs[LOADING[tag]])


def test_no_page_makes_a_request_to_another_host(built):
    pages = list(built.folder.rglob("*.html"))
    assert pages
    for page in pages:
        requests = _Requests()
        requests.feed(page.read_text())
        assert requests.found
        assert not [url for url in requests.found if re.match(r"(https?:)?//", url)]


def test_no_stylesheet_makes_a_request_to_another_host(built):
    sheets = list(built.folder.rglob("*.css"))
    assert sheets
    asks = re.compile(r"(?:url\(|@import)\s*['\"]?(?:https?:)?//")
    for sheet in sheets:
        assert not asks.findall(sheet.read_text())


def test_no_page_shows_a_fence_or_a_traceback_as_text(built):
    for page in built.folder.rglob("*.html"):
        prose = re.sub(r"(?s)<(pre|script)\b.*?</\1>", "", page.read_text())
        assert "```" not in prose, page
        assert "Traceback (most recent call last)" not in prose, page


def test_what_is_approved_is_no_part_of_the_site(built):
    beside = {path.name for path in (ROOT / "docs").rglob("*.approved.txt")}
    assert beside
    assert not beside & {path.name for path in built.folder.rglob("*.txt")}
