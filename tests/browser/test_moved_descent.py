"""The descent that moves, run and stepped in a real browser beside the package's."""

import re

import numpy as np
import pytest
from browser import HEIGHTS, IN_SCHEMES
from moving_figures import number, part, text

from sitebuild.evidence.experiments import EARLY, STEP_SIZE, X, Y, readings
from sitebuild.figures import live_descent


def assert_descent(figure, steps, names=live_descent.DEFAULTS):
    for side, name in zip(("one", "other"), names, strict=True):
        cost = live_descent.course(name).costs[steps]
        assert number(figure, f"{side}-cost-value") == pytest.approx(cost, abs=6e-5)


@pytest.mark.parametrize("scheme", IN_SCHEMES)
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


def test_descent_runs_at_the_speed_that_is_chosen(figure_at):
    figure = figure_at("bp-descent")
    part(figure, "speed").focus()
    figure.page.keyboard.press("ArrowDown")
    assert part(figure, "speed").input_value() == "4"
    count = """(figure) => new Promise((done) => {
      const run = figure.querySelector("[data-part=run]");
      const begun = performance.now();
      run.click();
      const look = () => {
        if (run.textContent === "Run") done(performance.now() - begun);
        else setTimeout(look, 20);
      };
      look();
    })"""
    whole = 40 * len(live_descent.STEPS)  # milliseconds at speed 1
    assert figure.evaluate(count) < 0.8 * whole
    assert_descent(figure, EARLY)
    part(figure, "run").click()
    part(figure, "speed").select_option("0.25")  # while it runs
    figure.page.wait_for_timeout(300)
    part(figure, "run").click()
    assert int(text(figure, "steps").split()[1].replace(",", "")) < EARLY


def test_descent_without_motion_jumps_to_the_picture_of_the_build(figure_at):
    figure = figure_at("bp-descent", reduced_motion="reduce")
    assert part(figure, "speed").is_hidden()
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
