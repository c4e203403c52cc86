"""The figures that move, moved in a real browser; their values are the package's."""

import math
import re
from pathlib import Path

import numpy as np
import pytest
from browser import HEIGHTS, SCHEMES, SUB_PATH, navigate_instantly

from backprop_explained import (
    SIGMOID,
    Network,
    backward,
    forward,
    sigmoid,
    sigmoid_derivative,
    sigmoid_derivative_from_output,
    squared_error,
)
from sitebuild.evidence.experiments import EARLY, STEP_SIZE, X, Y, readings
from sitebuild.figures import live_chain, live_descent, live_slope
from sitebuild.figures.svg import signed

DOCS = Path(__file__).parents[2] / "docs"


def pages_with_figures():
    """The pages that show each: `bp-name` is drawn by `live_name`, moved by `name`."""
    pages = {}
    for path in sorted(DOCS.rglob("*.md")):
        address = f"{path.relative_to(DOCS).with_suffix('').as_posix()}/"
        drawn_by = r"^from sitebuild\.figures\.live_(\w+) import"
        for name in re.findall(drawn_by, path.read_text(), re.M):
            pages.setdefault(f"bp-{name}", []).append(address.removesuffix("index/"))
    return pages


PAGES = pages_with_figures()
EVERY = [(name, page) for name, pages in PAGES.items() for page in pages]
SHIFTS = """new Promise((done) => {
  let total = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) total += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(total), 700);
})"""


@pytest.fixture
def figure_at(page_at, site_url):
    """`figure_at(name, page)`: the figure, once its module has come."""

    def opened(name, page=None, width=1280, scheme="light", prefix="", **options):
        tab = page_at(width, scheme, **options)
        address = PAGES[name][0] if page is None else page
        tab.goto(f"{site_url}{prefix}/{address}")
        return awake(tab, name)

    return opened


def awake(tab, name):
    figure = tab.locator(name)
    figure.scroll_into_view_if_needed()
    tab.locator(f"{name}:defined").wait_for()
    return figure


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


def part(figure, name):
    return figure.locator(f'[data-part="{name}"]')


def text(figure, name):
    return part(figure, name).text_content()


def number(figure, name):
    return float(re.sub("^.*= ", "", text(figure, name)).replace("−", "-"))


def coordinate(figure, name, attribute):
    return float(part(figure, name).get_attribute(attribute))


def assert_slope_at(figure, z):
    """Every value and every mark of the figure, held beside the package."""
    z = round(z, 1)
    a = float(sigmoid(z))
    assert text(figure, "given-z") == f"z = {signed(z, 1)}"
    assert text(figure, "given-a") == f"a = {signed(a)}"
    shown = {
        "from-z-of-z": sigmoid_derivative(z),
        "from-z-of-a": sigmoid_derivative(a),
        "from-a-of-z": sigmoid_derivative_from_output(z),
        "from-a-of-a": sigmoid_derivative_from_output(a),
    }
    for name, value in shown.items():
        assert text(figure, name) == signed(float(value)), name
    slope_y = live_slope.SLOPE(float(sigmoid_derivative(z)))
    for name, x in [("on-bell", live_slope.Z(z)), ("on-parabola", live_slope.A(a))]:
        assert coordinate(figure, name, "cx") == pytest.approx(x, abs=0.01)
        assert coordinate(figure, name, "cy") == pytest.approx(slope_y, abs=0.01)
    fed_a = live_slope.SLOPE(float(sigmoid_derivative(a)))
    assert coordinate(figure, "fed-a", "cx") == pytest.approx(live_slope.Z(a), abs=0.01)
    assert coordinate(figure, "fed-a", "cy") == pytest.approx(fed_a, abs=0.01)
    assert part(figure, "most").is_visible() == (z < 4)
    assert part(figure, "fed-z").is_visible() == (0 <= z <= 1)
    assert part(figure, "below").is_visible() == (not 0 <= z <= 1)


def drag(tab, locator, by, at=(0.5, 0.5)):
    """From a place of an element, in shares of its box, by pixels to the right."""
    box = locator.bounding_box()
    x, y = (box["x"] + at[0] * box["width"], box["y"] + at[1] * box["height"])
    tab.mouse.move(x, y)
    tab.mouse.down()
    tab.mouse.move(x + by, y, steps=4)
    tab.mouse.up()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", HEIGHTS)
@pytest.mark.parametrize("page", PAGES["bp-slope"])
def test_slope_by_keyboard_and_pointer(figure_at, page, width, scheme):
    figure = figure_at("bp-slope", page, width, scheme)
    assert_slope_at(figure, 2)
    slider = part(figure, "slider")
    slider.focus()
    for key, z in [("ArrowLeft", 1.9), ("Home", -6), ("ArrowRight", -5.9), ("End", 6)]:
        slider.press(key)
        assert_slope_at(figure, z)
    assert "z 6.0" in slider.get_attribute("aria-valuetext")
    for z in (-0.5, 0, 0.4, 1, 3.3):
        slider.fill(str(z))
        assert_slope_at(figure, z)
    drawing = part(figure, "drawing")
    scale = drawing.bounding_box()["width"] / 360
    drag(figure.page, drawing, 30 * scale, at=(live_slope.Z(-1) / 360, 0.7))
    z = -1 + 30 * 12 / (live_slope.Z.end - live_slope.Z.start)
    assert_slope_at(figure, z)
    assert f"z {signed(z, 1)}" in text(figure, "said")
    drag(figure.page, drawing, 20 * scale, at=(live_slope.A(0.5) / 360, 0.7))
    a = 0.5 + 20 / (live_slope.A.end - live_slope.A.start)
    assert_slope_at(figure, math.log(a / (1 - a)))


def moved_network(key, value):
    """The chain's network and input with one number moved."""
    weights = [W.copy() for W in live_chain.NETWORK.weights]
    x = np.array(live_chain.X)
    kind, *indices = key.split("-")
    at = [int(i) for i in indices]
    if kind == "x":
        x[0, at[0]] = value
    else:
        weights[at[0]][at[1], at[2]] = value
    return weights, x


def expected_gradient(key, value, followed, reading):
    weights, x = moved_network(key, value)
    row = SIGMOID._replace(slope=readings()[reading])
    network = Network(weights, live_chain.NETWORK.biases, row)
    gradients = backward(network, forward(network, x), live_chain.Y, squared_error)
    layer, i, j = (int(part) for part in followed.split("-")[1:])
    return float(gradients.weights[layer][i, j])


def assert_chain(figure, key, value, followed, reading="derivative(z)"):
    product = expected_gradient(key, value, followed, reading)
    right = expected_gradient(key, value, followed, "derivative(z)")
    assert number(figure, "product") == pytest.approx(product, abs=6e-7)
    assert number(figure, "measured") == pytest.approx(right, abs=6e-7)
    equal = math.isclose(product, right, rel_tol=1e-6)
    assert text(figure, "verdict") == ("✓ equal" if equal else "✗ not equal")
    shown = [text(figure, f"factor-{i}").replace("−", "-") for i in range(5)]
    factors = [float(factor) for factor in shown if factor]
    assert len(factors) == (5 if followed.startswith("w-0") else 3)
    assert math.prod(factors) == pytest.approx(product, abs=0.002)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", HEIGHTS)
def test_chain_by_keyboard_and_pointer(figure_at, width, scheme):
    figure = figure_at("bp-chain", width=width, scheme=scheme)
    assert_chain(figure, "w-0-0-0", 0.5, "w-0-0-0")
    slider, chosen = part(figure, "slider"), part(figure, "number")
    slider.focus()
    slider.press("ArrowRight")
    assert_chain(figure, "w-0-0-0", 0.55, "w-0-0-0")
    slider.fill("0.5")
    chosen.focus()
    chosen.press("End")  # the last number of the list is an input
    assert chosen.input_value() == "x-1"
    slider.fill("-2")
    assert_chain(figure, "x-1", -2, "w-0-0-0")
    slider.fill("1")
    chosen.select_option("w-0-0-0")
    figure.get_by_role("radio").first.focus()
    for reading in [*readings(), "derivative(z)"]:
        figure.locator(f'[value="{reading}"]').check()
        assert_chain(figure, "w-0-0-0", 0.5, "w-0-0-0", reading)
    scale = part(figure, "drawing").bounding_box()["width"] / 360
    drag(figure.page, part(figure, "w-1-1-0"), 20 * scale)
    assert chosen.input_value() == "w-1-1-0"
    assert_chain(figure, "w-1-1-0", -0.5, "w-1-1-0")
    assert text(figure, "verdict") in text(figure, "said")


@pytest.mark.parametrize("key", list(live_chain.NUMBERS))
def test_every_number_of_the_chain_moves(figure_at, key):
    figure = figure_at("bp-chain", width=375)
    height = figure.bounding_box()["height"]
    part(figure, "number").select_option(key)
    part(figure, "slider").fill("-1.15")
    followed = key if key.startswith("w") else "w-0-0-0"
    assert text(figure, key) == "−1.15"
    assert_chain(figure, key, -1.15, followed)
    figure.locator('[value="derivative(a)"]').check()
    assert_chain(figure, key, -1.15, followed, "derivative(a)")
    assert figure.bounding_box()["height"] == height  # nothing below it jumps
    wrong = figure.locator("[data-part^=factor].bp-bad")
    assert wrong.count() == (2 if followed.startswith("w-0") else 1)


def assert_descent(figure, steps, names=live_descent.DEFAULTS):
    for side, name in zip(("one", "other"), names, strict=True):
        cost = live_descent.course(name).costs[steps]
        assert number(figure, f"{side}-cost-value") == pytest.approx(cost, abs=6e-5)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", HEIGHTS)
def test_descent_by_keyboard_and_pointer(figure_at, width, scheme):
    figure = figure_at("bp-descent", width=width, scheme=scheme)
    drawn = part(figure, "one-cost").get_attribute("d")
    part(figure, "reset").click()
    assert_descent(figure, 0)
    part(figure, "step").focus()
    for steps in range(1, 4):
        figure.page.keyboard.press("Enter")
        assert_descent(figure, steps)
    assert text(figure, "steps") == "after 3 steps"
    part(figure, "run").click()
    figure.page.wait_for_timeout(300)
    part(figure, "run").click()
    assert text(figure, "run") == "Run"
    paused = int(text(figure, "steps").split()[1].replace(",", ""))
    assert 3 < paused < EARLY
    assert_descent(figure, paused)
    assert part(figure, "one-cost").get_attribute("d") != drawn


def test_descent_without_motion_jumps_to_the_picture_of_the_build(figure_at):
    figure = figure_at("bp-descent", reduced_motion="reduce")
    names = ("one-cost", "other-cost")
    before = [part(figure, name).get_attribute("d") for name in names]
    part(figure, "reset").click()
    part(figure, "run").click()
    assert text(figure, "steps") == f"after {EARLY:,} steps"
    assert_descent(figure, EARLY)
    for name, d in zip(names, before, strict=True):
        after = part(figure, name).get_attribute("d")
        points = [[float(v) for v in re.findall(r"[\d.]+", p)] for p in (d, after)]
        np.testing.assert_allclose(*points, atol=0.011)


def test_descent_under_every_reading(figure_at):
    figure = figure_at("bp-descent", reduced_motion="reduce")
    for name in readings():
        part(figure, "one").select_option(name)
        assert_descent(figure, EARLY, (name, "derivative(a)"))


def test_the_caption_of_descent_is_true():
    right, wrong = map(live_descent.course, live_descent.DEFAULTS)
    assert ((right.outputs[-1] - 0.5) * (Y[:, 0] - 0.5) > 0).all()
    assert np.abs(wrong.outputs[-1] - 0.5).max() < 0.03
    assert (STEP_SIZE, len(X)) == (1, 4)


@pytest.mark.parametrize("prefix", ["", SUB_PATH], ids=["root", "sub-path"])
@pytest.mark.parametrize(("name", "page"), EVERY)
def test_after_instant_navigation(page_at, site, site_url, name, page, prefix):
    tab = page_at()
    navigate_instantly(tab, site, site_url + prefix)
    with tab.expect_response("**/sitemap.xml"):  # the theme reads it beforehand
        tab.goto(f"{site_url}{prefix}/learn/one-neuron/")
    tab.wait_for_load_state("networkidle")
    tab.evaluate("window.stayed = true")
    target = f"{site_url}{prefix}/{page}"
    click = "(to) => [...document.links].find((link) => link.href === to).click()"
    tab.evaluate(click, target)
    figure = awake(tab, name)
    assert tab.evaluate("window.stayed")
    moved_by_script = figure.locator(".bp-controls").first
    assert moved_by_script.is_visible()
    if name == "bp-slope":
        part(figure, "slider").fill("-1")
        assert_slope_at(figure, -1)


@pytest.mark.parametrize("width", HEIGHTS)
@pytest.mark.parametrize(("name", "page"), EVERY)
def test_without_scripts_the_figure_stands(page_at, site_url, name, page, width):
    tab = page_at(width, java_script_enabled=False)
    tab.goto(f"{site_url}/{page}")
    figure = tab.locator(name)
    assert figure.locator("svg").is_visible()
    assert figure.locator("figcaption").is_visible()
    assert not figure.locator(".bp-controls").first.is_visible()


@pytest.mark.alone
@pytest.mark.parametrize("width", HEIGHTS)
@pytest.mark.parametrize(("name", "page"), EVERY)
def test_nothing_shifts_and_all_of_it_is_large_enough(figure_at, name, page, width):
    figure = figure_at(name, page, width)
    assert figure.page.evaluate(SHIFTS) <= 0.01
    svg = figure.locator("svg").first
    units = float(svg.get_attribute("viewBox").split()[2])
    scale = svg.bounding_box()["width"] / units
    size = svg.evaluate("(svg) => parseFloat(getComputedStyle(svg).fontSize)")
    assert size * scale >= 11
    controls = figure.locator(
        "input[type=range], select, button, label:has([type=radio])"
    )
    for control in controls.all():
        assert control.bounding_box()["height"] >= 24
    overflow = "document.documentElement.scrollWidth - innerWidth"
    assert figure.page.evaluate(overflow) <= 0


@pytest.mark.parametrize(("name", "page"), EVERY)
def test_in_forced_colours_and_in_print(figure_at, name, page):
    figure = figure_at(name, page, forced_colors="active")
    assert figure.page.evaluate("matchMedia('(forced-colors: active)').matches")
    colours = figure.locator("svg").first.evaluate(
        """(svg) => [svg.querySelector("text"), document.body].map(
          (node, i) => getComputedStyle(node)[i ? "backgroundColor" : "fill"])"""
    )
    assert len(set(colours)) == 2
    figure.page.emulate_media(media="print")
    assert figure.locator("svg").is_visible()
    assert not figure.locator(".bp-controls").first.is_visible()


@pytest.mark.parametrize(("name", "page"), EVERY)
def test_no_style_and_no_handler_is_written_into_a_figure(figure_at, name, page):
    figure = figure_at(name, page)
    assert figure.locator("[style], style, script").count() == 0
    handlers = """(figure) => [...figure.querySelectorAll("*")].filter(
      (node) => [...node.attributes].some((a) => a.name.startsWith("on"))).length"""
    assert figure.evaluate(handlers) == 0


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
    assert asked_for(page_at(), f"{site_url}/learn/by-hand/") == set()
    tab = page_at()
    asked = asked_for(tab, f"{site_url}/learn/the-chain-rule/")
    awake(tab, "bp-chain")
    assert not {"slope.mjs", "descent.mjs"} & asked
