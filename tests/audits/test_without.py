"""Each page at twice its size, on the smallest screen, on paper, without scripts."""

import pytest
from conftest import HERE, pages
from visits import look, rest, visit

TEXT = (HERE / "text.js").read_text()
PRINT = (HERE / "print.js").read_text()
TWICE = {"viewport": {"width": 640, "height": 500}, "device_scale_factor": 2}
SMALLEST = {"width": 320, "height": 500, "deviceScaleFactor": 1, "mobile": False}
PAPER = {"width": 718, "height": 1000}
"""A4 less margins of a centimetre, at 96 pixels an inch."""


@pytest.mark.parametrize("page", pages(), ids=lambda page: page or "home")
def test_a_page_is_complete_in_other_places(page, browser, site_url):
    tab = browser.new_page(**TWICE)
    complaints = {"twice its size": visit(tab, f"{site_url}/{page}").problems}
    with_scripts = tab.evaluate(TEXT)
    # the same visit goes on: nothing is loaded by the size of a screen
    session = tab.context.new_cdp_session(tab)
    resize = "Emulation.setDeviceMetricsOverride"
    session.send(resize, SMALLEST)
    tab.wait_for_function("innerWidth === 320 && devicePixelRatio === 1")
    complaints["the smallest screen"] = look(tab)
    session.send(resize, SMALLEST | PAPER)
    tab.emulate_media(media="print")
    tab.wait_for_function(f"innerWidth === {PAPER['width']}")
    rest(tab)
    complaints["paper"] = tab.evaluate(PRINT)
    tab.close()
    assert {place: found for place, found in complaints.items() if found} == {}

    plain = browser.new_page(viewport=PAPER, java_script_enabled=False)
    plain.goto(f"{site_url}/{page}", wait_until="load")
    without = plain.evaluate(TEXT)
    assert plain.locator("h1").is_visible()
    plain.close()
    assert len(without[0]) > 200
    assert without == with_scripts
