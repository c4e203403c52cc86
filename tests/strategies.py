"""Random networks with a batch and a cost, and oracles that know no backward pass."""

from typing import NamedTuple

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from backprop_explained import (
    ACTIVATIONS,
    SIGMOID,
    Cost,
    Network,
    costs,
    forward,
    random_network,
)

COSTS = [value for value in vars(costs).values() if isinstance(value, Cost)]
NEEDS_SIGMOID = {"cross_entropy", "mean of cross_entropy over entries"}

EDGE, REACH = 0.4, 3.0
"""How far z stays from the edges of a domain, and from 0.

Near an edge, and far out, some slopes are so steep or so flat that the rounding of the
cost hides them from the differences.
"""


class Case(NamedTuple):
    """Everything that a backward pass needs."""

    network: Network
    x: np.ndarray
    y: np.ndarray
    cost: Cost


def network_of(*widths, seed=0, activations=SIGMOID, biases=True):
    rng = np.random.default_rng(seed)
    return random_network(widths, activations, rng, biases=biases)


def frozen(shape, seed=1):
    array = np.random.default_rng(seed).uniform(0.1, 0.9, shape)
    array.flags.writeable = False  # so that a write in place would raise
    return array


X = np.array([[0.0, 0.0, 1.0], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
Y = np.array([[0.0], [1], [1], [0]])


def start(seed=0, activations=SIGMOID, biases=True):
    return network_of(3, 4, 1, seed=seed, activations=activations, biases=biases)


def arrays_of(network):
    return [array.copy() for array in network.parameters]


def value(cost, activations, x, y, parameters):
    """The cost of a network, straight from the formulas of the forward pass."""
    depth = len(activations)
    biases = parameters[depth:] or [0.0] * depth
    a = x
    for W, b, activation in zip(parameters[:depth], biases, activations, strict=True):
        a = activation.function(a @ W + b)
    return cost.value(a, y)


def keeps_away_from_kinks(network, zs, distance=1e-3):
    return all(
        np.abs(z - kink).min() >= distance
        for z, row in zip(zs, network.activations, strict=True)
        for kink in row.kinks
    )


def window(row):
    """The interval in which a network is to keep the z of a row."""
    low, high = row.domain
    return max(low + EDGE, -REACH), min(high - EDGE, REACH)


def needs_biases(row):
    low, high = window(row)
    return not low < 0 < high


def draw_layer(rng, a, width, row, biases):
    """Weights and biases that carry the outputs `a` below them into the window."""
    W = rng.uniform(-1, 1, (a.shape[1], width))
    b = rng.uniform(-0.5, 0.5, width) if biases else np.zeros(width)
    low, high = window(row)
    part = rng.uniform(0.3, 1)
    if needs_biases(row):
        scale = part * (high - low) / 2 / (np.abs(a @ W).max() or 1)
        return scale * W, np.full(width, (low + high) / 2)
    scale = part * min(-low, high) / (np.abs(a @ W + b).max() or 1)
    return scale * W, scale * b


def draw_network(rng, x, widths, rows, biases):
    weights, shifts, a = [], [], x
    for width, row in zip(widths, rows, strict=True):
        W, b = draw_layer(rng, a, width, row, biases)
        weights.append(W)
        shifts.append(b)
        a = row.function(a @ W + b)
    return Network(weights, shifts if biases else None, rows)


@st.composite
def cases(draw):
    depth = draw(st.integers(1, 5))
    widths = draw(st.lists(st.integers(1, 7), min_size=depth + 1, max_size=depth + 1))
    row = st.sampled_from(list(ACTIVATIONS.values()))
    rows = draw(st.lists(row, min_size=depth, max_size=depth))
    cost = draw(st.sampled_from(COSTS))
    if cost.name in NEEDS_SIGMOID:
        rows[-1] = SIGMOID
    if "softmax" in cost.name:  # of one output it is 1: the gradient is 0, or rounding
        widths[-1] = max(widths[-1], 2)
    m = draw(st.integers(1, 9))
    biases = any(map(needs_biases, rows)) or draw(st.booleans())
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    x, y = rng.uniform(-1, 1, (m, widths[0])), rng.uniform(0, 1, (m, widths[-1]))
    network = draw_network(rng, x, widths[1:], rows, biases)
    assume(keeps_away_from_kinks(network, forward(network, x).zs))
    return Case(network, x, y, cost)
