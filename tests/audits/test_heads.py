"""What the pages say of themselves to those who link to them, and to search engines."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest
from conftest import ROOT, pages
from sites import navigation

SITE_URL = re.search(
    r"SITE_URL=(\S+)",
    re.search(r"^audit:.*?^\S", (ROOT / "Makefile").read_text(), re.M | re.S)[0],
)[1]
each_page = pytest.mark.parametrize("page", pages(), ids=lambda page: page or "home")


class Head(HTMLParser):
    """The title, the meta elements and the links of a page."""

    def __init__(self, html):
        super().__init__()
        self.title, self.meta, self.links, self.anchors = "", {}, {}, []
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self._inside = tag == "title" and not self.title
        if tag == "meta" and ("name" in given or "property" in given):
            self.meta[given.get("name") or given["property"]] = given["content"]
        if tag == "link":
            self.links.setdefault(given["rel"], []).append(given["href"])
        if tag == "a" and "href" in given:
            self.anchors.append(given["href"])

    def handle_data(self, data):
        if self._inside:
            self.title += data

    def handle_endtag(self, _):
        self._inside = False


def head(site, page):
    return Head((site / page / "index.html").read_text())


@each_page
def test_a_page_names_its_own_address(page, site):
    found = head(site, page)
    assert found.links["canonical"] == [SITE_URL + page]
    assert found.meta["og:url"] == SITE_URL + page


@each_page
def test_a_page_has_a_preview_where_it_is_linked(page, site):
    meta = head(site, page).meta
    assert meta["og:title"]
    assert meta["og:description"] == meta["description"]
    assert meta["og:image"] == f"{SITE_URL}assets/card.png"
    assert (site / "assets/card.png").read_bytes()[:4] == b"\x89PNG"


@each_page
def test_a_description_tells_what_is_there(page, site):
    assert 50 <= len(head(site, page).meta["description"]) <= 250


def test_titles_and_descriptions_are_unlike_each_other(site):
    heads = [head(site, page) for page in pages()]
    assert len({h.title for h in heads}) == len(heads)
    assert len({h.meta["description"] for h in heads}) == len(heads)


def test_the_sitemap_has_each_page_once(site):
    root = ElementTree.fromstring((site / "sitemap.xml").read_text())
    listed = [element.text for element in root.iter() if element.tag.endswith("}loc")]
    assert sorted(listed) == sorted(SITE_URL + page for page in pages())


def test_the_404_page_helps_from_any_depth(site):
    found = Head((site / "404.html").read_text())
    assert found.meta["robots"] == "noindex"
    lost = SITE_URL + "no/such/page/"
    inside = [urljoin(lost, href) for href in found.anchors if "#" not in href]
    local = {address.removeprefix(SITE_URL) for address in inside}
    assert {"", "learn/one-neuron/", "how-to/check-my-derivative/"} <= local
    assert local <= set(pages())


def test_the_404_page_is_what_a_lost_reader_sees(page_at, site_url):
    tab = page_at(375)
    answer = tab.goto(f"{site_url}/no/such/page/")
    assert answer.status == 404
    assert tab.locator("h1").inner_text().startswith("There is no page")
    page_at.problems.clear()  # the console notes the 404, and links are for SITE_URL


def test_each_page_is_in_the_navigation():
    docs = [path.relative_to(ROOT / "docs") for path in (ROOT / "docs").rglob("*.md")]
    assert {path.as_posix() for path in docs} - set(navigation()) == set()
