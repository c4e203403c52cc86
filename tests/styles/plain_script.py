"""A script: everything at the top level, one pass after the other."""

import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(7, 2))
t = rng.random((7, 1))
w1 = w2 = None


def sig(v):
    return 1 / (1 + np.exp(-v))


def one_pass():
    global w1, w2
    h = sig(x @ w1)
    o = sig(h @ w2)
    d_o = (o - t) * o * (1 - o)
    d_h = d_o @ w2.T * h * (1 - h)
    w2 = w2 - 0.5 * h.T @ d_o
    w1 = w1 - 0.5 * x.T @ d_h


def error():
    return np.sum((sig(sig(x @ w1) @ w2) - t) ** 2) / 2


def case(seed):
    global w1, w2
    draw = np.random.default_rng(seed)
    w1, w2 = draw.normal(size=(2, 3)), draw.normal(size=(3, 1))
    return one_pass, error, globals(), 0.5


MISTAKES = {
    "z where a belongs": ("* h * (1 - h)", "* (x @ w1) * (1 - x @ w1)"),
    "slope missing, output layer": ("(o - t) * o * (1 - o)", "(o - t)"),
    "sign": ("d_o = (o - t)", "d_o = (t - o)"),
}
