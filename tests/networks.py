"""What many tests ask of a network: its gradient, and its cost as a function."""

from backprop_explained import backward, forward, predict, squared_error


def gradient(network, x, y, cost=squared_error):
    return backward(network, forward(network, x), y, cost)


def cost_of(network, x, y, cost=squared_error):
    """The cost as a function of the parameters."""
    return lambda p: cost(predict(network.with_parameters(p), x), y)
