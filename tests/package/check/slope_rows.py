"""Rows of activations, the catalogue's and others, for the tests of derivatives."""

import math

import numpy as np
from rows import rows_where

from backprop_explained import (
    ACTIVATIONS,
    Argument,
    make_activation,
    sigmoid,
    sigmoid_derivative,
)
from backprop_explained.check.probes import ABSOLUTE, RELATIVE, probe

Z, A = Argument.PRE_ACTIVATION, Argument.OUTPUT
EITHER, NEITHER = Argument.EITHER, Argument.NEITHER

OWN = [
    make_activation(
        "own leaky relu",
        lambda z: np.where(z > 0, z, 0.1 * z),
        lambda z: np.where(z > 0, 1, 0.1),
        lambda a: np.where(a > 0, 1, 0.1),
        kinks=(0.0,),
    ),
    make_activation(
        "own softplus", lambda z: np.logaddexp(0, z), sigmoid, lambda a: -np.expm1(-a)
    ),
    make_activation(
        "own silu",
        lambda z: z * sigmoid(z),
        lambda z: sigmoid(z) + z * sigmoid_derivative(z),
        witness=(-1.0, -1.596),
    ),
    make_activation("own exp", np.exp, np.exp, lambda a: a),
    make_activation("own square", lambda z: z**2, lambda z: 2 * z, witness=(-1.0, 1.0)),
    make_activation(
        "own square root",
        np.sqrt,
        lambda z: 0.5 / np.sqrt(z),
        lambda a: 0.5 / a,
        domain=(0.0, math.inf),
    ),
    make_activation(
        "own logarithm of -z",
        lambda z: np.log(-z),
        lambda z: 1 / z,
        lambda a: -np.exp(-a),
        domain=(-math.inf, 0.0),
    ),
    make_activation(
        "own logit",
        lambda z: np.log(z / (1 - z)),
        lambda z: 1 / (z * (1 - z)),
        lambda a: 2 + 2 * np.cosh(a),
        domain=(0.0, 1.0),
    ),
    make_activation(
        "own faint sigmoid",
        lambda z: 1e-6 * sigmoid(z),
        lambda z: 1e-6 * sigmoid_derivative(z),
        lambda a: a * (1 - 1e6 * a),
    ),
    make_activation(
        "own bell",
        lambda z: np.exp(-(z**2)),
        lambda z: -2 * z * np.exp(-(z**2)),
        witness=(-1.0, 1.0),
    ),
    make_activation(
        "own relu6",
        lambda z: np.clip(z, 0, 6),
        lambda z: np.where((z > 0) & (z < 6), 1, 0),
        lambda a: np.where((a > 0) & (a < 6), 1, 0),
        kinks=(0.0, 6.0),
    ),
]


ROWS = {row.name: row for row in [*ACTIVATIONS.values(), *OWN]}


def from_z(row):
    """The slope as a function of z alone, whatever the row is made of."""
    return lambda z: row.slope(z, row.function(z))


def quiet(f, v):
    with np.errstate(all="ignore"):
        return np.asarray(f(v), dtype=float) + 0 * v


def wrong_readings(row):
    """What the two wrong readings give, where the right ones give the slope."""
    points = probe(row)
    yield quiet(row.derivative or from_z(row), points.a)
    if row.derivative_from_output:
        yield quiet(row.derivative_from_output, points.z)


def gaps(wrong, slope):
    """How far a wrong reading is off, in units of what would pass."""
    floor = ABSOLUTE * min(1, np.abs(slope).max())
    gap = np.abs(wrong - slope) / (RELATIVE * np.abs(slope) + floor)
    return np.where(np.isnan(gap), np.inf, gap)


def readings_differ(row):
    """By a look at many points, not at the probes."""
    z = np.concatenate([np.linspace(p - 0.04, p + 0.04, 41) for p in probe(row).z])
    low, high = row.domain
    z = z[(z > low) & (z < high)]
    a = row.function(z)
    other = quiet(row.derivative or from_z(row), a)
    return not np.allclose(other, row.slope(z, a), rtol=1e-9, atol=1e-12)


each_row = rows_where(lambda row: True, ROWS)
each_with_output = rows_where(lambda row: row.derivative_from_output, ROWS)
each_with_two_readings = rows_where(readings_differ, ROWS)
each_with_slope = rows_where(lambda row: probe(row).slope.any(), ROWS)
each_unlike_its_slope = rows_where(  # exp is its own slope
    lambda row: not np.allclose(probe(row).a, probe(row).slope), ROWS
)


def scalar_relu_slope(v):
    return 1 if v > 0 else 0


def scalar_near_zero(z):
    if z < -7:
        raise OverflowError("too far out")
    return math.exp(-z) / (1 + math.exp(-z)) ** 2
