"""Pages after they were used: figures moved, a cell run, another page opened."""

import pytest
from browser import SCHEMES
from conftest import ROOT, pages
from visits import look, violations

USED = "input[type=range], select, input[type=radio], input[type=checkbox]"


def with_element(name):
    """The pages on which a figure of this kind stands, as their source says."""
    source = lambda page: ROOT / "docs" / f"{page.rstrip('/') or 'index'}.md"
    line = f"sitebuild.figures.live_{name} import"
    return [page for page in pages() if line in source(page).read_text("utf-8")]


KINDS = sorted(
    path.stem.removeprefix("live_")
    for path in (ROOT / "sitebuild" / "figures").glob("live_*.py")
    if path.stem != "live_svg"
)
FIGURES = [(kind, page) for kind in KINDS for page in with_element(kind)]


def use(tab, figure):
    """Move every control of a figure, by keyboard."""
    controls = figure.locator(USED)
    for i in range(controls.count()):
        control = controls.nth(i)
        if control.is_visible() and control.is_enabled():
            control.focus()
            tab.keyboard.press("ArrowRight")
    for button in figure.locator("button:visible").all():
        if button.is_enabled():
            button.click()


def test_there_are_figures_to_use():
    assert {kind for kind, _ in FIGURES} == set(KINDS)
    assert len(KINDS) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize(("kind", "page"), FIGURES)
def test_a_figure_that_was_used(kind, page, width, scheme, page_at, site_url):
    tab = page_at(width, scheme, reduced_motion="reduce")
    tab.goto(f"{site_url}/{page}", wait_until="networkidle")
    figure = tab.locator(f"bp-{kind}").first
    figure.scroll_into_view_if_needed()
    tab.wait_for_function("name => customElements.get(name)", arg=f"bp-{kind}")
    before = figure.inner_text()
    use(tab, figure)
    assert figure.inner_text() != before
    assert look(tab) + violations(tab) == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [1280, 375])
def test_a_cell_that_was_run(width, scheme, page_at, site_url):
    tab = page_at(width, scheme)
    tab.goto(f"{site_url}/how-to/check-my-derivative/", wait_until="networkidle")
    cell = tab.locator("bp-cell").first
    cell.get_by_role("button", name="Edit and run").click()
    cell.get_by_role("button", name="Run", exact=True).click(timeout=120_000)
    cell.get_by_text("takes").last.wait_for(timeout=120_000)
    assert look(tab) + violations(tab) == []
    cell.get_by_role("textbox").fill("print(1)\n1 / 0")
    cell.get_by_role("button", name="Run", exact=True).click()
    cell.get_by_text("ZeroDivisionError").wait_for()
    assert look(tab) + violations(tab) == []


def test_instant_navigation_and_search(page_at, site_url):
    tab = page_at(1280)
    tab.goto(f"{site_url}/", wait_until="networkidle")
    tab.evaluate("window.stillHere = true")
    tab.get_by_role("textbox", name="Search").fill("sigmoid derivative output")
    first = tab.locator(".md-search-result__link").first
    first.wait_for()
    first.click()
    tab.wait_for_url(lambda url: url.rstrip("/") != site_url)
    assert tab.evaluate("window.stillHere")
    assert look(tab) + violations(tab) == []
