"""Mini-batches with momentum, the velocity kept in the object."""

import numpy as np


class Classifier:
    def __init__(self, rng, lr=0.1, mu=0.9):
        self.W1, self.b1 = rng.normal(size=(4, 6)) * 0.5, np.zeros((1, 6))
        self.W2, self.b2 = rng.normal(size=(6, 3)) * 0.5, np.zeros((1, 3))
        self.lr, self.mu = lr, mu
        self.velocity = {
            k: np.zeros_like(getattr(self, k)) for k in ("W1", "b1", "W2", "b2")
        }

    def forward(self, x):
        self.h = np.maximum(0, x @ self.W1 + self.b1)
        scores = self.h @ self.W2 + self.b2
        e = np.exp(scores - scores.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def loss(self, x, labels):
        p = self.forward(x)
        return -np.mean(np.log(p[range(len(x)), labels]))

    def step(self, x, labels):
        d = self.forward(x)
        d[range(len(x)), labels] -= 1
        d /= len(x)
        grads = {"W2": self.h.T @ d, "b2": d.sum(axis=0, keepdims=True)}
        d = d @ self.W2.T
        d[self.h <= 0] = 0
        grads |= {"W1": x.T @ d, "b1": d.sum(axis=0, keepdims=True)}
        for name, grad in grads.items():
            v = self.mu * self.velocity[name] - self.lr * grad
            self.velocity[name] = v
            setattr(self, name, getattr(self, name) + v)


def case(seed):
    rng = np.random.default_rng(seed)
    net = Classifier(rng)
    x, labels = rng.normal(size=(8, 4)), rng.integers(0, 3, size=8)
    return lambda: net.step(x, labels), lambda: net.loss(x, labels), net, 0.1


MISTAKES = {
    "mean missing": ("        d /= len(x)\n", ""),
    "slope missing, hidden layers": ("        d[self.h <= 0] = 0\n", ""),
    "label not subtracted": ("        d[range(len(x)), labels] -= 1\n", ""),
    "relu gated on what is passed down": ("d[self.h <= 0] = 0", "d[d <= 0] = 0"),
}
