"""The figures that move: where they are shown, and how they are opened and read."""

import re

import pytest
from sites import ROOT

from backprop_explained import (
    sigmoid,
    sigmoid_derivative,
    sigmoid_derivative_from_output,
)
from sitebuild.figures import live_slope
from sitebuild.figures.svg import signed

DOCS = ROOT / "docs"


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


@pytest.fixture
def figure_at(tab_at, site_url):
    """`figure_at(name, page)`: the figure, once its module has come."""

    def opened(name, page=None, width=1280, scheme="light", prefix="", **options):
        tab = tab_at(width, scheme, **options)
        address = PAGES[name][0] if page is None else page
        tab.goto(f"{site_url}{prefix}/{address}")
        return awake(tab, name)

    return opened


def awake(tab, name):
    figure = tab.locator(name)
    figure.scroll_into_view_if_needed()
    tab.locator(f"{name}:defined").wait_for()
    return figure


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
    from_z, from_a = sigmoid_derivative, sigmoid_derivative_from_output
    for derivative, read in ((from_z, "z"), (from_a, "a")):
        for given, value in (("z", z), ("a", a)):
            shown = text(figure, f"from-{read}-of-{given}")
            assert shown == signed(float(derivative(value))), (read, given)
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
