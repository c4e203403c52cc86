"""Small networks with a batch, for the tests of the gradient check."""

import numpy as np

from backprop_explained import (
    SIGMOID,
    Network,
    backward,
    forward,
    predict,
    random_network,
    sigmoid,
    squared_error,
)


def draw(*shape, seed=11):
    return np.random.default_rng(seed).normal(size=shape)


X, Y = draw(6, 3), sigmoid(draw(6, 2))


def network_and_cost(activations=SIGMOID, seed=0, widths=(3, 4, 2)):
    network = random_network(widths, activations, np.random.default_rng(seed))

    def cost(parameters):
        return squared_error(predict(network.with_parameters(parameters), X), Y)

    return network, cost


def gradients_of(network):
    return backward(network, forward(network, X), Y, squared_error).parameters


def changed(arrays, i, change):
    return [change(a) if j == i else a for j, a in enumerate(arrays)]


def swap_two(array):
    """The array with its largest and smallest entries in each other's place."""
    flat = array.ravel().copy()
    high, low = flat.argmax(), flat.argmin()
    flat[high], flat[low] = flat[low], flat[high]
    return flat.reshape(array.shape)


def saturated_network():
    """A first layer whose slopes, about 1e-13, drown in the rounding of the cost."""
    network = Network(
        [np.full((3, 4), 0.1), np.full((4, 2), 0.3)], [[30.0] * 4, [0, 0]]
    )

    def cost(parameters):
        return squared_error(predict(network.with_parameters(parameters), X), Y)

    return network, cost
