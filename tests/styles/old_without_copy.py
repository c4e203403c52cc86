"""The old weights kept under another name, and the weights then changed in place."""

import numpy as np


class Net:
    def __init__(self, rng):
        self.W = rng.normal(size=(3, 3))
        self.V = rng.normal(size=(3, 2))

    def forward(self, x):
        self.h = 1 / (1 + np.exp(-x @ self.W))
        return self.h @ self.V

    def step(self, x, y, lr):
        e = self.forward(x) - y
        below = e @ self.V.T
        old = self.V
        self.V -= lr * self.h.T @ e
        self.change = self.V - old
        self.W -= lr * x.T @ (below * self.h * (1 - self.h))

    def cost(self, x, y):
        return 0.5 * np.sum((self.forward(x) - y) ** 2)


def case(seed):
    rng = np.random.default_rng(seed)
    net = Net(rng)
    x, y = rng.normal(size=(4, 3)), rng.normal(size=(4, 2))
    return lambda: net.step(x, y, 0.3), lambda: net.cost(x, y), net, 0.3


MISTAKES = {
    "updated weights": (
        "        self.change = self.V - old\n",
        "        self.change, below = self.V - old, e @ old.T\n",
    ),
    "slope missing": (" * self.h * (1 - self.h)", ""),
    "output for input": ("x.T @ (below", "np.ones_like(x).T @ (below"),
}
