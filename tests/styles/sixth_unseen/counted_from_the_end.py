"""Lists counted from their end, one example at a time, added over a mini-batch."""

import numpy as np


class CrossEntropy:
    @staticmethod
    def value(a, y):
        return -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a))

    @staticmethod
    def delta(z, a, y):
        return a - y


def squash(z):
    return 1.0 / (1.0 + np.exp(-z))


def slope(z):
    return squash(z) * (1 - squash(z))


class Net:
    def __init__(self, sizes, cost, rng):
        self.depth, self.cost = len(sizes), cost
        self.biases = [rng.normal(size=(n, 1)) for n in sizes[1:]]
        self.weights = [rng.normal(size=(n, m)) for m, n in zip(sizes, sizes[1:])]

    def example(self, x, y):
        zs, acts = [], [x]
        for b, w in zip(self.biases, self.weights):
            zs.append(w @ acts[-1] + b)
            acts.append(squash(zs[-1]))
        d = self.cost.delta(zs[-1], acts[-1], y)
        gb, gw = [None] * len(zs), [None] * len(zs)
        gb[-1], gw[-1] = d, d @ acts[-2].T
        for k in range(2, self.depth):
            d = (self.weights[-k + 1].T @ d) * slope(zs[-k])
            gb[-k] = d
            gw[-k] = d @ acts[-k - 1].T
        return gb, gw, acts[-1]

    def mini_batch(self, batch, eta, decay):
        sum_b = [np.zeros(b.shape) for b in self.biases]
        sum_w = [np.zeros(w.shape) for w in self.weights]
        for x, y in batch:
            gb, gw, _ = self.example(x, y)
            sum_b = [s + g for s, g in zip(sum_b, gb)]
            sum_w = [s + g for s, g in zip(sum_w, gw)]
        m = len(batch)
        self.weights = [
            (1 - eta * decay / m) * w - eta / m * s for w, s in zip(self.weights, sum_w)
        ]
        self.biases = [b - eta / m * s for b, s in zip(self.biases, sum_b)]

    def total(self, batch, decay):
        costs = [self.cost.value(self.example(x, y)[2], y) for x, y in batch]
        squares = sum(np.sum(w**2) for w in self.weights)
        return (sum(costs) + decay / 2 * squares) / len(batch)


def case(seed):
    rng = np.random.default_rng(seed)
    net = Net([3, 3, 3, 3], CrossEntropy, rng)
    batch = [(rng.normal(size=(3, 1)), rng.integers(0, 2, (3, 1))) for _ in range(4)]
    return (
        lambda: net.mini_batch(batch, 0.1, 0.5),
        lambda: net.total(batch, 0.5),
        (net, "weights", "biases"),
        0.1,
    )


MISTAKES = {
    "slope of another cost": ("return a - y", "return (a - y) * slope(z)"),
    "weights of the layer itself": (
        "self.weights[-k + 1].T @ d",
        "self.weights[-k].T @ d",
    ),
    "z or a": ("slope(zs[-k])", "slope(acts[-k])"),
    "one layer too late": ("d @ acts[-k - 1].T", "d @ acts[-k].T"),
    "the last example alone": (
        "[s + g for s, g in zip(sum_w, gw)]",
        "[g for s, g in zip(sum_w, gw)]",
    ),
}
