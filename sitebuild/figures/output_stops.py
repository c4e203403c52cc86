"""Every activation at the stops of a slider, with the other places of its outputs."""

import re
from functools import cache
from math import ceil, floor, log10
from typing import NamedTuple

import numpy as np

from backprop_explained import ACTIVATIONS, Activation
from backprop_explained.notation import Array

COUNT = 41
_WIDE, _NARROW, _RIGHT, _DIP = (-5.0, 5.0), (-2.0, 2.0), (0.2, 4.2), (-7.0, 1.0)
_WINDOWS = {
    **dict.fromkeys(("silu", "gelu", "gelu_tanh", "mish", "hardswish"), _DIP),
    **dict.fromkeys(("exp", "expm1", "sinh", "cube", "square", "gaussian"), _NARROW),
    **dict.fromkeys(("log", "sqrt"), _RIGHT),
    "reciprocal": (0.4, 4.4),
    "tan": (-1.2, 1.2),
}
_FAR = 60.0
"""How far to both sides another place with the same output is looked for."""
_SAME = 1e-6
"""Slopes that are nearer than that are one slope."""


class Pair(NamedTuple):
    """Another place with the same output, and its own slope."""

    z: float
    slope: float


class Course(NamedTuple):
    """One activation at the stops of the slider.

    `kinks` has the slopes on both sides of a stop at a kink, and `pairs` the nearest
    place with the same output and another slope, where there is one; `best` is the
    stop that shows it best.
    """

    name: str
    z: tuple[float, float]
    a: list[float]
    slope: list[float]
    kinks: dict[int, tuple[float, float]]
    pairs: dict[int, Pair]
    best: int | None
    a_range: tuple[float, float]
    slope_range: tuple[float, float]
    formula: str


def window(row: Activation) -> tuple[float, float]:
    """The part of its domain that is drawn."""
    low, high = _WINDOWS.get(row.name, _WIDE)
    margin = (high - low) / COUNT
    return max(low, row.domain[0] + margin), min(high, row.domain[1] - margin)


def nice_range(values: Array) -> tuple[float, float]:
    """From and to round numbers, with 0 and all the values between them.

    Examples
    --------
    >>> nice_range(np.array([0.02, 0.97]))
    (0.0, 1.0)
    """
    low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
    unit = 10.0 ** floor(log10((high - low) / 2))
    step = unit * (1 if high - low < 5 * unit else 5)
    ends = floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step
    return round(ends[0], 6), round(ends[1], 6)


def _pairs(row: Activation, zs: Array) -> list[Pair | None]:
    """The nearest place with the output at each z and another slope, if there is."""
    low, high = max(-_FAR, row.domain[0]), min(_FAR, row.domain[1])
    grid = np.linspace(low, high, 6_001)
    levels = row.function(zs)
    above = row.function(grid) - levels[:, np.newaxis]
    stops, between = np.nonzero(above[:, :-1] * above[:, 1:] < 0)
    at = _crossings(row, levels[stops], grid[between], grid[between + 1])
    stops_there, there = np.nonzero((above == 0) & ~np.isin(grid, row.kinks))
    stops, at = np.append(stops, stops_there), np.append(at, grid[there])
    steep = row.derivative(at)
    found = []
    for k, (z, slope) in enumerate(zip(zs, row.derivative(zs), strict=True)):
        pairs = map(Pair, at[stops == k].tolist(), steep[stops == k].tolist())
        other = [pair for pair in pairs if abs(pair.slope - slope) > _SAME]
        found.append(min(other, key=lambda pair: abs(pair.z - z), default=None))
    return found


def _crossings(row: Activation, level: Array, low: Array, high: Array) -> Array:
    """Where the output passes its level, between each two places."""
    rising = row.function(high) > level
    while np.any((low < (middle := (low + high) / 2)) & (middle < high)):
        beyond = (row.function(middle) > level) == rising
        low, high = np.where(beyond, low, middle), np.where(beyond, middle, high)
    return high


def _course(row: Activation) -> Course:
    low, high = window(row)
    zs = np.round(np.linspace(low, high, COUNT), 9)
    a, slope = row.function(zs), row.derivative(zs)
    at_kink = {k: z for k, z in enumerate(zs) if z in row.kinks}
    sides = {
        k: tuple(np.round(row.derivative(z + np.array([-1e-9, 1e-9])), 3).tolist())
        for k, z in at_kink.items()
    }
    asked = [k for k in range(COUNT) if row.witness and k not in at_kink]
    pairs = zip(asked, _pairs(row, zs[asked]) if asked else [], strict=True)
    found = {k: Pair(round(p.z, 2), round(p.slope, 3)) for k, p in pairs if p}
    return Course(
        row.name,
        (round(low, 4), round(high, 4)),
        np.round(a, 3).tolist(),
        np.round(slope, 3).tolist(),
        sides,
        found,
        _best(zs, slope, found),
        nice_range(a),
        nice_range(slope),
        _readable(row.formulas[2:]),
    )


def _best(zs: Array, slope: Array, pairs: dict[int, Pair]) -> int | None:
    """The stop at which both slopes are steep, and not too near to its pair."""
    steep = {k: min(abs(slope[k]), abs(pair.slope)) for k, pair in pairs.items()}
    return max(
        pairs, key=lambda k: (round(steep[k], 2), -abs(abs(zs[k]) - 2)), default=None
    )


def _readable(formulas: tuple[str, ...]) -> str:
    """The formula in a, if it has no constants with names of their own."""
    return next((f for f in formulas if not re.search("lam|alpha", f)), "")


def pieces(course: Course) -> list[list[tuple[float, float]]]:
    """The slope over the output, in pieces where a kink parts it."""
    found: list[list[tuple[float, float]]] = [[]]
    for k, (a, slope) in enumerate(zip(course.a, course.slope, strict=True)):
        before, after = course.kinks.get(k, (slope, slope))
        found[-1].append((a, before))
        if before != after:
            found.append([(a, after)])
    return found


@cache
def courses() -> tuple[Course, ...]:
    return tuple(map(_course, ACTIVATIONS.values()))
