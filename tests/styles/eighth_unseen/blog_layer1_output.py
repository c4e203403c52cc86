"""A class that keeps self.layer1 and self.output, as in a blog post."""

import numpy as np


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


def sigmoid_derivative(x):
    return x * (1.0 - x)


class NeuralNetwork:
    def __init__(self, x, y, rng, eta=0.3):
        self.input = x
        self.y = y
        self.eta = eta
        self.weights1 = rng.normal(size=(self.input.shape[1], 4))
        self.bias1 = rng.normal(size=(1, 4))
        self.weights2 = rng.normal(size=(4, 2))
        self.bias2 = rng.normal(size=(1, 2))

    def feedforward(self):
        self.layer1 = sigmoid(np.dot(self.input, self.weights1) + self.bias1)
        self.output = sigmoid(np.dot(self.layer1, self.weights2) + self.bias2)
        return self.output

    def backprop(self):
        d_output = 2 * (self.y - self.output) * sigmoid_derivative(self.output)
        d_weights2 = np.dot(self.layer1.T, d_output)
        d_bias2 = np.sum(d_output, axis=0, keepdims=True)

        d_layer1 = np.dot(d_output, self.weights2.T) * sigmoid_derivative(self.layer1)
        d_weights1 = np.dot(self.input.T, d_layer1)
        d_bias1 = np.sum(d_layer1, axis=0, keepdims=True)

        self.weights1 += self.eta * d_weights1
        self.bias1 += self.eta * d_bias1
        self.weights2 += self.eta * d_weights2
        self.bias2 += self.eta * d_bias2

    def train(self):
        self.feedforward()
        self.backprop()

    def loss(self):
        return np.sum((self.y - self.feedforward()) ** 2)


def case(seed):
    rng = np.random.default_rng(seed)
    net = NeuralNetwork(rng.normal(size=(4, 3)), rng.random((4, 2)), rng)
    return net.train, net.loss, net, 0.3


MISTAKES = {
    "slope missing, output layer": (
        "(self.y - self.output) * sigmoid_derivative(self.output)",
        "(self.y - self.output)",
    ),
    "slope missing, hidden layers": (
        "self.weights2.T) * sigmoid_derivative(self.layer1)",
        "self.weights2.T)",
    ),
    "a where z belongs": (
        "    return x * (1.0 - x)",
        "    return sigmoid(x) * (1.0 - sigmoid(x))",
    ),
    "tanh's slope for the sigmoid, from a": (
        "    return x * (1.0 - x)",
        "    return 1.0 - x**2",
    ),
    "slope missing in what is passed down": (
        "np.dot(d_output, self.weights2.T)",
        "np.dot(2 * (self.y - self.output), self.weights2.T)",
    ),
    "sign": ("2 * (self.y - self.output)", "2 * (self.output - self.y)"),
    "factor 1/2": ("d_output = 2 * (self.y", "d_output = (self.y"),
    "factor 1/m": (
        "d_output = 2 * (self.y - self.output)",
        "d_output = 2 / len(self.y) * (self.y - self.output)",
    ),
    "updated weights": (
        """        d_layer1 = np.dot(d_output, self.weights2.T) * sigmoid_derivative(self.layer1)
        d_weights1 = np.dot(self.input.T, d_layer1)
        d_bias1 = np.sum(d_layer1, axis=0, keepdims=True)

        self.weights1 += self.eta * d_weights1
        self.bias1 += self.eta * d_bias1
        self.weights2 += self.eta * d_weights2
""",
        """        self.weights2 += self.eta * d_weights2
        d_layer1 = np.dot(d_output, self.weights2.T) * sigmoid_derivative(self.layer1)
        d_weights1 = np.dot(self.input.T, d_layer1)
        d_bias1 = np.sum(d_layer1, axis=0, keepdims=True)

        self.weights1 += self.eta * d_weights1
        self.bias1 += self.eta * d_bias1
""",
    ),
    "bias gradient summed over the layer": (
        "d_bias2 = np.sum(d_output, axis=0, keepdims=True)",
        "d_bias2 = np.sum(d_output)",
    ),
    "hidden outputs not transposed": (
        "np.dot(self.layer1.T, d_output)",
        "np.dot(self.layer1, d_output)",
    ),
    "step size forgotten": (
        "self.bias1 += self.eta * d_bias1",
        "self.bias1 += d_bias1",
    ),
}
