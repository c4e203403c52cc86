"""The slope of the sigmoid far from 0: exact, and as floats have it."""

from collections.abc import Callable
from functools import cache
from typing import Any

import mpmath
import numpy as np
from matplotlib.axes import Axes

from backprop_explained import (
    SIGMOID,
    Network,
    backward,
    descend,
    forward,
    sigmoid,
    sigmoid_derivative,
    sigmoid_derivative_from_output,
    squared_error,
)
from backprop_explained.notation import Array
from sitebuild.figures.portable import same_everywhere, where_it_turns
from sitebuild.figures.svg import FAINT, A, Z, as_svg, drawn, note

EXACT = mpmath.mp.clone()
EXACT.dps = 50

Formula = Callable[[Array], Array]


def from_output(z: Array) -> Array:
    """What is left in the output: `a (1 - a)`."""
    return sigmoid_derivative_from_output(sigmoid(z))


def usual(z: Array) -> Array:
    """How the slope from z is mostly written."""
    return sigmoid(z) * (1 - sigmoid(z))


def mirrored(z: Array) -> Array:
    """The same without a subtraction, as the package has it."""
    return sigmoid_derivative(z)


def exact_slope(z: float) -> Any:
    """The slope of the sigmoid with 50 digits; it is the same at z and at -z."""
    e = EXACT.exp(-abs(EXACT.mpf(float(z))))
    return e / (1 + e) ** 2


def relative_errors(formula: Formula, z: Array) -> Array:
    """How far a formula is from the slope, as a share of the slope."""
    pairs = zip(formula(z).tolist(), z.tolist(), strict=True)
    return np.array([float(abs(EXACT.mpf(s) / exact_slope(at) - 1)) for s, at in pairs])


def first_one(dtype: type = np.float64) -> float:
    """The smallest z at which the output is exactly 1, by halving a bracket."""
    return float(where_it_turns(lambda z: sigmoid(z) == 1, dtype(1), dtype(64)))


def first_stuck(dtype: type = np.float64) -> float:
    """The smallest z that `z - slope` rounds back to: a step of size 1 is lost."""
    lost = lambda z: z - sigmoid_derivative(z) == z
    return float(where_it_turns(lost, dtype(1), dtype(64)))


def lone_unit(
    z: float, slope: Callable[[Array, Array], Array], weights: type, inner: type
) -> Network:
    """One weight and no bias; the sigmoid and its slope are computed as `inner`."""
    row = SIGMOID._replace(
        function=lambda z: sigmoid(z.astype(inner)).astype(weights),
        slope=lambda z, a: slope(z.astype(inner), a.astype(inner)).astype(weights),
    )
    return Network([np.array([[z]], weights)], activations=row)


def push_down(network: Network, steps: int, step_size: float) -> tuple[float, float]:
    """Train a unit to say 0 when it sees 1: its first slope, and its weight then."""
    dtype = network.weights[0].dtype
    x, y = np.ones((1, 1), dtype), np.zeros((1, 1), dtype)
    slopes = []
    for _ in range(steps):
        gradients = backward(network, forward(network, x), y, squared_error)
        slopes.append(gradients.weights[0].item())
        network = descend(network, gradients, step_size)
    return slopes[0], network.weights[0].item()


def _worst(formula: Formula, dtype: type, high: float) -> tuple[Array, Array]:
    """The largest error of 24 draws in each unit of z: single ones are ragged."""
    rng = np.random.default_rng(0)
    edges = np.arange(-10, high, 1.0)
    draws = (rng.uniform(edge, edge + 1, 24).astype(dtype) for edge in edges)
    worst = [relative_errors(formula, z).max() for z in draws]
    return edges + 0.5, np.array(worst)


def _mark(axes: Axes, bits: int) -> None:
    """Where the slope read from the output becomes 0."""
    z = bits * np.log(2)
    axes.axvline(z, color=FAINT, lw=1, ls=(0, (2, 2)))
    note(axes, f"{bits} ln 2", (z, 3e-20), (-4, 0), ha="right", color=FAINT)


def _errors(axes: Axes, dtype: type, line: object, end: int) -> tuple[float, str, int]:
    """Both formulas in one precision: the first z, the error of the good, the bits."""
    with same_everywhere():
        places, errors = _worst(mirrored, dtype, end)
        wrong = _worst(from_output, dtype, end)
    axes.semilogy(places, errors, color=Z, ls=line)
    axes.semilogy(*wrong, color=A, ls=line)
    bits = np.finfo(dtype).nmant + 1
    _mark(axes, bits)
    flat = f"1e−{-round(np.log10(np.median(errors)))}"
    return places[0] - 0.5, flat, bits


def _name_curves(axes: Axes) -> None:
    axes.text(-9.5, 4e-10, "float32, dashed", color=FAINT)
    axes.text(-9.5, 1e-18, "float64", color=FAINT)
    axes.text(6.5, 1e-3, "a(1 − a)", color=A, ha="right")
    axes.text(17.4, 2e-12, "a(1 − a)", color=A)
    for height in (1e-10, 1e-18):
        axes.text(36, height, "σ(z)σ(−z)", color=Z, ha="right")


@cache
def lost_digits() -> str:
    """The relative error of the formulas over z, in both precisions."""
    end, lines = 41, {np.float32: (5, (3, 1.2)), np.float64: "-"}
    with drawn(3.4) as (drawing, axes):
        found = [_errors(axes, dtype, line, end) for dtype, line in lines.items()]
        _, flat, bits = zip(*found, strict=True)
        start = found[-1][0]
        _name_curves(axes)
        axes.set(xlabel="z", ylabel="relative error", ylim=(1e-20, 30))
        axes.set(yticks=10.0 ** np.arange(-16, 1, 4))
        axes.minorticks_off()
    return as_svg(
        drawing,
        "lost-digits",
        "To the right a(1 − a) loses digits at a steady rate until nothing is left, an "
        "error of 1. σ(z)σ(−z) keeps them all, in either precision. To the left "
        "there is nothing to lose.",
        f"Relative error of the slope over z from −{-start:.0f} to {end}, on a "
        f"logarithmic scale. σ(z)σ(−z) stays flat, near {flat[1]} in float64 and near "
        f"{flat[0]} in float32. a(1 − a) is as good for negative z; to the right its "
        f"error rises in a straight line and reaches 1 at {bits[0]} ln 2 in float32, "
        f"{bits[1]} ln 2 in float64.",
    )
