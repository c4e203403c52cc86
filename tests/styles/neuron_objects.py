"""Neurons as objects in layers, each with its weights, its output and its delta."""

import math
import random


class Neuron:
    def __init__(self, n, rng):
        self.weights = [rng.uniform(-1, 1) for _ in range(n)]
        self.bias = rng.uniform(-1, 1)

    def activate(self, inputs):
        self.inputs = inputs
        total = self.bias + sum(w * i for w, i in zip(self.weights, inputs))
        self.output = math.tanh(total)
        return self.output

    def update(self, rate):
        for i, value in enumerate(self.inputs):
            self.weights[i] -= rate * self.delta * value
        self.bias -= rate * self.delta


class Network:
    def __init__(self, sizes, rng):
        self.layers = [
            [Neuron(n, rng) for _ in range(m)] for n, m in zip(sizes, sizes[1:])
        ]

    def forward(self, values):
        for layer in self.layers:
            values = [neuron.activate(values) for neuron in layer]
        return values

    def train(self, x, target, rate):
        outputs = self.forward(x)
        for neuron, out, wanted in zip(self.layers[-1], outputs, target):
            neuron.delta = (out - wanted) * (1 - out**2)
        for layer, after in reversed(list(zip(self.layers, self.layers[1:]))):
            for j, neuron in enumerate(layer):
                error = sum(n.weights[j] * n.delta for n in after)
                neuron.delta = error * (1 - neuron.output**2)
        for layer in self.layers:
            for neuron in layer:
                neuron.update(rate)


def case(seed):
    rng = random.Random(seed)
    net = Network([2, 3, 3, 2], rng)
    x, target = [0.5, -1.5], [0.2, -0.7]

    def cost():
        return sum((o - t) ** 2 for o, t in zip(net.forward(x), target)) / 2

    return lambda: net.train(x, target, 0.4), cost, net, 0.4


MISTAKES = {
    "z where a belongs": (
        "self.output = math.tanh(total)\n        return self.output",
        "self.output = total\n        return math.tanh(total)",
    ),
    "slope missing, hidden layers": ("error * (1 - neuron.output**2)", "error"),
    "the weight of another neuron": (
        "n.weights[j] * n.delta",
        "n.weights[0] * n.delta",
    ),
}
