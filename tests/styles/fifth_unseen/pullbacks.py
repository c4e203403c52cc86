"""Each operation returns its value and a function that takes a gradient back."""

import numpy as np


def dense(x, W, b):
    def back(dy):
        return dy @ W.T, x.T @ dy, dy.sum(axis=0)

    return x @ W + b, back


def softplus(x):
    def back(dy):
        return dy / (1 + np.exp(-x))

    return np.log1p(np.exp(x)), back


def squash(x):
    y = np.tanh(x)

    def back(dy):
        return dy * (1 - y * y)

    return y, back


def half_mean_square(x, target):
    def back(dy):
        return dy * (x - target) / len(x)

    return 0.5 * ((x - target) ** 2).sum() / len(x), back


def network(p, x, target):
    a, back_a = dense(x, p["W1"], p["b1"])
    s, back_s = softplus(a)
    c, back_c = dense(s, p["W2"], p["b2"])
    t, back_t = squash(c)
    cost, back_cost = half_mean_square(t, target)

    def back():
        g = {}
        dc = back_t(back_cost(1.0))
        ds, g["W2"], g["b2"] = back_c(dc)
        _, g["W1"], g["b1"] = back_a(back_s(ds))
        return g

    return cost, back


def update(p, x, target, rate):
    _, back = network(p, x, target)
    gradient = back()
    for key in p:
        p[key] = p[key] - rate * gradient[key]


def case(seed):
    rng = np.random.default_rng(seed)
    p = {
        "W1": rng.normal(size=(3, 4)),
        "b1": rng.normal(size=4),
        "W2": rng.normal(size=(4, 2)),
        "b2": rng.normal(size=2),
    }
    x, target = rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
    return (
        lambda: update(p, x, target, 0.1),
        lambda: network(p, x, target)[0],
        p,
        0.1,
    )


MISTAKES = {
    "slope by the wrong thing": ("1 - y * y", "1 - x * x"),
    "sign in an exponent": (
        "return dy / (1 + np.exp(-x))",
        "return dy / (1 + np.exp(x))",
    ),
    "a back that is not called": ("back_a(back_s(ds))", "back_a(ds)"),
    "mean forgotten": ("dy * (x - target) / len(x)", "dy * (x - target)"),
    "two backs in one": (
        "dc = back_t(back_cost(1.0))",
        "dc = back_cost(1.0)",
    ),
}
