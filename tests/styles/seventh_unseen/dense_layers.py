"""Layer objects that find their activation by name and know their own deltas."""

import numpy as np


def leaky(z):
    return np.where(z > 0, z, 0.1 * z)


def leaky_prime(z):
    return np.where(z > 0, 1.0, 0.1)


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


FUNCTIONS = {"leaky": (leaky, leaky_prime), "sigmoid": (sigmoid, sigmoid_prime)}


class Layer:
    def __init__(self, n_in, n_out, activation, rng):
        self.weights = rng.normal(0, 0.7, (n_in, n_out))
        self.biases = rng.normal(0, 0.3, (1, n_out))
        self.f, self.f_prime = FUNCTIONS[activation]

    def forward(self, inputs):
        self.inputs = inputs
        self.z = inputs @ self.weights + self.biases
        self.a = self.f(self.z)
        return self.a

    def backward(self, error):
        delta = error * self.f_prime(self.z)
        self.d_weights = self.inputs.T @ delta
        self.d_biases = np.sum(delta, axis=0, keepdims=True)
        return delta @ self.weights.T

    def update(self, rate):
        self.weights = self.weights - rate * self.d_weights
        self.biases = self.biases - rate * self.d_biases


class Network:
    def __init__(self, *layers):
        self.layers = layers

    def predict(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def fit_once(self, X, Y, rate):
        error = 2 * (self.predict(X) - Y) / len(X)
        for layer in self.layers[::-1]:
            error = layer.backward(error)
        for layer in self.layers:
            layer.update(rate)


def case(seed):
    rng = np.random.default_rng(seed)
    net = Network(
        Layer(3, 4, "leaky", rng),
        Layer(4, 4, "leaky", rng),
        Layer(4, 2, "sigmoid", rng),
    )
    X, Y = rng.normal(size=(5, 3)), rng.random((5, 2))
    return (
        lambda: net.fit_once(X, Y, 0.4),
        lambda: np.sum((net.predict(X) - Y) ** 2) / len(X),
        net,
        0.4,
    )


MISTAKES = {
    "a where z belongs": ("self.f_prime(self.z)", "self.f_prime(self.a)"),
    "z where a belongs, output layer": (
        "return sigmoid(z) * (1 - sigmoid(z))",
        "return z * (1 - z)",
    ),
    "slope missing": ("delta = error * self.f_prime(self.z)", "delta = error"),
    "slope missing in what is passed down": (
        "return delta @ self.weights.T",
        "return error @ self.weights.T",
    ),
    "tanh's slope for the sigmoid, from z": (
        "return sigmoid(z) * (1 - sigmoid(z))",
        "return 1 - np.tanh(z) ** 2",
    ),
    "leak missing in the slope": (
        "return np.where(z > 0, 1.0, 0.1)",
        "return np.where(z > 0, 1.0, 0.0)",
    ),
    "sign": ("2 * (self.predict(X) - Y)", "2 * (Y - self.predict(X))"),
    "factor 1/2": ("2 * (self.predict(X) - Y)", "(self.predict(X) - Y)"),
    "updated weights": (
        """            error = layer.backward(error)
        for layer in self.layers:
            layer.update(rate)
""",
        """            layer.backward(error)
            layer.update(rate)
            error = error * layer.f_prime(layer.z) @ layer.weights.T
""",
    ),
    "bias gradient not summed": (
        "self.d_biases = np.sum(delta, axis=0, keepdims=True)",
        "self.d_biases = delta",
    ),
    "bias gradient summed over the layer": (
        "np.sum(delta, axis=0, keepdims=True)",
        "np.sum(delta, keepdims=True)",
    ),
    "error for delta in the weights": (
        "self.inputs.T @ delta",
        "self.inputs.T @ error",
    ),
}
