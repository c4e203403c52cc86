"""The activations that are tried where a network is known by its cost alone."""

import numpy as np
import pytest

from backprop_explained import check_step, numerical_gradient, sigmoid
from backprop_explained.check.recognised import KNOWN


@pytest.mark.parametrize("row", KNOWN, ids=lambda row: row.name)
def test_the_slopes_of_what_is_tried_are_those_of_its_function(row):
    low, high = max(row.domain[0], -3.0), min(row.domain[1], 3.0)
    z = low + (high - low) * np.array([0.06, 0.31, 0.44, 0.57, 0.83])
    slope = numerical_gradient(lambda z: row.function(z).sum(), z)
    np.testing.assert_allclose(row.derivative(z), slope, rtol=1e-6, atol=1e-9)
    if row.derivative_from_output:
        from_output = row.derivative_from_output(row.function(z))
        np.testing.assert_allclose(from_output, slope, rtol=1e-6, atol=1e-9)


class _Columns:
    """Examples in columns, and an error that goes down without its slope."""

    def __init__(self, examples):
        rng = np.random.default_rng(3)
        self.W1, self.W2 = rng.normal(size=(4, 3)), rng.normal(size=(2, 4))
        self.x, self.y = rng.normal(size=(3, examples)), rng.random((2, examples))

    def loss(self):
        a = sigmoid(self.W2 @ sigmoid(self.W1 @ self.x))
        return 0.5 * np.sum((a - self.y) ** 2)

    def train(self):
        h = sigmoid(self.W1 @ self.x)
        a = sigmoid(self.W2 @ h)
        error = self.y - a
        below = self.W2.T @ error
        self.W2 += 0.1 * (error * a * (1 - a)) @ h.T
        self.W1 += 0.1 * (below * h * (1 - h)) @ self.x.T


@pytest.mark.parametrize(("examples", "said"), [(5, ", examples are columns"), (1, "")])
def test_which_way_a_lone_example_lies_is_not_said(examples, said):
    net = _Columns(examples)
    checked = str(check_step(net.train, net.loss, net, step_size=0.1))
    assert f"weights are (out, in){said}; the cost is" in checked
