"""A cell with three gates over a few steps, and one number read at the end."""

import numpy as np


def sigmoid(v):
    return 1 / (1 + np.exp(-v))


class LSTM:
    def __init__(self, nx, nh, rng):
        self.Wf, self.Wi, self.Wo, self.Wg = rng.normal(0, 0.7, (4, nx + nh, nh))
        self.out = rng.normal(size=nh)
        self.nh = nh

    def run(self, xs):
        h, c = np.zeros(self.nh), np.zeros(self.nh)
        self.tape = []
        for x in xs:
            xh = np.concatenate([x, h])
            f, i, o = (sigmoid(xh @ W) for W in (self.Wf, self.Wi, self.Wo))
            g = np.tanh(xh @ self.Wg)
            c_new = f * c + i * g
            self.tape.append((xh, f, i, o, g, c, c_new))
            c = c_new
            h = o * np.tanh(c)
        self.h = h
        return h @ self.out

    def cost(self, xs, y):
        return (self.run(xs) - y) ** 2

    def train(self, xs, y, lr):
        err = 2 * (self.run(xs) - y)
        dWf, dWi, dWo, dWg = np.zeros((4, *self.Wf.shape))
        dout = err * self.h
        dh, dc = err * self.out, np.zeros(self.nh)
        for xh, f, i, o, g, c, c_new in reversed(self.tape):
            tc = np.tanh(c_new)
            do = dh * tc * o * (1 - o)
            dc = dc + dh * o * (1 - tc**2)
            df = dc * c * f * (1 - f)
            di = dc * g * i * (1 - i)
            dg = dc * i * (1 - g**2)
            dWf += np.outer(xh, df)
            dWi += np.outer(xh, di)
            dWo += np.outer(xh, do)
            dWg += np.outer(xh, dg)
            dxh = self.Wf @ df + self.Wi @ di + self.Wo @ do + self.Wg @ dg
            dh = dxh[-self.nh :]
            dc = dc * f
        self.Wf -= lr * dWf
        self.Wi -= lr * dWi
        self.Wo -= lr * dWo
        self.Wg -= lr * dWg
        self.out -= lr * dout


def case(seed):
    rng = np.random.default_rng(seed)
    net = LSTM(2, 3, rng)
    xs, y = rng.normal(size=(4, 2)), rng.normal()
    return lambda: net.train(xs, y, 0.05), lambda: net.cost(xs, y), net, 0.05


MISTAKES = {
    "memory not carried back": ("dc = dc + dh * o", "dc = dh * o"),
    "forget gate left out": ("            dc = dc * f\n", ""),
    "the wrong memory": ("df = dc * c * f", "df = dc * c_new * f"),
    "a slope left out": ("di = dc * g * i * (1 - i)", "di = dc * g"),
    "tanh taken for sigmoid": ("dg = dc * i * (1 - g**2)", "dg = dc * i * g * (1 - g)"),
}
