"""A small matrix class in plain Python, and a network that is written with it."""

import math
import random


class Matrix:
    def __init__(self, rows):
        self.rows = rows

    def __matmul__(self, other):
        columns = list(zip(*other.rows))
        return Matrix(
            [[sum(a * b for a, b in zip(r, c)) for c in columns] for r in self.rows]
        )

    def __mul__(self, other):
        return self.zipped(other, lambda a, b: a * b)

    def __sub__(self, other):
        return self.zipped(other, lambda a, b: a - b)

    def zipped(self, other, f):
        return Matrix(
            [[f(a, b) for a, b in zip(r, s)] for r, s in zip(self.rows, other.rows)]
        )

    def mapped(self, f):
        return Matrix([[f(a) for a in r] for r in self.rows])

    def turned(self):
        return Matrix([list(c) for c in zip(*self.rows)])


class Pair:
    def __init__(self, rng):
        self.first = Matrix([[rng.uniform(-1, 1) for _ in range(3)] for _ in range(2)])
        self.second = Matrix([[rng.uniform(-1, 1)] for _ in range(3)])

    def run(self, x):
        self.hidden = (x @ self.first).mapped(math.tanh)
        return self.hidden @ self.second

    def cost(self, x, y):
        return sum(r[0] ** 2 for r in (self.run(x) - y).rows) / 2

    def train(self, x, y):
        error = self.run(x) - y
        slope = self.hidden.mapped(lambda a: 1 - a * a)
        below = (error @ self.second.turned()) * slope
        for_second = self.hidden.turned() @ error
        for_first = x.turned() @ below
        self.second = self.second - for_second.mapped(lambda g: 0.1 * g)
        self.first = self.first - for_first.mapped(lambda g: 0.1 * g)


def case(seed):
    rng = random.Random(seed)
    net = Pair(rng)
    x = Matrix([[rng.gauss(0, 1) for _ in range(2)] for _ in range(3)])
    y = Matrix([[rng.gauss(0, 1)] for _ in range(3)])
    return lambda: net.train(x, y), lambda: net.cost(x, y), net, 0.1


MISTAKES = {
    "square missing": ("lambda a: 1 - a * a", "lambda a: 1 - a"),
    "slope missing": (" * slope\n", "\n"),
    "sign": ("error = self.run(x) - y", "error = y - self.run(x)"),
    "two rates": (
        "for_first.mapped(lambda g: 0.1 * g)",
        "for_first.mapped(lambda g: 0.2 * g)",
    ),
    "slope of the wrong thing": (
        "for_first = x.turned() @ below",
        "for_first = x.turned() @ (below * slope)",
    ),
}
