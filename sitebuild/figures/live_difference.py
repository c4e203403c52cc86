"""Check a gradient: the step of a difference, moved along the U of its error."""

from collections.abc import Callable
from functools import cache
from itertools import takewhile
from typing import NamedTuple

import numpy as np

from backprop_explained import sigmoid, sigmoid_derivative
from backprop_explained.check.gradient import STEP
from backprop_explained.notation import Array
from sitebuild.figures import live_svg, svg
from sitebuild.figures.live_svg import Scale, curve, tag, text_at
from sitebuild.figures.portable import powers_of_ten, same_everywhere

_X, WEIGHT, _B = 2.0, 0.75, -0.5  # the neuron of the first page; it should say 0
STEPS = powers_of_ten(0, -12, 145)


def cost(w: Array) -> Array:
    return 0.5 * sigmoid(_X * w + _B) ** 2


def exact_slope() -> float:
    z = _X * WEIGHT + _B
    return float(sigmoid(z) * sigmoid_derivative(z) * _X)


def one_sided(h: Array) -> Array:
    """(C(w + h) - C(w)) / h."""
    return (cost(WEIGHT + h) - cost(np.asarray(WEIGHT))) / h


def central(h: Array) -> Array:
    """(C(w + h) - C(w - h)) / 2h."""
    return (cost(WEIGHT + h) - cost(WEIGHT - h)) / (2 * h)


def errors(difference: Callable[[Array], Array]) -> Array:
    """How far a difference is from the slope, as a share of the slope."""
    return np.abs(difference(STEPS) / exact_slope() - 1)


def power(value: float) -> str:
    """A power of ten in words of print, rounded: 10⁻¹¹."""
    return svg.power(round(np.log10(value)))


EACH = 6  # of the steps that are drawn is one that the slider stops at
ALONG = Scale(-12, 0, 46, 346)  # of log10(h)
UP = Scale(-14, 0, 176, 12)  # of log10(error)
FIRST = 14
"""The stop that is shown at first: a step of a ten-millionth, which many take."""


class Stop(NamedTuple):
    """What the difference is made of at one step, as it is shown."""

    step: str
    up: str
    down: str
    slope: str
    error: str


@cache
def stops() -> tuple[Stop, ...]:
    """The arithmetic of the central difference at each stop of the slider."""
    with same_everywhere():
        steps = STEPS[::EACH]
        up, down = cost(WEIGHT + steps), cost(WEIGHT - steps)
        found = steps, up, down, central(steps), errors(central)[::EACH]
    return tuple(
        Stop(_short(h), f"{high:.16f}", f"{low:.16f}", f"{slope:.12f}", _short(error))
        for h, high, low, slope, error in zip(*found, strict=True)
    )


def _short(value: float) -> str:
    return f"{value:.1e}".replace("e-0", "e-").replace("e+00", "").replace("e-", "e−")


def parted(one: str, other: str) -> tuple[str, str]:
    """What a number shares with another, and the digits that are its own.

    Examples
    --------
    >>> parted("0.3451", "0.3478")
    ('0.34', '51')
    """
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    shared = len(list(same))
    return one[:shared], one[shared:]


def _places(found: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where the errors stand; 0 has no place on a logarithm, and is at the bottom."""
    shown = np.log10(np.maximum(found, 10.0**UP.low))
    return ALONG(np.log10(STEPS)), np.minimum(UP(shown), UP.start)


def _axes() -> str:
    drawn = []
    for exponent in (-12, -8, -4, 0):
        y, x = UP(exponent), ALONG(exponent)
        ends = {"x1": ALONG.start, "x2": ALONG.end, "y1": y, "y2": y}
        drawn.append(tag("line", **ends, class_="bp-grid"))
        label = power(10.0**exponent) if exponent else "1"
        drawn.append(text_at(label, ALONG.start - 6, y + 4, "bp-end"))
        drawn.append(text_at(label, x, UP.start + 16, "bp-middle"))
    ends = {"x1": ALONG.start, "x2": ALONG.end, "y1": UP.start, "y2": UP.start}
    drawn.append(tag("line", **ends, class_="bp-axis"))
    x = ALONG(np.log10(STEP))
    drawn.append(tag("line", x1=x, x2=x, y1=UP.end, y2=UP.start, class_="bp-guide"))
    drawn.append(text_at("cube root of ε", x, UP.end + 2, "bp-middle bp-faint"))
    drawn.append(text_at("error", ALONG.start + 4, UP.end + 2, "bp-start"))
    middle = (ALONG.start + ALONG.end) / 2
    drawn.append(text_at("step h", middle, UP.start + 30, "bp-middle"))
    return "".join(drawn)


def _curves(at: int) -> str:
    with same_everywhere():
        one, two = _places(errors(one_sided)), _places(errors(central))
    x, y = (round(float(places[at * EACH]), 1) for places in two)  # as on the curve
    return (
        tag("path", d=curve(*one), class_="bp-curve bp-second")
        + tag("path", d=curve(*two), class_="bp-curve", data_part="central")
        + text_at("one-sided", ALONG(-3.2), UP(-3.6), "bp-end bp-faint")
        + text_at("central", ALONG(-2.6), UP(-8), "bp-start")
        + tag("circle", cx=x, cy=y, r=5.5, class_="bp-dot", data_part="dot")
    )


def _table(at: int) -> str:
    stop = stops()[at]
    rows = []
    for name, part, number, other in [
        ("C(w + h)", "up", stop.up, stop.down),
        ("C(w − h)", "down", stop.down, stop.up),
    ]:
        shared, own = parted(number, other)
        first = tag("span", shared, class_="bp-shared", data_part=f"{part}-shared")
        rows.append((name, first + tag("b", own, data_part=f"{part}-own")))
    rows += [
        ("their difference / 2h", tag("span", stop.slope, data_part="slope")),
        ("the derivative", f"{exact_slope():.12f}"),
        ("relative error", tag("span", stop.error, data_part="error")),
    ]
    return live_svg.table(
        "", (live_svg.row(name, tag("td", cell)) for name, cell in rows)
    )


def _slider(at: int) -> str:
    last = len(stops()) - 1
    about = {"id": "difference-h", "data_part": "slider"}
    shown = tag("span", stops()[at].step, data_part="step")
    label = tag("label", f"h = {shown}", for_="difference-h")
    inside = label, live_svg.slider(0, last, 1, last - at, about), live_svg.SAID
    return tag("div", *inside, class_="bp-controls bp-one-slider bp-fixed")


def _drawing(at: int, typical: str) -> str:
    seen = (
        "Relative error over the step, both on logarithmic scales. The central "
        f"difference falls with the square of the step to about {typical}, then "
        "rises raggedly as the step shrinks further. The one-sided difference "
        "falls more slowly and bottoms out higher, at a smaller step."
    )
    return live_svg.drawing(212, seen, _axes(), _curves(at))


@cache
def difference(at: int = FIRST) -> str:
    """The figure at one stop; with its module, at any of them."""
    with same_everywhere():
        near = np.abs(np.log10(STEPS / STEP)) < 0.5
        typical = power(float(np.median(errors(central)[near])))
    caption = (
        "Smaller is not better. Make <var>h</var> smaller: the costs share more and "
        "more digits, and only those in bold survive the subtraction. Make it larger, "
        "and the curve bends between them. Best is a step near the cube root of ε, "
        f"with an error of about {typical}."
    )
    parts = _drawing(at, typical), _slider(at), _table(at)
    given = live_svg.compact(stops())
    return live_svg.live(
        "bp-difference", "difference", caption, *parts, data_stops=given
    )
