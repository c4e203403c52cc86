"""Units that pass on the largest of three sums, and an output of plain sums."""

import numpy as np


class Maxout:
    pieces = 3

    def __init__(self, rng):
        self.weights = rng.normal(size=(self.pieces, 4, 5))
        self.offsets = rng.normal(size=(self.pieces, 5))
        self.last = rng.normal(size=(5, 2))

    def __call__(self, x):
        self.sums = np.stack(
            [x @ self.weights[k] + self.offsets[k] for k in range(self.pieces)]
        )
        self.h = self.sums.max(axis=0)
        return self.h @ self.last

    def loss(self, x, y):
        return np.abs(self(x) - y).sum() / y.shape[0]

    def fit_once(self, x, y, step):
        sign = np.sign(self(x) - y) / y.shape[0]
        back = sign @ self.last.T
        d_last = self.h.T @ sign
        d_weights, d_offsets = [], []
        for k in range(self.pieces):
            here = back * (self.sums[k] == self.h)
            d_weights.append(x.T @ here)
            d_offsets.append(here.sum(axis=0))
        self.weights -= step * np.array(d_weights)
        self.offsets -= step * np.array(d_offsets)
        self.last -= step * d_last


def case(seed):
    rng = np.random.default_rng(seed)
    net = Maxout(rng)
    x, y = rng.normal(size=(7, 4)), rng.normal(size=(7, 2))
    return lambda: net.fit_once(x, y, 0.05), lambda: net.loss(x, y), net, 0.05


MISTAKES = {
    "the choice forgotten": ("back * (self.sums[k] == self.h)", "back"),
    "difference for its sign": ("np.sign(self(x) - y)", "(self(x) - y)"),
    "mean missing": (
        "sign = np.sign(self(x) - y) / y.shape[0]",
        "sign = np.sign(self(x) - y)",
    ),
    "size for rows": ("- y) / y.shape[0]", "- y) / y.size"),
    "positive for largest": ("(self.sums[k] == self.h)", "(self.sums[k] > 0)"),
    "bias gradient averaged": ("here.sum(axis=0)", "here.mean(axis=0)"),
}
