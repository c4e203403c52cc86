"""What a diagnosis says of the cost, and of several mistakes at once."""

import numpy as np
import pytest
from diagnosed import times

from backprop_explained import (
    IDENTITY,
    MISTAKES,
    SIGMOID,
    TANH,
    Cost,
    Gradients,
    Network,
    cross_entropy,
    forward,
    mean_of,
    sigmoid,
    sigmoid_derivative,
    softmax_cross_entropy,
    squared_error,
    sum_of_squares,
)
from sitebuild.evidence.diagnosis import case, diagnose, right_gradient


def test_two_mistakes_at_once_are_both_named(small):
    d2 = forward(small.network, small.x).output - small.y  # a slope is missing
    a1 = forward(small.network, small.x).activations[1]
    below = d2 @ small.network.weights[1].T
    d1 = below * sigmoid_derivative(a1)  # and a where z belongs
    weights = [2 * small.x.T @ d1, 2 * a1.T @ d2]
    diagnosis = diagnose(small, [*weights, 2 * d1.sum(axis=0), 2 * d2.sum(axis=0)])
    assert diagnosis.together
    assert diagnosis.mistakes == (
        "slope missing, output layer",
        "a where z belongs, hidden layers",
        "constant factor",
    )
    assert "hidden layers” and “the right gradient times 2”, together" in str(diagnosis)
    assert "“a where z belongs, hidden layers”, in layer 1" in str(diagnosis)


@pytest.mark.parametrize("layers", [(1,), (2,), (1, 2)])
def test_a_bias_without_a_gradient_is_named_with_its_layer(small, layers):
    weights, biases = right_gradient(small)
    biases = [db * (i not in layers) for i, db in enumerate(biases, 1)]
    found = diagnose(small, Gradients(weights, biases))
    assert found.mistakes == ("bias gradient missing",)
    assert found.matches[0].layers == layers
    assert found.wrong == tuple(f"b{i}" for i in layers)


def test_beside_another_mistake_too(small):
    weights, biases = MISTAKES["a where z belongs"].gradients(*small)
    found = diagnose(small, Gradients(weights, [0 * biases[0], biases[1]]))
    assert found.together
    assert set(found.mistakes) == {"a where z belongs", "bias gradient missing"}


@pytest.mark.parametrize(
    ("cost", "error", "right"),
    [
        (sum_of_squares, "(a - y)", "2 * (a - y)"),
        (squared_error, "(a - y) / 2", "(a - y)"),
        (mean_of(sum_of_squares, "examples"), "(a - y) / m", "2 * (a - y) / m"),
        (lambda a, y: np.sum((a - y) ** 2) / 10, "(a - y) / (2 * m)", "(a - y) / m"),
    ],
)
def test_a_missing_factor_is_put_in_terms_of_the_cost_given(small, cost, error, right):
    c = small._replace(cost=cost)
    sums = right_gradient(small._replace(cost=sum_of_squares))
    given = np.ones((2, 5, 2))
    factor = cost(given[0], 0 * given[1]) / sum_of_squares(given[0], 0 * given[1])
    assert diagnose(c, times(sums, factor))
    text = str(diagnose(c, times(sums, factor / 2)))
    assert "your cost is sum((a - y)**2)" in text
    assert f"  change: error = {error}\n  to:     error = {right}\n" in text


def test_any_function_of_a_and_y_is_a_cost(small):
    odd = lambda a, y: float((np.abs(a - y) ** 3).sum())
    slope = lambda a, y: 3 * np.abs(a - y) * (a - y)
    right = right_gradient(small._replace(cost=Cost("odd", odd, slope)))
    assert diagnose(small._replace(cost=odd), right)
    twice = diagnose(small._replace(cost=odd), times(right, 2))
    assert twice.mistakes == ("factor 2",)


def test_softmax_is_the_vector_case(small):
    network = Network(small.network.weights, small.network.biases, [TANH, IDENTITY])
    y = np.eye(2)[[0, 1, 1, 0, 1]]
    c = small._replace(network=network, y=y, cost=mean_of(softmax_cross_entropy))
    z = forward(network, c.x).output
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    hidden = forward(network, c.x).activations[1]
    d2 = (p - y) / y.size
    d1 = d2 @ network.weights[1].T * (1 - hidden**2)
    arrays = [c.x.T @ d1, hidden.T @ d2, d1.sum(axis=0), d2.sum(axis=0)]
    assert diagnose(c, arrays)
    text = str(diagnose(c, [4 * array for array in arrays]))
    assert "your cost is sum(-y * ln(softmax(z))) / " in text


LEFT_IN = "slope left in, output layer"


def left_in(c, output):
    """The gradient of a tanh layer and one more, with (a - y) * a * (1 - a)."""
    W, b = c.network.weights, c.network.biases
    hidden = np.tanh(c.x @ W[0] + b[0])
    a = output(hidden @ W[1] + b[1])
    d2 = (a - c.y) * a * (1 - a)
    d1 = d2 @ W[1].T * (1 - hidden**2)
    return [c.x.T @ d1, hidden.T @ d2, d1.sum(axis=0), d2.sum(axis=0)]


def softmax(z):
    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)


@pytest.mark.parametrize(
    ("row", "output", "cost"),
    [(SIGMOID, sigmoid, cross_entropy), (IDENTITY, softmax, softmax_cross_entropy)],
)
@pytest.mark.parametrize("mean", [False, True])
def test_a_slope_that_has_cancelled_and_is_left_in_is_named(
    small, row, output, cost, mean
):
    network = Network(small.network.weights, small.network.biases, [TANH, row])
    y = np.eye(2)[[0, 1, 1, 0, 1]]
    c = small._replace(network=network, y=y, cost=mean_of(cost) if mean else cost)
    found = diagnose(c, left_in(c, output))
    assert found.mistakes == (LEFT_IN,)
    assert (found.matches[0].factor == 1) == (not mean)
    change = "change: delta = (a - y) * a * (1 - a)\n  to:     delta = a - y"
    assert change in str(found)
    assert diagnose(c, right_gradient(c))


def test_where_no_slope_has_cancelled_none_is_left_in(small):
    network = Network(small.network.weights, small.network.biases, [TANH, SIGMOID])
    c = small._replace(network=network, cost=squared_error)
    assert diagnose(c, left_in(c, sigmoid))
    twice = left_in(c, sigmoid)
    hidden = np.tanh(c.x @ network.weights[0] + network.biases[0])
    a = sigmoid(hidden @ network.weights[1] + network.biases[1])
    twice[1] = hidden.T @ ((a - c.y) * (a * (1 - a)) ** 2)
    assert LEFT_IN not in diagnose(c, twice).mistakes


def test_two_mistakes_that_cancel_are_right():
    c = case(0)
    twice = times(right_gradient(c), -2)
    assert not diagnose(c, twice)
    assert diagnose(c, times(twice, -0.5))
