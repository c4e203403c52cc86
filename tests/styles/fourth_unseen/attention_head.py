"""One head of attention over a short row of vectors, and a sum that is read out."""

import math

import numpy as np


def rows_softmax(s):
    e = np.exp(s - s.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


class Head:
    def __init__(self, d, k, rng):
        self.q, self.k, self.v = (rng.normal(0, 0.6, (d, k)) for _ in range(3))
        self.o = rng.normal(0, 0.6, (k, 2))
        self.scale = 1 / math.sqrt(k)

    def forward(self, x):
        Q, K, V = x @ self.q, x @ self.k, x @ self.v
        P = rows_softmax(Q @ K.T * self.scale)
        H = P @ V
        self.cache = x, Q, K, V, P, H
        return H @ self.o

    def loss(self, x, t):
        return np.square(self.forward(x) - t).mean()

    def backward(self, dY):
        x, Q, K, V, P, H = self.cache
        do = H.T @ dY
        dH = dY @ self.o.T
        dP = dH @ V.T
        dV = P.T @ dH
        dS = P * (dP - (dP * P).sum(-1, keepdims=True))
        dS *= self.scale
        dQ = dS @ K
        dK = dS.T @ Q
        return x.T @ dQ, x.T @ dK, x.T @ dV, do

    def update(self, x, t, lr):
        y = self.forward(x)
        grads = self.backward(2 * (y - t) / y.size)
        for p, g in zip((self.q, self.k, self.v, self.o), grads):
            p -= lr * g


def case(seed):
    rng = np.random.default_rng(seed)
    head = Head(4, 3, rng)
    x, t = rng.normal(size=(5, 4)), rng.normal(size=(5, 2))
    return lambda: head.update(x, t, 0.1), lambda: head.loss(x, t), head, 0.1


MISTAKES = {
    "scale forgotten": ("        dS *= self.scale\n", ""),
    "softmax as if entry by entry": (
        "P * (dP - (dP * P).sum(-1, keepdims=True))",
        "P * (1 - P) * dP",
    ),
    "keys not turned": ("dK = dS.T @ Q", "dK = dS @ Q"),
    "rows for entries": ("2 * (y - t) / y.size", "2 * (y - t) / len(y)"),
    "values for probabilities": ("dV = P.T @ dH", "dV = P @ dH"),
}
