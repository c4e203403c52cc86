"""Who judges: the differences, our backward pass where they cannot, and no accused."""

import numpy as np
import pytest
from diagnosed import checked, times

from backprop_explained import (
    RELU,
    SIGMOID,
    TANH,
    Cost,
    Gradients,
    Network,
    cross_entropy,
    sigmoid_derivative,
    squared_error,
    sum_of_squares,
)
from backprop_explained.check import judgement
from sitebuild.evidence.diagnosis import STEP_SIZE, Case, diagnose, make, right_gradient


@pytest.mark.parametrize("factor", [1 + 1e-9, 1 + 1.9e-6, 1 - 1.9e-6, 1 + 1e-3])
def test_it_calls_right_what_the_gradient_check_calls_right(small, factor):
    given = times(right_gradient(small), factor)
    check = checked(small, given.parameters)
    assert diagnose(small, given).correct == check.passed == (abs(factor - 1) < 1e-7)


def test_a_broken_backward_pass_is_overruled_by_the_differences(small, monkeypatch):
    right = right_gradient(small)
    broken = times(right, 1.1)
    monkeypatch.setattr(judgement, "backward_unchecked", lambda *_: broken)
    assert diagnose(small, right)
    diagnosis = diagnose(small, broken)
    assert not diagnosis
    assert "central differences disagree with our backward pass" in str(diagnosis)


def with_slope(c, slope, **change):
    """A case whose network has sigmoids with another slope."""
    row = SIGMOID._replace(slope=slope, **change)
    return c._replace(network=Network(c.network.weights, c.network.biases, row))


def test_a_slope_that_is_not_the_derivative_is_seen_through(small):
    """The mistake sits in the network that is handed over."""
    c = with_slope(small, lambda z, a: sigmoid_derivative(a))
    diagnosis = diagnose(c, right_gradient(c))
    assert diagnosis.mistakes == ("a where z belongs",)
    assert "layer 1: the slope of this network's sigmoid is not its" in str(diagnosis)
    assert diagnose(c, right_gradient(small))


def test_a_wrong_slope_and_no_derivative_leave_it_to_the_differences(small):
    c = with_slope(small, lambda z, a: a, derivative=None)
    assert diagnose(c, right_gradient(small))
    assert not diagnose(c, right_gradient(c))


def test_a_cost_with_a_wrong_slope_leaves_it_to_the_differences(small):
    cost = Cost("half missing", squared_error.value, sum_of_squares.slope)
    c = small._replace(cost=cost)
    assert diagnose(c, right_gradient(small))
    assert not diagnose(c, right_gradient(c))


def test_a_saturated_slope_may_be_read_off_z_or_off_the_output(small):
    """Where 1 - a has few digits, or none, both readings are right."""
    for bias in (15.0, 30.0, 40.0):
        biases = [np.full(4, bias), small.network.biases[1]]
        c = small._replace(network=Network(small.network.weights, biases))
        from_z = with_slope(c, lambda z, a: sigmoid_derivative(z))
        assert diagnose(c, right_gradient(c))
        assert diagnose(c, right_gradient(from_z))


def test_on_a_kink_a_slope_to_either_side_is_right_and_no_other():
    """A bias of 0 and an input of 0: relu's slope may be 0 or 1."""
    network = Network([[[1.0, 2.0]], [[1.0], [-1.5]]], [[0, 0], [0.1]], RELU)
    c = Case(network, np.zeros((1, 1)), np.ones((1, 1)), squared_error, STEP_SIZE)
    right = right_gradient(c)
    diagnosis = diagnose(c, right)
    assert diagnosis
    assert "the cost has a kink in b1" in str(diagnosis)
    slopes = right.biases[1] * network.weights[1][:, 0]
    assert diagnose(c, Gradients(right.weights, [slopes, right.biases[1]]))
    assert not diagnose(c, Gradients(right.weights, [9 * slopes, right.biases[1]]))


def test_where_the_check_cannot_decide_our_backward_pass_is_the_judge():
    """A saturated tanh: its slope, 1e-43, is far below the rounding of the cost."""
    row = TANH._replace(slope=lambda z, a: 1 / np.cosh(z) ** 2)
    network = Network([[[50.0]]], activations=row)
    c = Case(network, np.ones((1, 1)), np.zeros((1, 1)), squared_error, STEP_SIZE)
    right = right_gradient(c)
    assert 0 < right.weights[0].item() < 1e-40
    diagnosis = diagnose(c, right)
    assert diagnosis
    assert "cannot decide on W1: our backward pass is the judge" in str(diagnosis)
    assert not diagnose(c, times(right, 2))


def test_cross_entropy_is_diagnosed_too(small):
    c = small._replace(cost=cross_entropy)
    assert diagnose(c, right_gradient(c))
    made = make("slope missing, hidden layers", c)
    assert diagnose(c, made).mistakes == ("slope missing, hidden layers",)


def test_nothing_given_is_changed(small):
    made = make("sign", small)
    given = [small.x, small.y, *small.network.parameters, *made.parameters]
    before = [array.copy() for array in given]
    diagnose(small, made)
    assert all(map(np.array_equal, given, before))
