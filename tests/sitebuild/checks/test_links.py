"""Links of the built pages: what is dead, and what is alive."""

import pytest

from sitebuild.checks.links import dead_links, read_html
from sitebuild.printed_links import with_addresses

PAGES = {
    "": '<nav><a href="no/">menu</a></nav><article><h2 id="top">x</h2>{}</article>',
    "learn/neuron/": '<article><h2 id="a-step">x</h2></article>',
}
FILES = {"assets/picture.svg", "404.html"}


def dead(link):
    html = {url: text.format(f'<a href="{link}">x</a>') for url, text in PAGES.items()}
    return dead_links({url: read_html(text) for url, text in html.items()}, FILES)[""]


def printed(link):
    """What becomes of a link that a block of the first page prints."""
    names = {"docs/index.md", "docs/learn/neuron.md"}
    shown = with_addresses(f"[x]({link})", "docs/index.md", names)
    return shown.removeprefix("[x](").removesuffix(")")


@pytest.mark.parametrize(
    "link", ["learn/neuron.md", "learn/neuron.md#a-step", "learn/../learn/neuron.md"]
)
def test_a_printed_link_to_the_file_of_a_page_is_alive(link):
    assert dead(link)
    assert dead(printed(link)) == []


@pytest.mark.parametrize(
    "link", ["missing.md", "../../index.md", "learn/neuron.md#missing", "../learn.md"]
)
def test_a_printed_link_to_another_file_is_dead(link):
    assert dead(printed(link))


def test_a_printed_link_to_another_site_stays():
    assert printed("https://example.org/a.md") == "https://example.org/a.md"


@pytest.mark.parametrize(
    "link",
    [
        "#top",
        ".",
        "learn/neuron/",
        "./learn/neuron/#a-step",
        "learn/neuron/index.html",
        "assets/picture.svg",
        "https://example.org/missing",
        "mailto:someone@example.org",
    ],
)
def test_live_link_passes(link):
    assert dead(link) == []


@pytest.mark.parametrize(
    "link",
    [
        "#missing",
        "learn/neuron.md",
        "learn/",
        "learn/neuron/#missing",
        "assets/missing.svg",
        "/learn/neuron/",
        "",
    ],
)
def test_dead_link_is_found(link):
    assert dead(link) == [link]
