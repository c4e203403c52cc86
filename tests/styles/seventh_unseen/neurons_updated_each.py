"""Neuron objects in pure Python, which learn from one example after another."""

import math
import random


class Neuron:
    def __init__(self, n_inputs):
        self.weights = [random.uniform(-1, 1) for _ in range(n_inputs)]
        self.bias = random.uniform(-1, 1)

    def activate(self, inputs):
        self.inputs = inputs
        self.total = self.bias
        for w, i in zip(self.weights, inputs):
            self.total += w * i
        self.output = 1 / (1 + math.exp(-self.total))
        return self.output

    def transfer_derivative(self):
        return self.output * (1 - self.output)

    def update(self, lr):
        for k in range(len(self.weights)):
            self.weights[k] -= lr * self.delta * self.inputs[k]
        self.bias -= lr * self.delta


class NeuralNetwork:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate
        self.hidden = [Neuron(2) for _ in range(3)]
        self.outputs = [Neuron(3) for _ in range(3)]

    def feed_forward(self, inputs):
        middle = [neuron.activate(inputs) for neuron in self.hidden]
        return [neuron.activate(middle) for neuron in self.outputs]

    def train(self, inputs, targets):
        self.feed_forward(inputs)
        for o, neuron in enumerate(self.outputs):
            neuron.error = neuron.output - targets[o]
            neuron.delta = neuron.error * neuron.transfer_derivative()
        for h, neuron in enumerate(self.hidden):
            neuron.error = 0.0
            for out in self.outputs:
                neuron.error += out.delta * out.weights[h]
            neuron.delta = neuron.error * neuron.transfer_derivative()
        for neuron in self.hidden + self.outputs:
            neuron.update(self.learning_rate)

    def total_error(self, dataset):
        total = 0.0
        for inputs, targets in dataset:
            out = self.feed_forward(inputs)
            total += sum(0.5 * (t - o) ** 2 for t, o in zip(targets, out))
        return total


def run_epoch(net, dataset):
    for inputs, targets in dataset:
        net.train(inputs, targets)


def case(seed):
    random.seed(seed)
    net = NeuralNetwork(0.2)
    dataset = [
        ([random.gauss(0, 1) for _ in range(2)], [random.random() for _ in range(3)])
        for _ in range(3)
    ]
    return (
        lambda: run_epoch(net, dataset),
        lambda: net.total_error(dataset),
        net,
        0.2,
    )


MISTAKES = {
    "a where z belongs": (
        "        return self.output * (1 - self.output)",
        "        s = 1 / (1 + math.exp(-self.output))\n        return s * (1 - s)",
    ),
    "z where a belongs": (
        "return self.output * (1 - self.output)",
        "return self.total * (1 - self.total)",
    ),
    "tanh's slope for the sigmoid, from a": (
        "return self.output * (1 - self.output)",
        "return 1.0 - self.output**2",
    ),
    "sign of the bias alone": (
        "self.bias -= lr * self.delta",
        "self.bias += lr * self.delta",
    ),
    "output for input": (
        "self.delta * self.inputs[k]",
        "self.delta * self.output",
    ),
    "slope missing, output layer": (
        """targets[o]
            neuron.delta = neuron.error * neuron.transfer_derivative()""",
        """targets[o]
            neuron.delta = neuron.error""",
    ),
    "slope missing, hidden layers": (
        """weights[h]
            neuron.delta = neuron.error * neuron.transfer_derivative()""",
        """weights[h]
            neuron.delta = neuron.error""",
    ),
    "slope missing in what is passed down": (
        "out.delta * out.weights[h]",
        "out.error * out.weights[h]",
    ),
    "sign": (
        "neuron.error = neuron.output - targets[o]",
        "neuron.error = targets[o] - neuron.output",
    ),
    "factor 2": (
        "neuron.error = neuron.output - targets[o]",
        "neuron.error = 2 * (neuron.output - targets[o])",
    ),
    "W for W.T": (
        """            for out in self.outputs:
                neuron.error += out.delta * out.weights[h]
""",
        """            for j, out in enumerate(self.outputs):
                neuron.error += out.delta * self.outputs[h].weights[j]
""",
    ),
    "blame of the last output alone": (
        "neuron.error += out.delta",
        "neuron.error = out.delta",
    ),
}
