"""Every row of the catalogue against mpmath, and against differences."""

import math
from functools import cache

import numpy as np
import pytest
from rows import EXACT, MP, ROUNDINGS, each_precision, each_row, each_with_output, grid

from backprop_explained import ACTIVATIONS, SIGMOID, relative_error, sigmoid_derivative

NOISE = 1e-90  # of a slope that mpmath takes from differences of numbers near 1


def test_every_row_has_an_exact_function():
    assert EXACT.keys() == ACTIVATIONS.keys()
    assert len(ACTIVATIONS) >= 30


# ---- where they are compared


def points(row):
    """Near 0 and far out, in between, about the kinks and at the edges; in float32."""
    rng = np.random.default_rng(4)
    near_and_far = 10 ** rng.uniform(-12, 4, 30) * rng.choice([-1, 1], 30)
    about = lambda: rng.choice([-1, 1], 6) * 10 ** rng.uniform(-4, -1, 6)
    kinks = [kink + about() for kink in row.kinks]
    z = [near_and_far, rng.uniform(-8, 8, 40), rng.uniform(-80, 80, 20), *kinks]
    z = np.concatenate(z)
    low, high = row.domain
    if math.isfinite(low) and math.isfinite(high):
        z = low + (high - low) / (1 + np.exp(-np.clip(z, -40, 40) / 2))
    elif math.isfinite(low):
        z = low + np.abs(z)
    z = np.unique(z.astype(np.float32))
    return z[(z > low) & (z < high) & ~np.isin(z, row.kinks)]


@cache
def exact(row):
    """At the points: the value, the slope, the second derivative; none out of range."""
    z = points(row)
    columns = [
        [MP.diff(EXACT[row.name], MP.mpf(float(v)), n) for v in z] for n in range(3)
    ]
    values = np.array(columns, dtype=object)
    most = np.abs(values[:2]).max(axis=0)
    inside = most < float(np.finfo(np.float32).max)
    return z[inside], values[:, inside].astype(float)


def test_the_points_are_many_and_wide():
    for row in ACTIVATIONS.values():
        z, values = exact(row)
        assert len(z) > 70
        assert np.isfinite(values).all()
    z, _ = exact(SIGMOID)
    assert (np.abs(z) < 1e-9).any()
    assert z.min() < -1000
    assert z.max() > 1000


def worst(actual, expected, slope, argument):
    """The largest error, in what one rounding of the argument and of the result makes.

    Below the smallest normal number a rounding is that of the smallest.
    """
    info = np.finfo(actual.dtype)
    allowed = info.eps * (np.abs(expected) + np.abs(slope * argument))
    return (np.abs(actual - expected) / (allowed + info.smallest_normal + NOISE)).max()


def spacing_of_terms(row, z):
    """tanhshrink subtracts numbers of the size of z: their rounding is what remains."""
    return z if row.name == "tanhshrink" else 0


@each_precision
@each_row
def test_the_function_agrees_with_mpmath(row, dtype):
    z, (a, slope, _) = exact(row)
    moves = np.abs(slope) + (np.abs(spacing_of_terms(row, z)) > 0)
    assert worst(row.function(z.astype(dtype)), a, moves, z) < ROUNDINGS


@each_precision
@each_row
def test_the_derivative_agrees_with_mpmath(row, dtype):
    z, (_, slope, bend) = exact(row)
    assert worst(row.derivative(z.astype(dtype)), slope, bend, z) < ROUNDINGS


@each_precision
@each_with_output
def test_the_derivative_from_output_agrees_with_mpmath(row, dtype):
    """A rounding of `a` moves the slope by dg/da = f''/f'."""
    z, (a, slope, bend) = exact(row)
    moves = np.divide(bend, slope, out=np.zeros_like(slope), where=slope != 0)
    from_output = row.derivative_from_output(row.function(z.astype(dtype)))
    assert worst(from_output, slope, moves, a) < ROUNDINGS


def test_the_comparison_sees_a_few_roundings_too_many():
    z, (a, slope, bend) = exact(SIGMOID)
    eps = np.finfo(np.float64).eps
    off = SIGMOID.derivative(z.astype(float)) * (1 + 2 * ROUNDINGS * eps)
    assert worst(off, slope, 0 * bend, z) > ROUNDINGS
    swapped = sigmoid_derivative(a)
    assert worst(swapped, slope, bend, z) > 1e12


def test_the_far_tails_keep_their_digits():
    """Where 1 - σ, 1 + erf and 1 + tanh have none left."""
    tails = {"gelu": -10.0, "gelu_tanh": -8.0, "silu": -50.0, "mish": -50.0}
    tails |= {"log_sigmoid": 60.0, "softplus": -60.0, "squareplus": -1e9}
    for name, z in tails.items():
        f, row = EXACT[name], ACTIVATIONS[name]
        a, slope = float(f(MP.mpf(z))), float(MP.diff(f, MP.mpf(z)))
        assert row.function(np.array(z)) == pytest.approx(a, rel=1e-13, abs=0)
        assert row.derivative(np.array(z)) == pytest.approx(slope, rel=1e-13, abs=0)


# ---- differences, which know no formula


def differences(row, z):
    """Central differences entry by entry, with no sum to round."""
    up, down = z + 6e-6, z - 6e-6
    return (row.function(up) - row.function(down)) / (up - down)


def inner(row):
    """A grid that stays where differences are precise: away from a pole."""
    z, (low, high) = grid(row, 5), row.domain
    return z[(z > low + 0.2) & (z < high - 0.2)]


@each_row
def test_derivative_is_the_slope_of_the_function(row):
    z = inner(row)
    slope, expected = row.derivative(z), differences(row, z)
    assert relative_error(slope, expected) < 1e-8
    np.testing.assert_allclose(slope, expected, rtol=1e-8, atol=1e-8)


def test_the_oracle_of_differences_rejects_a_wrong_derivative():
    wrong = SIGMOID._replace(derivative=lambda z: 1.001 * sigmoid_derivative(z))
    z = grid(wrong, 5)
    assert relative_error(wrong.derivative(z), differences(wrong, z)) > 1e-4
