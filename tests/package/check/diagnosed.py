"""What the tests of the diagnosis share."""

import numpy as np
from networks import cost_of

from backprop_explained import (
    SIGMOID,
    Gradients,
    check_gradients,
    random_network,
    squared_error,
)
from sitebuild.evidence.diagnosis import STEP_SIZE, Case, case, right_gradient

COUNT = 100


def drawn(widths, m, seed, activations=SIGMOID):
    """A network of these widths and a batch of m."""
    rng = np.random.default_rng(seed)
    network = random_network(widths, activations, rng)
    x, y = rng.normal(size=(m, widths[0])), rng.uniform(size=(m, widths[-1]))
    return Case(network, x, y, squared_error, STEP_SIZE)


def checked(c, gradients, method="auto"):
    """The gradient check of a case."""
    cost = cost_of(c.network, c.x, c.y, c.cost.value)
    return check_gradients(cost, c.network.parameters, gradients, method=method)


def check_of_right(seed, method="auto"):
    c = case(seed)
    return checked(c, right_gradient(c).parameters, method)


def times(gradients, factor):
    return Gradients(*([factor * g for g in gs] for gs in gradients))
