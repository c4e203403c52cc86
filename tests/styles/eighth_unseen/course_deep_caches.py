"""Functions with caches and a dictionary of grads, examples as columns, three layers."""

import numpy as np


def initialize(layer_dims, rng):
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_in, n_out = layer_dims[l - 1], layer_dims[l]
        parameters["W" + str(l)] = rng.normal(size=(n_out, n_in))
        parameters["b" + str(l)] = rng.normal(size=(n_out, 1)) * 0.1
    return parameters


def model_forward(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L + 1):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        Z = np.dot(W, A) + b
        caches.append((A, W, Z))
        A = 1 / (1 + np.exp(-Z)) if l == L else np.maximum(0, Z)
    return A, caches


def compute_cost(X, Y, parameters):
    AL, _ = model_forward(X, parameters)
    m = Y.shape[1]
    return -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m


def relu_backward(dA, Z):
    dZ = np.array(dA, copy=True)
    dZ[Z <= 0] = 0
    return dZ


def sigmoid_backward(dA, Z):
    s = 1 / (1 + np.exp(-Z))
    return dA * s * (1 - s)


def linear_backward(dZ, cache):
    A_prev, W, Z = cache
    m = A_prev.shape[1]
    dW = 1 / m * np.dot(dZ, A_prev.T)
    db = 1 / m * np.sum(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


def model_backward(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    dZ = sigmoid_backward(dA, caches[L - 1][2])
    dA, grads["dW" + str(L)], grads["db" + str(L)] = linear_backward(dZ, caches[L - 1])
    for l in reversed(range(L - 1)):
        dZ = relu_backward(dA, caches[l][2])
        dA, dW, db = linear_backward(dZ, caches[l])
        grads["dW" + str(l + 1)] = dW
        grads["db" + str(l + 1)] = db
    return grads


def update_parameters(parameters, grads, learning_rate):
    for l in range(len(parameters) // 2):
        key = str(l + 1)
        parameters["W" + key] = (
            parameters["W" + key] - learning_rate * grads["dW" + key]
        )
        parameters["b" + key] = (
            parameters["b" + key] - learning_rate * grads["db" + key]
        )


def iteration(X, Y, parameters, learning_rate):
    AL, caches = model_forward(X, parameters)
    grads = model_backward(AL, Y, caches)
    update_parameters(parameters, grads, learning_rate)


def case(seed):
    rng = np.random.default_rng(seed)
    parameters = initialize([3, 4, 4, 1], rng)
    X = rng.normal(size=(3, 6))
    Y = np.array([[0, 1, 1, 0, 1, 0]])
    return (
        lambda: iteration(X, Y, parameters, 0.075),
        lambda: compute_cost(X, Y, parameters),
        parameters,
        0.075,
    )


MISTAKES = {
    "slope missing, output layer": ("    return dA * s * (1 - s)", "    return dA"),
    "slope missing, hidden layers": ("    dZ[Z <= 0] = 0\n", ""),
    "z where a belongs, output layer": (
        "    s = 1 / (1 + np.exp(-Z))\n    return dA * s * (1 - s)",
        "    return dA * Z * (1 - Z)",
    ),
    "tanh's slope for the sigmoid, from z": (
        "    return dA * s * (1 - s)",
        "    return dA * (1 - np.tanh(Z) ** 2)",
    ),
    "slope missing in what is passed down": (
        "        dA, dW, db = linear_backward(dZ, caches[l])",
        "        _, dW, db = linear_backward(dZ, caches[l])\n"
        "        dA = np.dot(caches[l][1].T, dA)",
    ),
    "sign": (
        "dA = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))",
        "dA = np.divide(Y, AL) - np.divide(1 - Y, 1 - AL)",
    ),
    "sum where the mean belongs": (
        "dW = 1 / m * np.dot(dZ, A_prev.T)",
        "dW = np.dot(dZ, A_prev.T)",
    ),
    "divided by m twice": (
        "np.divide(1 - Y, 1 - AL))",
        "np.divide(1 - Y, 1 - AL)) / Y.shape[1]",
    ),
    "bias gradient summed over the layer": (
        "db = 1 / m * np.sum(dZ, axis=1, keepdims=True)",
        "db = 1 / m * np.sum(dZ)",
    ),
    "slope left in, output layer": (
        "dA = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))",
        "dA = AL - Y",
    ),
    "plus between the two terms": (
        "-(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))",
        "-(np.divide(Y, AL) + np.divide(1 - Y, 1 - AL))",
    ),
    "last layer not updated": (
        "for l in range(len(parameters) // 2):",
        "for l in range(len(parameters) // 2 - 1):",
    ),
}
