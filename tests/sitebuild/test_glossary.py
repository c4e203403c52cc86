"""The glossary: each of its terms is read, and marked once, in sentences alone."""

import re

import pytest
from sites import ROOT

from sitebuild.glossary import PAGE, Term, explained, terms

TEXT = (ROOT / PAGE).read_text("utf-8")
KNOWN = [Term("slope", "slope", 'How "steep".'), Term("slope test", "test", "A test.")]


def test_every_term_is_read():
    first = re.split(r"(?m)^## .*\n", TEXT)[1]
    known = terms(TEXT)
    assert {term.anchor for term in known} == set(re.findall(r"\{ #([\w-]+) \}", first))
    assert len({term.name.lower() for term in known}) == len(known) > 30
    assert "error" not in {term.name.lower() for term in known}  # it means too much


def test_a_meaning_is_short_plain_text():
    for term in terms(TEXT):
        assert 20 < len(term.meaning) < 180, term
        assert not re.search(r"[`*$<>\n]|\]\(", term.meaning), term


def test_the_terms_are_in_alphabetical_order():
    names = re.findall(r"(?m)^(\S.*) \{ #", TEXT)
    second = names.index("Error")
    for part in (names[:second], names[second:]):
        assert part == sorted(part, key=str.lower)


def test_a_term_is_marked_once_and_the_longer_one_first():
    html = explained("<p>A slope test, slopes and a slope.</p>", KNOWN, "learn/x/")
    assert re.findall(r">([^<]+)</a>", html) == ["slope test", "slopes"]
    assert 'href="../../about/glossary/#slope"' in html
    assert 'title="How &quot;steep&quot;."' in html


@pytest.mark.parametrize(
    "html",
    [
        "<h2>The slope</h2>",
        "<p><code>slope</code></p>",
        '<p><a href="x">the slope</a></p>',
        "<p><strong>slope</strong></p>",
        "<table><td><p>slope</p></td></table>",
        "<p>non-slope, slopey</p>",
        '<p title="a slope > 1">x</p>',
        "<!-- <p>slope</p> -->",
        "<details><summary>More</summary><p>slope</p></details>",
        "<p><label>slope</label></p>",
        "slope",
    ],
)
def test_what_is_no_sentence_is_left_alone(html):
    assert explained(html, KNOWN, "learn/x/") == html


@pytest.mark.parametrize("url", ["", "about/glossary/", "reference/costs/"])
def test_pages_that_explain_by_themselves_are_left_alone(url):
    assert explained("<p>slope</p>", KNOWN, url) == "<p>slope</p>"
    assert explained("<p>slope</p>", KNOWN, "how-to/x/") != "<p>slope</p>"


def test_a_site_without_a_glossary_has_no_terms():
    assert terms("") == terms("# Words\n\nSlope.\n") == []
    assert explained("<p>slope</p>", [], "learn/x/") == "<p>slope</p>"
