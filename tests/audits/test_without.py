"""Each page without scripts, and on paper."""

import pytest
from conftest import HERE, pages

TEXT = (HERE / "text.js").read_text()
PRINT = (HERE / "print.js").read_text()
PAPER = {"width": 718, "height": 1000}
"""A4 less margins of a centimetre, at 96 pixels an inch."""


@pytest.mark.parametrize("page", pages(), ids=lambda page: page or "home")
def test_a_page_is_complete_without_scripts_and_on_paper(page, browser, site_url):
    says = {}
    for scripts in (False, True):
        tab = browser.new_page(viewport=PAPER, java_script_enabled=scripts)
        until = "networkidle" if scripts else "load"
        tab.goto(f"{site_url}/{page}", wait_until=until)
        says[scripts] = tab.evaluate(TEXT)
        assert tab.locator("h1").is_visible()
        if scripts:
            tab.emulate_media(media="print")
            tab.wait_for_timeout(100)
            assert tab.evaluate(PRINT) == []
        tab.close()
    assert len(says[False][0]) > 200
    assert says[False] == says[True]
