"""The slope of a function that somebody wrote, measured by differences of it.

Nothing else is believed of the function: no derivative, no kinks, no domain.  Where
differences of it disagree, near a kink or with too few digits, nothing is asked.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backprop_explained.check.probes import CLEARANCE, PROBES, RELATIVE, Probe, least
from backprop_explained.check.readings import read
from backprop_explained.notation import Array

HALVINGS = 14
"""How often the step of the differences is halved, from `CLEARANCE` down to 6e-6."""

KNOWN = RELATIVE / 5
"""How well a slope has to be known where it is asked, relative to its size."""

FEWEST = 4
"""Fewer points than these are no evidence."""


class VectorFunctionError(ValueError):
    """A function whose outputs depend on more than the one input each."""


def measure(function: Callable[..., Any], role: str = "function") -> Probe:
    """The points at which a function can be asked, with its outputs and slopes there.

    Parameters
    ----------
    function : callable
        `z -> a`; it may take arrays, lists, or one number at a time.
    role : str
        What messages call it.

    Returns
    -------
    Probe
        `PROBES`, as far as the function is finite and smooth about them.

    Raises
    ------
    VectorFunctionError
        If an output depends on more than its own input, as softmax's do.
    ValueError
        If the function fails, is random, or is smooth at too few points.

    Examples
    --------
    >>> lecun = lambda z: 1.7159 * np.tanh(2 * z / 3)
    >>> points = measure(lecun)
    >>> right = 1 - (points.a / 1.7159) ** 2
    >>> right *= 1.7159 * 2 / 3
    >>> bool(np.allclose(points.slope, right, rtol=1e-6))
    True
    """
    z = np.array(PROBES)
    first = read(function, "z", z, role)
    if first.error:
        raise ValueError(str(first.error)) from first.error.__cause__
    a = first.values
    if not np.array_equal(a, read(function, "z", z, role).values, equal_nan=True):
        raise ValueError(
            f"{role} must return the same for the same argument, but two calls "
            "differ; leave noise and dropout out of it"
        )
    _insist_on_one_input_each(function, z, a)
    slope, known = slopes(function, z)
    known &= np.isfinite(a)
    if known.sum() < FEWEST:
        raise ValueError(
            f"{role} must be finite and smooth between -8 and 8, but is so at "
            f"{known.sum()} of {len(z)} points; for a function of a narrower domain "
            "give make_activation(..., domain=...) as the activation"
        )
    return Probe(z[known], a[known], slope[known])


def _insist_on_one_input_each(function: Callable[..., Any], z: Array, a: Array) -> None:
    """Move all inputs except every third one, and see whether its output moves."""
    held = np.arange(len(z)) % 3 == 0
    moved = np.where(held, z, z + 0.37)
    there = read(function, "z", moved).values
    if not np.allclose(there[held], a[held], rtol=1e-6, atol=0, equal_nan=True):
        raise VectorFunctionError


def slopes(function: Callable[..., Any], v: Array) -> tuple[Array, NDArray[np.bool_]]:
    """The slopes of a function at some points, and which of them are known.

    Central differences with a step that is halved again and again, each pair of them
    extrapolated (Richardson); of those that agree as far as rounding lets them, the
    best are believed.

    Parameters
    ----------
    function : callable
        `z -> a`, one output for each input.
    v : ndarray of shape (n,)
        Where.

    Returns
    -------
    slopes, known : ndarray of shape (n,)
        The slopes, and whether each is known to `KNOWN`.

    Examples
    --------
    >>> z = np.array([-2.0, 0.01, 3.0])
    >>> values, known = slopes(np.abs, z)
    >>> values.tolist(), known.tolist()
    ([-1.0, 1.0, 1.0], [True, True, True])
    """
    steps = CLEARANCE / 2.0 ** np.arange(HALVINGS)
    table = np.array([_difference(function, v, h) for h in steps])
    refined = table[1:] + (table[1:] - table[:-1]) / 3
    gaps = np.abs(np.diff(refined, axis=0))
    gaps = gaps + 3 * _noise(function, v) / steps[2:, np.newaxis]
    gaps = np.where(np.isfinite(gaps), gaps, np.inf)
    best = gaps.argmin(axis=0)
    columns = np.arange(len(v))
    found = refined[best + 1, columns]
    known = gaps[best, columns] <= KNOWN * np.abs(found) + _small(found)
    return np.where(known, found, np.nan), known


def _noise(function: Callable[..., Any], v: Array) -> Any:
    """What rounding does to each output, by fourth differences of close neighbours."""
    offsets = 1e-3 * np.arange(-3, 4)
    near = np.array([read(function, "z", v + t).values for t in offsets])
    with np.errstate(all="ignore"):
        single = np.array_equal(near, near.astype(np.float32), equal_nan=True)
        rounded = np.finfo(np.float32 if single else np.float64).eps / 2
        seen = np.abs(np.diff(near, 4, axis=0)).max(axis=0) / math.sqrt(70)
    return np.maximum(seen, rounded * np.abs(near).max(axis=0))


def _small(found: Array) -> float:
    finite = found[np.isfinite(found)]
    return least(finite) / 5 if finite.size else 0.0


def _difference(function: Callable[..., Any], v: Array, h: float) -> Any:
    up, down = v + h, v - h
    values = [read(function, "z", moved).values for moved in (up, down)]
    with np.errstate(all="ignore"):
        return (values[0] - values[1]) / (up - down)
