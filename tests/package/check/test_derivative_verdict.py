"""What the verdict on a derivative prints, and what is refused."""

import dataclasses
import math

import numpy as np
import pytest
from slope_rows import A, scalar_relu_slope

from backprop_explained import (
    RELU,
    derivative_argument,
    make_activation,
    sigmoid,
    sigmoid_derivative,
    sigmoid_derivative_from_output,
)


def test_sentences():
    from_output = str(derivative_argument(sigmoid_derivative_from_output))
    assert from_output == "takes the output: pass `a`, not `z`"
    from_z = str(derivative_argument(sigmoid_derivative))
    assert from_z == "takes the pre-activation: pass `z`, not `a`"
    assert "either" in str(derivative_argument(scalar_relu_slope, RELU))
    assert str(derivative_argument(sigmoid)).startswith("takes neither: ")


def test_a_verdict_is_a_value():
    verdict = derivative_argument(sigmoid_derivative)
    assert verdict == derivative_argument(sigmoid_derivative)
    with pytest.raises(dataclasses.FrozenInstanceError):
        verdict.argument = A


def raising(v):
    return {}[float(np.sum(v))]


@pytest.mark.parametrize(
    ("derivative", "message"),
    [
        (raising, r"failed: KeyError: .*\(given one number\)$"),
        (lambda z, w: {}[0], "takes 2 arguments, `z` and `w`, and failed.*KeyError: 0"),
        (lambda: 0.25, "must take an argument, but the function takes none"),
        (lambda v: math.no_such_name, "AttributeError"),
        (lambda v: None, "it returned None; end it with a return"),
        (lambda v: 1j * v, "real numbers, not complex128"),
        (lambda v: "slope", "real numbers"),
        (lambda v: v[:-1], r"returned shape \(15,\) for an argument of shape \(16,\)"),
        (lambda v: np.sum(v * (1 - v)), r"returned shape \(\) for an argument"),
        (lambda v: np.outer(v, v), "returned shape"),
        (lambda v: np.mean(v, axis=1), "returned shape"),
        (lambda v: np.sum(v, axis=0, keepdims=True), "returned shape"),
        (lambda v: v * np.nan, "returned nan for every argument"),
        (lambda v: math.nan, "returned nan for every argument"),
        (lambda v: v / 0, "must return a finite slope"),
    ],
)
def test_what_cannot_be_judged_is_refused(derivative, message):
    with pytest.raises(ValueError, match=message):
        derivative_argument(derivative)


@pytest.mark.parametrize("derivative", [0.25, "sigmoid", None, np.ones(3)])
def test_a_derivative_has_to_be_a_function(derivative):
    with pytest.raises(TypeError, match="must be a function or a layer"):
        derivative_argument(derivative)


@pytest.mark.parametrize("activation", ["tanh", np.tanh, None])
def test_an_activation_has_to_be_one(activation):
    with pytest.raises(TypeError, match=r'ACTIVATIONS\["tanh"\]'):
        derivative_argument(sigmoid_derivative, activation)


def test_an_activation_without_its_domain_is_refused():
    with np.errstate(invalid="ignore"):
        row = make_activation("root", np.sqrt, lambda z: 0.5 / np.sqrt(z))
        with pytest.raises(ValueError, match="root must have a finite slope inside"):
            derivative_argument(np.sqrt, row)


def test_a_wrong_argument_that_raises_or_gives_nan_tells_them_apart():
    def rooted(a):
        with np.errstate(invalid="warn"):  # a caller's own setting
            return np.sqrt(a * (1 - a)) ** 2

    assert derivative_argument(rooted).argument is A


def test_interrupts_are_not_swallowed():
    def interrupted(v):
        raise KeyboardInterrupt(v)

    with pytest.raises(KeyboardInterrupt):
        derivative_argument(interrupted)
