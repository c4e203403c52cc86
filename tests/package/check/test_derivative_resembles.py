"""What a wrong derivative resembles."""

import math
import re

import numpy as np
import pytest
from slope_rows import NEITHER, ROWS, Z, each_row, from_z, quiet, scalar_near_zero

from backprop_explained import (
    ACTIVATIONS,
    RELU,
    SIGMOID,
    TANH,
    derivative_argument,
    sigmoid_derivative,
)
from backprop_explained.check.probes import probe


@pytest.mark.parametrize(
    ("derivative", "row", "words"),
    [
        (lambda a: 2 * a * (1 - a), SIGMOID, "2 times the slope from `a`"),
        (lambda z: sigmoid_derivative(z) / 2, SIGMOID, "0.5 times the slope from `z`"),
        (lambda a: a * (a - 1), SIGMOID, "the slope from `a` with the wrong sign"),
        (lambda v: 3 * (v > 0), RELU, "3 times the slope from `z` or `a`"),
        (lambda v: 0.25, SIGMOID, "returns 0.25 for any argument"),
        (lambda v: 0 * v, SIGMOID, "returns 0 for any argument"),
        (lambda a: 1 - a**2, SIGMOID, "the slope of tanh, from `a`"),
        (lambda z: 1 / np.cosh(z) ** 2, SIGMOID, "the slope of tanh, from `z`"),
        (lambda a: a * (1 - a), TANH, "the slope of sigmoid, from `a`"),
        (lambda v: v > 0, SIGMOID, "relu, from `z` or `a`"),
        (
            *(lambda z: sigmoid_derivative(np.clip(z, -5, 5)), SIGMOID),
            "from `z` it is right only where z is -4.27 to 4.19; at z = -7.57",
        ),
        (
            *(lambda a: np.where(a > 0.5, a * (1 - a), 0), SIGMOID),
            "from `a` it is right only where z is 0.53 to 7.43; at z = -7.57",
        ),
        (
            *(lambda a: np.where(np.abs(a - 0.5) < 0.4, 7, a * (1 - a)), SIGMOID),
            "right only where z is -7.57 to -2.57 or 2.63 to 7.43; at z = -1.83",
        ),
        (
            *(scalar_near_zero, SIGMOID),
            "right only where z is -4.27 to 7.43; at z = -7.57 it gives nan",
        ),
        (
            *(lambda v: np.where(v > 0, v**2, 0), RELU),
            "from `z` it is right only where z is -7.57 to -0.49; at z = 0.53",
        ),
        (
            *(lambda v: np.where(np.abs(v) > 4, 0, 7), ROWS["own bell"]),
            "it gives 7 from `z` and 7 from `a`",
        ),
        (
            *(lambda a: a * (1 - a) * np.where(a > 0.5, 0.01, 0.0105), SIGMOID),
            "at z = -0.49, a = 0.3799, where the slope",
        ),
        (lambda a: a**2 * (1 - a), SIGMOID, "at z = -0.49, a = 0.3799, where the"),
    ],
)
def test_neither_says_what_it_is_close_to(derivative, row, words):
    verdict = derivative_argument(derivative, row)
    assert verdict.argument is NEITHER
    assert words in verdict.resembles
    assert verdict.resembles in str(verdict)


@pytest.mark.parametrize(
    ("derivative", "words"),
    [
        (lambda v: 1 - np.exp(-v), "it is the slope of softplus, from `a`"),
        (lambda v: 2 * v, "it is the slope of square, from `z`"),
        (lambda v: 1 + v**2, "it is the slope of tan, from `a`"),
        (np.cos, "it is the slope of sin, from `z`"),
        (np.exp, "it is the slope of exp, from `z`, and of expm1, from `z`"),
        (np.sign, "it is the slope of relu, from `a`, and of abs, from `z`"),
        (lambda v: np.where(v > 0, 1, 0.01), "of leaky_relu, from `z` or `a`"),
    ],
)
def test_the_slope_of_another_activation_is_recognised(derivative, words):
    assert words in derivative_argument(derivative).resembles


@pytest.mark.parametrize("asked", [SIGMOID, TANH, RELU])
@each_row
def test_a_row_named_as_another_is_one_by_its_own_verdict(row, asked):
    """Each suggestion holds at hundreds of points, not only at the probes."""
    verdict = derivative_argument(from_z(row), asked)
    for name, named in re.findall(
        r"of (\w+), from (`z` or `a`|`z`|`a`)", verdict.resembles
    ):
        z = probe(ACTIVATIONS[name]).z
        z = np.linspace(z.min(), z.max(), 999)
        a, slope = ACTIVATIONS[name].function(z), ACTIVATIONS[name].derivative(z)
        for argument, v in (("`z`", z), ("`a`", a)):
            if argument in named:
                np.testing.assert_allclose(quiet(from_z(row), v), slope, 2e-3, 1e-6)


def test_every_row_is_recognised_when_another_was_asked_for():
    for name, row in ACTIVATIONS.items():
        resembles = derivative_argument(from_z(row), ROWS["own logit"]).resembles
        assert f"of {name}, from `z`" in resembles or "1 for any argument" in resembles


def test_a_slip_at_one_point_is_no_other_activation():
    """sign(v) is relu's slope from `a`, even with a slip at a z below 0."""
    slipped = ROWS["abs"].derivative(probe(ROWS["abs"]).z[:1]) * 1.01

    def sign(v):
        return np.where(np.abs(v - probe(ROWS["abs"]).z[0]) < 1e-9, slipped, np.sign(v))

    resembles = derivative_argument(sign, ROWS["abs"]).resembles
    assert "it is right only where z is" in resembles


def test_an_even_and_an_odd_part_are_both_seen():
    """σ'(|z|) is σ'(z); the sign of z alone must not pass."""
    assert derivative_argument(lambda z: sigmoid_derivative(np.abs(z))).argument is Z
    odd = derivative_argument(lambda z: sigmoid_derivative(z) * np.sign(z))
    assert "right only where z is 0.53 to 7.43" in odd.resembles


def test_a_layer_that_takes_one_number_remembers_each():
    class Layer:
        def forward(self, z):
            self.a = 1 / (1 + math.exp(-z))
            return self.a

        def backward(self, dout):
            return dout * (self.a * (1 - self.a)) ** 2

    verdict = derivative_argument(Layer, SIGMOID)
    assert str(verdict).endswith("it multiplies by the slope twice")
