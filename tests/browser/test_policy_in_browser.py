"""The pages state the policy themselves, and a browser that is sent no header obeys."""

import re
from functools import partial

import pytest
from browser import expect, navigate_instantly

POLICY = '<meta http-equiv="Content-Security-Policy" content="([^"]*)">'
FIRST = re.compile(rf'<head>\s*<meta charset="utf-8">{POLICY}')
ADD = """(text) => {
  const script = document.createElement("script");
  script.textContent = text;
  document.head.append(script);
}"""


def policies(pages):
    """What the pages state; a page that does not state it first, and once, is named."""
    stated = set()
    for name, html in pages.items():
        first = FIRST.search(html)
        assert first, f"{name} does not begin with a policy"
        assert len(re.findall(POLICY, html)) == 1, f"{name} states more than one"
        stated.add(first[1])
    return stated


@pytest.fixture(scope="module")
def pages(site):
    return {
        path.relative_to(site).as_posix(): path.read_text("utf-8")
        for path in site.rglob("*.html")
    }


def test_every_page_states_the_same(pages):
    assert {"index.html", "404.html", "learn/one-neuron/index.html"} <= pages.keys()
    (text,) = policies(pages)
    assert "default-src 'none'" in text
    assert "unsafe-inline" not in text


def test_a_page_without_is_found(pages):
    without = pages | {"index.html": re.sub(POLICY, "", pages["index.html"])}
    with pytest.raises(AssertionError, match=r"^index\.html"):
        policies(without)


def _answer(body, route):
    route.fulfill(body=body, content_type="text/html")


def test_what_is_put_into_a_page_does_not_run(page_at, site_url, pages):
    tab = page_at()
    mark = "<script>window.ran = true</script>"
    bodies = {
        "with": pages["index.html"].replace("</head>", f"{mark}</head>", 1),
        "without": f"<!doctype html><head>{mark}</head>",
    }
    for name, body in bodies.items():
        tab.route(f"**/{name}", partial(_answer, body))
    tab.goto(f"{site_url}/without")
    assert tab.evaluate("window.ran") is True
    tab.goto(f"{site_url}/with")
    assert tab.evaluate("window.ran") is None
    assert any("Content Security Policy" in text for text in page_at.problems)
    page_at.problems.clear()


def test_it_holds_after_instant_navigation(page_at, site, site_url):
    tab = page_at()
    navigate_instantly(tab, site, site_url)
    with tab.expect_response("**/sitemap.xml"):
        tab.goto(f"{site_url}/")
    tab.wait_for_load_state("networkidle")
    tab.evaluate("window.stayed = true")
    tab.locator('.md-tabs a[href$="learn/one-neuron/"]').first.click()
    expect(tab.locator("h1")).to_contain_text("neuron")
    assert tab.evaluate("window.stayed")
    assert page_at.problems == []  # its own scripts run on
    tab.evaluate(ADD, "window.ran = true")
    assert tab.evaluate("window.ran") is None
    page_at.problems.clear()
