"""Leaky relu with a slope of 0.2, and examples as columns."""

import numpy as np

ALPHA = 0.2


def leaky(Z):
    return np.where(Z > 0, Z, ALPHA * Z)


def leaky_slope(Z):
    return np.where(Z > 0, 1.0, ALPHA)


def train(p, X, Y, lr):
    Z1 = p["W1"] @ X + p["b1"]
    A1 = leaky(Z1)
    dZ2 = (p["W2"] @ A1 + p["b2"] - Y) / X.shape[1]
    dZ1 = p["W2"].T @ dZ2 * leaky_slope(Z1)
    p["W2"] = p["W2"] - lr * dZ2 @ A1.T
    p["b2"] = p["b2"] - lr * dZ2.sum(axis=1, keepdims=True)
    p["W1"] = p["W1"] - lr * dZ1 @ X.T
    p["b1"] = p["b1"] - lr * dZ1.sum(axis=1, keepdims=True)


def loss(p, X, Y):
    out = p["W2"] @ leaky(p["W1"] @ X + p["b1"]) + p["b2"]
    return np.sum((out - Y) ** 2) / (2 * X.shape[1])


def case(seed):
    rng = np.random.default_rng(seed)
    p = {"W1": rng.normal(size=(4, 3)), "b1": np.zeros((4, 1))}
    p |= {"W2": rng.normal(size=(2, 4)), "b2": np.zeros((2, 1))}
    X, Y = rng.normal(size=(3, 6)), rng.normal(size=(2, 6))
    return lambda: train(p, X, Y, 0.1), lambda: loss(p, X, Y), p, 0.1


MISTAKES = {
    "the slope of relu": ("np.where(Z > 0, 1.0, ALPHA)", "np.where(Z > 0, 1.0, 0.0)"),
    "slope missing, hidden layers": (" * leaky_slope(Z1)", ""),
    "mean missing": ("- Y) / X.shape[1]\n    dZ1", "- Y)\n    dZ1"),
    "bias gradient averaged": ("lr * dZ2.sum(", "lr * dZ2.mean("),
}
