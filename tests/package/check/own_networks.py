"""Random networks as people hold them: any order, layout, shape of bias, penalty."""

from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from backprop_explained import (
    ACTIVATIONS,
    IDENTITY,
    SIGMOID,
    Gradients,
    Network,
    backward,
    diagnose_gradients,
    forward,
    mean_cross_entropy,
    mean_of,
    mean_squared_error,
    softmax_cross_entropy,
    squared_error,
    sum_of_squares,
)

ROWS = [
    ACTIVATIONS[name]
    for name in (
        *("sigmoid", "tanh", "relu", "softplus", "leaky_relu", "arctan", "gelu"),
        *("elu", "identity", "softsign", "silu", "hard_tanh"),
    )
]
COSTS = [
    squared_error,
    mean_squared_error,
    sum_of_squares,
    mean_cross_entropy,
    mean_of(softmax_cross_entropy, "examples"),
]
ORDERS = ("W1 W2 b1 b2", "W1 b1 W2 b2", "b1 b2 W1 W2")


class OwnNetwork(NamedTuple):
    """A network of ours, and the way in which somebody else would hold it."""

    network: Network
    x: np.ndarray
    y: np.ndarray
    cost: Any
    decay: float
    flip: bool
    columns: bool
    bias: int
    order: str

    def right(self):
        """The gradient, without the penalty's."""
        trace = forward(self.network, self.x)
        return backward(self.network, trace, self.y, self.cost)

    def listed(self, weights, biases):
        """Arrays in their order and shapes."""
        Ws = [W.T if self.flip else W for W in weights]
        shape = {1: (-1,), 2: (1, -1), 3: (-1, 1)}[self.bias]
        bs = [b.reshape(shape) if b.ndim < 2 else b for b in biases]
        if not bs or self.order == ORDERS[0]:
            return [*Ws, *bs]
        if self.order == ORDERS[1]:
            return [array for pair in zip(Ws, bs, strict=True) for array in pair]
        return [*bs, *Ws]

    def value(self, parameters):
        """Their cost, which knows nothing of ours but the activations."""
        depth = len(self.network.weights)
        Ws, bs = parameters[:depth], parameters[depth:]
        if bs and self.order == ORDERS[1]:
            Ws, bs = parameters[::2], parameters[1::2]
        elif bs and self.order == ORDERS[2]:
            bs, Ws = parameters[:depth], parameters[depth:]
        a = self.x
        for i, row in enumerate(self.network.activations):
            z = a @ (Ws[i].T if self.flip else Ws[i])
            a = row.function(z + bs[i].reshape(-1) if bs else z)
        return self.cost.value(a, self.y) + self.decay * sum((W**2).sum() for W in Ws)

    def diagnose(self, gradients, share=1.0, **options):
        """One call, with a share of the penalty's gradient."""
        weights = [
            g + share * 2 * self.decay * W if g.shape == W.shape else g
            for g, W in zip(gradients.weights, self.network.weights, strict=True)
        ]
        return diagnose_gradients(
            self.listed(self.network.weights, self.network.biases),
            self.x.T if self.columns else self.x,
            self.y.T if self.columns else self.y,
            self.listed(weights, gradients.biases),
            self.value,
            **options,
        )


def own_network(seed: int, decay: float | None = None) -> OwnNetwork:
    """One of them: 1-3 layers, widths 1-5, a batch of 2-7."""
    rng = np.random.default_rng([7, seed])
    depth, cost = int(rng.integers(1, 4)), COSTS[seed % len(COSTS)]
    widths = rng.integers(1, 6, depth + 1)
    hidden, last = (ROWS[i] for i in rng.integers(0, len(ROWS), 2))
    m = int(rng.integers(2, 8))
    y = rng.uniform(0.1, 0.9, (m, widths[-1]))
    if cost is mean_cross_entropy:
        last = SIGMOID
    if "softmax" in cost.name:
        widths[-1], last = max(2, widths[-1]), IDENTITY
        y = np.eye(widths[-1])[rng.integers(0, widths[-1], m)]
    weights = [rng.normal(size=s) / s[0] ** 0.5 for s in pairwise(widths)]
    biases = [rng.normal(size=n) / 2 for n in widths[1:]]
    network = Network(
        weights, biases if rng.random() < 0.8 else None, [hidden] * (depth - 1) + [last]
    )
    x = rng.normal(size=(m, widths[0]))
    chosen = float(rng.choice([0, 0, 0.1]))
    way = bool(rng.integers(2)), bool(rng.integers(2)), int(rng.integers(1, 4))
    order = ORDERS[rng.integers(3)]
    kept = chosen if decay is None else decay
    return OwnNetwork(network, x, y, cost, kept, *way, order)


def same(given: Gradients, expected: Gradients) -> bool:
    """An equality of our own: each array as a whole, with its largest entry for 1."""
    return all(
        u.shape == v.shape and np.abs(u - v).max() <= 1e-6 * np.abs(v).max() + 1e-12
        for u, v in zip(given.parameters, expected.parameters, strict=True)
    )


def layer(seed, m=6):
    """A batch for a layer of three inputs and two outputs, and its weights."""
    rng = np.random.default_rng(seed)
    return rng.normal(size=(m, 3)), rng.normal(size=(m, 2)), rng.normal(size=(3, 2))


COUNT = 300
s = lambda v: 1 / (1 + np.exp(-v))
home_made = lambda z: 1.7159 * np.tanh(2 * z / 3) + 0.01 * np.sin(z)
