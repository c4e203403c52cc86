r"""What an activation is: a function and its slope.

A slope can be read off the pre-activation `z` or off the output `a`; an
[Activation][backprop_explained.Activation] is handed both.
"""

import math
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np

from backprop_explained.logistic import (
    bare,
    sigmoid,
    sigmoid_derivative,
    sigmoid_derivative_from_output,
)
from backprop_explained.notation import Array


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
        `a -> da/dz`, where a closed form is known that keeps its digits.
    witness : tuple of two floats, optional
        `(z1, z2)` with one output and two slopes: the proof that no function of the
        output can be the slope.  Present exactly where the activation is not monotone.
    domain : tuple of two floats
        The open interval of `z` on which it is defined.
    kinks : tuple of floats
        Where it has no derivative, and the slope is a convention.
    formulas : tuple of str
        As Python expressions: `a` from `z`, the derivative from `z`, and from `a` where
        a closed form is known, even if no `derivative_from_output` computes it because
        it loses digits.

    Examples
    --------
    >>> z = np.array([0.0, 2.0])
    >>> SIGMOID.slope(z, SIGMOID.function(z))
    array([0.25      , 0.10499359])

    The question's four readings are one line each, this one being wrong:

    >>> slope = lambda z, a: sigmoid_derivative(a)
    >>> mistaken = SIGMOID._replace(slope=slope)
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
    >>> a, slope = lambda z: z**3, lambda z: 3 * z**2
    >>> cube = make_activation("cube", a, slope)
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
