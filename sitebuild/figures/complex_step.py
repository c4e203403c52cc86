"""The error of a difference and of the complex step, over the step."""

from functools import cache

import mpmath
import numpy as np

from backprop_explained import sigmoid
from backprop_explained.notation import Array
from sitebuild.figures.portable import powers_of_ten, same_everywhere
from sitebuild.figures.svg import FAINT, RIGHT, as_svg, drawn, note

STEPS = powers_of_ten(0, -16, 97)
AT = 2.0
_EXACT = mpmath.mp.clone()
_EXACT.dps = 60
_LEAST = 1e-17  # an error of 0 has no place on a logarithm


def _slope() -> float:
    a = 1 / (1 + _EXACT.exp(-_EXACT.mpf(AT)))
    return float(a * (1 - a))


def difference_errors() -> Array:
    """Of the central difference of the sigmoid, as a share of the slope."""
    with same_everywhere():
        found = (sigmoid(AT + STEPS) - sigmoid(AT - STEPS)) / (2 * STEPS)
    return np.abs(found / _slope() - 1)


def complex_errors() -> Array:
    """Of the complex step; the function is rounded once, the same everywhere."""
    values = [1 / (1 + _EXACT.exp(-_EXACT.mpc(AT, h))) for h in STEPS.tolist()]
    found = np.array([float(value.imag) for value in values]) / STEPS
    return np.abs(found / _slope() - 1)


@cache
def without_a_u() -> str:
    difference, complex_step = difference_errors(), complex_errors()
    with drawn(2.7) as (drawing, axes):
        shown = np.maximum(difference, _LEAST)
        axes.loglog(STEPS, shown, color=FAINT, ls=(0, (6, 2)))
        axes.loglog(STEPS, np.maximum(complex_step, _LEAST), color=RIGHT)
        note(axes, "difference", (1e-11, 1e-4), (4, 0), color=FAINT)
        note(axes, "complex step", (1e-12, 1e-15), (0, 0), color=RIGHT)
        axes.set(xlabel="step h", ylabel="relative error", ylim=(_LEAST, 10))
        ticks = 10.0 ** np.arange(-16, 1, 4)
        axes.set(yticks=ticks, xticks=ticks)
        axes.minorticks_off()
    best = f"{STEPS[difference.argmin()]:.0e}".replace("e-0", "e−")
    return as_svg(
        drawing,
        "without-a-u",
        "Both get better as the step shrinks, as its square. Then the difference is "
        "spoilt by rounding, and the complex step stays: it subtracts nothing.",
        "Relative error over the step on logarithmic axes. The difference falls to a "
        f"step near {best} and rises again from there, raggedly. The complex step "
        "falls along with it, reaches the bottom and stays there.",
    )
