"""The error of a difference over its step."""

from collections.abc import Callable
from functools import cache

import numpy as np

from backprop_explained import sigmoid, sigmoid_derivative
from backprop_explained.check.gradient import STEP
from backprop_explained.notation import Array
from sitebuild.figures.portable import powers_of_ten, same_everywhere
from sitebuild.figures.svg import FAINT, RIGHT, as_svg, drawn

_X, _W, _B = 2.0, 0.75, -0.5  # the neuron of the first page; it should say 0
STEPS = powers_of_ten(0, -12, 145)


def _cost(w: Array) -> Array:
    return 0.5 * sigmoid(_X * w + _B) ** 2


def _slope() -> float:
    z = _X * _W + _B
    return float(sigmoid(z) * sigmoid_derivative(z) * _X)


def one_sided(h: Array) -> Array:
    """(C(w + h) - C(w)) / h."""
    return (_cost(_W + h) - _cost(np.asarray(_W))) / h


def central(h: Array) -> Array:
    """(C(w + h) - C(w - h)) / 2h."""
    return (_cost(_W + h) - _cost(_W - h)) / (2 * h)


def errors(difference: Callable[[Array], Array]) -> Array:
    """How far a difference is from the slope, as a share of the slope."""
    return np.abs(difference(STEPS) / _slope() - 1)


def _power(value: float) -> str:
    """A power of ten in words of print, rounded: 10⁻¹¹."""
    digits = str(round(np.log10(value))).translate(
        str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
    )
    return f"10{digits}"


@cache
def u_shape() -> str:
    """The error of both differences over the step."""
    with same_everywhere():
        one, two = errors(one_sided), errors(central)
    near = np.abs(np.log10(STEPS / STEP)) < 0.5
    typical = float(np.median(two[near]))
    with drawn(3.0) as (drawing, axes):
        axes.axvline(STEP, color=FAINT, lw=1, ls=(0, (2, 2)))
        shown = np.maximum([one, two], 1e-16)  # a logarithm has no place for 0
        axes.loglog(STEPS, shown[0], color=FAINT, ls=(0, (6, 2)), lw=1.4)
        axes.loglog(STEPS, shown[1], color=RIGHT)
        axes.text(2e-6, 1e-4, "one-sided", color=FAINT, ha="right")
        axes.text(3e-3, 1e-10, "central", color=RIGHT)
        axes.text(1.6 * STEP, 4e-14, "cube root of ε", color=FAINT)
        axes.set(xlabel="step h", ylabel="relative error", ylim=(1e-14, 1.5))
        axes.set(
            xticks=10.0 ** np.arange(-12, 1, 3), yticks=10.0 ** np.arange(-12, 1, 3)
        )
        axes.minorticks_off()
    return as_svg(
        drawing,
        "u-shape",
        "Smaller is not better. To the right the step is too long for the curve, to "
        "the left rounding takes over. The central difference is best near the cube "
        f"root of ε, with an error of about {_power(typical)}.",
        f"Relative error over the step from 1 down to {_power(STEPS.min())}, both on "
        "logarithmic "
        "scales. The central difference falls with the square of the step to about "
        f"{_power(typical)}, then rises raggedly as the step shrinks further. The "
        "one-sided difference falls more slowly and bottoms out higher, at a smaller "
        "step.",
    )
