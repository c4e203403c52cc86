"""A class that keeps its layers in `self`, and changes its weights in one method."""

import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_derivative(x):
    return x * (1 - x)


class NeuralNetwork:
    def __init__(self, x, y, rng):
        self.input = x
        self.y = y
        self.weights1 = rng.normal(size=(x.shape[1], 4))
        self.weights2 = rng.normal(size=(4, 1))
        self.output = np.zeros(y.shape)

    def feedforward(self):
        self.layer1 = sigmoid(self.input @ self.weights1)
        self.output = sigmoid(self.layer1 @ self.weights2)

    def backprop(self):
        d_output = 2 * (self.y - self.output) * sigmoid_derivative(self.output)
        d_hidden = (d_output @ self.weights2.T) * sigmoid_derivative(self.layer1)
        self.weights1 += self.input.T @ d_hidden
        self.weights2 += self.layer1.T @ d_output

    def train(self):
        self.feedforward()
        self.backprop()

    def loss(self):
        self.feedforward()
        return np.sum((self.y - self.output) ** 2)


def case(seed):
    rng = np.random.default_rng(seed)
    net = NeuralNetwork(rng.normal(size=(5, 3)), rng.random((5, 1)), rng)
    return net.train, net.loss, net, 1.0


MISTAKES = {
    "a where z belongs": ("return x * (1 - x)", "return sigmoid(x) * (1 - sigmoid(x))"),
    "slope missing, hidden layers": (" * sigmoid_derivative(self.layer1)", ""),
    "factor 1/2": ("2 * (self.y", "(self.y"),
}
