"""Examples as columns, a cache and a dictionary of grads, tanh and a softmax."""

import numpy as np


def initialize_parameters(n_x, n_h, n_y, rng):
    return {
        "W1": rng.standard_normal((n_h, n_x)),
        "b1": rng.standard_normal((n_h, 1)),
        "W2": rng.standard_normal((n_y, n_h)),
        "b2": np.zeros((n_y, 1)),
    }


def softmax(Z):
    T = np.exp(Z - Z.max(axis=0))
    return T / T.sum(axis=0)


def forward_propagation(X, parameters):
    Z1 = np.matmul(parameters["W1"], X) + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = np.matmul(parameters["W2"], A1) + parameters["b2"]
    A2 = softmax(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


def compute_cost(X, Y, parameters):
    A2, _ = forward_propagation(X, parameters)
    return -np.sum(np.multiply(Y, np.log(A2))) / Y.shape[1]


def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    A1, A2 = cache["A1"], cache["A2"]

    dZ2 = A2 - Y
    dW2 = np.matmul(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.matmul(parameters["W2"].T, dZ2)
    dZ1 = np.multiply(dA1, 1 - np.power(A1, 2))
    dW1 = np.matmul(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


def update_parameters(parameters, grads, learning_rate=0.6):
    for name in ("W1", "b1", "W2", "b2"):
        parameters[name] = parameters[name] - learning_rate * grads["d" + name]
    return parameters


def nn_step(X, Y, parameters):
    A2, cache = forward_propagation(X, parameters)
    grads = backward_propagation(parameters, cache, X, Y)
    return update_parameters(parameters, grads)


def case(seed):
    rng = np.random.default_rng(seed)
    parameters = initialize_parameters(4, 4, 4, rng)
    X, Y = rng.normal(size=(4, 5)), np.eye(4)[:, [2, 0, 3, 1, 2]]
    return (
        lambda: nn_step(X, Y, parameters),
        lambda: compute_cost(X, Y, parameters),
        parameters,
        0.6,
    )


MISTAKES = {
    "slope missing, hidden layers": (
        "dZ1 = np.multiply(dA1, 1 - np.power(A1, 2))",
        "dZ1 = dA1",
    ),
    "z where a belongs, hidden layers": (
        "1 - np.power(A1, 2)",
        '1 - np.power(cache["Z1"], 2)',
    ),
    "the sigmoid's slope for tanh, from a": (
        "np.multiply(dA1, 1 - np.power(A1, 2))",
        "np.multiply(dA1, np.multiply(A1, 1 - A1))",
    ),
    "slope left in, output layer": ("dZ2 = A2 - Y", "dZ2 = (A2 - Y) * A2 * (1 - A2)"),
    "sign": ("dZ2 = A2 - Y", "dZ2 = Y - A2"),
    "sum where the mean belongs": (
        "dW1 = np.matmul(dZ1, X.T) / m",
        "dW1 = np.matmul(dZ1, X.T)",
    ),
    "W for W.T": (
        'np.matmul(parameters["W2"].T, dZ2)',
        'np.matmul(parameters["W2"], dZ2)',
    ),
    "output for input": ("np.matmul(dZ1, X.T)", "np.matmul(dZ1, A1.T)"),
    "transposed": ("np.matmul(dZ2, A1.T)", "np.matmul(A1, dZ2.T)"),
    "bias gradient summed over the layer": (
        "db1 = np.sum(dZ1, axis=1, keepdims=True) / m",
        "db1 = np.sum(dZ1, keepdims=True) / m",
    ),
    "the cubes of the outputs": ("np.power(A1, 2)", "np.power(A1, 3)"),
    "the grads of another layer": (
        '"dW2": dW2, "db2": db2}',
        '"dW2": dW2, "db2": db1}',
    ),
}
