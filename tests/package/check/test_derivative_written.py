"""Which argument a derivative takes, in code as people write it."""

import math
import warnings

import numpy as np
import pytest
from slope_rows import EITHER, A, Z, scalar_relu_slope

from backprop_explained import (
    IDENTITY,
    RELU,
    SIGMOID,
    TANH,
    derivative_argument,
    sigmoid_derivative,
)
from backprop_explained.check.probes import probe


def sigmoid_prime(z):
    return 1 / (1 + np.exp(-z)) * (1 - 1 / (1 + np.exp(-z)))


def nonlin(x, deriv=False):
    if deriv:
        return x * (1 - x)
    return 1 / (1 + np.exp(-x))


def in_place(v):
    v *= 1 - v
    return v


def in_place_without_return(v):
    v *= 1 - v


def slot_by_slot(values):
    for i, value in enumerate(values):
        values[i] = value * (1 - value)
    return values


def needs_rows(v):
    m, n = v.shape
    return (v * (1 - v)).reshape(m, n)


def far_out(z):
    return np.exp(z) / (1 + np.exp(z)) ** 2  # inf/inf from z = 355 on


def own_errstate(v):
    with np.errstate(all="warn"):
        return np.log(v) + sigmoid_derivative(v)


def scalar_from_output(a):
    return math.sqrt(a - a**2) ** 2  # no real number unless a is an output


WRITTEN = [
    (sigmoid_prime, SIGMOID, Z),
    (lambda z: math.exp(-z) / (1 + math.exp(-z)) ** 2, SIGMOID, Z),
    (lambda z: 0.25 / np.cosh(z / 2) ** 2, SIGMOID, Z),
    (lambda v: nonlin(v, deriv=True), SIGMOID, A),
    (lambda v: nonlin(nonlin(v), True), SIGMOID, Z),
    (in_place, SIGMOID, A),
    (in_place_without_return, SIGMOID, A),
    (slot_by_slot, SIGMOID, A),
    (lambda vs: [v * (1 - v) for v in vs], SIGMOID, A),
    (np.vectorize(lambda v: v * (1 - v)), SIGMOID, A),
    (needs_rows, SIGMOID, A),
    (scalar_from_output, SIGMOID, A),
    (lambda z: np.float32(sigmoid_derivative(z)), SIGMOID, Z),
    (far_out, SIGMOID, Z),
    (lambda z: 1 - math.tanh(z) ** 2, TANH, Z),
    (lambda a: 1 - a * a, TANH, A),
    (lambda a: (1 - a) * (1 + a), TANH, A),
    (scalar_relu_slope, RELU, EITHER),
    (lambda v: v > 0, RELU, EITHER),
    (lambda v: v >= 0, RELU, Z),
    (lambda v: 1, IDENTITY, EITHER),
    (lambda v: np.ones_like(v), IDENTITY, EITHER),
]


@pytest.mark.parametrize(("derivative", "row", "expected"), WRITTEN)
def test_code_as_people_write_it(derivative, row, expected):
    assert derivative_argument(derivative, row).argument is expected


@pytest.mark.parametrize("writes", [in_place, in_place_without_return, slot_by_slot])
def test_writing_to_the_argument_is_mentioned(writes):
    verdict = derivative_argument(writes)
    assert verdict.changes_argument
    assert str(verdict).endswith("it changes its argument in place: pass a copy")


def test_not_writing_is_not_mentioned():
    assert "in place" not in str(derivative_argument(sigmoid_derivative))


def test_writing_to_one_of_the_two_arguments_is_mentioned():
    def clipped(a):
        a[a > 1] = 1  # no output is
        return a * (1 - a)

    assert derivative_argument(clipped).changes_argument


def test_a_function_that_returns_its_own_buffer_each_time():
    buffer = np.empty_like(probe(SIGMOID).z)
    verdict = derivative_argument(
        lambda z: np.copyto(buffer, sigmoid_derivative(z)) or buffer
    )
    assert verdict.argument is Z


def test_a_function_that_keeps_what_it_is_given_cannot_spoil_the_verdict():
    def zeroes(v):
        result = v * (1 - v)
        v[...] = 0
        return result

    assert derivative_argument(zeroes).argument is A


def test_no_warning_escapes_and_none_of_the_callers_settings_change():
    before = np.geterr()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        derivative_argument(lambda z: far_out(100 * z) + np.log(z))
        derivative_argument(own_errstate)
        derivative_argument(lambda v: np.full_like(v, 1e308))
    assert not caught
    assert np.geterr() == before
