"""By keyboard alone: what has the focus is seen to have it, and nothing keeps it."""

import pytest
from conftest import HERE

FOCUS = (HERE / "focus.js").read_text()
PAGES = {
    "home": "",
    "core page": "learn/two-derivatives/",
    "figure page": "learn/the-chain-rule/",
    "how-to page": "how-to/check-my-derivative/",
    "API page": "reference/costs/",
}
MOST = 200


def stops(tab):
    """What the Tab key reaches, in order, until it leaves the page or begins again."""
    found = []
    for _ in range(MOST):
        tab.keyboard.press("Tab")
        stop = tab.evaluate(FOCUS)
        if stop is None or (len(found) > 3 and stop["name"] == found[0]["name"]):
            return found
        found.append(stop)
    return found


def complaints(found):
    lost = [stop for stop in found if not (stop["marked"] and stop["seen"])]
    what = lambda stop: "not marked" if stop["seen"] else "not to be seen"
    return [f"{stop['name']}: {what(stop)}" for stop in lost]


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_what_has_the_focus_is_seen(page, width, page_at, site_url):
    tab = page_at(width, reduced_motion="reduce")
    tab.goto(f"{site_url}/{page}", wait_until="networkidle")
    found = stops(tab)
    page_at.problems.clear()
    assert 5 < len(found) < MOST
    assert complaints(found) == []


def test_a_lost_focus_is_found(page_at):
    tab = page_at()
    tab.set_content(
        "<style>:focus {outline: none} .b {width: 0; height: 0; overflow: hidden}"
        "#c:focus {outline: 2px solid}</style>"
        "<button id='a'>one</button><a href='#' class='b'></a><button id='c'>c</button>"
    )
    found = stops(tab)
    assert [stop["marked"] for stop in found] == [False, False, True]
    assert len(complaints(found)) == 2
