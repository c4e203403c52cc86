"""Three layers with a name for everything, softplus inside, examples as rows."""

import numpy as np


class Net:
    eta = 0.05

    def __init__(self, rng):
        self.p = {
            "w1": rng.normal(size=(2, 4)),
            "w2": rng.normal(size=(4, 3)),
            "w3": rng.normal(size=(3, 1)),
        }

    @staticmethod
    def softplus(s):
        return np.log1p(np.exp(s))

    @staticmethod
    def gate(s):
        return 1 / (1 + np.exp(-s))

    def run(self, x):
        self.s1 = x @ self.p["w1"]
        self.h1 = self.softplus(self.s1)
        self.s2 = self.h1 @ self.p["w2"]
        self.h2 = self.softplus(self.s2)
        return self.h2 @ self.p["w3"]

    def half_squares(self, x, t):
        return ((self.run(x) - t) ** 2).sum() / 2

    def descend(self, x, t):
        g3 = self.run(x) - t
        g2 = (g3 @ self.p["w3"].T) * self.gate(self.s2)
        g1 = (g2 @ self.p["w2"].T) * self.gate(self.s1)
        grads = {"w3": self.h2.T @ g3, "w2": self.h1.T @ g2, "w1": x.T @ g1}
        for key in self.p:
            self.p[key] = self.p[key] - self.eta * grads[key]


def case(seed):
    rng = np.random.default_rng(seed)
    net = Net(rng)
    x, t = rng.normal(size=(5, 2)), rng.normal(size=(5, 1))
    return lambda: net.descend(x, t), lambda: net.half_squares(x, t), net, 0.05


MISTAKES = {
    "a where z belongs": ("self.gate(self.s1)", "self.gate(self.h1)"),
    "slope missing": (" * self.gate(self.s2)", ""),
    "the gate of another layer's error": (
        '(g2 @ self.p["w2"].T)',
        '((g3 @ self.p["w3"].T) @ self.p["w2"].T)',
    ),
    "factor 2": ("g3 = self.run(x) - t", "g3 = 2 * (self.run(x) - t)"),
    "s for h": ("self.h2.T @ g3", "self.s2.T @ g3"),
}
