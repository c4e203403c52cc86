"""Gradients that are right where a check easily says otherwise, and their price."""

from functools import partial

import checked_network
import numpy as np
import pytest
from checked_network import with_entry
from networks import cost_of, gradient

from backprop_explained import SIGMOID, check_gradients, random_network
from backprop_explained.check.gradient import judge_gradients

F = np.float32
draw = partial(checked_network.draw, seed=0)


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
    gradients = gradient(network, x, y).parameters
    return cost_of(network, x, y), network.parameters, gradients


def test_one_factor_of_all_arrays_is_named():
    cost, parameters, gradients = network_of((3, 4, 1), 5)
    check = check_gradients(cost, parameters, [5 * g for g in gradients])
    assert check.factor == pytest.approx(5)
    assert "every array is 5 times the difference" in check.reason


# 3 calls at the parameters, 8 for the noise, 24 per array, or 6 per entry
@pytest.mark.parametrize(
    ("widths", "parameters", "right", "wrong"),
    [
        ((2, 5, 1), 21, 11 + 21 * 6, 227),
        ((64, 32, 10), 2_410, 11 + 3 * 24 + 10 * 6, 419),
        ((784, 30, 10), 23_860, 11 + 3 * 24 + 10 * 6, 461),
    ],
)
def test_the_calls_of_a_right_gradient_and_of_one_wrong_entry(
    widths, parameters, right, wrong
):
    cost, points, gradients = network_of(widths, 10)
    assert sum(g.size for g in gradients) == parameters
    check = check_gradients(cost, points, gradients)
    assert (check.verdict, check.calls) == ("right", right)
    index = np.unravel_index(np.abs(gradients[0]).argmax(), gradients[0].shape)
    gradients[0] = with_entry(index, lambda g: 1.5 * g)(gradients[0])
    check = check_gradients(cost, points, gradients)
    assert (check.verdict, check.calls) == ("wrong", wrong)
    assert (check.worst[0].kind, check.worst[0].index) == ("entry", index)


def test_what_is_wrong_everywhere_costs_no_long_search():
    cost, points, gradients = network_of((784, 30, 10), 10)
    wrong = [g + draw(*g.shape) * np.abs(g).max() for g in gradients]
    check = check_gradients(cost, points, wrong)
    assert {place.kind for place in check.worst} == {"everything"}
    assert check.calls < 1000


def test_the_verdict_alone_is_the_same_and_costs_less():
    cost, points, gradients = network_of((64, 32, 10), 10)
    wrong = [gradients[0] * (1 + 1e-3 * draw(64, 32)), *gradients[1:]]
    whole = check_gradients(cost, points, wrong)
    alone = judge_gradients(cost, points, wrong, locate=False)
    assert alone.verdicts == whole.verdicts == ("wrong", "right", "right", "right")
    # three right arrays; one direction of the wrong one, at 14 ranges of steps
    assert alone.calls == 11 + 3 * 24 + 14 * 6
    assert whole.calls > 2 * alone.calls


# 11 calls, and 6 per entry, or per direction of the four of an array
@pytest.mark.parametrize("step", [None, 1e-3, 1e-4])
@pytest.mark.parametrize(
    ("method", "calls"),
    [("auto", 11 + 21 * 6), ("entries", 11 + 21 * 6), ("directions", None)],
)
def test_the_method_and_the_step_can_be_forced(method, calls, step):
    cost, points, gradients = network_of((3, 4, 1), 5)
    options = {"method": method, "step": step}
    check = check_gradients(cost, points, gradients, **options)
    assert check.verdict == "right"
    assert check.calls == (calls or 11 + 3 * 24 + 6)  # one array is one entry
    assert (check.numerical is None) == (method == "directions")
    gradients[0] = with_entry((1, 2), lambda g: 1.01 * g)(gradients[0])
    check = check_gradients(cost, points, gradients, **options)
    assert check.verdicts == ("wrong", "right", "right", "right")
    assert (check.worst[0].kind, check.worst[0].index) == ("entry", (1, 2))


def test_entries_can_be_forced_where_directions_are_the_rule():
    cost, points, gradients = network_of((8, 5, 1), 5)
    assert check_gradients(cost, points, gradients).numerical is None
    check = check_gradients(cost, points, gradients, method="entries")
    assert check.calls >= 11 + 6 * 51
    for given, differences in zip(gradients, check.numerical, strict=True):
        np.testing.assert_allclose(differences, given, rtol=0, atol=1e-9)


def test_a_step_that_is_too_long_is_taken_as_it_is_given():
    moved = []
    cost = lambda p: moved.append(p[0][0]) or np.cosh(p[0]).sum()
    check_gradients(cost, [[0.5]], [[np.sinh(0.5)]], step=0.25)
    assert max(moved) == 0.5 + 4 * 0.25


def test_a_method_that_is_none_is_refused():
    with pytest.raises(ValueError, match="method must be one of"):
        check_gradients(lambda p: p[0].sum(), [[1.0]], [[1.0]], method="all")


def test_a_factor_of_1_is_none():
    """Off by one in ten thousand: wrong, but no factor to look for."""
    cost, points, gradients = network_of((64, 32, 10), 5)
    check = check_gradients(cost, points, [g * (1 + 1e-4) for g in gradients])
    assert check.verdict == "wrong"
    assert check.factor is None
    assert "times the difference" not in str(check)
    assert "nothing" not in str(check)


def test_a_kink_that_all_examples_share_is_left_open():
    """Zero weights: a weight moves some of the 40 examples in, and others out."""
    x, target = draw(40, 6), draw(40, seed=1)
    cost = lambda p: ((np.maximum(x @ p[0], 0).sum(axis=1) - target) ** 2).sum()
    weights = np.zeros((6, 3))
    weights[:, :2] = draw(6, 2)

    def judged():
        z = x @ weights
        delta = 2 * (np.maximum(z, 0).sum(axis=1) - target)
        right = x.T @ (delta[:, np.newaxis] * (z > 0))
        return check_gradients(cost, [weights], [right])

    check = judged()
    assert check.verdict in ("kink", "undecided")
    if check.verdict == "undecided":
        assert "the cost has a kink here, in array 1 of 1" in check.reason
        assert "small random biases" in check.reason
    weights[:, 2] += 1e-3 * draw(6, seed=2)
    assert judged().verdict == "right"


@pytest.mark.parametrize("kind", ["entry", "row", "column"])
def test_what_is_wrong_in_a_large_array_is_located(kind):
    cost, parameters, gradients = network_of((64, 32, 10), 5)
    place = {"entry": (5, 6), "row": (5, slice(None)), "column": (slice(None), 6)}
    gradients[0] = with_entry(place[kind], lambda g: 1.01 * g)(gradients[0])
    check = check_gradients(cost, parameters, gradients)
    assert check.worst[0].kind == kind
    assert kind == "column" or check.worst[0].index[0] == 5
    assert kind == "row" or check.worst[0].index[1] == 6
    assert check.calls < 1000
