r"""The sigmoid, and its two derivatives.

A derivative can be written in terms of the pre-activation `z` or of the output `a`:

$$\sigma'(z) = \sigma(z)\,(1 - \sigma(z)) = a\,(1 - a).$$

Both give the same number, up to rounding, each from its own argument.  Here the name of
a function says which argument it takes.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from backprop_explained.notation import Array, as_array


@np.errstate(over="ignore", under="ignore")
def sigmoid(z: ArrayLike) -> Array:
    r"""The logistic sigmoid, $\sigma(z) = 1/(1 + e^{-z})$, element by element.

    Parameters
    ----------
    z : array_like of any shape
        Pre-activation, a pure number.  Infinities have their limits, NaN stays NaN.

    Returns
    -------
    ndarray of the same shape
        `a`, between 0 and 1; float32 for a float32 `z`, float64 for integers.

    Raises
    ------
    TypeError
        If `z` is complex, or is not made of numbers.

    Notes
    -----
    The relative error is below 2**-51 for every float64 from -708.39 on: one unit in
    the last place of `exp`, and the roundings of a sum and a quotient.  Below, the
    result is under the smallest normal number, and from about -709.8 on it is 0.  It
    has rounded to exactly 1 from z ≈ 36.74 on.

    Source: the plain formula. `exp(-z)` may overflow to infinity, and 1/∞ is the
    limit that is wanted, so the overflow is no news to the caller.

    Examples
    --------
    >>> sigmoid([0, 2])
    array([0.5       , 0.88079708])
    >>> low, high = sigmoid([float("-inf"), float("inf")])
    >>> low == 0 and high == 1
    np.True_
    """
    z = as_array(z, "z")
    return 1 / (1 + np.exp(-z))


def _sigmoid(z: Array) -> Array:
    """The same, in one array."""
    a = np.negative(z)
    np.exp(a, out=a)
    a += 1
    return np.divide(1, a, out=a)


def sigmoid_derivative(z: ArrayLike) -> Array:
    r"""The slope of the sigmoid, $\sigma'(z)$, read off the **pre-activation**.

    Parameters
    ----------
    z : array_like of any shape
        Pre-activation.  For the output use
        [sigmoid_derivative_from_output][backprop_explained.sigmoid_derivative_from_output].

    Returns
    -------
    ndarray of the same shape
        $\partial a/\partial z$, at most 1/4 except for the last digit.

    Raises
    ------
    TypeError
        If `z` is complex, or is not made of numbers.

    Notes
    -----
    Written as $\sigma(z)\,\sigma(-z)$, because $1 - \sigma(z) = \sigma(-z)$.  Its
    relative error stays below 1e-15 on [-700, 700].  The usual
    $\sigma(z)\,(1 - \sigma(z))$ loses its digits as $\sigma(z)$ nears 1, and is exactly
    0 from z ≈ 36.74 on, where the slope still is 1.1e-16.

    Source: differentiate $1/(1 + e^{-z})$.

    Examples
    --------
    >>> sigmoid_derivative([0, 2])
    array([0.25      , 0.10499359])
    >>> sigmoid_derivative(40) > 0
    np.True_
    >>> sigmoid(40) * (1 - sigmoid(40))
    np.float64(0.0)
    """
    z = as_array(z, "z")
    return sigmoid(z) * sigmoid(-z)


def sigmoid_derivative_from_output(a: ArrayLike) -> Array:
    r"""The slope of the sigmoid, $\sigma'(z)$, read off the **output** $a = \sigma(z)$.

    Parameters
    ----------
    a : array_like of any shape
        Output of the sigmoid.  For the pre-activation use
        [sigmoid_derivative][backprop_explained.sigmoid_derivative].  A value outside
        [0, 1] is no output of a sigmoid; the formula is still carried out on it, as it
        is in the code of those who pass `z`.

    Returns
    -------
    ndarray of the same shape
        $\partial a/\partial z = a\,(1 - a)$: still the slope in `z`, at the `z` that
        made `a`.

    Raises
    ------
    TypeError
        If `a` is complex, or is not made of numbers.

    Notes
    -----
    As `a` nears 1 the subtraction `1 - a` has fewer and fewer digits to work with, and
    once `a` has rounded to 1 the slope is 0.

    Source: put $a$ for $\sigma(z)$ in $\sigma(z)\,(1 - \sigma(z))$.

    Examples
    --------
    >>> sigmoid_derivative_from_output(sigmoid([0, 2]))
    array([0.25      , 0.10499359])
    >>> # z where a belongs: no slope at all
    >>> sigmoid_derivative_from_output(2)
    np.float64(-2.0)
    """
    return _sigmoid_derivative_from_output(as_array(a, "a"))


def _sigmoid_derivative_from_output(a: Array) -> Array:
    return a * (1 - a)


_BARE = [
    (sigmoid, _sigmoid),
    (sigmoid_derivative_from_output, _sigmoid_derivative_from_output),
]


def bare(function: Callable[[Array], Array]) -> Callable[[Array], Array]:
    """The formula of a function that also reads its argument; any other as it is.

    For a loop whose arrays have been read, and which looks after overflow itself.
    """
    return next((formula for whole, formula in _BARE if whole is function), function)
