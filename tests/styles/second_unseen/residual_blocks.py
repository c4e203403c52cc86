"""Blocks that add to what they are given, and a linear layer at the end."""

import numpy as np


class Block:
    def __init__(self, n, rng):
        self.w = rng.normal(size=(n, n)) * 0.5
        self.b = rng.normal(size=n) * 0.1

    def up(self, h):
        self.h = h
        self.t = np.tanh(h @ self.w + self.b)
        return h + self.t

    def down(self, g):
        d = g * (1 - self.t * self.t)
        self.dw = self.h.T @ d
        self.db = d.sum(0)
        return g + d @ self.w.T


class Residual:
    def __init__(self, rng):
        self.blocks = [Block(3, rng) for _ in range(3)]
        self.head = rng.normal(size=(3, 2))

    def up(self, x):
        for block in self.blocks:
            x = block.up(x)
        self.top = x
        return x @ self.head

    def cost(self, x, y):
        return ((self.up(x) - y) ** 2).mean()

    def update(self, x, y, eta):
        g = 2 / y.size * (self.up(x) - y)
        d_head = self.top.T @ g
        g = g @ self.head.T
        for block in reversed(self.blocks):
            g = block.down(g)
            block.w -= eta * block.dw
            block.b -= eta * block.db
        self.head -= eta * d_head


def case(seed):
    rng = np.random.default_rng(seed)
    net = Residual(rng)
    x, y = rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
    return lambda: net.update(x, y, 0.1), lambda: net.cost(x, y), net, 0.1


MISTAKES = {
    "the shortcut forgotten": ("return g + d @ self.w.T", "return d @ self.w.T"),
    "the branch forgotten": ("return g + d @ self.w.T", "return g"),
    "input after the block": (
        "        self.h = h\n        self.t = np.tanh(h @ self.w + self.b)\n",
        "        self.t = np.tanh(h @ self.w + self.b)\n        self.h = h + self.t\n",
    ),
    "gradient before the slope": ("self.dw = self.h.T @ d", "self.dw = self.h.T @ g"),
    "the sigmoid's slope": ("(1 - self.t * self.t)", "self.t * (1 - self.t)"),
    "mean over the examples alone": ("2 / y.size", "2 / len(y)"),
}
