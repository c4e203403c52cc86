"""Neuron objects in pure Python, updated after each example."""

import math
import random


class Neuron:
    def __init__(self, n_inputs, rand):
        self.weights = [rand.uniform(-1, 1) for _ in range(n_inputs)]
        self.bias = rand.uniform(-1, 1)
        self.delta = 0.0

    def activate(self, inputs):
        self.inputs = inputs
        self.total = self.bias
        for weight, value in zip(self.weights, inputs):
            self.total += weight * value
        self.output = 1 / (1 + math.exp(-self.total))
        return self.output

    def slope(self):
        return self.output * (1 - self.output)

    def adjust(self, rate):
        for j in range(len(self.weights)):
            self.weights[j] -= rate * self.delta * self.inputs[j]
        self.bias -= rate * self.delta


class NeuronNet:
    def __init__(self, n_in, n_hidden, n_out, rand):
        self.learning_rate = 0.5
        self.hidden = [Neuron(n_in, rand) for _ in range(n_hidden)]
        self.outputs = [Neuron(n_hidden, rand) for _ in range(n_out)]

    def feed_forward(self, inputs):
        values = [neuron.activate(inputs) for neuron in self.hidden]
        return [neuron.activate(values) for neuron in self.outputs]

    def learn(self, inputs, targets):
        self.feed_forward(inputs)
        for neuron, target in zip(self.outputs, targets):
            error = neuron.output - target
            neuron.delta = error * neuron.slope()
        for i, neuron in enumerate(self.hidden):
            error = 0
            for above in self.outputs:
                error += above.weights[i] * above.delta
            neuron.delta = error * neuron.slope()
        for neuron in self.outputs:
            neuron.adjust(self.learning_rate)
        for neuron in self.hidden:
            neuron.adjust(self.learning_rate)

    def epoch(self, data):
        for inputs, targets in data:
            self.learn(inputs, targets)

    def total_error(self, data):
        total = 0
        for inputs, targets in data:
            for guess, target in zip(self.feed_forward(inputs), targets):
                total += 0.5 * (target - guess) ** 2
        return total


def case(seed):
    rand = random.Random(seed)
    net = NeuronNet(2, 3, 2, rand)
    data = [
        ([rand.gauss(0, 1), rand.gauss(0, 1)], [rand.random(), rand.random()])
        for _ in range(3)
    ]
    return lambda: net.epoch(data), lambda: net.total_error(data), net, 0.5


MISTAKES = {
    "slope missing": (
        "        return self.output * (1 - self.output)",
        "        return 1",
    ),
    "slope missing, output layer": (
        "            error = neuron.output - target\n"
        "            neuron.delta = error * neuron.slope()",
        "            neuron.delta = neuron.output - target",
    ),
    "slope missing, hidden layers": (
        "                error += above.weights[i] * above.delta\n"
        "            neuron.delta = error * neuron.slope()",
        "                error += above.weights[i] * above.delta\n"
        "            neuron.delta = error",
    ),
    "z where a belongs": (
        "return self.output * (1 - self.output)",
        "return self.total * (1 - self.total)",
    ),
    "a where z belongs": (
        "        return self.output * (1 - self.output)",
        "        s = 1 / (1 + math.exp(-self.output))\n        return s * (1 - s)",
    ),
    "tanh's slope for the sigmoid, from a": (
        "return self.output * (1 - self.output)",
        "return 1 - self.output**2",
    ),
    "sign": ("error = neuron.output - target", "error = target - neuron.output"),
    "factor 2": (
        "error = neuron.output - target",
        "error = 2 * (neuron.output - target)",
    ),
    "slope missing in what is passed down": (
        "for above in self.outputs:\n"
        "                error += above.weights[i] * above.delta",
        "for above, target in zip(self.outputs, targets):\n"
        "                error += above.weights[i] * (above.output - target)",
    ),
    "only the last neuron above counts": (
        "error += above.weights[i] * above.delta",
        "error = above.weights[i] * above.delta",
    ),
    "bias takes an input": (
        "self.bias -= rate * self.delta",
        "self.bias -= rate * self.delta * self.inputs[j]",
    ),
    "input off by one": (
        "self.delta * self.inputs[j]\n",
        "self.delta * self.inputs[j - 1]\n",
    ),
}
