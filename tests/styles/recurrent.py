"""A recurrent network with one step of tanh per letter, unrolled by hand."""

import numpy as np


class Rnn:
    def __init__(self, rng, n=3, h=4):
        self.Wxh = rng.normal(size=(n, h)) * 0.5
        self.Whh = rng.normal(size=(h, h)) * 0.5
        self.Why = rng.normal(size=(h, n)) * 0.5

    def run(self, xs):
        self.hs = [np.zeros(self.Whh.shape[0])]
        for x in xs:
            self.hs.append(np.tanh(x @ self.Wxh + self.hs[-1] @ self.Whh))
        return self.hs[-1] @ self.Why

    def loss(self, xs, target):
        return 0.5 * np.sum((self.run(xs) - target) ** 2)

    def train(self, xs, target, lr):
        dy = self.run(xs) - target
        dWxh, dWhh = np.zeros_like(self.Wxh), np.zeros_like(self.Whh)
        dWhy = np.outer(self.hs[-1], dy)
        dh = dy @ self.Why.T
        for t in reversed(range(len(xs))):
            dz = dh * (1 - self.hs[t + 1] ** 2)
            dWxh += np.outer(xs[t], dz)
            dWhh += np.outer(self.hs[t], dz)
            dh = dz @ self.Whh.T
        for p, g in [(self.Wxh, dWxh), (self.Whh, dWhh), (self.Why, dWhy)]:
            p -= lr * g


def case(seed):
    rng = np.random.default_rng(seed)
    net = Rnn(rng)
    xs, target = rng.normal(size=(5, 3)), rng.normal(size=3)
    return lambda: net.train(xs, target, 0.1), lambda: net.loss(xs, target), net, 0.1


MISTAKES = {
    "the state of the step before": (
        "(1 - self.hs[t + 1] ** 2)",
        "(1 - self.hs[t] ** 2)",
    ),
    "W for W.T": ("dz @ self.Whh.T", "dz @ self.Whh"),
    "the last step alone": ("            dWhh += ", "            dWhh = "),
}
