"""One step of gradient descent: the rule, and what it refuses."""

import math

import numpy as np
import pytest
from networks import gradient
from strategies import X, Y, arrays_of, start

from backprop_explained import (
    Gradients,
    Network,
    cross_entropy,
    descend,
    squared_error,
    sum_of_squares,
    train,
)


def test_one_step_moves_every_parameter_against_its_slope():
    network = start()
    gradients = gradient(network, X, Y)
    moved = descend(network, gradients, 0.5)
    arrays = (held.parameters for held in (network, gradients, moved))
    for before, slope, after in zip(*arrays, strict=True):
        assert np.abs(slope).max() > 0
        assert (after == before - 0.5 * slope).all()
    assert moved.activations == network.activations


def test_a_step_leaves_what_it_is_given():
    network = start()
    gradients = gradient(network, X, Y)
    before, slopes = arrays_of(network), [g.copy() for g in gradients.parameters]
    moved = descend(network, gradients, 0.5)
    assert all(map(np.array_equal, network.parameters, before))
    assert all(map(np.array_equal, gradients.parameters, slopes))
    assert moved is not network


@pytest.mark.parametrize("cost", [squared_error, sum_of_squares, cross_entropy])
@pytest.mark.parametrize("seed", range(5))
def test_a_small_step_goes_downhill_by_the_squared_slope(cost, seed):
    network = start(seed)
    gradients = gradient(network, X, Y, cost)
    h = 1e-6
    before, after = train(network, X, Y, cost, 1, h).costs
    predicted = -h * sum((g**2).sum() for g in gradients.parameters)
    assert after - before == pytest.approx(predicted, rel=1e-3)


@pytest.mark.parametrize(
    ("shapes", "words"),
    [
        (
            [(1, 4), (4, 1)],
            r"layer 1: gradients of shape \(1, 4\) do not fit weights of .*\(3, 4\)",
        ),
        (
            [(3, 4), (1, 1)],
            r"layer 2: gradients of shape \(1, 1\) do not fit weights of .*\(4, 1\)",
        ),
        ([(3, 4)], r"gradients must hold 2 arrays, weights then biases, but hold 1"),
    ],
)
def test_a_step_refuses_gradients_of_other_shapes(shapes, words):
    with pytest.raises(ValueError, match=words):
        descend(start(biases=False), Gradients([*map(np.ones, shapes)], []), 0.1)


def test_a_step_refuses_to_leave_the_finite_numbers():
    network = Network([[[1.0]]])
    with pytest.raises(ValueError, match=r"weights of layer 1 must be finite.*is nan"):
        descend(network, Gradients([np.array([[np.nan]])], []), 0.1)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((None, Gradients([], []), 1.0), r"network must be of type Network, not None"),
        ((start(), [], 1.0), r"gradients must be of type Gradients, not \[\]"),
    ],
)
def test_a_step_refuses_the_wrong_kind(arguments, words):
    with pytest.raises(TypeError, match=words):
        descend(*arguments)


BAD_STEP_SIZES = [
    (0, ValueError, r"step_size must be above 0 and finite, not 0; the gradient point"),
    (-0.1, ValueError, r"step_size must be above 0 and finite, not -0\.1"),
    (math.nan, ValueError, r"step_size must be above 0 and finite, not nan"),
    (math.inf, ValueError, r"step_size must be above 0 and finite, not inf"),
    ("1", TypeError, r"step_size must be a number, not '1'"),
    (None, TypeError, r"step_size must be a number, not None"),
    (True, TypeError, r"step_size must be a number, not True"),
    (1j, TypeError, r"step_size must be a number, not 1j"),
]


@pytest.mark.parametrize(("step_size", "error", "words"), BAD_STEP_SIZES)
def test_a_bad_step_size_is_refused(step_size, error, words):
    network = start()
    with pytest.raises(error, match=words):
        descend(network, gradient(network, X, Y), step_size)
    with pytest.raises(error, match=words):
        train(network, X, Y, squared_error, 3, step_size)
