"""Mistakes that were published, in our own words."""

import numpy as np
import pytest

from backprop_explained import (
    IDENTITY,
    RELU,
    SIGMOID,
    TANH,
    Network,
    diagnose_gradients,
    forward,
    predict,
    random_network,
    squared_error,
)
from sitebuild.evidence.diagnosis import STEP_SIZE, Case, diagnose


def shape_of_a_class(seed, activations):
    rng = np.random.default_rng(seed)
    network = random_network([3, 4, 1], activations, rng)
    x, y = rng.uniform(size=(6, 3)), rng.uniform(size=(6, 1))
    return Case(network, x, y, squared_error, STEP_SIZE)


@pytest.mark.parametrize(
    ("row", "derivative"),
    [
        # apache/incubator-retired-horn PR 8 and farzaa/SimpleMultilayerPerceptron PR 3:
        # "x(1 - x)" was fixed to "s(x)(1 - s(x))", and is still handed outputs
        (SIGMOID, lambda v: 1 / (1 + np.exp(-v)) * (1 - 1 / (1 + np.exp(-v)))),
        # davidrmiller/neural2d, neural2d-core.cpp: the same for tanh
        (TANH, lambda v: 1 - np.tanh(v) * np.tanh(v)),
    ],
)
def test_a_derivative_of_z_that_is_handed_outputs(row, derivative):
    c = shape_of_a_class(13, row)
    hidden, output = forward(c.network, c.x).activations[1:]
    at_output = (output - c.y) * derivative(output)
    at_hidden = at_output @ c.network.weights[1].T * derivative(hidden)
    weights = [c.x.T @ at_hidden, hidden.T @ at_output]
    gradients = [*weights, at_hidden.sum(axis=0), at_output.sum(axis=0)]
    assert diagnose(c, gradients).mistakes == ("a where z belongs",)


def test_the_relu_gate_of_the_numpy_tutorial():
    # numpy/numpy-tutorials, deep learning on MNIST: `output >= 0` is always true
    c = shape_of_a_class(14, [RELU, IDENTITY])
    hidden, output = forward(c.network, c.x).activations[1:]
    assert (hidden == 0).any()
    error = output - c.y
    gated = (error @ c.network.weights[1].T) * (hidden >= 0)
    gradients = [c.x.T @ gated, hidden.T @ error, gated.sum(axis=0), error.sum(axis=0)]
    named = diagnose(c, gradients).mistakes
    assert "relu gated with >= on the output" in named
    assert set(named) <= {
        "relu gated with >= on the output",
        "slope missing",  # the slope of identity is 1
        "slope missing, hidden layers",
    }


def rashid():
    """Make Your Own Neural Network: its network, batch, and what its update adds.

    Examples are columns, weights (out, in), and there are no biases.
    """
    rng = np.random.default_rng(15)
    wih, who = rng.normal(size=(4, 3)), rng.normal(size=(2, 4))
    inputs, targets = rng.uniform(size=(3, 1)), rng.uniform(size=(2, 1))
    s = lambda v: 1 / (1 + np.exp(-v))
    hidden_outputs = s(wih @ inputs)
    final_outputs = s(who @ hidden_outputs)
    output_errors = targets - final_outputs
    hidden_errors = who.T @ output_errors
    added = [
        (hidden_errors * hidden_outputs * (1 - hidden_outputs)) @ inputs.T,
        (output_errors * final_outputs * (1 - final_outputs)) @ hidden_outputs.T,
    ]
    return Network([wih.T, who.T]), inputs, targets, added


def test_the_errors_that_go_down_without_their_slope():
    *given, added = rashid()
    told = {"layout": "out_in", "examples": "columns"}
    diagnosis = diagnose_gradients(*given, [-step for step in added], **told)
    assert diagnosis.mistakes == ("slope missing in what is passed down",)
    signed = diagnose_gradients(*given, added, **told)
    assert signed.mistakes == ("slope missing in what is passed down",)
    assert signed.matches[0].factor == -1


MAZUR = Network(
    [[[0.15, 0.25], [0.20, 0.30]], [[0.40, 0.50], [0.45, 0.55]]],
    [[0.35, 0.35], [0.60, 0.60]],
)


def mazur_step(*, updated):
    """Gradients by hand; `updated` takes the output weights after their step."""
    (first, second), x, y = MAZUR.weights, [[0.05, 0.10]], [[0.01, 0.99]]
    hidden, output = forward(MAZUR, x).activations[1:]
    delta = (output - y) * output * (1 - output)
    last = hidden.T @ delta
    seen = second - 0.5 * last if updated else second
    below = (delta @ seen.T) * hidden * (1 - hidden)
    gradients = [np.transpose(x) @ below, last]
    weights = [W - 0.5 * g for W, g in zip((first, second), gradients, strict=True)]
    after = Network(weights, MAZUR.biases)
    cost = squared_error(predict(after, x), y)
    return diagnose_gradients(MAZUR, x, y, gradients, step_size=0.5), cost


def test_the_slip_behind_a_published_cost():
    # Matt Mazur's post prints 0.291027924 after one step; 0.291027774 is right
    diagnosis, cost = mazur_step(updated=True)
    assert round(cost, 9) == 0.291027924
    assert diagnosis.mistakes == ("updated weights",)
    diagnosis, cost = mazur_step(updated=False)
    assert round(cost, 9) == 0.291027774
    assert diagnosis
