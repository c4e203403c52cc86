"""Check a gradient: the U and its arithmetic, beside mpmath and plain floats."""

import json
import math

import pytest
from drawings import MP, Axis, Drawing, sigmoid

from sitebuild.figures.live_difference import FIRST, difference, parted, stops

X, W, B = 2, MP.mpf("0.75"), MP.mpf("-0.5")
EPSILON = 2.0**-52
NOISE = 4 * EPSILON
"""What the rounding of one cost may amount to, as a share of it."""


def cost(w):
    return sigmoid(X * MP.mpf(w) + B) ** 2 / 2


SLOPE = MP.diff(cost, W)


@pytest.fixture(scope="module")
def drawing():
    return Drawing(difference())


def number(text):
    return float(text.replace("−", "-"))


def axes(drawing):
    """Both have their powers of ten, and 1 at the end."""
    digits = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
    power = lambda text: int(text.translate(digits).removeprefix("10"))
    exponent = lambda tick: 0 if tick.text == "1" else power(tick.text)
    ticks = [t for t in drawing.all("text") if t.text == "1" or t.text[:2] == "10"]
    up = [t for t in ticks if "bp-end" in t.classes]
    along = [t for t in ticks if "bp-middle" in t.classes]
    assert len(up) == len(along) == 4
    across = Axis([(exponent(t), t["x"]) for t in along])
    return across, Axis([(exponent(t), t["y"] - 4) for t in up])


def test_the_costs_are_those_of_mpmath():
    for stop in stops():
        h = MP.mpf(number(stop.step))  # with two digits, which is not the step itself
        for sign, shown in ((1, stop.up), (-1, stop.down)):
            low, high = sorted(cost(W + sign * h * (1 + s)) for s in (-0.06, 0.06))
            assert low - 1e-15 <= float(shown) <= high + 1e-15


def test_the_difference_is_made_of_the_two_costs_that_are_shown():
    for exponent, stop in zip(range(0, -13, -1), stops()[::2], strict=True):
        h = 10.0**exponent
        change = float(stop.up) - float(stop.down)
        allowed = (2e-16 + EPSILON) / (2 * h) + 1e-12
        assert change / (2 * h) == pytest.approx(float(stop.slope), abs=allowed)


def test_the_error_is_that_of_the_difference_that_is_shown():
    for stop in stops():
        found = abs(MP.mpf(stop.slope) / SLOPE - 1)
        assert abs(found - number(stop.error)) <= 0.06 * number(stop.error) + 4e-12


def test_the_curve_bends_on_the_right_and_rounds_on_the_left(drawing):
    """The square of h times the third derivative, or noise over h, and no more."""
    along, up = axes(drawing)
    third = MP.diff(cost, W, 3)
    for x, y in drawing.part("central").points:
        h = 10 ** ((x - along.start) / along.unit + along.low)
        error = 10 ** ((y - up.start) / up.unit + up.low)
        bend = float(abs(third / SLOPE)) * h**2 / 6
        noise = NOISE * float(cost(W) / SLOPE) / h
        assert error <= 1.6 * bend + noise + 2e-14
        if 1e-4 < h < 0.1:
            assert error == pytest.approx(bend, rel=0.12)


def test_the_dot_is_on_the_curve_at_its_step(drawing):
    along, _ = axes(drawing)
    dot, points = drawing.part("dot"), drawing.part("central").points
    assert min(math.dist((dot["cx"], dot["cy"]), point) for point in points) < 0.08
    shown = drawing.part("step").text
    assert along(math.log10(number(shown))) == pytest.approx(dot["cx"], abs=0.6)


def test_the_best_stop_is_near_the_guide_and_within_it(drawing):
    along, _ = axes(drawing)
    (guide,) = drawing.all("line", "bp-guide")
    assert guide["x1"] == pytest.approx(along(math.log10(EPSILON) / 3), abs=0.02)
    best = min(stops(), key=lambda stop: number(stop.error))
    assert abs(math.log10(number(best.step)) - math.log10(EPSILON) / 3) < 1


def test_the_module_is_given_what_is_shown(drawing):
    (element,) = drawing.all("bp-difference")
    given = json.loads(element.attributes["data-stops"])
    assert given == [list(stop) for stop in stops()]
    stop = stops()[FIRST]
    assert drawing.part("up-shared").text + drawing.part("up-own").text == stop.up
    assert drawing.part("down-shared").text == drawing.part("up-shared").text
    assert (drawing.part("slope").text, drawing.part("error").text) == stop[3:]
    assert drawing.part("slider")["value"] == len(given) - 1 - FIRST


def test_digits_that_two_numbers_share_end_where_they_part():
    assert parted("0.3451", "0.3478") == ("0.34", "51")
    assert parted("0.1", "0.1") == ("0.1", "")
