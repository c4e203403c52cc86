"""Functions that pass a dictionary of parameters, examples as columns, 1/m in front."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward_propagation(X, parameters):
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


def compute_cost(A2, Y):
    m = Y.shape[1]
    return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m


def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dW2 = dZ2 @ cache["A1"].T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = (parameters["W2"].T @ dZ2) * (1 - cache["A1"] ** 2)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}


def update(parameters, grads, learning_rate):
    for name in parameters:
        parameters[name] = parameters[name] - learning_rate * grads[name]


def case(seed):
    rng = np.random.default_rng(seed)
    parameters = {
        "W1": rng.normal(size=(4, 2)),
        "b1": np.zeros((4, 1)),
        "W2": rng.normal(size=(1, 4)),
        "b2": np.zeros((1, 1)),
    }
    X, Y = rng.normal(size=(2, 7)), rng.integers(0, 2, size=(1, 7))

    def step():
        _, cache = forward_propagation(X, parameters)
        update(parameters, backward_propagation(parameters, cache, X, Y), 1.2)

    def cost():
        return compute_cost(forward_propagation(X, parameters)[0], Y)

    return step, cost, parameters, 1.2


MISTAKES = {
    "z where a belongs": ('(1 - cache["A1"] ** 2)', '(1 - cache["Z1"] ** 2)'),
    "slope taken twice": (
        'dZ2 = cache["A2"] - Y',
        'dZ2 = (cache["A2"] - Y) * cache["A2"] * (1 - cache["A2"])',
    ),
    "mean missing": ("dW1 = dZ1 @ X.T / m", "dW1 = dZ1 @ X.T"),
    "the sigmoid's slope for tanh": (
        '(1 - cache["A1"] ** 2)',
        '(cache["A1"] * (1 - cache["A1"]))',
    ),
}
