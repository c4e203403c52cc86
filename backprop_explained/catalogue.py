r"""The activations in one table: function, slope from `z`, slope from the output.

A row is a call of [make_activation][backprop_explained.make_activation], and reads:

1. the function, $z \mapsto a$;
2. its slope, as a function of `z`;
3. its slope, as a function of the output `a`, where a closed form is known that keeps
   its digits;
4. where the activation is not monotone, a `witness` instead: two `z` with one output
   and two slopes.  The outputs agree as far as rounding `z` to a float lets them.

In the code, `_step(v)` is 1 where `v` is positive, else 0.

At a kink the slope is a convention.  Where the kink meets a plateau, it is the
plateau's slope, 0: both have the same output, and a formula that reads the output gives
them the same slope.  Elsewhere it is PyTorch's: the left slope of leaky_relu and selu,
the right one of hardswish at 3, and 0 for the absolute value.

The functions take arrays of finite numbers, keep their precision, and leave NaN what it
is.  Up to $|z| = 10^{12}$ nothing overflows on the way to a number that is not itself
too large, in float32 as in float64.
"""

import copyreg
import math
from typing import Any

import numpy as np

from backprop_explained.activations import (
    IDENTITY,
    RELU,
    SIGMOID,
    TANH,
    Activation,
    _step,
    _tanh_derivative,
    make_activation,
)
from backprop_explained.logistic import sigmoid, sigmoid_derivative
from backprop_explained.notation import Array, as_array

ACTIVATIONS: dict[str, Activation] = {
    row.name: row for row in (SIGMOID, TANH, RELU, IDENTITY)
}
"""The catalogue: name to activation.  The first four stand beside the
[sigmoid][backprop_explained.sigmoid]."""


def _row(name: str, *functions: Any, **about: Any) -> None:
    ACTIVATIONS[name] = make_activation(name, *functions, **about)


# ---- two slopes, and a kink between them

_row(
    "leaky_relu",
    lambda z: np.maximum(z, 0) + 0.01 * np.minimum(z, 0),
    lambda z: _step(z) + 0.01 * (1 - _step(z)),
    lambda a: _step(a) + 0.01 * (1 - _step(a)),
    kinks=(0.0,),
    formulas=(
        "z if z > 0 else 0.01 * z",
        "1 if z > 0 else 0.01",
        "1 if a > 0 else 0.01",
    ),
)

_row(
    "leaky_relu_negative",
    lambda z: np.maximum(z, 0) - 0.2 * np.minimum(z, 0),
    lambda z: _step(z) - 0.2 * (1 - _step(z)),
    witness=(-10.0, 2.0),
    kinks=(0.0,),
    formulas=("z if z > 0 else -(0.2 * z)", "1 if z > 0 else -0.2"),
)

_row(
    "abs",
    np.abs,
    np.sign,
    witness=(-1.0, 1.0),
    kinks=(0.0,),
    formulas=("abs(z)", "1 if z > 0 else -1 if z < 0 else 0"),
)

# ---- plateaus

_row(
    "relu6",
    lambda z: np.clip(z, 0, 6),
    lambda z: _step(z) * _step(6 - z),
    lambda a: _step(a) * _step(6 - a),
    kinks=(0.0, 6.0),
    formulas=("min(max(z, 0), 6)", "1 if 0 < z < 6 else 0", "1 if 0 < a < 6 else 0"),
)

_row(
    "hard_tanh",
    lambda z: np.clip(z, -1, 1),
    lambda z: _step(1 - np.abs(z)),
    lambda a: _step(1 - np.abs(a)),
    kinks=(-1.0, 1.0),
    formulas=("min(max(z, -1), 1)", "1 if abs(z) < 1 else 0", "1 if abs(a) < 1 else 0"),
)

_row(
    "hard_sigmoid",
    lambda z: np.clip(z + 3, 0, 6) / 6,
    lambda z: _step(3 - np.abs(z)) / 6,
    lambda a: _step(a) * _step(1 - a) / 6,
    kinks=(-3.0, 3.0),
    formulas=(
        "min(max(z + 3, 0), 6) / 6",
        "1 / 6 if abs(z) < 3 else 0",
        "1 / 6 if 0 < a < 1 else 0",
    ),
)

_row(
    "hardswish",
    lambda z: z * np.clip(z + 3, 0, 6) / 6,
    lambda z: (np.clip(z + 3, 0, 6) + z * _step(3 - np.abs(z))) / 6,
    witness=(-2.0, -1.0),
    kinks=(-3.0, 3.0),
    formulas=(
        "z * min(max(z + 3, 0), 6) / 6",
        "0 if z <= -3 else 1 if z >= 3 else (2 * z + 3) / 6",
    ),
)

_row(
    "softshrink",
    lambda z: z - np.clip(z, -1, 1),
    lambda z: _step(np.abs(z) - 1),
    lambda a: _step(np.abs(a)),
    kinks=(-1.0, 1.0),
    formulas=("z - min(max(z, -1), 1)", "1 if abs(z) > 1 else 0", "1 if a != 0 else 0"),
)

# ---- a straight line above 0, an exponential below

_row(
    "elu",
    lambda z: np.where(z > 0, z, np.expm1(np.minimum(z, 0))),
    lambda z: np.exp(np.minimum(z, 0)),
    lambda a: np.minimum(a, 0) + 1,
    formulas=(
        "z if z > 0 else exp(z) - 1",
        "1 if z > 0 else exp(z)",
        "1 if a > 0 else a + 1",
    ),
)

_row(
    "celu",
    lambda z: np.where(z > 0, z, 2 * np.expm1(np.minimum(z, 0) / 2)),
    lambda z: np.exp(np.minimum(z, 0) / 2),
    lambda a: np.minimum(a, 0) / 2 + 1,
    formulas=(
        "z if z > 0 else 2 * (exp(z / 2) - 1)",
        "1 if z > 0 else exp(z / 2)",
        "1 if a > 0 else a / 2 + 1",
    ),
)

_SCALE, _ALPHA = 1.0507009873554805, 1.6732632423543772  # Klambauer et al., 2017

_row(
    "selu",
    lambda z: _SCALE * np.where(z > 0, z, _ALPHA * np.expm1(np.minimum(z, 0))),
    lambda z: _SCALE * np.where(z > 0, 1, _ALPHA * np.exp(np.minimum(z, 0))),
    lambda a: np.where(a > 0, _SCALE, np.minimum(a, 0) + _SCALE * _ALPHA),
    kinks=(0.0,),
    formulas=(
        "lam * z if z > 0 else lam * alpha * (exp(z) - 1)",
        "lam if z > 0 else lam * alpha * exp(z)",
        "lam if a > 0 else a + lam * alpha",
    ),
)

# ---- smooth bends


def _softplus(z: Array) -> Any:
    """ln(1 + e^z), without the overflow of e^z."""
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))


def _squareplus(z: Array) -> Array:
    """Below 0 the sum z + hypot(z, 2) would cancel; there a(z) = 1/a(-z)."""
    half = (np.abs(z) + np.hypot(z, 2)) / 2
    return np.where(z > 0, half, 1 / half)


_row(
    "softplus",
    _softplus,
    sigmoid,
    lambda a: -np.expm1(-a),
    formulas=("ln(1 + exp(z))", "sigma(z)", "1 - exp(-a)"),
)

_row(
    "log_sigmoid",
    lambda z: -_softplus(-z),
    lambda z: sigmoid(-z),
    lambda a: -np.expm1(a),
    formulas=("-ln(1 + exp(-z))", "sigma(-z)", "1 - exp(a)"),
)

_row(
    "squareplus",
    _squareplus,
    lambda z: _squareplus(z) / np.hypot(z, 2),
    lambda a: (a / np.hypot(a, 1)) ** 2,
    formulas=(
        "(z + sqrt(z**2 + 4)) / 2",
        "(1 + z / sqrt(z**2 + 4)) / 2",
        "a**2 / (a**2 + 1)",
    ),
)

# ---- smooth steps, and what grows more slowly than a line

_row(
    "softsign",
    lambda z: z / (1 + np.abs(z)),
    lambda z: (1 + np.abs(z)) ** -2,
    lambda a: (1 - np.abs(a)) ** 2,
    formulas=("z / (1 + abs(z))", "1 / (1 + abs(z)) ** 2", "(1 - abs(a)) ** 2"),
)

_row(
    "arctan",
    np.arctan,
    lambda z: 1 / (1 + z**2),
    lambda a: np.cos(a) ** 2,
    formulas=("arctan(z)", "1 / (1 + z**2)", "cos(a) ** 2"),
)

_row(
    "asinh",
    np.arcsinh,
    lambda z: 1 / np.hypot(1, z),
    lambda a: 1 / np.cosh(a),
    formulas=("asinh(z)", "1 / sqrt(1 + z**2)", "1 / cosh(a)"),
)

# Monotone, so its slope is a function of the output; no closed form is known here.
_row(
    "tanhshrink",
    lambda z: z - np.tanh(z),
    lambda z: np.tanh(z) ** 2,
    formulas=("z - tanh(z)", "tanh(z) ** 2"),
)

# ---- a dip below 0: the output is not enough

_cdf = np.vectorize(lambda z: math.erfc(-z / math.sqrt(2)) / 2, otypes=[float])


def _normal_cdf(z: Array) -> Array:
    """Φ(z); by erfc and not 1 + erf, for the digits of the lower tail."""
    return np.asarray(_cdf(z)).astype(as_array(z, "z").dtype)


def _normal_density(z: Array) -> Any:
    """φ(z), the slope of Φ(z)."""
    return np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)


def _twice_u(z: Array) -> Array:
    """2u in the approximation Φ(z) ≈ (1 + tanh u)/2 = σ(2u)."""
    return math.sqrt(8 / math.pi) * (z + 0.044715 * z**3)


def _twice_u_derivative(z: Array) -> Array:
    return math.sqrt(8 / math.pi) * (1 + 3 * 0.044715 * z**2)


_row(
    "silu",
    lambda z: z * sigmoid(z),
    lambda z: sigmoid(z) + z * sigmoid_derivative(z),
    witness=(-2.3961385060760683, -0.5448804401599816),
    formulas=("z * sigma(z)", "sigma(z) + z * sigma(z) * sigma(-z)"),
)

_row(
    "gelu",
    lambda z: z * _normal_cdf(z),
    lambda z: _normal_cdf(z) + z * _normal_density(z),
    witness=(-1.5016540973658448, -0.24893969426947482),
    formulas=("z * Phi(z)", "Phi(z) + z * exp(-(z**2) / 2) / sqrt(2 * pi)"),
)

_row(
    "gelu_tanh",
    lambda z: z * sigmoid(_twice_u(z)),
    lambda z: (
        sigmoid(_twice_u(z))
        + z * sigmoid_derivative(_twice_u(z)) * _twice_u_derivative(z)
    ),
    witness=(-1.503355996803878, -0.24893573141303427),
    formulas=(
        "z * sigma(sqrt(8 / pi) * (z + 0.044715 * z**3))",
        "sigma(sqrt(8 / pi) * (z + 0.044715 * z**3))"
        " + sqrt(8 / pi) * (z + 0.134145 * z**3)"
        " * sigma(sqrt(8 / pi) * (z + 0.044715 * z**3))"
        " * sigma(-(sqrt(8 / pi) * (z + 0.044715 * z**3)))",
    ),
)

_row(
    "mish",
    lambda z: z * np.tanh(_softplus(z)),
    lambda z: np.tanh(_softplus(z)) + z * _tanh_derivative(_softplus(z)) * sigmoid(z),
    witness=(-2.471066918692978, -0.4328064156069246),
    formulas=(
        "z * tanh(ln(1 + exp(z)))",
        "tanh(ln(1 + exp(z))) + z * sigma(z) / cosh(ln(1 + exp(z))) ** 2",
    ),
)

# ---- functions of a calculus book

_row("exp", np.exp, np.exp, np.positive, formulas=("exp(z)", "exp(z)", "a"))

_row(
    "expm1",
    np.expm1,
    np.exp,
    lambda a: a + 1,
    formulas=("exp(z) - 1", "exp(z)", "a + 1"),
)

_row(
    "sinh",
    np.sinh,
    np.cosh,
    lambda a: np.hypot(1, a),
    formulas=("sinh(z)", "cosh(z)", "sqrt(1 + a**2)"),
)

_row(
    "log",
    np.log,
    lambda z: 1 / z,
    lambda a: np.exp(-a),
    domain=(0.0, math.inf),
    formulas=("ln(z)", "1 / z", "exp(-a)"),
)

_row(
    "sqrt",
    np.sqrt,
    lambda z: 1 / (2 * np.sqrt(z)),
    lambda a: 1 / (2 * a),
    domain=(0.0, math.inf),
    formulas=("sqrt(z)", "1 / (2 * sqrt(z))", "1 / (2 * a)"),
)

_row(
    "reciprocal",
    lambda z: 1 / z,
    lambda z: -1 / z**2,
    lambda a: -(a**2),
    domain=(0.0, math.inf),
    formulas=("1 / z", "-(1 / z**2)", "-(a**2)"),
)

_row(
    "tan",
    np.tan,
    lambda z: np.cos(z) ** -2,
    lambda a: 1 + a**2,
    domain=(-math.pi / 2, math.pi / 2),
    formulas=("tan(z)", "1 / cos(z) ** 2", "1 + a**2"),
)

_row(
    "cube",
    lambda z: z**3,
    lambda z: 3 * z**2,
    lambda a: 3 * np.cbrt(a) ** 2,
    formulas=("z**3", "3 * z**2", "3 * abs(a) ** (2 / 3)"),
)

_row(
    "square",
    lambda z: z**2,
    lambda z: 2 * z,
    witness=(-1.0, 1.0),
    formulas=("z**2", "2 * z"),
)

_row(
    "sin",
    np.sin,
    np.cos,
    witness=(math.pi / 6, 5 * math.pi / 6),
    formulas=("sin(z)", "cos(z)"),
)

_row(
    "gaussian",
    lambda z: np.exp(-(z**2)),
    lambda z: -2 * z * np.exp(-(z**2)),
    witness=(-1.0, 1.0),
    formulas=("exp(-(z**2))", "-(2 * z * exp(-(z**2)))"),
)

# ---- pickling: a row of the catalogue by its name, since its lambdas cannot be


def _by_name(name: str) -> Activation:
    return ACTIVATIONS[name]


def _reduced(row: Activation) -> tuple[Any, tuple[Any, ...]]:
    if ACTIVATIONS.get(row.name) is row:
        return _by_name, (row.name,)
    return Activation, tuple(row)


copyreg.pickle(Activation, _reduced)
