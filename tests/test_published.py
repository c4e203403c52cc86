"""Runs that others published, reproduced through our forward and backward passes."""

import numpy as np
import pytest

from backprop_explained import (
    Network,
    backward,
    descend,
    forward,
    predict,
    squared_error,
    sum_of_squares,
    train,
)

X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
XOR = np.array([[0], [1], [1], [0]])


def uniform(seed, *shapes, low=0.0):
    """Weights between `low` and 1 from the legacy generator, in the order of shapes."""
    rng = np.random.RandomState(seed)
    return [low + (1 - low) * rng.random_sample(shape) for shape in shapes]


# ---- the class of James Loy's post, in our own words


class TwoLayers:
    """Two layers without biases, trained by steps of size 1 on a sum of squares."""

    def __init__(self, x, y, rng):
        self.x, self.y = x, y
        self.first, self.second = rng.random_sample((3, 4)), rng.random_sample((4, 1))

    def run(self):
        self.hidden = 1 / (1 + np.exp(-(self.x @ self.first)))
        self.output = 1 / (1 + np.exp(-(self.hidden @ self.second)))

    def learn(self):
        blame = 2 * (self.y - self.output) * self.output * (1 - self.output)
        share = (blame @ self.second.T) * self.hidden * (1 - self.hidden)
        self.first += self.x.T @ share
        self.second += self.hidden.T @ blame


@pytest.mark.parametrize("seed", range(20))
def test_the_class_of_the_post_and_our_network_end_with_the_same_weights(seed):
    theirs = TwoLayers(X, XOR, np.random.RandomState(seed))
    for _ in range(1500):
        theirs.run()
        theirs.learn()
    start = Network(uniform(seed, (3, 4), (4, 1)))
    ours = train(start, X, XOR, sum_of_squares, 1500, 1.0).network
    for mine, other in zip(ours.weights, [theirs.first, theirs.second], strict=True):
        np.testing.assert_allclose(mine, other, rtol=0, atol=1e-12)
    assert np.abs(theirs.first - start.weights[0]).max() > 0.1  # it has learned


# ---- Andrew Trask, "A Neural Network in 11 lines of Python (Part 1)", 2015
#
# He adds error times slope to the weights, without a factor: descent on the squared
# error with its ½, in steps of 1.  Each print comes before the update of its turn.

TWO_LAYER_OUTPUT = "0.00966449 0.00786506 0.99358898 0.99211957"
THREE_LAYER_ERRORS = [
    "0.496410031903",
    "0.00858452565325",
    "0.00578945986251",
    "0.00462917677677",
    "0.00395876528027",
    "0.00351012256786",
]


def test_two_layers_of_trask_to_every_printed_digit():
    y = np.array([[0], [0], [1], [1]])
    network = Network(uniform(1, (3, 1), low=-1))
    for _ in range(9999):
        gradients = backward(network, forward(network, X), y, squared_error)
        network = descend(network, gradients, 1.0)
    output = predict(network, X).ravel()
    assert " ".join(f"{a:.8f}" for a in output) == TWO_LAYER_OUTPUT


def test_three_layers_of_trask_to_every_printed_digit():
    network = Network(uniform(1, (3, 4), (4, 1), low=-1))
    assert network.weights[0][0, :3].round(8).tolist() == [
        -0.16595599,
        0.44064899,
        -0.99977125,
    ]
    printed = []
    for turn in range(50_001):
        trace = forward(network, X)
        if turn % 10_000 == 0:
            printed.append(f"{np.abs(XOR - trace.output).mean():.12g}")
        gradients = backward(network, trace, XOR, squared_error)
        network = descend(network, gradients, 1.0)
    assert printed == THREE_LAYER_ERRORS
