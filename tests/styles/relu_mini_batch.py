"""Relu, then tanh, then the identity, on a mini-batch; the cost a mean."""

import numpy as np


def step(params, x, y, lr):
    (W1, b1), (W2, b2), (W3, b3) = params
    z1 = x @ W1 + b1
    a1 = np.maximum(0, z1)
    a2 = np.tanh(a1 @ W2 + b2)
    d3 = (a2 @ W3 + b3 - y) / len(x)
    d2 = d3 @ W3.T * (1 - a2 * a2)
    d1 = d2 @ W2.T * (z1 > 0)
    for (W, b), a, d in zip(params, (x, a1, a2), (d1, d2, d3)):
        W -= lr * a.T @ d
        b -= lr * d.sum(axis=0)


def cost(params, x, y):
    (W1, b1), (W2, b2), (W3, b3) = params
    a2 = np.tanh(np.maximum(0, x @ W1 + b1) @ W2 + b2)
    return np.sum((a2 @ W3 + b3 - y) ** 2) / (2 * len(x))


def case(seed):
    rng = np.random.default_rng(seed)
    shapes = [(3, 6), (6, 4), (4, 1)]
    params = [(rng.normal(size=s), rng.normal(size=s[1])) for s in shapes]
    x, y = rng.normal(size=(8, 3)), rng.normal(size=(8, 1))
    return lambda: step(params, x, y, 0.1), lambda: cost(params, x, y), params, 0.1


MISTAKES = {
    "gate on the wrong side": ("(z1 > 0)", "(z1 < 0)"),
    "the sigmoid's slope for tanh, from a": ("(1 - a2 * a2)", "a2 * (1 - a2)"),
    "slope missing, hidden layers": (" * (1 - a2 * a2)", ""),
    "mean missing": ("b3 - y) / len(x)\n    d2", "b3 - y)\n    d2"),
}
