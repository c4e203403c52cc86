"""A plain script with globals and one function for the curve and its derivative."""

import numpy as np


def nonlin(x, deriv=False):
    if deriv:
        return x * (1 - x)
    return 1 / (1 + np.exp(-x))


X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])
alpha = 0.5


def init(seed):
    global syn0, syn1, syn2
    np.random.seed(seed)
    syn0 = 2 * np.random.random((3, 4)) - 1
    syn1 = 2 * np.random.random((4, 4)) - 1
    syn2 = 2 * np.random.random((4, 1)) - 1


def iteration():
    global syn0, syn1, syn2
    l0 = X
    l1 = nonlin(np.dot(l0, syn0))
    l2 = nonlin(np.dot(l1, syn1))
    l3 = nonlin(np.dot(l2, syn2))

    # how much did we miss?
    l3_error = y - l3
    l3_delta = l3_error * nonlin(l3, deriv=True)
    l2_error = l3_delta.dot(syn2.T)
    l2_delta = l2_error * nonlin(l2, deriv=True)
    l1_error = l2_delta.dot(syn1.T)
    l1_delta = l1_error * nonlin(l1, deriv=True)

    syn2 += alpha * l2.T.dot(l3_delta)
    syn1 += alpha * l1.T.dot(l2_delta)
    syn0 += alpha * l0.T.dot(l1_delta)


def half_squares():
    out = nonlin(np.dot(nonlin(np.dot(nonlin(np.dot(X, syn0)), syn1)), syn2))
    return 0.5 * np.sum((y - out) ** 2)


def case(seed):
    init(seed)
    return iteration, half_squares, globals(), alpha


MISTAKES = {
    "a where z belongs": (
        "        return x * (1 - x)",
        "        return nonlin(x) * (1 - nonlin(x))",
    ),
    "z where a belongs, output layer": (
        "nonlin(l3, deriv=True)",
        "nonlin(np.dot(l2, syn2), deriv=True)",
    ),
    "slope missing, output layer": (
        "    l3_delta = l3_error * nonlin(l3, deriv=True)",
        "    l3_delta = l3_error",
    ),
    "slope missing in what is passed down": (
        "l1_error = l2_delta.dot(syn1.T)",
        "l1_error = l2_error.dot(syn1.T)",
    ),
    "tanh's slope for the sigmoid, from a": ("return x * (1 - x)", "return 1 - x * x"),
    "factor 1/m": ("l3_error = y - l3", "l3_error = (y - l3) / len(X)"),
    "updated weights": (
        """    l2_error = l3_delta.dot(syn2.T)
    l2_delta = l2_error * nonlin(l2, deriv=True)
    l1_error = l2_delta.dot(syn1.T)
    l1_delta = l1_error * nonlin(l1, deriv=True)

    syn2 += alpha * l2.T.dot(l3_delta)
    syn1 += alpha * l1.T.dot(l2_delta)
    syn0""",
        """    syn2 += alpha * l2.T.dot(l3_delta)
    l2_error = l3_delta.dot(syn2.T)
    l2_delta = l2_error * nonlin(l2, deriv=True)
    syn1 += alpha * l1.T.dot(l2_delta)
    l1_error = l2_delta.dot(syn1.T)
    l1_delta = l1_error * nonlin(l1, deriv=True)
    syn0""",
    ),
    "W for W.T": ("l2_delta.dot(syn1.T)", "l2_delta.dot(syn1)"),
    "output for input": ("l1.T.dot(l2_delta)", "l2.T.dot(l2_delta)"),
    "transposed": ("l1.T.dot(l2_delta)", "l2_delta.T.dot(l1)"),
    "slope of the layer below": (
        "l2_error * nonlin(l2, deriv=True)",
        "l2_error * nonlin(l1, deriv=True)",
    ),
    "step size missing": ("syn1 += alpha * l1.T", "syn1 += l1.T"),
}
