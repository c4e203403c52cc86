r"""The sigmoid, its two derivatives, and what an activation is.

A derivative can be written in terms of the pre-activation `z` or of the output `a`:

$$\sigma'(z) = \sigma(z)\,(1 - \sigma(z)) = a\,(1 - a).$$

Both give the same number, each from its own argument.  Here the name of a function
says which argument it takes, and an [Activation][backprop_explained.Activation] is
handed both.
"""

import math
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from backprop_explained.notation import Array, as_array


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
    >>> sigmoid(float("-inf")) == 0 and sigmoid(float("inf")) == 1
    np.True_
    """
    z = as_array(z, "z")
    with np.errstate(over="ignore", under="ignore"):
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
    >>> sigmoid_derivative_from_output(2)  # z where a belongs: no slope at all
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


class Activation(NamedTuple):
    r"""An activation and its slope; the network reads `function` and `slope` alone.

    The slope is handed both `z` and `a`, so no caller has to know which one it reads.

    Attributes
    ----------
    name : str
        What messages call it.
    function : callable
        `z -> a`, element by element.
    slope : callable
        `(z, a) -> da/dz`, element by element.
    derivative : callable, optional
        `z -> da/dz`.
    derivative_from_output : callable, optional
        `a -> da/dz`, where a closed form is known.
    witness : tuple of two floats, optional
        `(z1, z2)` with one output and two slopes: the proof that no function of the
        output can be the slope.  Present exactly where the activation is not monotone.
    domain : tuple of two floats
        The open interval of `z` on which it is defined.
    kinks : tuple of floats
        Where it has no derivative, and the slope is a convention.
    formulas : tuple of str
        As Python expressions: `a` from `z`, the derivative from `z`, and from `a` where
        there is a `derivative_from_output`.

    Examples
    --------
    >>> z = np.array([0.0, 2.0])
    >>> SIGMOID.slope(z, SIGMOID.function(z))
    array([0.25      , 0.10499359])

    The question's four readings are one line each, this one being wrong:

    >>> mistaken = SIGMOID._replace(slope=lambda z, a: sigmoid_derivative(a))
    >>> mistaken.slope(z, SIGMOID.function(z))
    array([0.23500371, 0.20715623])
    """

    name: str
    function: Callable[[Array], Array]
    slope: Callable[[Array, Array], Array]
    derivative: Callable[[Array], Array] | None = None
    derivative_from_output: Callable[[Array], Array] | None = None
    witness: tuple[float, float] | None = None
    domain: tuple[float, float] = (-math.inf, math.inf)
    kinks: tuple[float, ...] = ()
    formulas: tuple[str, ...] = ()


def make_activation(
    name: str,
    function: Callable[[Array], Array],
    derivative: Callable[[Array], Array],
    derivative_from_output: Callable[[Array], Array] | None = None,
    *,
    witness: tuple[float, float] | None = None,
    domain: tuple[float, float] = (-math.inf, math.inf),
    kinks: tuple[float, ...] = (),
    formulas: tuple[str, ...] = (),
) -> Activation:
    """Make an activation whose slope reads the output where the output is enough.

    Parameters
    ----------
    name : str
        What messages call it.
    function : callable
        `z -> a`, element by element.
    derivative : callable
        `z -> da/dz`.
    derivative_from_output : callable, optional
        `a -> da/dz`; if there is one, the slope is read off `a`, else off `z`.
    witness, domain, kinks, formulas
        As in [Activation][backprop_explained.Activation].

    Returns
    -------
    Activation
        A row for the network, or for the catalogue `ACTIVATIONS`.

    Raises
    ------
    TypeError
        If one of the three functions cannot be called.

    Examples
    --------
    >>> cube = make_activation("cube", lambda z: z**3, lambda z: 3 * z**2)
    >>> cube.slope(np.array([2.0]), np.array([8.0]))
    array([12.])
    """
    for role, given in [("function", function), ("derivative", derivative)]:
        if not callable(given):
            raise TypeError(f"{role} must be a function of z, not {given!r}")
    if derivative_from_output is None:
        slope = partial(_slope_from_z, derivative)  # a partial can be pickled
    elif callable(derivative_from_output):
        slope = partial(_slope_from_output, bare(derivative_from_output))
    else:
        raise TypeError(
            "derivative_from_output must be a function of a, or None where there is "
            f"none, not {derivative_from_output!r}"
        )
    return Activation(
        name,
        function,
        slope,
        derivative,
        derivative_from_output,
        witness,
        domain,
        kinks,
        formulas,
    )


def _slope_from_z(
    derivative: Callable[[Array], Array],
    z: Array,
    a: Array,  # noqa: ARG001
) -> Array:
    return derivative(z)


def _slope_from_output(
    derivative_from_output: Callable[[Array], Array],
    z: Array,  # noqa: ARG001
    a: Array,
) -> Array:
    return derivative_from_output(a)


def _tanh_derivative(z: Array) -> Array:
    """1/cosh² without its overflow; where 2z overflows, the slope is 0 anyway."""
    with np.errstate(over="ignore"):
        return 4 * sigmoid_derivative(2 * z)


def _step(v: Array) -> Array:
    """1 where `v` is positive, else 0: at the kink of relu, the plateau's side."""
    return np.heaviside(v, np.zeros_like(v))


SIGMOID = make_activation(
    "sigmoid",
    sigmoid,
    sigmoid_derivative,
    sigmoid_derivative_from_output,
    formulas=("1 / (1 + exp(-z))", "sigma(z) * sigma(-z)", "a * (1 - a)"),
)
TANH = make_activation(
    "tanh",
    np.tanh,
    _tanh_derivative,
    lambda a: 1 - a**2,
    formulas=("tanh(z)", "1 / cosh(z) ** 2", "1 - a**2"),
)
RELU = make_activation(
    "relu",
    lambda z: np.maximum(z, 0),
    _step,
    _step,
    kinks=(0.0,),
    formulas=("max(z, 0)", "1 if z > 0 else 0", "1 if a > 0 else 0"),
)
IDENTITY = make_activation(
    "identity", np.positive, np.ones_like, np.ones_like, formulas=("z", "1", "1")
)
