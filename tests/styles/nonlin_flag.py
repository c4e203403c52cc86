"""A script with one function for the activation and its derivative, told by a flag."""

import numpy as np


def nonlin(x, deriv=False):
    if deriv:
        return x * (1 - x)
    return 1 / (1 + np.exp(-x))


X = y = syn0 = syn1 = None


def start(seed):
    global X, y, syn0, syn1
    rng = np.random.default_rng(seed)
    X = rng.integers(0, 2, size=(4, 3)).astype(float)
    y = rng.integers(0, 2, size=(4, 1)).astype(float)
    syn0 = 2 * rng.random((3, 4)) - 1
    syn1 = 2 * rng.random((4, 1)) - 1


def iterate():
    global syn0, syn1
    l1 = nonlin(X @ syn0)
    l2 = nonlin(l1 @ syn1)
    l2_error = y - l2
    l2_delta = l2_error * nonlin(l2, deriv=True)
    l1_error = l2_delta @ syn1.T
    l1_delta = l1_error * nonlin(l1, deriv=True)
    syn1 = syn1 + l1.T @ l2_delta
    syn0 = syn0 + X.T @ l1_delta


def loss():
    l2 = nonlin(nonlin(X @ syn0) @ syn1)
    return 0.5 * np.sum((y - l2) ** 2)


def case(seed):
    start(seed)
    return iterate, loss, globals(), 1.0


MISTAKES = {
    "slope missing, output layer": ("l2_error * nonlin(l2, deriv=True)", "l2_error"),
    "slope missing, hidden layers": ("l1_error * nonlin(l1, deriv=True)", "l1_error"),
    "sign": ("l2_error = y - l2", "l2_error = l2 - y"),
    "a where z belongs": (
        "return x * (1 - x)",
        "s = nonlin(x)\n        return s * (1 - s)",
    ),
}
