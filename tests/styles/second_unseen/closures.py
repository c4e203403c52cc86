"""Each operation returns its value and a function that carries the gradient back."""

import numpy as np


def linear(x, W):
    def back(g):
        return g @ W.T, x.T @ g

    return x @ W, back


def softsign(z):
    size = 1 + np.abs(z)

    def back(g):
        return g / size**2

    return z / size, back


def log_cosh(out, y):
    def back():
        return np.tanh(out - y) / len(y)

    return np.sum(np.log(np.cosh(out - y))) / len(y), back


def passes(weights, x, y):
    pulls = []
    for W in weights[:-1]:
        x, pull = linear(x, W)
        pulls.append(pull)
        x, pull = softsign(x)
        pulls.append(pull)
    x, pull = linear(x, weights[-1])
    pulls.append(pull)
    value, start = log_cosh(x, y)
    return value, start, pulls


def learn(weights, x, y, rate):
    _, start, pulls = passes(weights, x, y)
    g = start()
    grads = []
    for k, pull in enumerate(reversed(pulls)):
        if k % 2:
            g = pull(g)
        else:
            g, grad = pull(g)
            grads.insert(0, grad)
    for i, grad in enumerate(grads):
        weights[i] = weights[i] - rate * grad


def case(seed):
    rng = np.random.default_rng(seed)
    weights = [rng.normal(size=s) for s in [(3, 4), (4, 3), (3, 2)]]
    x, y = rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
    return (
        lambda: learn(weights, x, y, 0.2),
        lambda: passes(weights, x, y)[0],
        weights,
        0.2,
    )


MISTAKES = {
    "the square forgotten": ("g / size**2", "g / size"),
    "multiplied for divided": ("g / size**2", "g * size**2"),
    "the slope of the cost": ("np.tanh(out - y) / len(y)", "(out - y) / len(y)"),
    "mean missing": ("np.tanh(out - y) / len(y)", "np.tanh(out - y)"),
    "slope missing": ("return g / size**2", "return g"),
}
