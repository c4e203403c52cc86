"""Two inputs through the same weights; pairs that belong together shall be near."""

import numpy as np


def tower(W, V, x):
    h = np.tanh(x @ W)
    return h, h @ V


def distances(u, v):
    return np.sqrt(((u - v) ** 2).sum(axis=1))


def contrast(weights, left, right, same, gap=1.5):
    W, V = weights
    d = distances(tower(W, V, left)[1], tower(W, V, right)[1])
    far = np.maximum(0, gap - d)
    return np.mean(same * d**2 + (1 - same) * far**2)


def gradients(weights, left, right, same, gap=1.5):
    W, V = weights
    h1, u = tower(W, V, left)
    h2, v = tower(W, V, right)
    d = distances(u, v)
    far = np.maximum(0, gap - d)
    dd = (2 * same * d - 2 * (1 - same) * far) / len(d)
    du = (dd / d)[:, None] * (u - v)
    dv = -du
    gV = h1.T @ du + h2.T @ dv
    p1 = du @ V.T * (1 - h1**2)
    p2 = dv @ V.T * (1 - h2**2)
    gW = left.T @ p1 + right.T @ p2
    return gW, gV


def nudge(weights, *data, rate=0.1):
    for w, g in zip(weights, gradients(weights, *data)):
        w -= rate * g


def case(seed):
    rng = np.random.default_rng(seed)
    weights = [rng.normal(size=(4, 5)), 0.4 * rng.normal(size=(5, 2))]
    left, right = rng.normal(size=(7, 4)), rng.normal(size=(7, 4))
    same = rng.integers(0, 2, 7)
    return (
        lambda: nudge(weights, left, right, same),
        lambda: contrast(weights, left, right, same),
        weights,
        0.1,
    )


MISTAKES = {
    "one tower forgotten": ("gW = left.T @ p1 + right.T @ p2", "gW = left.T @ p1"),
    "sign of the second tower": ("dv = -du", "dv = du"),
    "the root forgotten": ("du = (dd / d)[:, None]", "du = dd[:, None]"),
    "slope of the wrong tower": (
        "p2 = dv @ V.T * (1 - h2**2)",
        "p2 = dv @ V.T * (1 - h1**2)",
    ),
    "sign of the far pairs": (
        "(2 * same * d - 2 * (1 - same) * far)",
        "(2 * same * d + 2 * (1 - same) * far)",
    ),
}
