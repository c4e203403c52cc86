"""The figures that move from stop to stop, each of which the build has computed."""

import pytest
from browser import HEIGHTS
from moving_figures import drag, number, part, text

from backprop_explained import ACTIVATIONS, sigmoid_derivative


class Stepped:
    """A figure in steps: when each of its parts is to be there."""

    def __init__(self, figure):
        self.figure = figure
        self.height = figure.bounding_box()["height"]
        self.timed = figure.locator("svg [data-step]")
        read = "(all) => all.map(({ dataset: d }) => [+d.step, +(d.until ?? 99)])"
        self.spans = self.timed.evaluate_all(read)
        self.last = int(part(figure, "slider").get_attribute("max"))

    def assert_at(self, now):
        seen = "(all) => all.map((part) => getComputedStyle(part).display !== 'none')"
        shown = [start <= now <= until for start, until in self.spans]
        assert self.timed.evaluate_all(seen) == shown
        said = part(self.figure, "said").inner_text()
        assert said.startswith(f"{now} of {self.last}.")
        assert self.figure.bounding_box()["height"] == self.height  # nothing jumps

    def press(self, name, now):
        part(self.figure, name).click()
        self.assert_at(now)


@pytest.mark.parametrize("name", ["bp-hand", "bp-proof"])
def test_step_by_step(figure_at, name):
    """A part is there from its step on to its last, with the sentence of the step."""
    figure = figure_at(name, width=375)
    steps = Stepped(figure)
    last = steps.last
    assert {start for start, _ in steps.spans} == set(range(1, last + 1))
    steps.assert_at(last)
    steps.press("first", 0)
    for now in range(1, last):
        steps.press("next", now)
    steps.press("back", last - 2)
    part(figure, "slider").focus()
    figure.page.keyboard.press("End")
    steps.assert_at(last)
    steps.press("next", last)


@pytest.mark.parametrize("width", HEIGHTS)
def test_the_tail_by_keyboard(figure_at, width):
    figure = figure_at("bp-tail", width=width)
    height = figure.bounding_box()["height"]
    part(figure, "z").focus()
    figure.page.keyboard.press("End")
    assert text(figure, "z-label") == "z = 40"
    assert text(figure, "from-output-right") + text(figure, "from-output-rest") == "0"
    slope = float(sigmoid_derivative(40.0))
    shown = float(text(figure, "mirrored-right").replace("−", "-"))
    assert shown == pytest.approx(slope, rel=1e-9)
    figure.page.keyboard.press("Home")
    part(figure, "format").focus()
    figure.page.keyboard.press("Home")
    assert text(figure, "format-label") == "bfloat16"
    assert "z = 1 in bfloat16" in text(figure, "said")
    assert figure.bounding_box()["height"] == height  # nothing below it jumps


def assert_pair(figure):
    """Two places with one output of silu and different slopes."""
    silu = ACTIVATIONS["silu"]
    z, z2 = (number(figure, f"{where}-z") for where in ("here", "there"))
    a, slope = number(figure, "here-a"), number(figure, "here-s")
    assert float(silu.function(z)) == pytest.approx(a, abs=0.006)
    assert float(silu.function(z2)) == pytest.approx(a, abs=0.006)
    assert float(silu.derivative(z)) == pytest.approx(slope, abs=0.006)
    assert number(figure, "there-s") != slope
    assert text(figure, "said").startswith("✗")


@pytest.mark.parametrize("width", HEIGHTS)
def test_any_activation_by_keyboard_and_pointer(figure_at, width):
    figure = figure_at("bp-output", width=width)
    height = figure.bounding_box()["height"]
    assert_pair(figure)
    slider = part(figure, "slider")
    slider.focus()
    slider.press("ArrowRight")
    assert_pair(figure)
    slider.press("End")
    assert text(figure, "there-z") == "–"
    assert text(figure, "said").startswith("✓")
    part(figure, "witness").focus()
    figure.page.keyboard.press("Enter")
    assert_pair(figure)
    scale = part(figure, "drawing").bounding_box()["width"] / 360
    drag(figure.page, part(figure, "drawing"), 40 * scale, at=(260 / 360, 0.5))
    moved = figure.locator('[data-part="upright"]').get_attribute("x1")
    assert float(moved) == pytest.approx(300, abs=9)
    part(figure, "chosen").focus()
    figure.page.keyboard.press("Home")
    assert text(figure, "said") == "✓ one slope for each output: a * (1 - a)"
    assert part(figure, "witness").is_disabled()
    assert figure.bounding_box()["height"] == height  # nothing below it jumps
