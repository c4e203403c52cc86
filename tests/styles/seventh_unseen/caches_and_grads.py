"""Functions with caches, parameters and gradients in dictionaries, columns."""

import numpy as np


def relu(Z):
    return np.maximum(0, Z)


def initialize_parameters(layer_dims, rng):
    parameters = {}
    for l in range(1, len(layer_dims)):
        scale = np.sqrt(2 / layer_dims[l - 1])
        parameters["W" + str(l)] = (
            rng.normal(size=(layer_dims[l], layer_dims[l - 1])) * scale
        )
        parameters["b" + str(l)] = rng.normal(size=(layer_dims[l], 1)) * 0.2
    return parameters


def forward_propagation(X, parameters):
    A, caches = X, []
    for l in (1, 2, 3):
        A_prev = A
        Z = np.dot(parameters[f"W{l}"], A_prev) + parameters[f"b{l}"]
        A = relu(Z) if l < 3 else 1 / (1 + np.exp(-Z))
        caches.append((A_prev, Z, A))
    return A, caches


def compute_cost(AL, Y):
    m = Y.shape[1]
    return -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m


def linear_backward(dZ, A_prev, W):
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


def backward_propagation(AL, Y, caches, parameters):
    grads = {}
    A_prev, Z, A = caches[2]
    dZ = AL - Y
    dA, grads["dW3"], grads["db3"] = linear_backward(dZ, A_prev, parameters["W3"])
    for l in (2, 1):
        A_prev, Z, A = caches[l - 1]
        dZ = np.array(dA, copy=True)
        dZ[Z <= 0] = 0
        below = linear_backward(dZ, A_prev, parameters[f"W{l}"])
        dA, grads[f"dW{l}"], grads[f"db{l}"] = below
    return grads


def update_parameters(parameters, grads, learning_rate):
    for key in parameters:
        parameters[key] = parameters[key] - learning_rate * grads["d" + key]


def case(seed):
    rng = np.random.default_rng(seed)
    parameters = initialize_parameters([3, 3, 3, 3], rng)
    X, Y = rng.normal(size=(3, 5)), rng.integers(0, 2, (3, 5))

    def step():
        AL, caches = forward_propagation(X, parameters)
        grads = backward_propagation(AL, Y, caches, parameters)
        update_parameters(parameters, grads, 0.1)

    return (
        step,
        lambda: compute_cost(forward_propagation(X, parameters)[0], Y),
        parameters,
        0.1,
    )


MISTAKES = {
    "slope missing, hidden layers": ("        dZ[Z <= 0] = 0\n", ""),
    "relu gated with >= on the output": ("dZ[Z <= 0] = 0", "dZ[A < 0] = 0"),
    "slope left in, output layer": ("dZ = AL - Y", "dZ = (AL - Y) * AL * (1 - AL)"),
    "gate the wrong way round": ("dZ[Z <= 0] = 0", "dZ[Z > 0] = 0"),
    "factor 1/m": ("dZ = AL - Y", "dZ = (AL - Y) / Y.shape[1]"),
    "bias gradient summed over the layer": (
        "np.sum(dZ, axis=1, keepdims=True)",
        "np.sum(dZ, keepdims=True)",
    ),
    "1/m missing from the bias": (
        "db = np.sum(dZ, axis=1, keepdims=True) / m",
        "db = np.sum(dZ, axis=1, keepdims=True)",
    ),
    "m from the wrong axis": ("m = A_prev.shape[1]", "m = A_prev.shape[0]"),
    "W for W.T": ("np.dot(W.T, dZ)", "np.dot(W, dZ)"),
    "output for input": (
        'linear_backward(dZ, A_prev, parameters[f"W{l}"])',
        'linear_backward(dZ, A, parameters[f"W{l}"])',
    ),
    "transposed": ("dW = np.dot(dZ, A_prev.T) / m", "dW = np.dot(A_prev, dZ.T) / m"),
    "cache of the layer above": ("caches[l - 1]", "caches[l]"),
}
