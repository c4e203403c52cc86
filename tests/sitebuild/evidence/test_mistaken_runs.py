"""What the page says of mistaken gradients, from the gradients themselves."""

import numpy as np
import pytest
from networks import cost_of

from backprop_explained import (
    backward,
    check_gradients,
    cross_entropy,
    descend,
    forward,
    predict,
    squared_error,
    sum_of_squares,
)
from sitebuild.evidence import digits, experiments
from sitebuild.evidence.experiments import CONSTANT, EARLY, STEP_SIZE, X, Y
from sitebuild.evidence.marks import on_digits
from sitebuild.evidence.ways import CONTROLS, RIGHT, SETTINGS, WAYS, digits_names


@pytest.mark.parametrize("setting", SETTINGS)
def test_the_right_gradient_of_each_setting_agrees_with_differences(setting):
    network = SETTINGS[setting].start(0)
    rng = np.random.default_rng(1)
    x, y = rng.random((2, 64)), np.eye(10)[[3, 7]]
    gradients = WAYS[RIGHT](network, x, y, squared_error, None).parameters
    assert check_gradients(cost_of(network, x, y), network.parameters, gradients).passed


def on_five_digits():
    network = digits.start(0)
    x, y = np.random.default_rng(1).random((5, 64)), np.eye(10)[:5]
    return network, x, y, forward(network, x)


@pytest.mark.parametrize(
    ("way", "factor"),
    [
        (WAYS["slope missing, output layer"], 1),
        (CONTROLS[f"constant {CONSTANT}, output layer"], CONSTANT),
    ],
)
def test_without_the_last_slope_it_is_the_gradient_of_the_cross_entropy(way, factor):
    network, x, y, trace = on_five_digits()
    made = way(network, x, y, squared_error, None)
    other = backward(network, trace, y, cross_entropy)
    for u, v in zip(made.parameters, other.parameters, strict=True):
        np.testing.assert_allclose(u, factor * v, rtol=1e-9, atol=1e-14)


def test_passed_down_without_it_the_hidden_layer_descends_the_cross_entropy():
    network, x, y, trace = on_five_digits()
    below = "slope missing in what is passed down"
    mistaken = WAYS[below](network, x, y, squared_error, None)
    hidden = backward(network, trace, y, cross_entropy)
    output = backward(network, trace, y, squared_error)
    for arrays in ("weights", "biases"):
        given, first, last = (getattr(g, arrays) for g in (mistaken, hidden, output))
        np.testing.assert_allclose(given[0], first[0], rtol=1e-9, atol=1e-14)
        np.testing.assert_allclose(given[1], last[1], rtol=1e-12)


@pytest.mark.parametrize("name", digits_names("relu")[2:])
def test_for_relu_z_and_the_output_read_alike(name):
    assert on_digits("relu")[name] == on_digits("relu")[RIGHT]


@pytest.mark.parametrize("name", ["slope missing", "slope missing, hidden layers"])
def test_without_a_slope_below_the_outputs_end_at_a_half(name):
    for seed in (0, 1, 2):
        network = experiments.start("derivative_from_output(a)", "both layers", seed)
        for _ in range(EARLY):
            made = WAYS[name](network, X, Y, sum_of_squares, STEP_SIZE)
            network = descend(network, made, STEP_SIZE)
        assert np.abs(predict(network, X) - 0.5).max() < 0.01
