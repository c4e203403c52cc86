"""Random networks with a batch and a cost, and oracles that know no backward pass."""

from typing import NamedTuple

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from backprop_explained import ACTIVATIONS, Cost, Network, costs, forward

COSTS = [value for value in vars(costs).values() if isinstance(value, Cost)]
NEEDS_SIGMOID = {"cross_entropy"}

# Uniform weights of this half-width, over the square root of the inputs: five layers
# keep slopes far above the rounding of the cost, and z inside [-4, 4].
HALF_WIDTH = {"sigmoid": 4.0, "identity": 1.5}


class Case(NamedTuple):
    """Everything that a backward pass needs."""

    network: Network
    x: np.ndarray
    y: np.ndarray
    cost: Cost


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


def inside_domains(network, zs):
    return all(
        row.domain[0] < z.min() and z.max() < row.domain[1]
        for z, row in zip(zs, network.activations, strict=True)
    )


def draw_network(rng, widths, rows, biases):
    weights = []
    for n_in, n_out, row in zip(widths, widths[1:], rows, strict=False):
        bound = HALF_WIDTH.get(row.name, 2.0) / np.sqrt(n_in)
        weights.append(rng.uniform(-bound, bound, (n_in, n_out)))
    shifts = [rng.uniform(-0.5, 0.5, width) for width in widths[1:]]
    return Network(weights, shifts if biases else None, rows)


@st.composite
def cases(draw):
    depth = draw(st.integers(1, 5))
    widths = draw(st.lists(st.integers(1, 7), min_size=depth + 1, max_size=depth + 1))
    row = st.sampled_from(list(ACTIVATIONS.values()))
    rows = draw(st.lists(row, min_size=depth, max_size=depth))
    fitting = [
        cost
        for cost in COSTS
        if rows[-1].name == "sigmoid" or cost.name not in NEEDS_SIGMOID
    ]
    cost = draw(st.sampled_from(fitting))
    m, biases = draw(st.integers(1, 9)), draw(st.booleans())
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    network = draw_network(rng, widths, rows, biases)
    x, y = rng.uniform(-1, 1, (m, widths[0])), rng.uniform(0, 1, (m, widths[-1]))
    zs = forward(network, x).zs
    assume(max(np.abs(z).max() for z in zs) <= 4)
    assume(inside_domains(network, zs) and keeps_away_from_kinks(network, zs))
    return Case(network, x, y, cost)
