r"""Central differences, entry by entry, and how far apart two arrays are.

$$\frac{\partial C}{\partial w} \approx \frac{C(w + h) - C(w - h)}{2h}$$
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from backprop_explained._progress import progress
from backprop_explained.check.noise import estimate_noise
from backprop_explained.check.probe import finite_parameter, number
from backprop_explained.notation import Array, as_array

STEP = float(np.finfo(np.float64).eps ** (1 / 3))
"""The default step of a difference, relative to the parameter: 6.1e-6.

The formula errs by about h² and rounding by about ε/h; the cube root of ε makes them
equal (Press et al., *Numerical Recipes*, section 5.7).
"""

QUIET = 1e-13
"""Noise up to here, relative to the function, is the rounding of float64."""


def insist_above_0(size: float | None, name: str, way_out: str) -> None:
    """Refuse the size of a step, where there is one, that is not above 0."""
    if size is not None and not (np.isfinite(size) and size > 0):
        raise ValueError(f"{name} must be above 0 and finite, not {size}{way_out}")


def numerical_gradient(
    f: Callable[[Array], Any], x: ArrayLike, step: float | None = None
) -> Array:
    """The gradient of a function of an array, by central differences.

    Parameters
    ----------
    f : callable
        Takes an array of the shape of `x`, returns one number.
    x : array_like of any shape
        Where to take the gradient; used in float64, and never changed.
    step : float, optional
        The step, relative to each entry, or absolute for entries below 1.  Left out,
        it is the cube root of the noise of `f`, relative to `f`: 6.1e-6 in float64,
        about 5e-3 where `f` computes in float32.

    Returns
    -------
    ndarray of the shape of `x`
        One slope per entry, for two calls of `f` each, and about twenty to measure the
        noise.  Where a kink is less than a step away, it lies between both slopes.

    Raises
    ------
    TypeError
        If `f` cannot be called, or `x` is not made of real numbers.
    ValueError
        If `f` returns no single finite number, `x` is NaN or infinite anywhere, or
        `step` is not above 0.

    Examples
    --------
    >>> square = lambda x: (x**2).sum()
    >>> numerical_gradient(square, [1.0, -3.0]).round(6)
    array([ 2., -6.])
    """
    if not callable(f):
        raise TypeError(f"f must be a function of an array, not {f!r}")
    insist_above_0(step, "step", f"; try {STEP:.1e}")
    x = finite_parameter(x, "x").astype(np.float64)
    step = _fitting_step(f, x) if step is None else step
    gradient = np.empty_like(x)
    for i in progress(list(np.ndindex(x.shape)), "central differences"):
        up, down = x.copy(), x.copy()
        h = step * max(1.0, abs(float(x[i])))
        up[i] += h
        down[i] -= h
        width = float(up[i] - down[i])  # what the two really differ by, after rounding
        gradient[i] = (number(f(up)) - number(f(down))) / width
    return gradient


def _fitting_step(f: Callable[[Array], Any], x: Array) -> float:
    """The cube root of the noise, relative to what `f` is or changes by."""
    scale = np.maximum(1.0, np.abs(x))
    ways = np.random.default_rng(0).uniform(-1.0, 1.0, x.shape)
    ways = scale * (np.sign(ways) + ways) / 2  # along ±1 round numbers hide rounding
    noise = min(  # a kink to one side looks like noise
        estimate_noise(lambda t, way=way: number(f(x + t * way)))  # type: ignore[misc]
        for way in (ways, -ways)
    )
    value = number(f(x.copy()))
    change = number(f(x + 1e-2 * ways)) - value
    size = max(abs(value), 1e2 * abs(change))
    return STEP if noise <= QUIET * size else float(min(noise / size, 1e-3) ** (1 / 3))


def relative_error(actual: ArrayLike, expected: ArrayLike) -> float:
    r"""How far apart two arrays are: $\|u - v\| / (\|u\| + \|v\|)$.

    Parameters
    ----------
    actual, expected : array_like of equal shape
        The order does not matter.

    Returns
    -------
    float
        0 for equal arrays (also if both are 0), 1 for opposite ones or where one is 0,
        NaN if an entry is NaN or infinite.

    Raises
    ------
    TypeError
        If an entry is not a real number.
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> relative_error([3.0, 4.0], [3.0, 4.0])
    0.0
    >>> round(relative_error([1.001], [1.0]), 6)
    0.0005
    """
    u, v = as_array(actual, "actual"), as_array(expected, "expected")
    if u.shape != v.shape:
        raise ValueError(
            f"actual has shape {u.shape}, but expected has shape {v.shape}; "
            "compare arrays of one shape"
        )
    largest = np.maximum(np.abs(u).max(initial=0), np.abs(v).max(initial=0))
    if largest == 0:
        return 0.0
    if not np.isfinite(largest):
        return float("nan")
    u, v = u / largest, v / largest  # so that no square overflows
    return float(np.linalg.norm(u - v) / (np.linalg.norm(u) + np.linalg.norm(v)))


# ---- how far apart arrays may be that are the same except for rounding


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
