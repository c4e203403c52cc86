"""Each page, in both schemes and at both widths: weight, shift, axe, figures."""

import pytest
from browser import SCHEMES
from conftest import pages
from visits import look, visit

WIDTHS = (1280, 375)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("page", pages(), ids=lambda page: page or "home")
def test_a_first_view(page, width, scheme, page_at, site_url, record_property):
    seen = visit(page_at(width, scheme), f"{site_url}/{page}")
    page_at.problems.clear()  # they are among the complaints
    record_property("visit", seen._replace(problems=len(seen.problems))._asdict())
    assert seen.complaints() == []


@pytest.mark.parametrize("page", pages(), ids=lambda page: page or "home")
def test_a_page_zoomed_to_twice_its_size_and_on_the_smallest_screen(
    page, browser, site_url
):
    tab = browser.new_page(
        viewport={"width": 640, "height": 500}, device_scale_factor=2
    )
    seen = visit(tab, f"{site_url}/{page}", axe=False)
    complaints = {"twice its size": [*seen.problems]}
    # the same visit goes on: nothing is loaded by the width of a screen
    smallest = {"width": 320, "height": 500, "deviceScaleFactor": 1, "mobile": False}
    session = tab.context.new_cdp_session(tab)
    session.send("Emulation.setDeviceMetricsOverride", smallest)
    tab.wait_for_function("innerWidth === 320 && devicePixelRatio === 1")
    complaints["the smallest"] = look(tab)
    tab.close()
    assert complaints == {"twice its size": [], "the smallest": []}
