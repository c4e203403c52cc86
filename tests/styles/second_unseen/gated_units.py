"""Units that are a product: one half is let through as far as the other half says."""

from collections import OrderedDict

import numpy as np


class Gated:
    sizes = OrderedDict([("gate", (3, 5)), ("value", (3, 5)), ("read", (5, 2))])

    def __init__(self, rng):
        for name, size in self.sizes.items():
            setattr(self, name, rng.normal(size=size))

    def output(self, x):
        s = self.s = 1 / (1 + np.exp(-x.dot(self.gate)))
        v = self.v = np.tanh(x.dot(self.value))
        self.h = s * v
        return self.h.dot(self.read)

    def error(self, x, y):
        return np.square(self.output(x) - y).sum(axis=1).mean()

    def gradients(self, x, y):
        e = 2 * (self.output(x) - y) / len(x)
        dh = e.dot(self.read.T)
        ds, dv = dh * self.v, dh * self.s
        return {
            "gate": x.T.dot(ds * self.s * (1 - self.s)),
            "value": x.T.dot(dv * (1 - self.v**2)),
            "read": self.h.T.dot(e),
        }

    def step(self, x, y, rate=0.1):
        for name, gradient in self.gradients(x, y).items():
            setattr(self, name, getattr(self, name) - rate * gradient)


def case(seed):
    rng = np.random.default_rng(seed)
    net = Gated(rng)
    x, y = rng.normal(size=(6, 3)), rng.normal(size=(6, 2))
    return lambda: net.step(x, y), lambda: net.error(x, y), net, 0.1


MISTAKES = {
    "halves exchanged": ("dh * self.v, dh * self.s", "dh * self.s, dh * self.v"),
    "product rule forgotten": ("dh * self.v, dh * self.s", "dh, dh * self.s"),
    "slope of the other half": (
        "ds * self.s * (1 - self.s)",
        "ds * self.v * (1 - self.v)",
    ),
    "square missing": ("(1 - self.v**2)", "(1 - self.v)"),
    "slope missing": ("x.T.dot(dv * (1 - self.v**2))", "x.T.dot(dv)"),
    "factor 2": ("e = 2 * (self.output(x) - y)", "e = (self.output(x) - y)"),
}
