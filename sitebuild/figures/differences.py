"""The error of a difference over its step."""

from collections.abc import Callable

import numpy as np

from backprop_explained import sigmoid, sigmoid_derivative
from backprop_explained.notation import Array
from sitebuild.figures import svg
from sitebuild.figures.portable import powers_of_ten

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
