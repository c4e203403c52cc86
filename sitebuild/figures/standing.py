"""The error of a difference over its step, and where a check stood."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes

from backprop_explained import GradientCheck, check_gradients, sigmoid
from backprop_explained.check.slope import STRIDE
from backprop_explained.notation import Array
from sitebuild.checks.numerals import in_words
from sitebuild.figures.portable import powers_of_ten, product, same_everywhere
from sitebuild.figures.svg import FAINT, RIGHT, as_svg, drawn

STEPS = powers_of_ten(1, -12, 157)
LOWEST = 1e-16

_rng = np.random.default_rng(3)


def _single(numbers: Array) -> Array:
    """Numbers that float32 can hold, so that both precisions start from the same."""
    return numbers.astype(np.float32).astype(float)


_X, _Y = _single(_rng.normal(size=(10, 5))), _single(_rng.random((10, 3)))
_W = _single(_rng.normal(size=(5, 3)))


class Curve(NamedTuple):
    """One precision: the errors over `STEPS`, the check, and the steps it took."""

    errors: Array
    check: GradientCheck
    steps: Array


def cost(W: Array, dtype: type) -> Any:
    """A layer of sigmoids and half the sum of squares, in one precision throughout."""
    a = sigmoid(product(_X.astype(dtype), W.astype(dtype)))
    return ((a - _Y.astype(dtype)) ** 2).sum() / 2


def gradient() -> Array:
    a = sigmoid(product(_X, _W))
    return product(_X.T, (a - _Y) * a * (1 - a))


@cache
def curve(dtype: type) -> Curve:
    """The central difference along one direction, and what the check asked."""
    W, right = _W, gradient()
    direction = np.random.default_rng(0).choice([-1.0, 1.0], size=W.shape)
    slope = float((right * direction).sum())
    errors = []
    for h in STEPS:
        up, down = (W + side * h * direction for side in (1, -1))
        up, down = up.astype(dtype), down.astype(dtype)
        width = float((direction * (up.astype(float) - down)).sum()) / direction.size
        change = float(cost(up, dtype)) - float(cost(down, dtype))
        errors.append(abs(change / width / slope - 1) if width else 1.0)
    asked: list[Array] = []

    def watched(parameters: Sequence[Array]) -> Any:
        asked.append(np.asarray(parameters[0], float) - W)
        return cost(parameters[0], dtype)

    check = check_gradients(watched, [W.astype(dtype)], [right], method="directions")
    return Curve(np.array(errors), check, _to_both_sides(asked))


def _to_both_sides(moves: Sequence[Array]) -> Array:
    """The steps that were taken up and down, which are those of a difference."""
    sizes = [
        np.abs(one).max()
        for one, other in pairwise(moves)
        if one.any() and np.vdot(one, other) < -0.99 * np.vdot(one, one)
    ]
    return np.unique(np.round(np.array(sizes), 12))


def _draw(axes: Axes, found: Curve, colour: str, dashes: object, low: float) -> None:
    """A curve, and at the height `low` the steps of the check."""
    shown = np.clip(found.errors, LOWEST, 9)
    axes.loglog(STEPS, shown, color=colour, ls=dashes, lw=1.4)
    marks = np.full(found.steps.shape, low)
    axes.plot(found.steps, marks, "|", color=colour, ms=7, mew=1.4)


def _label(axes: Axes) -> None:
    axes.text(3e-7, 3e-2, "float32", color=FAINT, ha="right")
    axes.text(1e-8, 3e-10, "float64", color=RIGHT, ha="right")
    axes.text(1e-12, 1e-16, "steps of the check", color=FAINT, va="center")
    axes.set(xlabel="step h", ylabel="relative error", ylim=(1e-17, 20))
    axes.set(xticks=10.0 ** np.arange(-12, 1, 3), yticks=10.0 ** np.arange(-15, 1, 3))
    axes.minorticks_off()


def _range(steps: Array) -> str:
    return f"{steps.min():.0e} to {steps.max():.0e}"


@cache
def where_it_stood() -> str:
    """Both curves, with the steps of the check below them."""
    with same_everywhere():
        double, single = curve(np.float64), curve(np.float32)
    with drawn(3.2) as (drawing, axes):
        _draw(axes, single, FAINT, (0, (6, 2)), 3e-16)
        _draw(axes, double, RIGHT, "-", 4e-17)
        _label(axes)
    return as_svg(
        drawing,
        "standing",
        "The best step depends on the precision of the cost, so no fixed one fits "
        "both. The marks at the bottom are the steps that the check took, once it had "
        "measured the noise; they are longer than the best single step, because it "
        f"combines {in_words(STRIDE)}.",
        "Relative error of a central difference over its step, on logarithmic scales, "
        "for one cost in float64 and in float32. Each falls with the square of the "
        "step and then rises raggedly; float32 bottoms out much higher and at a longer "
        f"step. The check took steps from {_range(double.steps)} in float64 and from "
        f"{_range(single.steps)} in float32.",
    )
