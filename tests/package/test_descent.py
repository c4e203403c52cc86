"""Training is the lesson, again and again: the same bits, and what a step costs."""

from collections import Counter
from functools import partial

import numpy as np
import pytest
import strategies
from hypothesis import assume, given, settings
from strategies import X, Y, start

from backprop_explained import (
    RELU,
    SIGMOID,
    TANH,
    Network,
    Trace,
    Training,
    _descent,
    backward,
    descend,
    forward,
    random_network,
    sigmoid,
    sigmoid_cross_entropy_delta,
    squared_error,
    sum_of_squares,
    train,
)
from backprop_explained.backprop import backward_unchecked


def by_the_lesson(network, x, y, cost, steps, step_size, output_delta=None):
    """Forward, backward, descend, again and again, and the cost before each."""
    costs = [cost(forward(network, x).output, y)]
    for _ in range(steps):
        trace = forward(network, x)
        gradients = backward(network, trace, y, cost, output_delta=output_delta)
        network = descend(network, gradients, step_size)
        costs.append(cost(forward(network, x).output, y))
    return network, costs


def assert_same_bits(training, lesson):
    trained, costs = lesson
    assert training.costs.tolist() == costs
    pairs = zip(training.network.parameters, trained.parameters, strict=True)
    for ours, theirs in pairs:
        assert ours.dtype == theirs.dtype
        assert ours.tobytes() == theirs.tobytes()


@settings(max_examples=200)
@given(strategies.cases())
def test_training_is_the_lesson_again_and_again_to_the_last_bit(case):
    arguments = case.network, case.x, case.y, case.cost, 4, 1e-3
    with np.errstate(all="ignore"):  # a step may lead out of a domain
        try:
            lesson = by_the_lesson(*arguments)
        except ValueError:  # out of the finite numbers
            assume(False)
        assert_same_bits(train(*arguments), lesson)


@pytest.mark.parametrize(
    ("widths", "rows", "m"),
    [
        ([3, 4, 1], SIGMOID, 4),
        ([2, 2, 2], SIGMOID, 1),
        ([1, 1], TANH, 1),
        ([40, 30, 20, 10], [RELU, TANH, SIGMOID], 25),
    ],
)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("biases", [True, False])
@pytest.mark.parametrize(
    ("cost", "output_delta"),
    [
        (squared_error, None),
        (sum_of_squares, None),
        (squared_error, sigmoid_cross_entropy_delta),
    ],
)
def test_the_bits_agree_in_each_shape_and_precision(
    widths, rows, m, dtype, biases, cost, output_delta
):
    rng = np.random.default_rng(1)
    network = random_network(widths, rows, rng, biases=biases)
    own = [p.astype(dtype) for p in network.parameters]
    network = network.with_parameters(own)
    x = rng.normal(size=(m, widths[0])).astype(dtype)
    y = rng.random((m, widths[-1])).astype(dtype)
    arguments = network, x, y, cost, 30, 0.05
    training = train(*arguments, output_delta=output_delta)
    assert_same_bits(training, by_the_lesson(*arguments, output_delta))
    assert len(training.network.biases) == biases * len(network.weights)


def test_the_bits_agree_for_a_slope_of_ones_own_that_hands_its_argument_back():
    row = SIGMOID._replace(function=np.tanh, slope=lambda z, a: a)
    arguments = start(activations=row), X, Y, squared_error, 9, 0.1
    assert_same_bits(train(*arguments), by_the_lesson(*arguments))


def test_the_comparison_of_bits_sees_the_last_one():
    trained, costs = by_the_lesson(start(), X, Y, squared_error, 3, 0.5)
    *own, last = trained.parameters
    off = trained.with_parameters([*own, np.nextafter(last, 1)])
    assert_same_bits(Training(trained, np.array(costs)), (trained, costs))
    with pytest.raises(AssertionError):
        assert_same_bits(Training(off, np.array(costs)), (trained, costs))


def test_all_are_brought_to_the_widest_precision():
    network = Network([np.ones((3, 1), np.float32)])
    trained = train(network, X.astype(np.float32), Y, squared_error, 2, 0.1).network
    assert trained.weights[0].dtype == np.float64


# ---- what a step costs, in things that can be counted


@pytest.fixture
def calls(monkeypatch):
    """The NumPy calls of a step, by name: of the backward pass, or of all of it."""
    counted = Counter()

    def counting(name, *arguments, **keywords):
        counted[name] += 1
        return getattr(np, name)(*arguments, **keywords)

    class Numpy:
        def __getattr__(self, name):
            if name in ("matmul", "multiply", "subtract", "concatenate", "split"):
                return partial(counting, name)
            return getattr(np, name)

    monkeypatch.setattr(_descent, "np", Numpy())
    return counted


@pytest.mark.parametrize("depth", [1, 2, 5])
def test_a_step_downhill_is_one_product_and_one_difference_at_any_depth(depth, calls):
    network = random_network([3] * (depth + 1), SIGMOID, np.random.default_rng(0))
    train(network, X, X, squared_error, 10, 0.1)
    assert calls["multiply"] == calls["subtract"] == 10
    assert calls["matmul"] == 10 * depth  # dC/dW, into an array that is there
    assert calls["concatenate"] == calls["split"] == 2  # however many steps


class Counted(np.ndarray):
    """An array that counts the matrix products it takes part in."""

    products = 0

    def __array_ufunc__(self, ufunc, method, *inputs, out=None, **keywords):
        Counted.products += ufunc is np.matmul
        plain = [np.asarray(value) for value in inputs]
        if out:
            keywords["out"] = tuple(np.asarray(array) for array in out)
        return np.asarray(getattr(ufunc, method)(*plain, **keywords)).view(Counted)


@pytest.mark.parametrize("depth", [1, 2, 5])
def test_no_product_is_made_below_the_first_layer(depth):
    """One for dC/dW per layer, and one to hand the error on, but at the first."""
    network = random_network([3] * (depth + 1), SIGMOID, np.random.default_rng(0))
    zs, activations = forward(network, X)
    views = Trace([z.view(Counted) for z in zs], [a.view(Counted) for a in activations])
    Counted.products = 0
    backward_unchecked(network, views, X, squared_error)
    assert Counted.products == 2 * depth - 1
    row = SIGMOID._replace(function=lambda z: sigmoid(z).view(Counted))
    network = Network(network.weights, network.biases, row)
    steps = 3
    descent = _descent.Descent(network, X.view(Counted), X, squared_error, 0.1, None)
    Counted.products = 0
    descent.run(steps)
    per_step, last_forward = depth + 2 * depth - 1, depth
    assert Counted.products == steps * per_step + last_forward
