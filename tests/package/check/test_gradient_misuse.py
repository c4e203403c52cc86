"""Costs that misbehave, and lists that do not fit."""

import math

import numpy as np
import pytest
from checked_network import X, Y, checked, draw, gradients_of, network_and_cost

from backprop_explained import (
    check_gradients,
    numerical_gradient,
    predict,
    squared_error,
)

VALUE, TYPE = ValueError, TypeError

EPS = np.finfo(float).eps


def test_a_cost_that_ignores_its_parameters_gets_the_hint():
    network, _ = network_and_cost()
    check = check_gradients(
        lambda parameters: squared_error(predict(network, X), Y),
        network.parameters,
        gradients_of(network),
    )
    assert not check
    assert "the cost does not read the parameters it is given" in str(check)
    # a step of 1/64 loses six bits of a parameter
    assert all(np.abs(array).max() < 64 * EPS for array in check.numerical)


def test_the_hint_is_not_given_where_the_cost_does_read_them():
    assert "does not read" not in str(checked(0, lambda g: 2 * g))


def test_a_cost_that_writes_to_what_it_is_given_does_no_harm():
    parameters = [draw(3, 2), draw(2)]
    before = [p.copy() for p in parameters]

    def cost(given):
        value = sum((p**3).sum() for p in given)
        for p in given:
            p[...] = 77
        return value

    assert check_gradients(cost, parameters, [3 * p**2 for p in parameters])
    assert all(map(np.array_equal, parameters, before))

    def f(x):
        x *= x
        return x.sum()

    x = np.array([1.0, -3.0])
    np.testing.assert_allclose(numerical_gradient(f, x), [2, -6], rtol=1e-9)
    assert (x == [1, -3]).all()


def test_nothing_given_is_changed():
    network, cost = network_and_cost()
    parameters = [p.copy() for p in network.parameters]
    gradients = gradients_of(network)
    before = [array.copy() for array in [*parameters, *gradients]]
    check_gradients(cost, parameters, gradients)
    assert all(map(np.array_equal, [*parameters, *gradients], before))


@pytest.mark.parametrize(
    ("cost", "error", "words"),
    [
        (lambda p: p[0], VALUE, r"the cost must be one number, but has shape \(2,"),
        (lambda p: math.nan, VALUE, r"the cost must be finite, but is nan; start"),
        (lambda p: math.inf, VALUE, r"the cost must be finite, but is inf"),
        (lambda p: None, TYPE, r"the cost must hold real numbers, not object"),
        (lambda p: 1j, TYPE, r"the cost must hold real numbers, not complex128"),
        (3, TYPE, r"cost must be a function of the parameters, not 3"),
    ],
)
def test_a_cost_that_is_no_number_is_refused(cost, error, words):
    with pytest.raises(error, match=words):
        check_gradients(cost, [[1.0, 2.0]], [[1.0, 2.0]])


@pytest.mark.parametrize("one", [2.0, np.float32(2), np.array([2.0]), np.ones((1, 1))])
def test_a_cost_of_one_entry_is_a_number(one):
    slope = numerical_gradient(lambda x: x[0] * one, [1.0])
    assert slope == pytest.approx(np.asarray(one).ravel())


@pytest.mark.parametrize(
    ("parameters", "gradients", "error", "words"),
    [
        ([[1.0]], [[1.0], [2.0]], VALUE, r"there are 1 parameters but 2 gradients"),
        ([[1.0], [2.0]], [[1.0]], VALUE, r"2 parameters but 1 gradients; give one"),
        (
            *([[1.0], [[1.0, 2.0]]], [[1.0], [[1.0], [2.0]]], VALUE),
            r"array 2: the parameter has shape \(1, 2\), but its gradient \(2, 1\)",
        ),
        ([[1.0]], [1.0], VALUE, r"array 1: .* shape \(1,\), but its gradient \(\)"),
        ([], [], VALUE, r"parameters must hold at least one array, but is empty"),
        ([[1.0]], [], VALUE, r"gradients must hold at least one array"),
        ([[]], [[]], VALUE, r"parameters\[0\] must not be empty"),
        ([[math.nan]], [[1.0]], VALUE, r"parameters\[0\] must be finite.* is nan"),
        ([[1j]], [[1.0]], TYPE, r"parameters\[0\] must hold real numbers"),
        ([[1.0]], [["g"]], TYPE, r"gradients\[0\] must hold real numbers, not <U1"),
        (
            np.ones((1, 1)),
            [[1.0]],
            TYPE,
            r"of arrays, not ndarray; .*: \[parameters\]$",
        ),
        ({"W": 1.0}, [[1.0]], TYPE, r"not dict; give list\(parameters.values\(\)\), "),
        ([[1.0]], np.ones((1, 1)), TYPE, r"gradients must be a list .* not ndarray"),
        (None, [[1.0]], TYPE, r"parameters must be a list of arrays, not NoneType"),
    ],
)
def test_lists_that_do_not_fit_are_refused(parameters, gradients, error, words):
    with pytest.raises(error, match=words):
        check_gradients(lambda p: 0.0, parameters, gradients)


@pytest.mark.parametrize("step", [0, -1e-6, math.nan, math.inf])
def test_a_step_that_is_not_above_0_is_refused(step):
    words = rf"step must be above 0 and finite, not {step}; try 6\.1e-06"
    with pytest.raises(ValueError, match=words):
        numerical_gradient(np.sum, [1.0], step)
    with pytest.raises(ValueError, match=words):
        check_gradients(lambda p: p[0].sum(), [[1.0]], [[1.0]], step=step)
