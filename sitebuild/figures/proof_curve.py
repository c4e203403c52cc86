"""A curve that the proof is shown on: it rises, falls, rises again, and falls."""

import numpy as np

from backprop_explained.notation import Array
from sitebuild.evidence.first_return import first_return

_BEND = 0.12


def wave(z: Array) -> Array:
    """Waves that become shorter, so that the first return has room in a drawing."""
    return np.sin(z + _BEND * z**2)


def wave_derivative(z: Array) -> Array:
    return np.cos(z + _BEND * z**2) * (1 + 2 * _BEND * z)


RISE, FALL = (-0.3, 0.7), (5.35, 5.85)
"""Between these two places it rises, all in all, and between those it falls."""


def chord(ends: tuple[float, float]) -> float:
    """The slope of the line from one place of the curve to another."""
    start, end = ends
    return float((wave(end) - wave(start)) / (end - start))


def mean_place(ends: tuple[float, float]) -> float:
    """The last place between two that has the slope of their chord.

    From there to the right end its slope is on one side of the chord's.
    """
    low, high = (ends[0] + ends[1]) / 2, ends[1]
    beyond = wave_derivative(high) > chord(ends)
    while low < (middle := (low + high) / 2) < high:
        if (wave_derivative(middle) > chord(ends)) == beyond:
            high = middle
        else:
            low = middle
    return high


P, Q = mean_place(RISE), mean_place(FALL)
LEVEL = float(wave(P))
S = P + 0.3
R = first_return(wave, P, Q)
