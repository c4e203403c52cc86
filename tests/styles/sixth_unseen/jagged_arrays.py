"""A Java network put into Python: jagged arrays, index loops, names in camel case."""

import math
import random


class Network:
    def __init__(self, sizes, rnd):
        self.SIZE, self.DEPTH = sizes, len(sizes)
        self.output = [[0.0] * size for size in sizes]
        self.signal = [[0.0] * size for size in sizes]
        self.slope = [[0.0] * size for size in sizes]
        self.weights, self.bias = [[]], [[]]
        for lay in range(1, self.DEPTH):
            self.bias.append([rnd() for i in range(sizes[lay])])
            self.weights.append(
                [[rnd() for j in range(sizes[lay - 1])] for i in range(sizes[lay])]
            )

    def calculate(self, inputs):
        self.output[0] = list(inputs)
        for lay in range(1, self.DEPTH):
            for n in range(self.SIZE[lay]):
                s = self.bias[lay][n]
                for p in range(self.SIZE[lay - 1]):
                    s += self.output[lay - 1][p] * self.weights[lay][n][p]
                out = 1.0 / (1.0 + math.exp(-s))
                self.output[lay][n] = out
                self.slope[lay][n] = out * (1.0 - out)
        return self.output[self.DEPTH - 1]

    def backpropError(self, target):
        last = self.DEPTH - 1
        for n in range(self.SIZE[last]):
            e = self.output[last][n] - target[n]
            self.signal[last][n] = e * self.slope[last][n]
        for lay in range(last - 1, 0, -1):
            for n in range(self.SIZE[lay]):
                s = 0.0
                for k in range(self.SIZE[lay + 1]):
                    s += self.weights[lay + 1][k][n] * self.signal[lay + 1][k]
                self.signal[lay][n] = s * self.slope[lay][n]

    def updateWeights(self, eta):
        for lay in range(1, self.DEPTH):
            for n in range(self.SIZE[lay]):
                delta = -eta * self.signal[lay][n]
                self.bias[lay][n] += delta
                for p in range(self.SIZE[lay - 1]):
                    self.weights[lay][n][p] += delta * self.output[lay - 1][p]

    def train(self, inputs, target, eta):
        self.calculate(inputs)
        self.backpropError(target)
        self.updateWeights(eta)

    def MSE(self, inputs, target):
        out, v = self.calculate(inputs), 0.0
        for i in range(len(target)):
            v += (target[i] - out[i]) * (target[i] - out[i])
        return v / 2.0


def case(seed):
    rng = random.Random(seed)
    net = Network([2, 3, 3, 3], lambda: rng.uniform(-1.5, 1.5))
    x, t = [0.9, -0.6], [0.1, 0.8, 0.4]
    where = {"weights": net.weights, "bias": net.bias}
    return lambda: net.train(x, t, 0.3), lambda: net.MSE(x, t), where, 0.3


MISTAKES = {
    "the sum for the output": ("= out * (1.0 - out)", "= s * (1.0 - s)"),
    "indices exchanged": ("self.weights[lay + 1][k][n]", "self.weights[lay + 1][n][k]"),
    "slope of the layer after": (
        "s * self.slope[lay][n]",
        "s * self.slope[lay + 1][n]",
    ),
    "a sum not set back": (
        "            for n in range(self.SIZE[lay]):\n                s = 0.0\n",
        "            s = 0.0\n            for n in range(self.SIZE[lay]):\n",
    ),
    "sign twice": ("self.bias[lay][n] += delta", "self.bias[lay][n] -= delta"),
}
