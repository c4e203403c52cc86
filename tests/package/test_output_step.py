"""Cross-entropy after a sigmoid, where the output has rounded to 0 or 1."""

import math

import numpy as np
import pytest
from rows import MP

from backprop_explained import (
    Network,
    backward,
    cross_entropy,
    forward,
    relative_error,
    sigmoid_cross_entropy_delta,
    train,
)

STEP = sigmoid_cross_entropy_delta
SATURATED = [(z, y) for z in (-40.0, 40.0) for y in (0.0, 0.25, 1.0)]


def one_neuron(z):
    """A network whose only z is the one given, through x = z and W = 1."""
    network = Network([[[1.0]]])
    return network, forward(network, [[z]])


def exact_delta(z, y):
    """∂C/∂z of cross-entropy after a sigmoid, differentiated in 50 digits."""
    a = lambda v: 1 / (1 + MP.exp(-v))
    cost = lambda v: -(y * MP.log(a(v)) + (1 - y) * MP.log(1 - a(v)))
    return MP.diff(cost, MP.mpf(z), h=MP.mpf(10) ** -15)


@pytest.mark.parametrize(("z", "y"), SATURATED)
def test_the_output_step_is_exactly_a_minus_y_at_z_of_40(z, y):
    network, trace = one_neuron(z)
    gradients = backward(network, trace, [[y]], cross_entropy, output_delta=STEP)
    delta = trace.output.item() - y
    assert gradients.weights[0] == z * delta
    assert abs(delta - exact_delta(z, y)) <= 2**-53  # half of the last digit of 1


def test_the_output_step_keeps_the_digits_of_a_small_slope():
    _, trace = one_neuron(-40.0)
    delta = sigmoid_cross_entropy_delta(trace.output, [[0]]).item()
    assert abs(delta / exact_delta(-40.0, 0) - 1) < 1e-15


@pytest.mark.parametrize("y", [0.0, 1.0])
def test_without_the_output_step_the_way_out_is_named(y):
    network, trace = one_neuron(40.0)
    assert trace.output == 1
    words = (
        r"slope of cross_entropy is \(a - y\)/\(a\(1 - a\)\), and an output has "
        r"rounded to 1\.0: 0 in the denominator; after a sigmoid, pass "
        r"output_delta=sigmoid_cross_entropy_delta"
    )
    with pytest.raises(ValueError, match=words):
        backward(network, trace, [[y]], cross_entropy)
    with pytest.raises(ValueError, match=words):
        train(network, [[40.0]], [[1.0]], cross_entropy, 1, 1.0)


def test_an_output_that_has_rounded_to_0_names_the_way_out():
    with pytest.raises(ValueError, match=r"has rounded to 0\.0: .* pass output_delta="):
        cross_entropy.slope(np.array([[0.0]]), np.array([[1.0]]))


def test_the_output_step_equals_the_two_factors_where_both_exist():
    rng = np.random.default_rng(4)
    network = Network([rng.normal(size=(3, 4)), rng.normal(size=(4, 2))])
    trace = forward(network, rng.normal(size=(6, 3)))
    y = rng.uniform(size=(6, 2))
    factors = backward(network, trace, y, cross_entropy)
    step = backward(network, trace, y, cross_entropy, output_delta=STEP)
    for one, other in zip(step.parameters, factors.parameters, strict=True):
        assert relative_error(one, other) < 1e-13


def test_training_goes_on_where_an_output_has_rounded_to_1():
    x, y = [[40.0], [0.5]], [[1], [0]]
    assert forward(Network([[[1.0]]]), x).output[0] == 1
    start = Network([[[1.0]]])
    history = train(start, x, y, cross_entropy, 100, 0.01, output_delta=STEP).costs
    assert (np.diff(history) < 0).all()
    assert history[-1] < history[0] - 0.05


@pytest.mark.parametrize(
    ("a", "y", "error", "words"),
    [
        ([[1.0]] * 3, [1, 1, 1], ValueError, r"\(3, 1\).*\(3,\); y\.reshape\(3, 1\)"),
        ([1.0], [1.0], ValueError, r"a must have shape \(m, n\)"),
        ([[math.nan]], [[1]], ValueError, r"a\[0, 0\] is nan"),
        ([[1.0]], [["b"]], TypeError, r"y must hold real numbers"),
    ],
)
def test_the_output_step_refuses_bad_input(a, y, error, words):
    with pytest.raises(error, match=words):
        sigmoid_cross_entropy_delta(a, y)
