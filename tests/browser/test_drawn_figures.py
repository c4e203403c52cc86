"""The modules that move the figures leave what the build draws."""

import re

import pytest
from drawings import Drawing, corners, near
from moving_figures import EVERY, part

from backprop_explained import ACTIVATIONS
from sitebuild.figures import (
    live_chain,
    live_descent,
    live_difference,
    live_hand,
    live_output,
    live_proof,
    live_reading,
    live_slope,
    live_tail,
)

PARTS = """(figure) => Object.fromEntries(
  [...figure.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, {
    text: part.children.length ? null : part.textContent,
    ...Object.fromEntries([...part.attributes].map((a) => [a.name, a.value])),
  }]))"""
PLACES = {"x", "y", "cx", "cy", "x1", "y1", "x2", "y2", "width", "height"}


def assert_as_drawn(figure, html):
    """Every part is where the build puts it for these numbers, and says the same."""
    found, drawn = figure.evaluate(PARTS), Drawing(html)
    parts = [e for e in drawn.elements if "data-part" in e.attributes]
    assert len(found) == len(parts)
    for element in parts:
        name = element["data-part"]
        moved = found[name]
        assert ("data-hidden" in moved) == ("data-hidden" in element.attributes), name
        if "data-hidden" in moved or name == "said":
            continue
        if moved["text"] is not None:
            assert moved["text"] == element.text, name
        for attribute in PLACES & set(element.attributes):
            assert float(moved[attribute]) == near(element[attribute]), name
        if "transform" in moved:
            numbers = [re.findall(r"[\d.]+", f["transform"]) for f in (moved, element)]
            assert [float(n) for n in numbers[0]] == [near(n) for n in numbers[1]]
        elif element.name == "path":
            pairs = zip(corners(moved["d"]), element.points, strict=True)
            assert all(one == (near(x, 1), near(y, 1)) for one, (x, y) in pairs), name


DRAWN = {
    "bp-slope": live_slope.one_slope,
    "bp-difference": live_difference.difference,
    "bp-hand": live_hand.hand,
    "bp-proof": live_proof.proof,
    "bp-output": live_output.output,
    "bp-tail": live_tail.tail,
    "bp-reading": live_reading.four_calls,
    "bp-chain": live_chain.chain,
    "bp-descent": live_descent.descent,
}


@pytest.mark.parametrize(("name", "page"), EVERY)
def test_the_module_leaves_the_picture_of_the_build(figure_at, name, page):
    figure = figure_at(name, page, reduced_motion="reduce")
    assert_as_drawn(figure, DRAWN[name]())
    if name == "bp-descent":
        part(figure, "reset").click()
        part(figure, "run").click()
        assert_as_drawn(figure, DRAWN[name]())


def test_slope_at_any_z_is_the_picture_of_the_build(figure_at):
    figure = figure_at("bp-slope")
    for z in (-6.0, -4.1, -0.7, -0.6, -0.1, 0.0, 0.4, 0.6, 0.7, 1.0, 1.1, 3.9, 6.0):
        part(figure, "slider").fill(f"{z:g}")
        drawn = live_slope.one_slope(z)
        for name, shows in [("least", z > -4), ("most", z < 4)]:
            assert part(figure, name).is_visible() == shows
            hidden = f'data-part="{name}"'
            drawn = drawn if shows else drawn.replace(hidden, f"{hidden} data-hidden")
        assert_as_drawn(figure, drawn)


def hidden(html):
    """The parts that are not shown."""
    parts = [e.attributes for e in Drawing(html).elements]
    return {part["data-part"] for part in parts if "data-hidden" in part}


@pytest.mark.parametrize(
    ("draw", "pairs"),
    [
        (live_slope.one_slope, [(-0.7, -0.6), (-0.1, 0.0), (0.6, 0.7), (1.0, 1.1)]),
        (live_reading.four_calls, [(-3.0, -2.9), (-2.0, -1.9), (1.9, 2.0), (2.9, 3.0)]),
    ],
)
def test_the_stops_beside_which_a_part_comes_or_goes_are_among_those(draw, pairs):
    for before, after in pairs:
        assert hidden(draw(before)) != hidden(draw(after))


def test_reading_at_any_z_is_the_picture_of_the_build(figure_at):
    figure = figure_at("bp-reading")
    for z in (-6.0, -3.0, -2.9, -2.0, -1.9, -0.3, 0.0, 1.1, 1.9, 2.0, 2.9, 3.0, 6.0):
        part(figure, "slider").fill(f"{z:g}")
        assert_as_drawn(figure, live_reading.four_calls(z))


def test_difference_at_any_step_is_the_picture_of_the_build(figure_at):
    figure = figure_at("bp-difference")
    last = len(live_difference.stops()) - 1
    for at in (0, 5, 10, 11, 20, last):
        part(figure, "slider").fill(str(last - at))
        assert_as_drawn(figure, live_difference.difference(at))


def test_tail_at_any_stop_in_any_format_is_the_picture_of_the_build(figure_at):
    figure = figure_at("bp-tail")
    for at, format_ in [(0, 3), (4, 0), (10, 2), (36, 3), (39, 1)]:
        part(figure, "z").fill(str(at))
        part(figure, "format").fill(str(format_))
        assert_as_drawn(figure, live_tail.tail(at, format_))


def test_any_activation_is_the_picture_of_the_build(figure_at):
    figure = figure_at("bp-output")
    for number, name in list(enumerate(ACTIVATIONS))[::5]:
        part(figure, "chosen").select_option(name)
        at = None if ACTIVATIONS[name].witness else 29
        assert_as_drawn(figure, live_output.output(number, at))
    for at in (0, 13, 40):
        part(figure, "slider").fill(str(at))
        assert_as_drawn(figure, live_output.output(number, at))
