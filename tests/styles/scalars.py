"""A neuron whose weights are three numbers, trained on one example at a time."""

import math


class Neuron:
    def __init__(self, w1, w2, b):
        self.w1, self.w2, self.b = w1, w2, b

    def output(self, x1, x2):
        return 1 / (1 + math.exp(-(self.w1 * x1 + self.w2 * x2 + self.b)))

    def fit(self, x1, x2, target, rate):
        out = self.output(x1, x2)
        slope = out * (1 - out)
        error = out - target
        self.w1 -= rate * error * slope * x1
        self.w2 -= rate * error * slope * x2
        self.b -= rate * error * slope


def case(seed):
    neuron = Neuron(0.4 + seed / 7, -0.9, 0.2)
    example = (1.5, -0.5, 1.0)
    return (
        lambda: neuron.fit(*example, rate=0.5),
        lambda: 0.5 * (neuron.output(*example[:2]) - example[2]) ** 2,
        neuron,
        0.5,
    )


MISTAKES = {
    "slope missing": ("slope = out * (1 - out)", "slope = 1"),
    "input missing": ("error * slope * x2", "error * slope"),
    "factor 2": ("error = out - target", "error = 2 * (out - target)"),
}
