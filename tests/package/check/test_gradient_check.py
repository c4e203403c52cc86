"""The judge: it accepts what is right, and is proven to reject what is wrong."""

import math

import numpy as np
import pytest
from checked_network import (
    X,
    Y,
    checked,
    draw,
    gradients_of,
    network_and_cost,
    swap_two,
    with_entry,
)

from backprop_explained import (
    RELU,
    SIGMOID,
    TANH,
    GradientCheck,
    Network,
    check_gradients,
    relative_error,
    sigmoid,
    sigmoid_derivative,
)
from backprop_explained.check import gradient as gradient_check


@pytest.mark.parametrize("activations", [SIGMOID, TANH, [RELU, TANH], [TANH, RELU]])
@pytest.mark.parametrize("seed", range(3))
def test_a_right_gradient_passes(activations, seed):
    network, cost = network_and_cost(activations, seed)
    check = check_gradients(cost, network.parameters, gradients_of(network))
    assert check
    assert check.passed
    assert set(check.verdicts) == {"right"}
    assert max(check.errors) <= 1e-6


@pytest.mark.parametrize("array", range(4))
@pytest.mark.parametrize("factor", [1.001, 0.999, -1, 2, 0, 1.0005])
def test_one_array_off_by_a_factor_is_wrong(array, factor):
    check = checked(array, lambda g: g * factor)
    assert not check
    assert [i for i, v in enumerate(check.verdicts) if v == "wrong"] == [array]
    assert str(check).startswith("gradient check: wrong")
    assert f"array {array + 1} of 4" in check.reason


@pytest.mark.parametrize("array", range(4))
def test_two_entries_swapped_are_wrong(array):
    gradient = gradients_of(network_and_cost()[0])[array]
    assert not np.array_equal(swap_two(gradient), gradient)
    check = checked(array, swap_two)
    assert not check
    assert check.verdicts[array] == "wrong"


def test_one_entry_off_by_a_percent_is_wrong():
    first = gradients_of(network_and_cost()[0])[0]
    largest = np.unravel_index(np.abs(first).argmax(), (3, 4))
    off = with_entry(largest, lambda entry: 1.01 * entry)
    assert checked(0, off).verdicts[0] == "wrong"


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_a_gradient_that_is_not_finite_is_wrong(bad):
    check = checked(1, with_entry((0, 0), bad))
    assert check.verdicts == ("right", "wrong", "right", "right")
    assert math.isnan(check.errors[1])
    assert not check


def test_a_gradient_off_by_a_hundred_thousandth_is_wrong():
    check = checked(2, lambda g: g * (1 + 4e-5))
    assert check.verdicts == ("right", "right", "wrong", "right")
    assert not check.passed
    assert "gradient check: wrong in array 3 of 4" in str(check)


@pytest.mark.parametrize(
    "mistake",
    [
        lambda z, a: sigmoid_derivative(a),
        lambda z, a: z * (1 - z),
        lambda z, a: np.ones_like(a),
    ],
)
def test_the_mistaken_readings_are_caught(mistake):
    network, cost = network_and_cost()
    mistaken = Network(network.weights, network.biases, SIGMOID._replace(slope=mistake))
    check = check_gradients(cost, network.parameters, gradients_of(mistaken))
    assert set(check.verdicts) == {"wrong"}


def test_a_network_of_anyone_can_be_checked():
    weights = [draw(3, 4), draw(4, 2)]
    cost = lambda p: np.sum((sigmoid(np.tanh(X @ p[0]) @ p[1]) - Y) ** 2)
    hidden = np.tanh(X @ weights[0])
    output = sigmoid(hidden @ weights[1])
    delta = 2 * (output - Y) * output * (1 - output)
    gradients = [X.T @ (delta @ weights[1].T * (1 - hidden**2)), hidden.T @ delta]
    assert check_gradients(cost, weights, gradients)
    assert not check_gradients(cost, weights, [gradients[0], gradients[1] / 2])


def test_the_verdict_prints_as_a_table():
    lines = str(checked(1, lambda g: 3 * g)).splitlines()
    assert lines[0].startswith("gradient check: wrong: array 2 of 4 is 3 times the ")
    assert len(lines) == 6
    assert lines[2] == "  array 2  (4, 2)     relative error 5.0e-01  wrong"
    assert lines[3].startswith("    all by one factor; at [")
    assert lines[1].startswith("  array 1  (3, 4)     relative error ")
    assert lines[1].endswith("  right")
    assert str(checked(1, lambda g: g)).startswith("gradient check: right\n")


def test_the_verdict_holds_errors_shapes_and_differences():
    network, cost = network_and_cost()
    gradients = gradients_of(network)
    check = check_gradients(cost, network.parameters, gradients)
    assert isinstance(check, GradientCheck)
    assert check.shapes == ((3, 4), (4, 2), (4,), (2,))
    assert check.errors == tuple(map(relative_error, gradients, check.numerical))
    for ours, theirs in zip(gradients, check.numerical, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-6)


@pytest.mark.parametrize(("error", "verdict"), [(1e-9, "right"), (2e-6, "wrong")])
@pytest.mark.parametrize("size", [3, 300])
def test_an_error_above_the_bound_is_wrong(error, verdict, size):
    gradient = np.full(size, 1 + error)
    check = check_gradients(lambda p: p[0].sum(), [np.ones(size)], [gradient])
    assert check.verdicts == (verdict,)
    assert 1e-9 < check.arrays[0].bound < 1e-6


def test_the_constants_are_what_their_docstrings_say():
    assert np.finfo(np.float64).eps ** (1 / 3) == gradient_check.STEP
    assert f"{gradient_check.STEP:.1e}" == "6.1e-06"
    assert (gradient_check.RIGHT, gradient_check.WRONG) == (1e-6, 1e-4)


def test_a_factor_has_no_more_digits_than_it_was_read_to():
    """In float32 a gradient that is doubled is 1.9999 times the difference, or so."""
    rng = np.random.default_rng(2)
    x, y, W = (rng.random(n).astype(np.float32) for n in ((8, 5), (8, 3), (5, 3)))
    cost = lambda p: np.mean((np.tanh(x @ np.float32(p[0])) - y) ** 2)
    a = np.tanh(x @ W)
    right = x.T @ (2 * (a - y) * (1 - a**2) / y.size)
    check = check_gradients(cost, [W], [2 * right])
    assert check.factor != 2
    assert "every array is 2 times the difference" in check.reason
    fine = check_gradients(lambda p: (p[0] ** 2).sum(), [[1.0, 3.0]], [[3.0, 9.0]])
    assert "every array is 1.5 times the difference" in fine.reason
