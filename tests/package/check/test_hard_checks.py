"""Gradients that are right where a check easily says otherwise, and their price."""

import numpy as np
import pytest

from backprop_explained import (
    SIGMOID,
    backward,
    check_gradients,
    forward,
    predict,
    random_network,
    squared_error,
)

F = np.float32


def draw(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape)


@pytest.mark.parametrize("given", [np.float32, np.float64])
def test_a_cost_in_float32_is_right_and_says_its_digits(given):
    x, t = draw(8, 8).astype(F), draw(8, 8, seed=1).astype(F)
    cost = lambda p: np.mean(np.sum((p[0].astype(F) - t) ** 2, 1) / 16)
    check = check_gradients(cost, [x.astype(given)], [(x - t) / 64])
    assert check.verdict == "right"
    assert "about 7 digits" in check.reason
    assert check.arrays[0].bound <= 1e-2
    wrong = check_gradients(cost, [x.astype(given)], [(x - t) / 32])
    assert wrong.verdict == "wrong"
    assert wrong.factor == pytest.approx(2, rel=1e-2)


@pytest.mark.parametrize(("slope", "verdict"), [(0, "kink"), (1, "kink"), (3, "wrong")])
@pytest.mark.parametrize("size", [4, 300])
def test_at_a_kink_only_the_slopes_to_either_side_are_right(slope, verdict, size):
    z = draw(size)
    z[2] = 0
    gradient = (z > 0) * 1.0
    gradient[2] = slope
    check = check_gradients(lambda p: np.maximum(p[0], 0).sum(), [z], [gradient])
    assert check.verdict == verdict
    assert check.passed == (verdict == "kink")
    if check.passed:
        assert "[2] the slopes to either side are 0 and 1" in str(check)


def test_a_random_cost_is_named():
    rng = np.random.default_rng(1)
    x = draw(10, 6)
    cost = lambda p: (x * p[0] * (rng.random(x.shape) > 0.5)).sum()
    check = check_gradients(cost, [draw(6)], [x.sum(axis=0)])
    assert check.verdict == "random"
    assert not check
    assert "calls at one point differ by" in check.reason
    assert "fix its seed" in check.reason


def network_of(widths, m):
    rng = np.random.default_rng(0)
    network = random_network(widths, SIGMOID, rng)
    x, y = rng.random((m, widths[0])), rng.random((m, widths[-1]))
    gradients = backward(network, forward(network, x), y, squared_error).parameters
    cost = lambda p: squared_error(predict(network.with_parameters(p), x), y)
    return cost, network.parameters, gradients


def test_one_factor_of_all_arrays_is_named():
    cost, parameters, gradients = network_of((3, 4, 1), 5)
    check = check_gradients(cost, parameters, [5 * g for g in gradients])
    assert check.factor == pytest.approx(5)
    assert "every array is 5 times the difference" in check.reason


# 3 calls at the parameters, 8 for the noise, 24 per array, or 6 per entry
@pytest.mark.parametrize(
    ("widths", "calls"),
    [((3, 4, 1), 11 + 21 * 6), ((64, 32, 10), 11 + 3 * 24 + 10 * 6)],
)
def test_the_calls_of_a_right_gradient(widths, calls):
    check = check_gradients(*network_of(widths, 5))
    assert check.verdict == "right"
    assert check.calls == calls


@pytest.mark.parametrize("kind", ["entry", "row", "column"])
def test_what_is_wrong_in_a_large_array_is_located(kind):
    cost, parameters, gradients = network_of((64, 32, 10), 5)
    gradients = [g.copy() for g in gradients]
    place = {"entry": (5, 6), "row": (5, slice(None)), "column": (slice(None), 6)}
    gradients[0][place[kind]] *= 1.01
    check = check_gradients(cost, parameters, gradients)
    assert check.worst[0].kind == kind
    assert kind == "column" or check.worst[0].index[0] == 5
    assert kind == "row" or check.worst[0].index[1] == 6
    assert check.calls < 1000
