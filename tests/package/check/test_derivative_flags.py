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


def keyed(x, kind=None):
    return {"slope": x * (2 - x)}[kind]


def several(x, *rest):
    return x * (2 - x) * rest[0]


def misspelt(x, deriv=False):
    return x if deriv else no_such_name * x  # noqa: F821


def of_no_module(x, deriv=False):
    return x if deriv else np.no_such_function(x)


def two(z, kind):
    return {"slope": z * (2 - z)}[kind]


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (keyed, r"KeyError: None; what it needs besides.*\(keyed, kind=\.\.\.\)$"),
        (several, r"IndexError: .*; what it needs besides.*\(several, \.\.\.\)$"),
        (two, r"failed with .*Error.*; what is no such number.*\(two, kind=\.\.\.\)$"),
    ],
)
def test_where_an_argument_may_help_it_is_said_how_to_give_it(function, message):
    with pytest.raises(ValueError, match=message):
        derivative_argument(function)


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (misspelt, "NameError: name 'no_such_name' is not defined$"),
        (of_no_module, "has no attribute 'no_such_function'$"),
        (lambda z, w: no_such_name, "NameError: name 'no_such_name' is not defined$"),  # noqa: F821
        (lambda x: [][1], "IndexError: list index out of range$"),
        (lambda x, deriv=False: x[:-1] if np.ndim(x) else x, "returned shape"),
    ],
)
def test_where_no_argument_helps_none_is_proposed(function, message):
    with pytest.raises(ValueError, match=message) as caught:
        derivative_argument(function)
    assert "=..." not in str(caught.value)


def test_what_fails_with_its_flag_is_told_of_no_other():
    with pytest.raises(ValueError, match=r"KeyError: 'other'$"):
        derivative_argument(keyed, kind="other")
