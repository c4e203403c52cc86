"""The figures that move from stop to stop, each of which the build has computed."""

import pytest
from browser import HEIGHTS
from moving_figures import part, text

from backprop_explained import sigmoid_derivative


@pytest.mark.parametrize("name", ["bp-hand", "bp-proof"])
def test_step_by_step(figure_at, name):
    """A part is there from its step on to its last, with the sentence of the step."""
    figure = figure_at(name, width=375)
    height = figure.bounding_box()["height"]
    timed = figure.locator("svg [data-step]")
    read = "(all) => all.map(({ dataset: d }) => [+d.step, +(d.until ?? 99)])"
    spans = timed.evaluate_all(read)
    last = int(part(figure, "slider").get_attribute("max"))
    assert {start for start, _ in spans} == set(range(1, last + 1))

    def assert_at(now):
        seen = "(all) => all.map((part) => getComputedStyle(part).display !== 'none')"
        shown = [start <= now <= until for start, until in spans]
        assert timed.evaluate_all(seen) == shown
        assert part(figure, "said").inner_text().startswith(f"{now} of {last}.")
        assert figure.bounding_box()["height"] == height  # nothing below it jumps

    assert_at(last)
    part(figure, "first").click()
    assert_at(0)
    for now in range(1, last):
        part(figure, "next").click()
        assert_at(now)
    part(figure, "back").click()
    assert_at(last - 2)
    part(figure, "slider").focus()
    figure.page.keyboard.press("End")
    assert_at(last)
    part(figure, "next").click()
    assert_at(last)


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
