"""A flag that was forgotten is found, and none is made up."""

import numpy as np
import pytest

from backprop_explained import SIGMOID, TANH, Argument, derivative_argument, sigmoid


def nonlin(x, deriv=False):
    return x * (1 - x) if deriv else 1 / (1 + np.exp(-x))


def counted(x, order=0):
    return sigmoid(x) * (1 - sigmoid(x)) if order == 1 else sigmoid(x)


def forward_first(x, forward=True):
    return np.tanh(x) if forward else 1 - x**2


def required(x, derivative):
    if not isinstance(derivative, bool):
        raise ValueError("a flag")
    return x * (1 - x) if derivative else sigmoid(x)


def scaled(x, slope=1.0, deriv=None):
    return slope * x * (1 - x) if deriv else sigmoid(x)


class Layer:
    def activation(self, v, deriv=False):
        return v * (1 - v) if deriv else sigmoid(v)


@pytest.mark.parametrize(
    ("function", "activation", "call", "takes"),
    [
        (nonlin, SIGMOID, "nonlin, deriv=True", "the output"),
        (counted, SIGMOID, "counted, order=1", "the pre-activation"),
        (forward_first, TANH, "forward_first, forward=False", "the output"),
        (scaled, SIGMOID, "scaled, deriv=True", "the output"),
    ],
)
def test_the_call_with_the_flag_is_stated(function, activation, call, takes):
    verdict = derivative_argument(function, activation)
    assert verdict.argument is Argument.NEITHER
    assert f"derivative_argument({call}) takes {takes}" in str(verdict)
    name, value = call.partition(", ")[2].split("=")
    flagged = derivative_argument(function, activation, **{name: eval(value)})
    assert str(flagged).startswith(f"takes {takes}")


def test_a_flag_that_has_no_default_is_tried_as_well():
    with pytest.raises(
        ValueError, match=r"argument\(required, derivative=True\) takes"
    ):
        derivative_argument(required)


def test_a_bound_method_is_called_as_it_was():
    text = str(derivative_argument(Layer().activation))
    assert "derivative_argument(..., deriv=True) takes the output" in text


@pytest.mark.parametrize(
    "function",
    [
        lambda v: v,
        lambda v, deriv=False: v + deriv,
        lambda v, deriv=False: 1 / 0 if deriv else v,
        lambda v, weights=(1.0, 2.0): v,
    ],
)
def test_no_flag_is_made_up(function):
    verdict = derivative_argument(function)
    assert verdict.argument is Argument.NEITHER
    assert "flag" not in str(verdict)


def test_where_a_flag_was_given_no_other_is_proposed():
    assert "flag" not in str(derivative_argument(nonlin, deriv=False))
