"""Functions that pass tuples along, with np.dot and np.multiply throughout."""

import numpy as np


def logistic(v):
    return 1.0 / (1.0 + np.exp(-v))


def propagate(weights, batch):
    first = np.dot(weights[0], batch)
    hidden = logistic(first)
    second = np.dot(weights[1], hidden)
    return first, hidden, second, logistic(second)


def penalty(weights, batch, wanted):
    out = propagate(weights, batch)[3]
    return -np.mean(
        np.sum(wanted * np.log(out) + (1 - wanted) * np.log(1 - out), axis=0)
    )


def adjust(weights, batch, wanted, pace):
    _, hidden, _, out = propagate(weights, batch)
    count = batch.shape[1]
    gap = np.subtract(out, wanted)
    upper = np.dot(gap, hidden.T) / count
    sent = np.dot(weights[1].T, gap)
    gap = np.multiply(sent, np.multiply(hidden, 1 - hidden))
    lower = np.dot(gap, batch.T) / count
    weights[0] = weights[0] - pace * lower
    weights[1] = weights[1] - pace * upper


def case(seed):
    rng = np.random.default_rng(seed)
    weights = [rng.normal(size=(4, 3)), rng.normal(size=(2, 4))]
    batch, wanted = rng.normal(size=(3, 6)), rng.random((2, 6))
    return (
        lambda: adjust(weights, batch, wanted, 0.2),
        lambda: penalty(weights, batch, wanted),
        weights,
        0.2,
    )


MISTAKES = {
    "z where a belongs": (
        "    _, hidden, _, out = propagate(weights, batch)\n    count",
        "    hidden, _, _, out = propagate(weights, batch)\n    count",
    ),
    "output for input": ("np.dot(gap, batch.T)", "np.dot(gap, np.roll(batch, 1).T)"),
    "sign": ("np.subtract(out, wanted)", "np.subtract(wanted, out)"),
    "mean missing, hidden layer": (
        "np.dot(gap, batch.T) / count",
        "np.dot(gap, batch.T)",
    ),
    "slope of the output as well": (
        "gap = np.subtract(out, wanted)",
        "gap = np.subtract(out, wanted) * out * (1 - out)",
    ),
}
