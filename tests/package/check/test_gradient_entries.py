"""A wrong entry among many, and gradients that are zero or nearly so."""

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
    saturated_network,
    with_entry,
)
from diagnosed import drawn
from networks import cost_of, gradient

from backprop_explained import (
    RELU,
    SIGMOID,
    TANH,
    Network,
    check_gradients,
    random_network,
    relative_error,
    sigmoid,
    squared_error,
)
from backprop_explained.check import gradient as gradient_check


def test_one_entry_of_2048_off_by_a_ten_thousandth_is_found():
    """A layer of 64x32, whose entries hide one in the norm."""
    network, x, y, *_ = drawn([64, 32, 10], 32, seed=4)
    hidden = lambda p: sigmoid(x @ p[0] + p[2])
    cost = lambda p: squared_error(sigmoid(hidden(p) @ p[1] + p[3]), y)
    gradients = gradient(network, x, y).parameters
    right = check_gradients(cost, network.parameters, gradients)
    assert set(right.verdicts) == {"right"}
    rng = np.random.default_rng(6)
    large = np.argwhere(np.abs(gradients[0]) > np.median(np.abs(gradients[0])))
    for entry in map(tuple, rng.permutation(large)[:3]):
        off = with_entry(entry, lambda g: g * (1 + 1e-4))
        wrong = [off(gradients[0]), *gradients[1:]]
        assert relative_error(wrong[0], gradients[0]) <= 1e-5
        check = check_gradients(cost, network.parameters, wrong)
        assert check.verdicts == ("wrong", "right", "right", "right")
        assert check.worst[0].kind == "entry"
        assert check.worst[0].index == tuple(entry)
        assert check.worst[0].given == wrong[0][entry]
        assert f"entry [{entry[0]}, {entry[1]}]: " in str(check)
        assert not check


def test_one_entry_of_2048_off_by_a_thousandth_is_wrong():
    x = draw(64, 32)
    wrong = 2 * x
    wrong[5, 6] *= 1.001
    check = check_gradients(lambda p: (p[0] ** 2).sum(), [x], [wrong])
    assert check.verdicts == ("wrong",)
    assert check.worst[0].index == (5, 6)
    assert check.worst[0].numerical == pytest.approx(2 * x[5, 6])


def test_every_measurable_entry_is_watched():
    """On a cubic, whose differences err by h²."""
    x = draw(64, 32)
    right = 3 * x**2
    cost = lambda p: (p[0] ** 3).sum()
    assert check_gradients(cost, [x], [right])
    wrong = right * (1 + 1e-4 * (np.arange(32) == 7))  # a column of 64 entries
    off = check_gradients(cost, [x], [wrong])
    assert not off
    assert off.worst[0].kind == "column"
    assert off.worst[0].index[1] == 7


def test_a_right_gradient_is_never_called_wrong_by_its_entries():
    """Random networks: small entries, vanishing ones, large ones; all are excused."""
    for seed in range(300):
        rng = np.random.default_rng([8, seed])
        widths = rng.integers(1, 7, rng.integers(2, 6))
        rows = [(SIGMOID, TANH)[i] for i in rng.integers(0, 2, len(widths) - 1)]
        scale = 10 ** rng.uniform(-2, 1)
        draw = lambda rng, shape, scale=scale: scale * rng.normal(size=shape)
        network = random_network(widths, rows, rng, draw)
        m = int(rng.integers(1, 9))
        x, y = rng.normal(size=(m, widths[0])), rng.uniform(size=(m, widths[-1]))
        given = cost_of(network, x, y), network.parameters
        check = check_gradients(*given, gradient(network, x, y).parameters)
        assert set(check.verdicts) <= {"right", "undecided"}, (seed, str(check))


def test_a_cost_that_bends_sharply_gets_shorter_steps():
    """The step 6e-6 errs by h² C'''/6: here by 7e-4 of the slope."""
    cost = lambda p: np.sin(1e4 * p[0]).sum()
    x = np.array([1.00003])
    right = 1e4 * np.cos(1e4 * x)
    assert check_gradients(cost, [x], [right]).verdicts == ("right",)
    assert check_gradients(cost, [x], [1.001 * right]).verdicts == ("wrong",)


def test_the_worst_entry_is_the_one_that_is_not_finite():
    check = check_gradients(lambda p: p[0].sum(), [[1.0, 2.0]], [[3.0, math.nan]])
    assert check.worst[0].index == (1,)
    assert "entry [1]: nan, which no slope is" in str(check)


def test_the_worst_entry_of_a_single_number_has_no_index():
    check = check_gradients(lambda p: p[0] ** 2, [3.0], [7.0])
    assert check.worst[0].index == ()
    assert "its one entry: 7, but the difference says 6" in str(check)


# ---- gradients that are zero or nearly so


def dead_relus():
    network, _ = network_and_cost([RELU, SIGMOID])
    weights, biases = network.weights, (np.full(4, -100.0), network.biases[1])
    network = Network(weights, biases, network.activations)
    return network, cost_of(network, X, Y)


def test_dead_relus_have_a_right_gradient_of_zero():
    assert not gradients_of(dead_relus()[0])[0].any()
    check = checked(0, lambda g: g, dead_relus)
    assert check
    assert check.errors[0] == 0
    assert checked(0, lambda g: g + 0.1, dead_relus).verdicts[0] == "wrong"


def test_vanishing_gradients_are_too_small_and_not_wrong():
    assert 0 < np.abs(gradients_of(saturated_network()[0])[0]).max() < 1e-12
    check = checked(0, lambda g: g, saturated_network)
    assert check.errors[0] > gradient_check.WRONG
    assert check.verdicts[::2] in {("undecided", "undecided"), ("undecided", "right")}
    assert check.verdicts[1::2] == ("right", "right")
    assert check
    assert checked(2, lambda g: 2 * g, saturated_network).verdicts[2] != "right"


def test_a_gradient_that_does_not_vanish_where_it_should_is_wrong():
    wrong = checked(0, lambda g: g + 1e-6, saturated_network)
    assert wrong.verdicts[0] == "wrong"


def test_a_check_in_which_nothing_could_be_measured_does_not_pass():
    check = check_gradients(lambda p: 1e6 + p[0].sum() * 1e-13, [[1.0]], [[2e-13]])
    assert check.verdicts == ("undecided",)
    assert not check
    assert "undecided: every slope is too small to measure" in str(check)


@pytest.mark.parametrize("slope", [9.3e-14, 1e-9])
def test_zeros_are_not_the_slope_of_a_cost_that_is_nearly_flat(slope):
    def cost(parameters):
        return float(np.sin(parameters[0]).sum() + slope * parameters[1].sum())

    point = [np.array([0.3, 0.8]), np.array([30.0, -20.0])]
    right = [np.cos(point[0]), np.full(2, slope)]
    assert check_gradients(cost, point, right)
    missing = check_gradients(cost, point, [right[0], np.zeros(2)])
    assert missing.verdicts == ("right", "wrong")


def test_a_saturated_sigmoid_has_a_slope_that_zeros_are_not():
    def cost(parameters):
        return 0.5 * sigmoid(parameters[0]).sum() ** 2

    assert check_gradients(cost, [[30.0]], [[0.0]]).verdict == "wrong"
    assert check_gradients(cost, [[60.0]], [[0.0]]).verdict != "wrong"  # below rounding


def test_zeros_are_the_slope_of_what_the_cost_does_not_read():
    check = check_gradients(lambda p: np.sin(p[0]).sum(), [[0.3], [5.0]], [[0.0], [0]])
    assert check.verdicts == ("wrong", "right")
