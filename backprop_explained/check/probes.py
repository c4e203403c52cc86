"""Where a derivative is asked, and what counts as the slope there."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backprop_explained.activations import Activation
from backprop_explained.logistic import sigmoid
from backprop_explained.notation import Array

PROBES = (
    *(-7.57, -4.27, -3.41, -2.57, -1.83, -1.41, -0.91, -0.49),
    *(0.53, 0.87, 1.37, 1.91, 2.63, 3.47, 4.19, 7.43),
)
"""Where an activation defined everywhere is asked.

Away from the points at which the right and a wrong reading give one number: for the
sigmoid z ≈ 0.659046 (both wrong readings), 0.401058 (z(1-z)) and -0.401058 (σ'(a)),
for tanh z = 0.  Not symmetric, so that an even and an odd function are told apart.  Far
enough out for ReLU6's kink, near enough for 1-a² to have digits left in float32.
"""

CLEARANCE = 0.05
"""How far a probe stays from a kink: more than the step of anybody's difference."""

BEYOND_KINK = 0.7
"""Each kink gets a probe on either side, this far off, wherever it lies."""

RELATIVE = 2e-3
"""The relative error up to which a slope is right.

Float32 loses some digits of tanh's 1-a², and a one-sided difference with
a step of 1e-3 is off by up to 1e-3 of it.  A mistake of 1 % is five times as large as
this.
"""

ABSOLUTE = 1e-6
"""The error that is right wherever the slope itself is next to nothing.

Some 17 roundings of a float32 number near 1, for 1-a² far out has no more digits.
"""


class Probe(NamedTuple):
    """The points at which an activation is asked, and the right answers.

    Attributes
    ----------
    z : ndarray of shape (n,)
        Pre-activations, in ascending order.
    a : ndarray of shape (n,)
        The outputs there.
    slope : ndarray of shape (n,)
        The slopes there: what a derivative should return for `z`, or for `a`.

    Examples
    --------
    >>> from backprop_explained import SIGMOID
    >>> z, a, slope = probe(SIGMOID)
    >>> bool((slope == a * (1 - a)).all())
    True
    """

    z: Array
    a: Array
    slope: Array


def probe(activation: Activation) -> Probe:
    """The points of an activation: inside its domain, away from its kinks.

    Parameters
    ----------
    activation : Activation
        Its `domain` and `kinks` have to be right.

    Returns
    -------
    Probe
        `PROBES`, carried into the domain; and two points about each kink.

    Raises
    ------
    ValueError
        If no point is left, or an output or a slope is not finite.

    Examples
    --------
    >>> from backprop_explained import ACTIVATIONS
    >>> z = probe(ACTIVATIONS["relu"]).z
    >>> bool((abs(z) > CLEARANCE).all())
    True
    """
    z = np.array([z for z in _candidates(activation) if _is_clear(z, activation)])
    a = np.array(activation.function(z.copy()), dtype=np.float64)
    slope = np.array(activation.slope(z.copy(), a.copy()), dtype=np.float64)
    if z.size == 0 or not np.isfinite([a, slope]).all():
        raise ValueError(
            f"{activation.name} must have a finite slope inside its domain "
            f"{activation.domain}; state the domain and the kinks of the activation"
        )
    return Probe(z, a, slope)


def _candidates(activation: Activation) -> list[float]:
    """The usual points, carried into the domain; and two about each kink."""
    low, high = activation.domain
    usual = np.array(PROBES)
    if math.isfinite(low) and math.isfinite(high):
        usual = low + (high - low) * sigmoid(usual / 2)
    elif math.isfinite(low):
        usual = low + np.exp(usual / 2)
    elif math.isfinite(high):
        usual = high - np.exp(-usual / 2)
    about = [k + side for k in activation.kinks for side in (-BEYOND_KINK, BEYOND_KINK)]
    return sorted({*usual.tolist(), *about})


def _is_clear(z: float, activation: Activation) -> bool:
    low, high = activation.domain
    clearance = min(CLEARANCE, (high - low) / 100)
    return low < z < high and all(abs(z - k) > clearance for k in activation.kinks)


# ---- what is right there


def is_slope(values: Array, slope: Array, factor: float = 1.0) -> NDArray[np.bool_]:
    """Where the values are the slope, times a factor."""
    allowed = RELATIVE * np.abs(slope) + least(slope)
    return np.asarray(np.abs(values - factor * slope) <= abs(factor) * allowed)


def least(slope: Array) -> float:
    """The error that is right where the slope itself is next to nothing."""
    return ABSOLUTE * min(1.0, float(np.abs(slope).max()))
