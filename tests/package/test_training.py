"""Training: the record it keeps, and how it stops."""

import pickle

import numpy as np
import pytest
from strategies import X, Y, arrays_of, start

from backprop_explained import (
    IDENTITY,
    Network,
    NonFiniteCostError,
    Training,
    cross_entropy,
    forward,
    sigmoid_cross_entropy_delta,
    squared_error,
    sum_of_squares,
    train,
    training,
)


@pytest.mark.parametrize("steps", [0, 1, 7, np.int64(3)])
def test_there_is_one_cost_more_than_steps(steps):
    network = start()
    training = train(network, X, Y, squared_error, steps, 0.5)
    assert isinstance(training, Training)
    assert training.costs.shape == (steps + 1,)
    assert training.costs.dtype == np.float64
    assert training.costs[0] == squared_error(forward(network, X).output, Y)
    last = squared_error(forward(training.network, X).output, Y)
    assert training.costs[-1] == last


def test_no_steps_leave_the_network_as_it_was():
    network = start()
    trained = train(network, X, Y, squared_error, 0, 0.5).network
    assert all(map(np.array_equal, trained.parameters, network.parameters))


def test_training_learns_the_data_of_the_post():
    costs = train(start(), X, Y, sum_of_squares, 2000, 1.0).costs
    assert costs[0] > 0.5
    assert costs[-1] < 0.05


def test_training_changes_nothing_it_is_given():
    network, x, y = start(), X.copy(), Y.copy()
    x.flags.writeable = y.flags.writeable = False
    before = arrays_of(network)
    train(network, x, y, squared_error, 5, 0.5)
    assert all(map(np.array_equal, network.parameters, before))
    assert (x == X).all()
    assert (y == Y).all()


def test_training_takes_lists():
    network = start()
    from_lists = train(network, X.astype(int).tolist(), Y.tolist(), squared_error, 5, 1)
    from_arrays = train(network, X, Y, squared_error, 5, 1.0)
    assert (from_lists.costs == from_arrays.costs).all()


def test_the_output_step_trains_like_the_two_factors():
    given = start(), X, Y, cross_entropy, 20, 0.1
    factors = train(*given)
    step = train(*given, output_delta=sigmoid_cross_entropy_delta)
    np.testing.assert_allclose(step.costs, factors.costs, rtol=1e-12)


@pytest.mark.parametrize(
    ("steps", "error", "words"),
    [
        (-1, ValueError, r"steps must be 0 or more, not -1"),
        (2.0, TypeError, r"steps must be a whole number, not 2\.0; use an int"),
        (True, TypeError, r"steps must be a whole number, not True"),
        (None, TypeError, r"steps must be a whole number, not None"),
    ],
)
def test_bad_steps_are_refused(steps, error, words):
    with pytest.raises(error, match=words):
        train(start(), X, Y, squared_error, steps, 1.0)


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"network": None}, TypeError, r"network must be a Network, not None"),
        ({"x": X[:, :2]}, ValueError, r"x of shape \(4, 2\) .* takes 3; examples are"),
        ({"x": X[:0]}, ValueError, r"x must not be empty, but has shape \(0, 3\)"),
        ({"x": X * np.nan}, ValueError, r"x must be finite, but x\[0, 0\] is nan"),
        ({"x": X * 1j}, TypeError, r"x must hold real numbers, not complex128"),
        ({"y": Y.ravel()}, ValueError, r"\(4, 1\), but has shape \(4,\); y\.reshape"),
        ({"y": Y[:3]}, ValueError, r"output, \(4, 1\), but has shape \(3, 1\)"),
        ({"y": Y + np.inf}, ValueError, r"y must be finite, but y\[0, 0\] is inf"),
        ({"y": Y.astype(object)}, TypeError, r"y must hold real numbers, not object"),
        ({"cost": np.square}, TypeError, r"cost must be a Cost such as squared_error"),
        ({"output_delta": 1}, TypeError, r"output_delta must be a function of a and y"),
    ],
)
def test_training_refuses_bad_input(change, error, words):
    arguments = {"network": start(), "x": X, "y": Y, "cost": squared_error, **change}
    with pytest.raises(error, match=words):
        train(**arguments, steps=3, step_size=1.0)


# ---- a cost that is no longer finite


def diverge(seed=0):
    network = start(seed, IDENTITY)
    with pytest.raises(NonFiniteCostError) as caught:
        train(network, X * 10, Y, squared_error, 300, 1.0)
    return network, caught.value


@pytest.mark.parametrize("seed", range(3))
def test_a_cost_that_is_not_finite_stops_the_training(seed):
    network, error = diverge(seed)
    assert error.step > 0
    assert error.costs.shape == (error.step,)
    assert np.isfinite(error.costs).all()
    assert error.costs[0] == squared_error(forward(network, X * 10).output, Y)
    last = squared_error(forward(error.network, X * 10).output, Y)
    assert error.costs[-1] == last


def test_the_error_says_after_how_many_steps_and_what_to_do():
    _, error = diverge()
    assert isinstance(error, ArithmeticError)
    words = f"no longer finite after {error.step} steps; check the gradient with"
    assert words in str(error)
    assert "smaller step_size" in str(error)


def test_a_training_that_stops_before_that_step_succeeds():
    network, error = diverge()
    training = train(network, X * 10, Y, squared_error, error.step - 1, 1.0)
    assert (training.costs == error.costs).all()
    found, expected = (held.network.parameters for held in (training, error))
    assert all(map(np.array_equal, found, expected))


def test_a_parameter_that_is_not_finite_stops_the_training_too():
    explosive = IDENTITY._replace(slope=lambda z, a: np.full_like(z, np.inf))
    network = Network([[[1.0]]], activations=explosive)
    with pytest.raises(NonFiniteCostError, match="after 1 steps") as caught:
        train(network, [[1.0]], [[0.0]], squared_error, 5, 1.0)
    assert caught.value.costs.tolist() == [0.5]
    assert caught.value.network.weights[0] == 1


def test_a_cost_that_is_infinite_from_the_start_holds_the_start():
    network = Network([[[1.0]]])
    with pytest.raises(NonFiniteCostError, match="after 0 steps") as caught:
        train(network, [[40.0]], [[0]], cross_entropy, 5, 1.0)
    assert caught.value.costs.shape == (0,)
    assert caught.value.network is network


def test_the_error_survives_pickling():
    _, error = diverge()
    other = pickle.loads(pickle.dumps(error))
    assert type(other) is NonFiniteCostError
    assert (other.step, str(other)) == (error.step, str(error))
    assert (other.costs == error.costs).all()
    assert all(map(np.array_equal, other.network.parameters, error.network.parameters))


def test_a_batch_is_checked_once_however_many_steps(monkeypatch):
    checked, real = [], training.as_input
    counted = lambda *given: checked.append(given) or real(*given)
    monkeypatch.setattr(training, "as_input", counted)
    train(start(), X, Y, squared_error, 10, 0.5)
    assert len(checked) == 1
