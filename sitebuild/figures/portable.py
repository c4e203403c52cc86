"""Arithmetic that comes out the same on every processor, for figures of rounding.

The error of a rounded result is noise, and NumPy's `exp` and products of matrices round
otherwise from one processor to the next.  IEEE 754 fixes what is used here instead.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from unittest.mock import patch

import mpmath
import numpy as np

from backprop_explained.notation import Array

_EXACT = mpmath.mp.clone()
_EXACT.prec = 120


@cache
def _exp(z: float) -> float:
    return float(_EXACT.exp(z))


def rounded_exp(z: Array, out: Array | None = None) -> Array:
    """The exponential, rounded once.

    Examples
    --------
    >>> rounded_exp(np.array([0.0, 1.0], np.float32))
    array([1.       , 2.7182817], dtype=float32)
    """
    z = np.asarray(z)
    found = np.array([_exp(float(at)) for at in z.flat]).reshape(z.shape)
    if out is None:
        return found.astype(z.dtype)
    out[...] = found
    return out


@contextmanager
def same_everywhere() -> Iterator[None]:
    """`np.exp` is `rounded_exp` meanwhile."""
    with patch.object(np, "exp", rounded_exp):
        yield


def product(x: Array, W: Array) -> Array:
    """`x @ W`, added up in the order of the rows of `W`.

    Examples
    --------
    >>> product(np.eye(2), np.array([[1.0, 2.0], [3.0, 4.0]]))
    array([[1., 2.],
           [3., 4.]])
    """
    return np.asarray((x[:, :, None] * W).sum(axis=1))


def powers_of_ten(start: float, end: float, count: int) -> Array:
    """As `np.logspace`, to six digits."""
    return np.array([float(f"{at:.6g}") for at in np.logspace(start, end, count)])


def where_it_turns(holds: Callable[[Any], Any], low: Any, high: Any) -> Any:
    """The upper end when a bracket, of two floats, cannot be halved any more.

    It holds there, as it does at `high`, and does not at `low`.
    """
    while low < (middle := (low + high) / 2) < high:
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high
