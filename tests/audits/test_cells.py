"""Every block that a reader can run, in a browser: it prints what the build printed."""

import re

import pytest
from browser import expect
from cells import LOADING, rounded
from conftest import ROOT, pages, sampled

from sitebuild.checks.alone import is_live
from sitebuild.checks.fences import find_fences

LONGEST = 5.0  # seconds, of one cell with what it stands on
SLOW = ("how-to/which-line-is-wrong/", "how-to/what-is-wrong-with-my-network/")
TOOK = re.compile(r"It took ([\d.]+) (ms|s)")


def live_blocks(page):
    name = f"docs/{page.rstrip('/') or 'index'}.md"
    text = (ROOT / name).read_text("utf-8")
    return sum(is_live(fence, name) for fence in find_fences(text))


WITH_CELLS = [page for page in pages() if live_blocks(page)]


@pytest.fixture(scope="module")
def tab(browser):
    """One tab for all pages, whose cache has Python after the first."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


def run(cell):
    """Press a cell's button; the seconds that it says it took."""
    cell.get_by_role("button", name=re.compile("Edit and run|^Run$")).click()
    status = cell.get_by_role("status")
    expect(status).to_have_text(TOOK, timeout=LOADING)
    time, unit = TOOK.search(status.text_content()).groups()
    return float(time) / (1000 if unit == "ms" else 1)


@pytest.mark.parametrize("page", sampled(WITH_CELLS))
def test_every_cell_prints_what_the_build_printed(page, tab, site_url, record_property):
    """From the bottom up, so that each has to run what it stands on."""
    tab.goto(f"{site_url}/{page}")
    tab.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    cells = tab.locator("bp-cell").all()
    assert len(cells) == live_blocks(page)
    took = []
    for cell in reversed(cells):
        output = cell.locator(".bp-cell-output code")
        built = output.text_content().rstrip()
        took.append(run(cell))
        assert rounded(output.text_content().rstrip()) == rounded(built)
    record_property("cells", {"count": len(cells), "slowest": max(took)})


@pytest.mark.alone  # what else runs would be measured too
@pytest.mark.parametrize("page", SLOW)
def test_the_slowest_cells_end_soon(page, tab, site_url):
    tab.goto(f"{site_url}/{page}")
    assert max(map(run, reversed(tab.locator("bp-cell").all()))) <= LONGEST
