"""The proof that only a monotone activation has a slope from the output, as code.

A function that rises at one place and falls at another comes back to an output that it
has had before, and comes back not rising: one output, two slopes.  See the page "The
proof"; the functions here take its steps, in its order, with its names.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from backprop_explained import Activation
from backprop_explained.check.probes import probe

Function = Callable[[Any], Any]  # of a number, or of an array

GRID = 4000
"""Steps from p to q in the search for a return: one between two of them is missed."""


class MonotoneError(ValueError):
    """The slope has one sign wherever it was asked: there is nothing to come back."""


class Witness(NamedTuple):
    """Two places with one output and with slopes that differ in sign."""

    z1: float
    z2: float


def first_return(f: Function, p: float, q: float) -> float:
    """The first r in (p, q] at which a continuous f has its value at p again.

    Just after p it must be above that value, and at q it must not.
    """
    grid = np.linspace(p, q, GRID + 1)
    level = f(p)
    below = f(grid) <= level
    below[0] = False
    if below[1] or not below.any():
        raise ValueError(
            f"it must be above f(p) just after p = {p}, and not at q = {q}"
        )
    last = int(below.argmax())
    above, at_or_below = float(grid[last - 1]), float(grid[last])
    while above < (middle := (above + at_or_below) / 2) < at_or_below:
        if f(middle) > level:
            above = middle
        else:
            at_or_below = middle
    return at_or_below


def find_witness(f: Function, p: float, q: float) -> Witness:
    """One output with two slopes, for an f that rises at p and falls at q."""
    if p > q:  # turned upside down, it rises at q, and then falls at p
        return find_witness(lambda z: -f(z), q, p)
    if f(p) >= f(q):
        return Witness(p, first_return(f, p, q))
    r = -first_return(lambda z: f(-z), -q, -p)  # from right to left, the same
    return Witness(r, q)


def rise_and_fall(row: Activation) -> tuple[float, float]:
    """The place where it rises most, and that where it falls most."""
    z, _, slope = probe(row)
    p, q = slope.argmax(), slope.argmin()
    if not slope[q] < 0 < slope[p]:
        raise MonotoneError(f"{row.name} has slopes of one sign: it looks monotone")
    return float(z[p]), float(z[q])


def witness_of(row: Activation) -> Witness:
    """A witness of a row of the catalogue, found as the proof finds it."""
    return find_witness(lambda z: row.function(np.asarray(z)), *rise_and_fall(row))
