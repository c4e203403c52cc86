"""Neurons as rows of plain Python lists, one example after the other."""

import math
import random


def sigmoid(z):
    return 1 / (1 + math.exp(-z))


class Network:
    def __init__(self, n_in, n_hidden, rng):
        self.hidden = [
            [rng.gauss(0, 1) for _ in range(n_in + 1)] for _ in range(n_hidden)
        ]
        self.out = [rng.gauss(0, 1) for _ in range(n_hidden + 1)]
        self.learning_rate = 0.1

    def predict(self, x):
        self.h = [
            sigmoid(sum(w * v for w, v in zip(row, [*x, 1]))) for row in self.hidden
        ]
        return sigmoid(sum(w * v for w, v in zip(self.out, [*self.h, 1])))

    def learn(self, x, y):
        o = self.predict(x)
        delta_o = (o - y) * o * (1 - o)
        deltas = [delta_o * w * h * (1 - h) for w, h in zip(self.out, self.h)]
        for j, value in enumerate([*self.h, 1]):
            self.out[j] -= self.learning_rate * delta_o * value
        for row, delta in zip(self.hidden, deltas):
            for i, value in enumerate([*x, 1]):
                row[i] -= self.learning_rate * delta * value


def case(seed):
    rng = random.Random(seed)
    net = Network(2, 3, rng)
    data = [([rng.gauss(0, 1), rng.gauss(0, 1)], rng.random()) for _ in range(4)]

    def epoch():
        for x, y in data:
            net.learn(x, y)

    def cost():
        return sum((net.predict(x) - y) ** 2 for x, y in data) / 2

    return epoch, cost, net, 0.1


MISTAKES = {
    "slope missing, output layer": ("(o - y) * o * (1 - o)", "(o - y)"),
    "slope missing, hidden layers": ("delta_o * w * h * (1 - h)", "delta_o * w"),
    "sign": ("delta_o = (o - y)", "delta_o = (y - o)"),
}
