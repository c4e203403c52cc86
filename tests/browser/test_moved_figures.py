"""The figures that move, moved in a real browser; their values are the package's."""

import math

import numpy as np
import pytest
from browser import HEIGHTS, IN_SCHEMES
from moving_figures import PAGES, assert_slope_at, drag, number, part, text
from networks import gradient

from backprop_explained import SIGMOID, Network
from sitebuild.evidence.experiments import readings
from sitebuild.figures import live_chain, live_reading, live_slope
from sitebuild.figures.live_output import RIGHT
from sitebuild.figures.output_stops import courses
from sitebuild.figures.svg import signed


@pytest.mark.parametrize("scheme", IN_SCHEMES)
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


@pytest.mark.parametrize("width", HEIGHTS)
def test_the_rows_of_the_home_page_follow_z(figure_at, width):
    figure = figure_at("bp-reading", width=width)
    slider = part(figure, "slider")
    slider.focus()
    slider.press("ArrowRight")
    for z in (2.1, -3.0, 5.5):
        slider.fill(str(z))
        a = SIGMOID.function(np.array([z]))
        for name, slope in readings().items():
            expected = signed(slope(np.array([z]), a).item())
            assert text(figure, f"{name}-slope") == expected
        assert text(figure, "given") == f"z = {signed(z, 1)}"
    drawing = part(figure, "drawing")
    start = live_reading.Z(1) / 360
    scale = drawing.bounding_box()["width"] / 360
    drag(figure.page, drawing, 40 * scale, at=(start, 0.5))
    moved = 1 + 40 / (live_reading.Z(1) - live_reading.Z(0))
    assert text(figure, "given") == f"z = {signed(moved, 1)}"
    assert text(figure, "said").startswith(f"z {signed(moved, 1)}, output")


@pytest.mark.parametrize(
    ("name", "start", "to", "expected"), [("relu", 24, 8, 20), ("tanh", 22, 24, 24)]
)
def test_an_output_is_dragged_to_the_nearest_stop_that_has_it(
    figure_at, name, start, to, expected
):
    """Of several stops, to the nearest; beside the graph, to its lowest output."""
    figure = figure_at("bp-output")
    (course,) = [course for course in courses() if course.name == name]
    part(figure, "chosen").select_option(name)
    part(figure, "slider").fill(f"{start}")
    places = np.interp([course.a[k] for k in (start, to)], course.a_range, RIGHT)
    drawing = part(figure, "drawing")
    pixels = drawing.bounding_box()["width"] / 360
    drag(figure.page, drawing, np.diff(places)[0] * pixels, at=(places[0] / 360, 0.5))
    assert part(figure, "slider").input_value() == f"{expected}"
    assert text(figure, "here-a") == signed(course.a[expected])
    drag(figure.page, drawing, 0, at=((RIGHT[0] - 10) / 360, 0.5))
    lowest = [k for k, a in enumerate(course.a) if round(a, 3) == round(course.a[0], 3)]
    assert part(figure, "slider").input_value() == f"{lowest[-1]}"


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
    gradients = gradient(network, x, live_chain.Y)
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


@pytest.mark.parametrize("scheme", IN_SCHEMES)
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


def test_every_number_of_the_chain_moves(figure_at):
    figure = figure_at("bp-chain", width=375)
    height = figure.bounding_box()["height"]
    slider, followed = part(figure, "slider"), "w-0-0-0"
    for key in live_chain.NUMBERS:
        part(figure, "number").select_option(key)
        before = slider.input_value()
        slider.fill("-1.15")
        followed = key if key.startswith("w") else followed
        assert text(figure, key) == "−1.15"
        assert_chain(figure, key, -1.15, followed)
        figure.locator('[value="derivative(a)"]').check()
        assert_chain(figure, key, -1.15, followed, "derivative(a)")
        assert figure.bounding_box()["height"] == height  # nothing below it jumps
        wrong = figure.locator("[data-part^=factor].bp-bad")
        assert wrong.count() == (2 if followed.startswith("w-0") else 1)
        figure.locator('[value="derivative(z)"]').check()
        slider.fill(before)
