"""Small networks with a batch, for the tests of the gradient check."""

import numpy as np
from networks import cost_of, gradient

from backprop_explained import (
    SIGMOID,
    Network,
    check_gradients,
    random_network,
    sigmoid,
)


def draw(*shape, seed=11):
    return np.random.default_rng(seed).normal(size=shape)


X, Y = draw(6, 3), sigmoid(draw(6, 2))


def network_and_cost(activations=SIGMOID, seed=0):
    network = random_network([3, 4, 2], activations, np.random.default_rng(seed))
    return network, cost_of(network, X, Y)


def saturated_network():
    """A first layer whose slopes, about 1e-13, drown in the rounding of the cost."""
    weights = [np.full((3, 4), 0.1), np.full((4, 2), 0.3)]
    network = Network(weights, [[30.0] * 4, [0, 0]])
    return network, cost_of(network, X, Y)


def gradients_of(network):
    return gradient(network, X, Y).parameters


def changed(arrays, i, change):
    return [change(a) if j == i else a for j, a in enumerate(arrays)]


def checked(i, change, network_and_cost=network_and_cost):
    """The check of a gradient of which one array is changed."""
    network, cost = network_and_cost()
    wrong = changed(gradients_of(network), i, change)
    return check_gradients(cost, network.parameters, wrong)


def with_entry(index, value):
    """A change of one entry of an array, to a value or by a function of it."""

    def change(array):
        array = array.copy()
        array[index] = value(array[index]) if callable(value) else value
        return array

    return change


def swap_two(array):
    """The array with its largest and smallest entries in each other's place."""
    flat = array.ravel().copy()
    high, low = flat.argmax(), flat.argmin()
    flat[high], flat[low] = flat[low], flat[high]
    return flat.reshape(array.shape)
