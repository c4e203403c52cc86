"""Plain Python: a network as a list of rows, errors passed down in a while loop."""

import math
import random


def squash(v):
    return math.tanh(v)


class Stack:
    def __init__(self, sizes, rng):
        self.weights = [
            [[rng.uniform(-1, 1) for _ in range(n + 1)] for _ in range(m)]
            for n, m in zip(sizes, sizes[1:])
        ]
        self.rate = 0.2

    def outputs(self, inputs):
        values = [list(inputs)]
        for rows in self.weights:
            above = []
            for row in rows:
                total = row[-1]
                for w, v in zip(row, values[-1]):
                    total += w * v
                above.append(squash(total))
            values.append(above)
        return values

    def loss(self, inputs, targets):
        return 0.5 * sum(
            (o - t) ** 2 for o, t in zip(self.outputs(inputs)[-1], targets)
        )

    def teach(self, inputs, targets):
        values = self.outputs(inputs)
        blame = [o - t for o, t in zip(values[-1], targets)]
        k = len(self.weights) - 1
        while k >= 0:
            rows, below = self.weights[k], values[k]
            deltas = [b * (1 - v * v) for b, v in zip(blame, values[k + 1])]
            blame = [0.0] * len(below)
            for row, delta in zip(rows, deltas):
                for i, v in enumerate(below):
                    blame[i] += row[i] * delta
                    row[i] -= self.rate * delta * v
                row[-1] -= self.rate * delta
            k -= 1


def case(seed):
    rng = random.Random(seed)
    net = Stack([2, 3, 2], rng)
    x, t = [0.4, -0.9], [0.3, -0.2]
    return lambda: net.teach(x, t), lambda: net.loss(x, t), net, 0.2


MISTAKES = {
    "the slope of the layer below": (
        "zip(blame, values[k + 1])",
        "zip(blame, values[k])",
    ),
    "slope missing": ("b * (1 - v * v)", "b"),
    "updated weights": (
        "                    blame[i] += row[i] * delta\n"
        "                    row[i] -= self.rate * delta * v\n",
        "                    row[i] -= self.rate * delta * v\n"
        "                    blame[i] += row[i] * delta\n",
    ),
    "a sum that is not added": (
        "blame[i] += row[i] * delta",
        "blame[i] = row[i] * delta",
    ),
    "input missing": ("row[i] -= self.rate * delta * v", "row[i] -= self.rate * delta"),
}
