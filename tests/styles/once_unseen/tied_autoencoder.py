"""An autoencoder whose two layers share one matrix."""

import numpy as np


class AutoEncoder:
    def __init__(self, rng):
        self.W = rng.normal(size=(5, 3)) * 0.6
        self.b, self.c = np.zeros(3), np.zeros(5)

    def encode(self, x):
        return np.tanh(x @ self.W + self.b)

    def decode(self, code):
        return code @ self.W.T + self.c

    def error(self, x):
        return 0.5 * np.mean(np.sum((self.decode(self.encode(x)) - x) ** 2, axis=1))

    def learn(self, x, rate):
        code = self.encode(x)
        diff = (self.decode(code) - x) / x.shape[0]
        grad_c = diff.sum(axis=0)
        grad_code = diff @ self.W
        grad_pre = grad_code * (1 - code * code)
        grad_b = grad_pre.sum(axis=0)
        grad_W = x.T @ grad_pre + diff.T @ code
        self.W = self.W - rate * grad_W
        self.b = self.b - rate * grad_b
        self.c = self.c - rate * grad_c


def case(seed):
    rng = np.random.default_rng(seed)
    net = AutoEncoder(rng)
    x = rng.normal(size=(7, 5))
    return lambda: net.learn(x, 0.1), lambda: net.error(x), net, 0.1


MISTAKES = {
    "slope missing": (" * (1 - code * code)", ""),
    "the decoder's part missing": (" + diff.T @ code", ""),
    "mean missing": (" / x.shape[0]", ""),
    "the sigmoid's slope for tanh": ("(1 - code * code)", "code * (1 - code)"),
}
