"""Hidden values brought to mean 0 and width 1 per example, then scaled and shifted."""

import numpy as np

EPS = 1e-5


class Normalized:
    def __init__(self, rng):
        self.U = rng.normal(size=(4, 5))
        self.gain = 1 + 0.1 * rng.normal(size=5)
        self.bias = 0.1 * rng.normal(size=5)
        self.V = rng.normal(size=(5, 2))

    def infer(self, x):
        z = x @ self.U
        self.width = np.sqrt(z.var(axis=1, keepdims=True) + EPS)
        self.n = (z - z.mean(axis=1, keepdims=True)) / self.width
        self.h = np.tanh(self.gain * self.n + self.bias)
        return self.h @ self.V

    def mse(self, x, y):
        return np.mean(np.sum((self.infer(x) - y) ** 2, axis=1))

    def descend(self, x, y, lr):
        error = 2 * (self.infer(x) - y) / x.shape[0]
        gV = self.h.T @ error
        da = (error @ self.V.T) * (1 - self.h**2)
        ggain = (da * self.n).sum(axis=0)
        gbias = da.sum(axis=0)
        dn = da * self.gain
        inner = (dn * self.n).mean(axis=1, keepdims=True)
        dz = (dn - dn.mean(axis=1, keepdims=True) - self.n * inner) / self.width
        gU = x.T @ dz
        self.U = self.U - lr * gU
        self.gain = self.gain - lr * ggain
        self.bias = self.bias - lr * gbias
        self.V = self.V - lr * gV


def case(seed):
    rng = np.random.default_rng(seed)
    net = Normalized(rng)
    x, y = rng.normal(size=(6, 4)), rng.normal(size=(6, 2))
    return lambda: net.descend(x, y, 0.1), lambda: net.mse(x, y), net, 0.1


MISTAKES = {
    "width left out": ("- self.n * inner) / self.width", "- self.n * inner)"),
    "a term left out": (" - self.n * inner) /", ") /"),
    "the gain left out": ("dn = da * self.gain", "dn = da"),
    "summed for averaged": (
        "inner = (dn * self.n).mean(axis=1",
        "inner = (dn * self.n).sum(axis=1",
    ),
    "z where a belongs": ("(1 - self.h**2)", "(1 - self.n**2)"),
    "gain's gradient": ("ggain = (da * self.n)", "ggain = (da * self.h)"),
}
