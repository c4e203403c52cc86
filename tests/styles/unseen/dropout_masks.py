"""Static methods and properties; units switched off by masks that are drawn before."""

import numpy as np


class Activation:
    @staticmethod
    def gelu(x):
        return x * Activation.gate(x)

    @staticmethod
    def gate(x):
        return 1 / (1 + np.exp(-1.702 * x))

    @staticmethod
    def gelu_prime(x):
        s = Activation.gate(x)
        return s + 1.702 * x * s * (1 - s)


class Regressor:
    def __init__(self, sizes, keep, rng):
        self.keep = keep
        self.layers = [
            {"w": rng.normal(0, 0.8, (a, b)), "b": rng.normal(0, 0.1, b)}
            for a, b in zip(sizes[:-1], sizes[1:])
        ]
        self.masks = [rng.random(n) < keep for n in sizes[1:-1]]

    @property
    def depth(self):
        return len(self.layers)

    def run(self, x):
        self.a, self.z = [x], []
        for i in range(self.depth):
            z = self.a[i] @ self.layers[i]["w"] + self.layers[i]["b"]
            self.z.append(z)
            if i < self.depth - 1:
                z = Activation.gelu(z) * self.masks[i] / self.keep
            self.a.append(z)
        return self.a[-1]

    def huber(self, x, y, delta=1.0):
        r = np.abs(self.run(x) - y)
        small = np.minimum(r, delta)
        return np.mean(0.5 * small**2 + delta * (r - small))

    def backprop(self, x, y, delta=1.0):
        out = self.run(x)
        g = np.clip(out - y, -delta, delta) / y.size
        grads = [None] * self.depth
        for i in reversed(range(self.depth)):
            grads[i] = {"w": self.a[i].T @ g, "b": g.sum(0)}
            if i > 0:
                g = g @ self.layers[i]["w"].T
                g = g * self.masks[i - 1] / self.keep
                g = g * Activation.gelu_prime(self.z[i - 1])
        return grads

    def learn(self, x, y, lr):
        for layer, grad in zip(self.layers, self.backprop(x, y)):
            for key in layer:
                layer[key] -= lr * grad[key]


def case(seed):
    rng = np.random.default_rng(seed)
    net = Regressor([3, 5, 4, 2], 0.8, rng)
    x, y = rng.normal(size=(6, 3)), 2 * rng.normal(size=(6, 2))
    return lambda: net.learn(x, y, 0.1), lambda: net.huber(x, y), net.layers, 0.1


MISTAKES = {
    "not scaled up": ("g * self.masks[i - 1] / self.keep", "g * self.masks[i - 1]"),
    "no mask": ("                g = g * self.masks[i - 1] / self.keep\n", ""),
    "the clip forgotten": (
        "np.clip(out - y, -delta, delta) / y.size",
        "(out - y) / y.size",
    ),
    "the value for its slope": (
        "Activation.gelu_prime(self.z[i - 1])",
        "Activation.gelu(self.z[i - 1])",
    ),
    "slope of what was switched off": (
        "Activation.gelu_prime(self.z[i - 1])",
        "Activation.gelu_prime(self.a[i])",
    ),
    "product rule forgotten": (
        "return s + 1.702 * x * s * (1 - s)",
        "return 1.702 * s * (1 - s)",
    ),
}
