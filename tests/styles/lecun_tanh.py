"""LeCun's tanh, stretched on both axes, its slope read off the output."""

import numpy as np

A, S = 1.7159, 2 / 3


def act(z):
    return A * np.tanh(S * z)


def act_slope(out):
    return S / A * (A - out) * (A + out)


class Mlp:
    def __init__(self, sizes, rng):
        self.Ws = [rng.normal(size=s) / 2 for s in zip(sizes, sizes[1:])]

    def forward(self, x):
        self.outs = [x]
        for W in self.Ws:
            self.outs.append(act(self.outs[-1] @ W))
        return self.outs[-1]

    def fit(self, x, y, rate):
        e = self.forward(x) - y
        for i in reversed(range(len(self.Ws))):
            d = e * act_slope(self.outs[i + 1])
            e = d @ self.Ws[i].T
            self.Ws[i] -= rate * self.outs[i].T @ d

    def cost(self, x, y):
        return np.sum((self.forward(x) - y) ** 2) / 2


def case(seed):
    rng = np.random.default_rng(seed)
    net = Mlp([3, 4, 4, 2], rng)
    x, y = rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
    return lambda: net.fit(x, y, 0.05), lambda: net.cost(x, y), net, 0.05


MISTAKES = {
    "the slope of plain tanh": (
        "return S / A * (A - out) * (A + out)",
        "return 1 - out**2",
    ),
    "z where a belongs": (
        "act_slope(self.outs[i + 1])",
        "act_slope(self.outs[i] @ self.Ws[i])",
    ),
    "W for W.T": (
        "e = d @ self.Ws[i].T",
        "e = d @ np.resize(self.Ws[i], self.Ws[i].T.shape)",
    ),
}
