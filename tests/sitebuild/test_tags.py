"""The scan of a page's tags agrees with Python's own parser of HTML."""

from html.parser import HTMLParser

import pytest

from sitebuild.checks.links import read_html
from sitebuild.policy import inline_scripts
from sitebuild.tags import tags


class Parser(HTMLParser):
    """All that the scan gives, as the standard library reads it."""

    def __init__(self, html):
        super().__init__()
        self.found, self.texts, self.raw = [], [], None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, attrs))
        self.raw = tag if tag in self.CDATA_CONTENT_ELEMENTS else None

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, attrs))

    def handle_data(self, data):
        if self.raw:
            self.texts.append((self.raw, data))

    def handle_endtag(self, tag):
        if self.raw != tag:
            self.found.append((f"/{tag}", []))
        self.raw = None


def scanned(html):
    found = list(tags(html))
    return (
        [(tag.name, [] if tag.name[0] == "/" else tag.attributes()) for tag in found],
        [(tag.name, tag.text) for tag in found if tag.text],
    )


HARD = [
    "<p id='one' class=two title=\"three\">",
    "<a href='a\"b'>x</a><a href=\"it's\">y</a>",
    '<img alt="a > b" src="x.svg"><i id="after">',
    "<img alt='<b id=\"no\">' src=x.svg />",
    '<!-- <a href="no"> --><a href="yes">',
    '<!-- > <p id="no"> -- --><p id="yes">',
    '<!doctype html><?xml version="1.0"?><p id="a">',
    "<script>if (a<b) c('<p id=\"no\">')</script><p id=yes>",
    '<script src="a.js"></script><script>a()</script><script type=module>b()</script>',
    "<SCRIPT>a('</p>')</SCRIPT><P ID=x>",
    '<style>a > b { content: "<p>" }</style><scripty id="x">',
    '<a href="?a&amp;b=&lt;&#39;">&lt;p id="no"&gt;</a>',
    '<a\n  href = "x"\n\tdownload\n>x</a\n>',
    '<input disabled><a href="" id="">x</a>',
    "<p it's id=\"yes\">isn't</p>",
    '<svg viewBox="0 0 1 1"><use xlink:href="#a"/></svg>',
    "1 < 2 <3 <p>a<b>",
    "<article><article id=a></article><a href=in></article><a href=out>",
]


@pytest.mark.parametrize("html", HARD)
def test_hard_page_is_scanned_as_the_parser_reads_it(html):
    parsed = Parser(html)
    assert scanned(html) == (parsed.found, parsed.texts)


def test_every_built_page_is_scanned_as_the_parser_reads_it(built):
    pages = sorted(built.folder.rglob("*.html"))
    assert len(pages) > 40
    for path in pages:
        html = path.read_text("utf-8")
        parsed = Parser(html)
        assert scanned(html) == (parsed.found, parsed.texts), path


def test_what_links_and_scripts_are_read_from_is_found():
    html = (
        "<nav id=menu><a href=no></a></nav><article><h2 id='a > b'></h2>"
        '<a href="x">y</a><!-- <a href="no"> --><img SRC=\'z\'><object data=d>'
        '</object><script>\'<a href="no">\'</script><p data-id="no"></article>'
    )
    page = read_html(html)
    assert page.anchors == {"menu", "a > b"}
    assert page.links == ["x", "z", "d"]
    assert inline_scripts(html) == ["'<a href=\"no\">'"]
