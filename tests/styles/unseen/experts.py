"""Several small experts, and a gate that says how much each is listened to."""

import numpy as np


def gate_softmax(a):
    e = np.exp(a - np.max(a, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


class Experts:
    def __init__(self, n_in, n_out, count, rng):
        self.gate = rng.normal(size=(n_in, count))
        self.heads = [rng.normal(size=(n_in, n_out)) for _ in range(count)]

    def answers(self, x):
        return np.stack([np.tanh(x @ head) for head in self.heads], axis=1)

    def predict(self, x):
        self.weights = gate_softmax(x @ self.gate)
        self.each = self.answers(x)
        return np.einsum("nk,nko->no", self.weights, self.each)

    def cost(self, x, y):
        miss = self.predict(x) - y
        entropy = -np.sum(self.weights * np.log(self.weights))
        return (0.5 * np.sum(miss**2) - 0.1 * entropy) / len(x)

    def learn(self, x, y, speed):
        miss = (self.predict(x) - y) / len(x)
        d_each = self.weights[:, :, None] * miss[:, None, :]
        d_weights = np.einsum("no,nko->nk", miss, self.each)
        d_weights += 0.1 * (np.log(self.weights) + 1) / len(x)
        inside = np.sum(d_weights * self.weights, axis=1, keepdims=True)
        d_gate = self.weights * (d_weights - inside)
        for k, head in enumerate(self.heads):
            slope = 1 - self.each[:, k] ** 2
            head -= speed * x.T @ (d_each[:, k] * slope)
        self.gate -= speed * x.T @ d_gate


def case(seed):
    rng = np.random.default_rng(seed)
    net = Experts(3, 2, 3, rng)
    x, y = rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
    where = [net.gate, *net.heads]
    return lambda: net.learn(x, y, 0.2), lambda: net.cost(x, y), where, 0.2


MISTAKES = {
    "sigmoid's slope for softmax": (
        "d_gate = self.weights * (d_weights - inside)",
        "d_gate = d_weights * self.weights * (1 - self.weights)",
    ),
    "not weighted": (
        "d_each = self.weights[:, :, None] * miss[:, None, :]",
        "d_each = np.repeat(miss[:, None, :], len(self.heads), axis=1)",
    ),
    "slope of the first expert": (
        "slope = 1 - self.each[:, k] ** 2",
        "slope = 1 - self.each[:, 0] ** 2",
    ),
    "sign of the entropy": ("d_weights += 0.1", "d_weights -= 0.1"),
    "mean forgotten": (
        "0.1 * (np.log(self.weights) + 1) / len(x)",
        "0.1 * (np.log(self.weights) + 1)",
    ),
}
