"""Matrices whose star is the matrix product, and np.multiply for each entry."""

import numpy as np


def g(z):
    return 1.0 / (1.0 + np.exp(-z))


class Learner:
    def __init__(self, rng):
        self.T1 = np.matrix(rng.normal(size=(4, 4)))
        self.T2 = np.matrix(rng.normal(size=(2, 5)))

    def hypothesis(self, X):
        a1 = np.hstack([np.ones((X.shape[0], 1)), X])
        z2 = a1 * self.T1.T
        a2 = np.hstack([np.ones((X.shape[0], 1)), g(z2)])
        z3 = a2 * self.T2.T
        return a1, z2, a2, g(z3)

    def J(self, X, Y, lam):
        h = self.hypothesis(X)[-1]
        m = X.shape[0]
        fit = -np.multiply(Y, np.log(h)) - np.multiply(1 - Y, np.log(1 - h))
        penalty = np.square(self.T1[:, 1:]).sum() + np.square(self.T2[:, 1:]).sum()
        return fit.sum() / m + lam / (2 * m) * penalty

    def gradients(self, X, Y, lam):
        m = X.shape[0]
        a1, z2, a2, h = self.hypothesis(X)
        d3 = h - Y
        slope = np.multiply(g(z2), 1 - g(z2))
        d2 = np.multiply(d3 * self.T2[:, 1:], slope)
        D2 = d3.T * a2 / m
        D1 = d2.T * a1 / m
        D1[:, 1:] += lam / m * self.T1[:, 1:]
        D2[:, 1:] += lam / m * self.T2[:, 1:]
        return D1, D2

    def descend(self, X, Y, lam, alpha):
        D1, D2 = self.gradients(X, Y, lam)
        self.T1 = self.T1 - alpha * D1
        self.T2 = self.T2 - alpha * D2


def case(seed):
    rng = np.random.default_rng(seed)
    net = Learner(rng)
    X = np.matrix(rng.normal(size=(6, 3)))
    Y = np.matrix(rng.integers(0, 2, (6, 2)))
    return lambda: net.descend(X, Y, 0.3, 0.5), lambda: net.J(X, Y, 0.3), net, 0.5


MISTAKES = {
    "bias units penalised": (
        "D1[:, 1:] += lam / m * self.T1[:, 1:]",
        "D1 += lam / m * self.T1",
    ),
    "mean forgotten": ("D2 = d3.T * a2 / m", "D2 = d3.T * a2"),
    "slope of the output": (
        "slope = np.multiply(g(z2), 1 - g(z2))",
        "slope = np.multiply(z2, 1 - z2)",
    ),
    "slope forgotten": (
        "d2 = np.multiply(d3 * self.T2[:, 1:], slope)",
        "d2 = d3 * self.T2[:, 1:]",
    ),
    "a penalty forgotten": ("        D2[:, 1:] += lam / m * self.T2[:, 1:]\n", ""),
}
