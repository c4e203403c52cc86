"""Nodes that know who feeds them and whom they feed, and a gradient for each feeder."""

import numpy as np


class Node:
    def __init__(self, *feeders):
        self.feeders, self.fed, self.grads = feeders, [], {}
        for node in feeders:
            node.fed.append(self)

    def incoming(self):
        return sum(node.grads[self] for node in self.fed)


class Input(Node):
    def __init__(self, value):
        Node.__init__(self)
        self.value = value

    def forward(self):
        pass

    def backward(self):
        self.grads[self] = self.incoming()


class Linear(Node):
    def forward(self):
        X, W, b = self.feeders
        self.value = X.value @ W.value + b.value

    def backward(self):
        X, W, b = self.feeders
        grad = self.incoming()
        self.grads[X] = grad @ W.value.T
        self.grads[W] = X.value.T @ grad
        self.grads[b] = np.sum(grad, axis=0)


class Tanh(Node):
    def forward(self):
        self.value = np.tanh(self.feeders[0].value)

    def backward(self):
        (u,) = self.feeders
        self.grads[u] = self.incoming() * (1 - self.value**2)


class MSE(Node):
    def forward(self):
        y, a = self.feeders
        self.diff = y.value - a.value
        self.value = np.mean(self.diff**2)

    def backward(self):
        y, a = self.feeders
        self.grads[y] = (2 / self.diff.size) * self.diff
        self.grads[a] = (-2 / self.diff.size) * self.diff


def forward(order):
    for node in order:
        node.forward()
    return order[-1].value


def descend(order, trainables, rate):
    forward(order)
    for node in order[::-1]:
        node.backward()
    for node in trainables:
        node.value -= rate * node.grads[node]


def case(seed):
    rng = np.random.default_rng(seed)
    x, y = Input(rng.normal(size=(6, 3))), Input(rng.normal(size=(6, 3)))
    W1, W2 = Input(rng.normal(size=(3, 3))), Input(rng.normal(size=(3, 3)))
    b1, b2 = Input(rng.normal(size=3)), Input(rng.normal(size=3))
    first = Linear(x, W1, b1)
    bent = Tanh(first)
    second = Linear(bent, W2, b2)
    again = Tanh(second)
    third = Linear(again, W2, b2)
    last = MSE(y, third)
    order = [x, y, W1, b1, W2, b2, first, bent, second, again, third, last]
    return (
        lambda: descend(order, [W1, b1, W2, b2], 0.1),
        lambda: forward(order),
        {"W1": W1.value, "b1": b1.value, "W2": W2.value, "b2": b2.value},
        0.1,
    )


MISTAKES = {
    "one of those it feeds": (
        "return sum(node.grads[self] for node in self.fed)",
        "return self.fed[-1].grads[self]",
    ),
    "not turned": ("grad @ W.value.T", "grad @ W.value"),
    "mean over the rows": ("np.sum(grad, axis=0)", "np.mean(grad, axis=0)"),
    "what came in for what goes out": ("(1 - self.value**2)", "(1 - u.value**2)"),
    "minus lost": (
        "(-2 / self.diff.size) * self.diff",
        "(2 / self.diff.size) * self.diff",
    ),
}
