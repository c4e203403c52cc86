"""The rows of the catalogue, for tests that run over them, and each by mpmath."""

import math

import mpmath
import numpy as np
import pytest

from backprop_explained import ACTIVATIONS, make_activation

MP = mpmath.mp.clone()
MP.dps = 110
ROUNDINGS = 4
"""The roundings that a function, and what is handed to it, may go through."""


def rows_where(condition, rows=ACTIVATIONS):
    chosen = {name: row for name, row in rows.items() if condition(row)}
    return pytest.mark.parametrize("row", chosen.values(), ids=chosen)


each_row = rows_where(lambda row: True)
each_with_output = rows_where(lambda row: row.derivative_from_output)
each_monotone = rows_where(lambda row: row.witness is None)
each_other = rows_where(lambda row: row.witness)
each_with_kinks = rows_where(lambda row: row.kinks)

SINE = make_activation(
    "sine", np.sin, np.cos, witness=(math.pi / 4, 3 * math.pi / 4), domain=(-9.0, 9.0)
)
CUBE = make_activation("own cube", lambda z: z**3, lambda z: 3 * z**2)


# ---- the same functions, by mpmath


def number(decimal):
    return MP.mpf(decimal)


def clamp(z, low, high):
    return min(max(z, low), high)


def selu(z):
    """From the fixed point that defines it: mean 0 and variance 1 stay as they are."""
    e, pi, tail = MP.exp(1), MP.pi, MP.erfc(1 / MP.sqrt(2))
    alpha = -MP.sqrt(2 / pi) / (tail * MP.sqrt(e) - 1)
    mean = (1 - alpha * (1 - MP.sqrt(e) * tail) * MP.sqrt(pi / 2)) / MP.sqrt(2 * pi)
    square = (
        1 + alpha**2 * (e**2 * MP.erfc(MP.sqrt(2)) - 2 * MP.sqrt(e) * tail + 1)
    ) / 2
    assert abs(mean) < 1e-50
    return (z if z > 0 else alpha * MP.expm1(z)) / MP.sqrt(square)


def gelu_tanh(z):
    u = MP.sqrt(2 / MP.pi) * (z + number("0.044715") * z**3)
    return z * MP.exp(u) / (2 * MP.cosh(u))  # (1 + tanh u)/2 without cancelling


EXACT = {
    "sigmoid": lambda z: 1 / (1 + MP.exp(-z)),
    "tanh": MP.tanh,
    "relu": lambda z: max(z, 0),
    "identity": lambda z: z,
    "leaky_relu": lambda z: z if z > 0 else z / 100,
    "leaky_relu_negative": lambda z: z if z > 0 else -z / 5,
    "abs": abs,
    "relu6": lambda z: clamp(z, 0, 6),
    "hard_tanh": lambda z: clamp(z, -1, 1),
    "hard_sigmoid": lambda z: clamp(z / 6 + number("0.5"), 0, 1),
    "hardswish": lambda z: z * clamp(z / 6 + number("0.5"), 0, 1),
    "softshrink": lambda z: MP.sign(z) * max(abs(z) - 1, 0),
    "elu": lambda z: z if z > 0 else MP.expm1(z),
    "celu": lambda z: z if z > 0 else 2 * MP.expm1(z / 2),
    "selu": selu,
    "softplus": lambda z: MP.log1p(MP.exp(z)),
    "log_sigmoid": lambda z: -MP.log1p(MP.exp(-z)),
    "squareplus": lambda z: (z + MP.sqrt(z**2 + 4)) / 2,
    "softsign": lambda z: z / (1 + abs(z)),
    "arctan": MP.atan,
    "asinh": MP.asinh,
    "tanhshrink": lambda z: z - MP.tanh(z),
    "silu": lambda z: z / (1 + MP.exp(-z)),
    "gelu": lambda z: z * MP.ncdf(z),
    "gelu_tanh": gelu_tanh,
    "mish": lambda z: z * MP.tanh(MP.log1p(MP.exp(z))),
    "exp": MP.exp,
    "expm1": MP.expm1,
    "sinh": MP.sinh,
    "log": MP.log,
    "sqrt": MP.sqrt,
    "reciprocal": lambda z: 1 / z,
    "tan": MP.tan,
    "cube": lambda z: z**3,
    "square": lambda z: z**2,
    "sin": MP.sin,
    "gaussian": lambda z: MP.exp(-(z**2)),
}

each_precision = pytest.mark.parametrize("dtype", [np.float32, np.float64])


def grid(row, bound):
    """An odd grid inside the domain, a little away from its ends and the kinks."""
    low, high = max(row.domain[0], -bound), min(row.domain[1], bound)
    z = np.linspace(low, high, 1003)[1:-1] + 1e-4
    distances = [np.abs(z - kink) for kink in row.kinks]
    return z[np.min([np.full_like(z, np.inf), *distances], axis=0) > 1e-3]
