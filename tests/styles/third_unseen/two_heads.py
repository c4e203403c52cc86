"""One hidden layer, two answers: a number and a yes or no, each with its cost."""

import numpy as np


def logistic(t):
    return 1 / (1 + np.exp(-t))


def hidden_of(net, x):
    return np.maximum(0.1 * (x @ net["trunk"]), x @ net["trunk"])


def costs(net, x, size, yes):
    h = hidden_of(net, x)
    guess = h @ net["size"]
    chance = logistic(h @ net["yes"])
    first = 0.5 * np.mean((guess - size) ** 2)
    second = -np.mean(yes * np.log(chance) + (1 - yes) * np.log(1 - chance))
    return first + 0.7 * second


def train_once(net, x, size, yes, rate):
    n = len(x)
    h = hidden_of(net, x)
    d_size = (h @ net["size"] - size) / n
    d_yes = 0.7 * (logistic(h @ net["yes"]) - yes) / n
    d_h = np.outer(d_size, net["size"]) + np.outer(d_yes, net["yes"])
    d_pre = np.where(h > 0, d_h, 0.1 * d_h)
    change = {"size": h.T @ d_size, "yes": h.T @ d_yes, "trunk": x.T @ d_pre}
    for part in net:
        net[part] -= rate * change[part]


def case(seed):
    rng = np.random.default_rng(seed)
    net = {
        "trunk": rng.normal(size=(3, 5)),
        "size": rng.normal(size=5),
        "yes": rng.normal(size=5),
    }
    x, size, yes = rng.normal(size=(8, 3)), rng.normal(size=8), rng.integers(0, 2, 8)
    return (
        lambda: train_once(net, x, size, yes, 0.2),
        lambda: costs(net, x, size, yes),
        net,
        0.2,
    )


MISTAKES = {
    "weight of a cost left out": ("d_yes = 0.7 * (logistic", "d_yes = (logistic"),
    "one head left out": (' + np.outer(d_yes, net["yes"])', ""),
    "heads exchanged": (
        'np.outer(d_size, net["size"]) + np.outer(d_yes, net["yes"])',
        'np.outer(d_size, net["yes"]) + np.outer(d_yes, net["size"])',
    ),
    "slope of relu": ("np.where(h > 0, d_h, 0.1 * d_h)", "np.where(h > 0, d_h, 0)"),
    "gate on the gradient": ("np.where(h > 0, d_h", "np.where(d_h > 0, d_h"),
    "logits for chances": (
        '(logistic(h @ net["yes"]) - yes)',
        '(h @ net["yes"] - yes)',
    ),
}
