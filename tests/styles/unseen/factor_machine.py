"""Pairs of features that act together through short vectors; logistic loss."""

import numpy as np


class FactorMachine:
    def __init__(self, n_features, rank, rng, reg=0.05):
        self.w0 = np.zeros(1)
        self.w = rng.normal(0, 0.3, n_features)
        self.V = rng.normal(0, 0.5, (n_features, rank))
        self.reg = reg

    def score(self, X):
        XV = X @ self.V
        pair = 0.5 * (XV**2 - X**2 @ self.V**2).sum(axis=1)
        return self.w0 + X @ self.w + pair

    def objective(self, X, t):
        margin = t * self.score(X)
        fit = np.log1p(np.exp(-margin)).mean()
        return fit + 0.5 * self.reg * (np.sum(self.w**2) + np.sum(self.V**2))

    def descend(self, X, t, eta):
        n = X.shape[0]
        margin = t * self.score(X)
        d_score = -t / (1.0 + np.exp(margin)) / n
        g_w0 = d_score.sum()
        g_w = X.T @ d_score + self.reg * self.w
        XV = X @ self.V
        g_V = np.zeros_like(self.V)
        for f in range(self.V.shape[1]):
            whole = X.T @ (d_score * XV[:, f])
            own = (X**2).T @ d_score * self.V[:, f]
            g_V[:, f] = whole - own + self.reg * self.V[:, f]
        self.w0 -= eta * g_w0
        self.w -= eta * g_w
        self.V -= eta * g_V


def case(seed):
    rng = np.random.default_rng(seed)
    fm = FactorMachine(5, 2, rng)
    X, t = rng.normal(size=(7, 5)), rng.choice([-1.0, 1.0], 7)
    return lambda: fm.descend(X, t, 0.2), lambda: fm.objective(X, t), fm, 0.2


MISTAKES = {
    "a feature with itself": (
        "g_V[:, f] = whole - own + self.reg",
        "g_V[:, f] = whole + self.reg",
    ),
    "feature not squared": ("own = (X**2).T @ d_score", "own = X.T @ d_score"),
    "sign in the exponent": ("(1.0 + np.exp(margin))", "(1.0 + np.exp(-margin))"),
    "price of the weights forgotten": (
        "g_w = X.T @ d_score + self.reg * self.w",
        "g_w = X.T @ d_score",
    ),
    "label forgotten": ("d_score = -t / (1.0", "d_score = -1 / (1.0"),
}
