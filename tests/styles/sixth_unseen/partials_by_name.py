"""Every weight by its name, no arrays, and each partial derivative in a variable."""

import math
import random


def f(s):
    return 1 / (1 + math.exp(-s))


def df(s):
    return f(s) * (1 - f(s))


class TinyNet:
    def __init__(self, rng):
        self.w1, self.w2, self.w3 = (rng.uniform(-2, 2) for _ in range(3))
        self.w4, self.w5, self.w6 = (rng.uniform(-2, 2) for _ in range(3))
        self.b1, self.b2, self.b3 = (rng.uniform(-2, 2) for _ in range(3))

    def predict(self, height, weight):
        self.s1 = self.w1 * height + self.w2 * weight + self.b1
        self.s2 = self.w3 * height + self.w4 * weight + self.b2
        self.h1, self.h2 = f(self.s1), f(self.s2)
        self.s3 = self.w5 * self.h1 + self.w6 * self.h2 + self.b3
        return f(self.s3)

    def loss(self, height, weight, y):
        return (y - self.predict(height, weight)) ** 2

    def learn(self, height, weight, y, rate):
        out = self.predict(height, weight)
        dL_dout = -2 * (y - out)
        # output neuron
        dout_dw5 = self.h1 * df(self.s3)
        dout_dw6 = self.h2 * df(self.s3)
        dout_db3 = df(self.s3)
        dout_dh1 = self.w5 * df(self.s3)
        dout_dh2 = self.w6 * df(self.s3)
        self.w5 -= rate * dL_dout * dout_dw5
        self.w6 -= rate * dL_dout * dout_dw6
        self.b3 -= rate * dL_dout * dout_db3
        # hidden neurons
        dh1_dw1 = height * df(self.s1)
        dh1_dw2 = weight * df(self.s1)
        dh1_db1 = df(self.s1)
        dh2_dw3 = height * df(self.s2)
        dh2_dw4 = weight * df(self.s2)
        dh2_db2 = df(self.s2)
        self.w1 -= rate * dL_dout * dout_dh1 * dh1_dw1
        self.w2 -= rate * dL_dout * dout_dh1 * dh1_dw2
        self.b1 -= rate * dL_dout * dout_dh1 * dh1_db1
        self.w3 -= rate * dL_dout * dout_dh2 * dh2_dw3
        self.w4 -= rate * dL_dout * dout_dh2 * dh2_dw4
        self.b2 -= rate * dL_dout * dout_dh2 * dh2_db2


def case(seed):
    rng = random.Random(seed)
    net, person = TinyNet(rng), (-1.2, 1.9, 0.9)
    return lambda: net.learn(*person, 2.0), lambda: net.loss(*person), net, 2.0


MISTAKES = {
    "updated too early": (
        "        dout_dh1 = self.w5 * df(self.s3)\n"
        "        dout_dh2 = self.w6 * df(self.s3)\n"
        "        self.w5 -= rate * dL_dout * dout_dw5\n",
        "        self.w5 -= rate * dL_dout * dout_dw5\n"
        "        dout_dh1 = self.w5 * df(self.s3)\n"
        "        dout_dh2 = self.w6 * df(self.s3)\n",
    ),
    "the other weight": ("dout_dh2 = self.w6", "dout_dh2 = self.w5"),
    "output for its sum": ("dout_db3 = df(self.s3)", "dout_db3 = df(out)"),
    "slope of the other neuron": (
        "dh2_dw3 = height * df(self.s2)",
        "dh2_dw3 = height * df(self.s1)",
    ),
    "a link of the chain": ("dL_dout * dout_dh2 * dh2_db2", "dL_dout * dh2_db2"),
}
