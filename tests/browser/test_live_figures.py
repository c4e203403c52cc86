"""The figures that move as they stand: without scripts, in print, on small screens."""

import re

import pytest
from browser import HEIGHTS, SUB_PATH, navigate_instantly
from moving_figures import DOCS, EVERY, PAGES, assert_slope_at, awake, part

LONG = pytest.mark.long
SHIFTS = """new Promise((done) => {
  let total = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) total += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(total), 700);
})"""


def test_every_figure_of_the_built_pages_is_tried(site):
    """A figure with names of another kind would have no module, and no test."""
    shown = {
        (name, f"{path.parent.relative_to(site).as_posix()}/".removeprefix("./"))
        for path in site.rglob("index.html")
        for name in re.findall(r'"bp-live"[^>]*><([\w-]+)', path.read_text())
    }
    assert shown == set(EVERY)
    assert len(PAGES) >= 3
    for name in PAGES:
        module = name.removeprefix("bp-")
        assert f'"{name}"' in (DOCS / "javascripts" / f"{module}.mjs").read_text()


@pytest.mark.parametrize(
    "prefix", [pytest.param("", marks=LONG), SUB_PATH], ids=["root", "sub-path"]
)
def test_after_instant_navigation(page_at, site, site_url, prefix):
    tab = page_at()
    navigate_instantly(tab, site, site_url + prefix)
    with tab.expect_response("**/sitemap.xml"):  # the theme reads it beforehand
        tab.goto(f"{site_url}{prefix}/learn/one-neuron/")
    tab.wait_for_load_state("networkidle")
    tab.evaluate("window.stayed = true")
    click = "(to) => [...document.links].find((link) => link.href === to).click()"
    for name, page in EVERY:
        tab.evaluate(click, f"{site_url}{prefix}/{page}")
        figure = awake(tab, name)
        assert tab.evaluate("window.stayed")
        moved_by_script = figure.locator(".bp-controls").first
        assert moved_by_script.is_visible()
        if name == "bp-slope":
            part(figure, "slider").fill("-1")
            assert_slope_at(figure, -1)


@pytest.mark.parametrize(("name", "page"), EVERY)
def test_without_scripts_the_figure_stands(tab_at, site_url, name, page):
    tab = tab_at(java_script_enabled=False)
    tab.goto(f"{site_url}/{page}")
    figure = tab.locator(name)
    for width, height in HEIGHTS.items():
        tab.set_viewport_size({"width": width, "height": height})
        assert figure.locator("svg").is_visible()
        assert figure.locator("figcaption").is_visible()
        assert not figure.locator(".bp-controls").first.is_visible()


@pytest.mark.alone
@pytest.mark.parametrize("width", [375, pytest.param(1280, marks=LONG)])
@pytest.mark.parametrize(("name", "page"), EVERY)
def test_nothing_shifts_and_all_of_it_is_large_enough(
    page_at, site_url, name, page, width
):
    tab = page_at(width)  # that has no font yet
    tab.goto(f"{site_url}/{page}")
    figure = awake(tab, name)
    assert figure.page.evaluate(SHIFTS) <= 0.01
    svg = figure.locator("svg").first
    units = float(svg.get_attribute("viewBox").split()[2])
    scale = svg.bounding_box()["width"] / units
    size = svg.evaluate("(svg) => parseFloat(getComputedStyle(svg).fontSize)")
    assert size * scale >= 11
    controls = "input[type=range], select, button, label:has([type=radio])"
    for control in figure.locator(controls).all():
        assert control.bounding_box()["height"] >= 24
    overflow = "document.documentElement.scrollWidth - innerWidth"
    assert figure.page.evaluate(overflow) <= 0


HANDLERS = """(figure) => [...figure.querySelectorAll("*")].filter(
  (node) => [...node.attributes].some((a) => a.name.startsWith("on"))).length"""


@pytest.mark.parametrize(("name", "page"), EVERY)
def test_in_forced_colours_in_print_and_without_a_style_of_its_own(
    figure_at, name, page
):
    figure = figure_at(name, page, forced_colors="active")
    assert figure.locator("[style], style, script").count() == 0
    assert figure.evaluate(HANDLERS) == 0
    assert figure.page.evaluate("matchMedia('(forced-colors: active)').matches")
    colours = figure.locator("svg").first.evaluate(
        """(svg) => [svg.querySelector("text"), document.body].map(
          (node, i) => getComputedStyle(node)[i ? "backgroundColor" : "fill"])"""
    )
    assert len(set(colours)) == 2
    figure.page.emulate_media(media="print")
    assert figure.locator("svg").is_visible()
    assert not figure.locator(".bp-controls").first.is_visible()


def asked_for(tab, address):
    """The modules that a visit to the end of a page asks for."""
    asked = set()
    tab.on("request", lambda request: asked.add(request.url.rpartition("/")[2]))
    tab.goto(address)
    tab.keyboard.press("End")
    tab.wait_for_load_state("networkidle")
    figures = {f"{name.removeprefix('bp-')}.mjs" for name in PAGES}
    return asked & {"maths.mjs", "parts.mjs", *figures}


def test_a_page_asks_for_its_own_figures_alone(page_at, site_url):
    assert asked_for(page_at(), f"{site_url}/published/mazur/") == set()
    tab = page_at()
    asked = asked_for(tab, f"{site_url}/learn/the-chain-rule/")
    awake(tab, "bp-chain")
    assert not {"slope.mjs", "descent.mjs"} & asked
