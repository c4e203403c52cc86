"""The pages of Learn as one PDF: whole, in order, with nothing that leads nowhere."""

import re
from html import unescape

import pytest
from conftest import HERE, ROOT

from sitebuild.book import FIRST, GATHER, printed

PAGES = re.findall(r"learn/([\w-]+)\.md$", (ROOT / "mkdocs.yml").read_text(), re.M)
TWICE = """() => {
  const ids = [...document.querySelectorAll("article [id]")].map(({ id }) => id);
  return ids.filter((id, k) => ids.indexOf(id) !== k);
}"""
NOWHERE = """() => {
  const wanted = [];
  for (const element of document.querySelectorAll("article *"))
    for (const { name, value } of element.attributes) {
      if (/^(xlink:)?href$/.test(name) && value[0] === "#") wanted.push(value.slice(1));
      for (const [, id] of value.matchAll(/url\\(#([^)]+)\\)/g)) wanted.push(id);
    }
  return wanted.filter((id) => id && !document.getElementById(decodeURIComponent(id)));
}"""


def titles(site):
    for name in PAGES:
        html = (site / "learn" / name / "index.html").read_text()
        (title,) = re.findall(r"<h1[^>]*>(.*?)</h1>", html, re.S)
        yield unescape(re.sub(r"<a class=.headerlink.*|<[^>]*>", "", title)).strip()


def test_the_pages_are_gathered_whole_and_in_order(page_at, site, site_url):
    tab = page_at(1280)
    tab.emulate_media(media="print")
    tab.goto(f"{site_url}/{FIRST}")
    found = tab.evaluate(GATHER)
    assert len(found) == len(PAGES) > 10
    assert found == [*titles(site)]
    assert tab.evaluate(TWICE) == []
    assert tab.evaluate(NOWHERE) == []
    assert tab.evaluate((HERE / "print.js").read_text()) == []


@pytest.fixture(scope="module")
def pdf(site, browser):
    return printed(site, browser)[0]


def test_the_pdf_has_an_outline_and_links_to_the_site(pdf):
    assert pdf.startswith(b"%PDF")
    assert len(re.findall(rb"/Type /Page\b", pdf)) > 3 * len(PAGES)
    links = re.findall(rb"/URI \((.*?)\)", pdf)
    assert any(link.startswith(b"https://example.org/backprop/") for link in links)
    assert not [link for link in links if not re.match(rb"https?://(?!127\.)", link)]
    outline = re.findall(rb"/Title \((.*?)\)\n", pdf)
    assert b"The chain rule" in outline
    assert len(outline) > 3 * len(PAGES)
