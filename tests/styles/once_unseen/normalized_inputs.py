"""A hidden layer of GELU-like units, rows of examples, weights in one object each."""

import numpy as np


class Affine:
    def __init__(self, n, m, rng):
        self.kernel, self.offset = (
            rng.normal(size=(n, m)) / np.sqrt(n),
            np.zeros((1, m)),
        )

    def __call__(self, x):
        self.seen = x
        return np.matmul(x, self.kernel) + self.offset

    def back(self, g):
        self.gk = np.matmul(self.seen.T, g)
        self.go = np.sum(g, axis=0, keepdims=True)
        return np.matmul(g, self.kernel.T)


class Swish:
    def __call__(self, z):
        self.z = z
        self.s = 1 / (1 + np.exp(-z))
        return z * self.s

    def back(self, g):
        return g * (self.s + self.z * self.s * (1 - self.s))


class Chain:
    def __init__(self, rng):
        self.parts = [Affine(3, 4, rng), Swish(), Affine(4, 2, rng)]

    def __call__(self, x):
        for part in self.parts:
            x = part(x)
        return x

    def mse(self, x, y):
        return np.mean((self(x) - y) ** 2)

    def step(self, x, y, lr):
        g = 2 * (self(x) - y) / y.size
        for part in self.parts[::-1]:
            g = part.back(g)
        for part in self.parts:
            if isinstance(part, Affine):
                part.kernel = part.kernel - lr * part.gk
                part.offset = part.offset - lr * part.go


def case(seed):
    rng = np.random.default_rng(seed)
    net = Chain(rng)
    x, y = rng.normal(size=(6, 3)), rng.normal(size=(6, 2))
    return lambda: net.step(x, y, 0.3), lambda: net.mse(x, y), net, 0.3


MISTAKES = {
    "product rule forgotten": (
        "g * (self.s + self.z * self.s * (1 - self.s))",
        "g * (self.z * self.s * (1 - self.s))",
    ),
    "a term of the slope": (
        "self.z * self.s * (1 - self.s)",
        "self.s * (1 - self.s)",
    ),
    "bias gradient averaged": ("np.sum(g, axis=0", "np.mean(g, axis=0"),
    "mean over the examples alone": ("/ y.size", "/ len(y)"),
    "slope missing": (
        "        return g * (self.s + self.z * self.s * (1 - self.s))",
        "        return g",
    ),
}
