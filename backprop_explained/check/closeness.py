"""How close arrays are that differ by rounding alone."""

from typing import NamedTuple

import numpy as np

from backprop_explained.notation import Array


class Tolerance(NamedTuple):
    """How far apart entries may be that are the same except for rounding.

    Examples
    --------
    >>> equal(np.array([1 + 1e-7]), np.array([1.0]), FLOAT64)
    True
    """

    own: float  # as a part of the entry
    largest: float  # as a part of the largest entry of its array
    least: float  # in any case


FLOAT64 = Tolerance(1e-6, 1e-11, 0.0)
"""1e-6 as in the gradient check; 1e-11 for what is left where a sum cancels."""

FLOAT32 = Tolerance(1e-4, 1e-5, float(np.finfo(np.float32).tiny))
"""1,678 roundings of an entry, and 168 of the largest one."""


def equal(
    given: Array, expected: Array, tolerance: Tolerance, slack: Array | float = 0.0
) -> bool:
    """Whether each entry is what is expected; never where one is NaN."""
    if given.shape != expected.shape:
        return False
    sizes = np.abs(expected)
    allowed = tolerance.own * sizes + tolerance.largest * sizes.max() + slack
    return bool((np.abs(given - expected) <= allowed + tolerance.least).all())
