"""A class that keeps layer1 and output, with backward pass and update in one."""

import numpy as np


def sigmoid(x):
    return 1.0 / (1 + np.exp(-x))


def sigmoid_derivative(x):
    return x * (1.0 - x)


class NeuralNetwork:
    def __init__(self, x, y, seed):
        np.random.seed(seed)
        self.input = x
        self.y = y
        self.weights1 = np.random.randn(self.input.shape[1], 3)
        self.bias1 = np.random.randn(3)
        self.weights2 = np.random.randn(3, 1)
        self.bias2 = np.random.randn(1)
        self.output = np.zeros(self.y.shape)

    def feedforward(self):
        self.layer1 = sigmoid(np.dot(self.input, self.weights1) + self.bias1)
        self.output = sigmoid(np.dot(self.layer1, self.weights2) + self.bias2)

    def backprop(self, eta):
        d2 = 2 * (self.y - self.output) * sigmoid_derivative(self.output)
        d_weights2 = np.dot(self.layer1.T, d2)
        d1 = np.dot(d2, self.weights2.T) * sigmoid_derivative(self.layer1)
        d_weights1 = np.dot(self.input.T, d1)

        # update with the slope of the loss function
        self.weights1 += eta * d_weights1
        self.bias1 += eta * d1.sum(axis=0)
        self.weights2 += eta * d_weights2
        self.bias2 += eta * d2.sum(axis=0)

    def train(self, eta):
        self.feedforward()
        self.backprop(eta)

    def loss(self):
        self.feedforward()
        return np.sum((self.y - self.output) ** 2)


def case(seed):
    rng = np.random.default_rng(seed)
    X = rng.integers(0, 2, (4, 3)) + 0.1 * rng.normal(size=(4, 3))
    y = rng.integers(0, 2, (4, 1))
    nn = NeuralNetwork(X, y, seed)
    return lambda: nn.train(0.3), nn.loss, nn, 0.3


MISTAKES = {
    "a where z belongs": (
        "    return x * (1.0 - x)",
        "    return sigmoid(x) * (1.0 - sigmoid(x))",
    ),
    "slope missing, output layer": (" * sigmoid_derivative(self.output)", ""),
    "slope missing, hidden layers": (" * sigmoid_derivative(self.layer1)", ""),
    "slope missing in what is passed down": (
        "np.dot(d2, self.weights2.T)",
        "np.dot(2 * (self.y - self.output), self.weights2.T)",
    ),
    "tanh's slope for the sigmoid, from a": (
        "return x * (1.0 - x)",
        "return 1.0 - x**2",
    ),
    "factor 1/2": ("d2 = 2 * (self.y", "d2 = (self.y"),
    "updated weights": (
        """        d1 = np.dot(d2, self.weights2.T) * sigmoid_derivative(self.layer1)
        d_weights1 = np.dot(self.input.T, d1)

        # update with the slope of the loss function
        self.weights1 += eta * d_weights1
        self.bias1 += eta * d1.sum(axis=0)
        self.weights2 += eta * d_weights2
        self.bias2 += eta * d2.sum(axis=0)
""",
        """        self.weights2 += eta * d_weights2
        self.bias2 += eta * d2.sum(axis=0)
        d1 = np.dot(d2, self.weights2.T) * sigmoid_derivative(self.layer1)
        d_weights1 = np.dot(self.input.T, d1)
        self.weights1 += eta * d_weights1
        self.bias1 += eta * d1.sum(axis=0)
""",
    ),
    "output for input": ("np.dot(self.input.T, d1)", "np.dot(self.layer1.T, d1)"),
    "bias gradient summed over the layer": ("d1.sum(axis=0)", "d1.sum()"),
    "bias from the layer above": (
        "self.bias1 += eta * d1.sum(axis=0)",
        "self.bias1 += eta * d2.sum(axis=0)",
    ),
    "error for delta in the weights": (
        "np.dot(self.layer1.T, d2)",
        "np.dot(self.layer1.T, 2 * (self.y - self.output))",
    ),
    "slope missing in what is passed down, updated weights": (
        """        d1 = np.dot(d2, self.weights2.T) * sigmoid_derivative(self.layer1)
        d_weights1 = np.dot(self.input.T, d1)

        # update with the slope of the loss function
        self.weights1 += eta * d_weights1
        self.bias1 += eta * d1.sum(axis=0)
        self.weights2 += eta * d_weights2
        self.bias2 += eta * d2.sum(axis=0)
""",
        """        self.weights2 += eta * d_weights2
        self.bias2 += eta * d2.sum(axis=0)
        error = np.dot(2 * (self.y - self.output), self.weights2.T)
        d1 = error * sigmoid_derivative(self.layer1)
        d_weights1 = np.dot(self.input.T, d1)
        self.weights1 += eta * d_weights1
        self.bias1 += eta * d1.sum(axis=0)
""",
    ),
}
