"""Functions that hand a list of caches on, and gradients under numbered names."""

import numpy as np


def start(sizes, rng):
    parameters = {}
    for n in range(1, len(sizes)):
        parameters["W" + str(n)] = rng.normal(size=(sizes[n], sizes[n - 1])) * 0.5
        parameters["b" + str(n)] = np.zeros((sizes[n], 1))
    return parameters


def relu(Z):
    return np.maximum(0, Z), Z


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z)), Z


def relu_backward(dA, Z):
    dZ = np.array(dA, copy=True)
    dZ[Z <= 0] = 0
    return dZ


def sigmoid_backward(dA, Z):
    s = 1 / (1 + np.exp(-Z))
    return dA * s * (1 - s)


def linear_activation_forward(A_prev, W, b, activation):
    Z = W @ A_prev + b
    A, activation_cache = sigmoid(Z) if activation == "sigmoid" else relu(Z)
    return A, ((A_prev, W, b), activation_cache)


def model_forward(X, parameters):
    caches, A = [], X
    L = len(parameters) // 2
    for n in range(1, L):
        A, cache = linear_activation_forward(
            A, parameters["W" + str(n)], parameters["b" + str(n)], "relu"
        )
        caches.append(cache)
    AL, cache = linear_activation_forward(
        A, parameters["W" + str(L)], parameters["b" + str(L)], "sigmoid"
    )
    caches.append(cache)
    return AL, caches


def compute_cost(AL, Y):
    m = Y.shape[1]
    return -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m


def linear_activation_backward(dA, cache, activation):
    (A_prev, W, b), Z = cache
    m = A_prev.shape[1]
    dZ = relu_backward(dA, Z) if activation == "relu" else sigmoid_backward(dA, Z)
    dW = dZ @ A_prev.T / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = W.T @ dZ
    return dA_prev, dW, db


def model_backward(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    for n in reversed(range(L)):
        activation = "sigmoid" if n == L - 1 else "relu"
        dA, grads["dW" + str(n + 1)], grads["db" + str(n + 1)] = (
            linear_activation_backward(dA, caches[n], activation)
        )
    return grads


def update(parameters, grads, learning_rate):
    for n in range(len(parameters) // 2):
        parameters["W" + str(n + 1)] -= learning_rate * grads["dW" + str(n + 1)]
        parameters["b" + str(n + 1)] -= learning_rate * grads["db" + str(n + 1)]


def case(seed):
    rng = np.random.default_rng(seed)
    parameters = start([4, 5, 3, 1], rng)
    X, Y = rng.normal(size=(4, 7)), rng.integers(0, 2, size=(1, 7))

    def step():
        AL, caches = model_forward(X, parameters)
        update(parameters, model_backward(AL, Y, caches), 0.1)

    return (
        step,
        lambda: compute_cost(model_forward(X, parameters)[0], Y),
        parameters,
        0.1,
    )


MISTAKES = {
    "plus in the cost's slope": (
        "dA = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))",
        "dA = -(np.divide(Y, AL) + np.divide(1 - Y, 1 - AL))",
    ),
    "the gate forgotten": ("    dZ[Z <= 0] = 0\n", ""),
    "mean of the bias forgotten": (
        "db = np.sum(dZ, axis=1, keepdims=True) / m",
        "db = np.sum(dZ, axis=1, keepdims=True)",
    ),
    "one activation for all": (
        'activation = "sigmoid" if n == L - 1 else "relu"',
        'activation = "sigmoid"',
    ),
    "slope by the output": ("return dA * s * (1 - s)", "return dA * Z * (1 - Z)"),
}
