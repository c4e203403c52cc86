"""A plain script: nonlin(x, deriv=False), synapses and layers as globals."""

import numpy as np


def nonlin(x, deriv=False):
    if deriv:
        return x * (1 - x)
    return 1 / (1 + np.exp(-x))


X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])
alpha = 0.8

syn0 = np.zeros((3, 4))
syn1 = np.zeros((4, 4))
syn2 = np.zeros((4, 1))


def iterate():
    global syn0, syn1, syn2
    l0 = X
    l1 = nonlin(np.dot(l0, syn0))
    l2 = nonlin(np.dot(l1, syn1))
    l3 = nonlin(np.dot(l2, syn2))

    l3_error = y - l3
    l3_delta = l3_error * nonlin(l3, deriv=True)
    l2_error = l3_delta.dot(syn2.T)
    l2_delta = l2_error * nonlin(l2, deriv=True)
    l1_error = l2_delta.dot(syn1.T)
    l1_delta = l1_error * nonlin(l1, deriv=True)

    syn2 += alpha * l2.T.dot(l3_delta)
    syn1 += alpha * l1.T.dot(l2_delta)
    syn0 += alpha * l0.T.dot(l1_delta)


def squared_error():
    out = X
    for syn in (syn0, syn1, syn2):
        out = nonlin(np.dot(out, syn))
    return 0.5 * np.sum((y - out) ** 2)


def case(seed):
    np.random.seed(seed)
    for syn in (syn0, syn1, syn2):
        syn[...] = 2 * np.random.random(syn.shape) - 1
    return iterate, squared_error, [syn0, syn1, syn2], alpha


MISTAKES = {
    "a where z belongs": (
        "        return x * (1 - x)",
        "        return nonlin(x) * (1 - nonlin(x))",
    ),
    "slope missing, output layer": (
        "l3_delta = l3_error * nonlin(l3, deriv=True)",
        "l3_delta = l3_error",
    ),
    "deriv forgotten": (
        "l2_error * nonlin(l2, deriv=True)",
        "l2_error * nonlin(l2)",
    ),
    "slope missing in what is passed down": (
        "l1_error = l2_delta.dot(syn1.T)",
        "l1_error = l2_error.dot(syn1.T)",
    ),
    "tanh's slope for the sigmoid, from a": (
        "        return x * (1 - x)",
        "        return 1 - x * x",
    ),
    "sign": ("l3_error = y - l3", "l3_error = l3 - y"),
    "factor 2": ("l3_error = y - l3", "l3_error = 2 * (y - l3)"),
    "updated weights": (
        """    l1_error = l2_delta.dot(syn1.T)
    l1_delta = l1_error * nonlin(l1, deriv=True)

    syn2 += alpha * l2.T.dot(l3_delta)
    syn1 += alpha * l1.T.dot(l2_delta)
""",
        """    syn2 += alpha * l2.T.dot(l3_delta)
    syn1 += alpha * l1.T.dot(l2_delta)

    l1_error = l2_delta.dot(syn1.T)
    l1_delta = l1_error * nonlin(l1, deriv=True)
""",
    ),
    "W for W.T": ("l2_delta.dot(syn1.T)", "l2_delta.dot(syn1)"),
    "output for input": ("l1.T.dot(l2_delta)", "l2.T.dot(l2_delta)"),
    "transposed": ("l1.T.dot(l2_delta)", "l2_delta.T.dot(l1)"),
    "examples not transposed": ("l2.T.dot(l3_delta)", "l2.dot(l3_delta)"),
}
