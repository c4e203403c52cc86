"""The worksheet and its answers are a sheet each, on either paper."""

import re

import pytest

MARGINS = {}, dict.fromkeys(("top", "right", "bottom", "left"), "12mm")


def sheets(tab, **paper):
    return len(re.findall(rb"/Type /Page\b", tab.pdf(**paper)))


@pytest.mark.parametrize("page", ["worksheet", "worksheet-answers"])
def test_it_is_one_sheet(tab_at, site_url, page):
    tab = tab_at()
    tab.goto(f"{site_url}/practise/{page}/")
    tab.evaluate("document.fonts.ready.then(() => {})")
    for paper in ("A4", "Letter"):
        found = [sheets(tab, format=paper, margin=margin) for margin in MARGINS]
        assert found == [1, 1], paper
    tab.evaluate("document.querySelector('article').style.fontSize = '1.4rem'")
    assert sheets(tab, format="Letter") > 1
