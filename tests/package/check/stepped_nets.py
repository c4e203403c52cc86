"""Networks whose steps keep a state, draw, or take several updates."""

import numpy as np

from backprop_explained import check_step

s = lambda z: 1 / (1 + np.exp(-z))


class Net:
    """Two layers, as people write them; `slip` is the mistake of the output layer."""

    rate = 0.5

    def __init__(self, slip=False):
        rng = np.random.default_rng(0)
        self.x, self.y = rng.normal(size=(6, 3)), rng.random((6, 1))
        self.W1, self.W2 = rng.normal(size=(3, 4)), rng.normal(size=(4, 1))
        self.slip = slip

    def output(self, x):
        self.h = s(x @ self.W1)
        return s(self.h @ self.W2)

    def loss(self):
        return 0.5 * np.sum((self.output(self.x) - self.y) ** 2)

    def gradients(self, x, y):
        a = self.output(x)
        delta = (a - y) * (s(a) * (1 - s(a)) if self.slip else a * (1 - a))
        return x.T @ ((delta @ self.W2.T) * self.h * (1 - self.h)), self.h.T @ delta

    def update(self, x, y, size):
        for W, dW in zip((self.W1, self.W2), self.gradients(x, y), strict=True):
            W -= size * dW

    def step(self):
        self.update(self.x, self.y, self.rate)

    def epoch(self, size):
        for i in range(6):
            self.update(self.x[i : i + 1], self.y[i : i + 1], size)


class Momentum(Net):
    def __init__(self, slip=False):
        super().__init__(slip)
        self.v1, self.v2 = np.zeros((3, 4)), np.zeros((4, 1))

    def step(self):
        first, second = self.gradients(self.x, self.y)
        self.v1 = 0.9 * self.v1 - self.rate * first
        self.v2 = 0.9 * self.v2 - self.rate * second
        self.W1, self.W2 = self.W1 + self.v1, self.W2 + self.v2


class Adam(Net):
    def __init__(self, slip=False):
        super().__init__(slip)
        self.m, self.v, self.t = [0, 0], [0, 0], 0

    def step(self):
        self.t += 1
        for i, dW in enumerate(self.gradients(self.x, self.y)):
            self.m[i] = 0.9 * self.m[i] + 0.1 * dW
            self.v[i] = 0.999 * self.v[i] + 0.001 * dW**2
            mean = self.m[i] / (1 - 0.9**self.t)
            size = np.sqrt(self.v[i] / (1 - 0.999**self.t))
            (self.W1, self.W2)[i][...] -= self.rate * mean / (size + 1e-8)


rng = np.random.default_rng(5)


class Drawn(Net):
    """A batch of two, drawn by a generator that no attribute holds."""

    def step(self):
        i = rng.choice(6, 2, replace=False)
        self.update(self.x[i], self.y[i], self.rate)


class DrawnByNumPy(Net):
    def step(self):
        i = np.random.permutation(6)[:2]
        self.update(self.x[i], self.y[i], self.rate)


class Epoch(Net):
    """One update for each example, with the step size of the class."""

    def step(self):
        self.epoch(self.rate)


class EpochByHand(Net):
    """The same, with a size that is not the one in the attribute."""

    def step(self):
        self.epoch(0.5)


def checked(net):
    return check_step(net.step, net.loss, net, 0.5)


def trained(kind, slip, steps):
    net = kind(slip)
    for _ in range(steps):
        net.step()
    return net
