"""A small engine that records operations and walks back over them, and its optimizer."""

import math
import random


class Value:
    def __init__(self, data, parents=()):
        self.data, self.grad, self.parents = data, 0.0, parents
        self.push = lambda: None

    def __add__(self, other):
        out = Value(self.data + other.data, (self, other))

        def push():
            self.grad += out.grad
            other.grad += out.grad

        out.push = push
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other))

        def push():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.push = push
        return out

    def tanh(self):
        t = math.tanh(self.data)
        out = Value(t, (self,))

        def push():
            self.grad += (1 - t * t) * out.grad

        out.push = push
        return out

    def backward(self):
        order, seen = [], set()

        def visit(v):
            if v not in seen:
                seen.add(v)
                for p in v.parents:
                    visit(p)
                order.append(v)

        visit(self)
        self.grad = 1.0
        for v in reversed(order):
            v.push()


class Net:
    def __init__(self, rng):
        self.w = [[Value(rng.gauss(0, 1)) for _ in range(2)] for _ in range(3)]
        self.v = [Value(rng.gauss(0, 1)) for _ in range(3)]

    def parameters(self):
        return [p for row in [*self.w, self.v] for p in row]

    def __call__(self, x):
        hidden = [(row[0] * x[0] + row[1] * x[1]).tanh() for row in self.w]
        total = Value(0.0)
        for h, v in zip(hidden, self.v):
            total = total + h * v
        return total

    def loss(self, data):
        total = Value(0.0)
        for x, y in data:
            error = self([Value(c) for c in x]) + Value(-y)
            total = total + error * error
        return total

    def step(self, data, lr):
        for p in self.parameters():
            p.grad = 0.0
        self.loss(data).backward()
        for p in self.parameters():
            p.data -= lr * p.grad


def case(seed):
    rng = random.Random(seed)
    net = Net(rng)
    data = [([rng.gauss(0, 1), rng.gauss(0, 1)], rng.gauss(0, 1)) for _ in range(3)]
    return lambda: net.step(data, 0.05), lambda: net.loss(data).data, net, 0.05


MISTAKES = {
    "z where a belongs": ("(1 - t * t) * out.grad", "(1 - self.data**2) * out.grad"),
    "a gradient that is not added": (
        "            self.grad += other.data * out.grad",
        "            self.grad = other.data * out.grad",
    ),
    "gradients kept from the step before": (
        "            p.grad = 0.0",
        "            p.grad = p.grad + 1.0",
    ),
}
