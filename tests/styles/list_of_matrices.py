"""A list of weights of any depth, leaky relu inside, a cost with a penalty on weights."""

import numpy as np

ALPHA, DECAY = 0.2, 0.01


def leaky(z):
    return np.where(z > 0, z, ALPHA * z)


def d_leaky(z):
    return np.where(z > 0, 1.0, ALPHA)


def run(Ws, x):
    zs, hs = [], [x]
    for W in Ws[:-1]:
        zs.append(hs[-1] @ W)
        hs.append(leaky(zs[-1]))
    return hs[-1] @ Ws[-1], zs, hs


def loss(Ws, x, y):
    out, _, _ = run(Ws, x)
    penalty = DECAY * sum(np.sum(W * W) for W in Ws)
    return np.mean((out - y) ** 2) + penalty


def sgd(Ws, x, y, rate):
    out, zs, hs = run(Ws, x)
    grads = []
    g = 2 * (out - y) / out.size
    for k in range(len(Ws) - 1, -1, -1):
        grads.append(hs[k].T @ g + 2 * DECAY * Ws[k])
        if k:
            g = (g @ Ws[k].T) * d_leaky(zs[k - 1])
    for W, grad in zip(reversed(Ws), grads):
        W -= rate * grad


def case(seed):
    rng = np.random.default_rng(seed)
    sizes = [3, 6, 5, 2]
    Ws = [rng.normal(size=s) * 0.6 for s in zip(sizes, sizes[1:])]
    x, y = rng.normal(size=(9, 3)), rng.normal(size=(9, 2))
    return lambda: sgd(Ws, x, y, 0.05), lambda: loss(Ws, x, y), Ws, 0.05


MISTAKES = {
    "penalty without its 2": ("+ 2 * DECAY * Ws[k]", "+ DECAY * Ws[k]"),
    "penalty missing": (" + 2 * DECAY * Ws[k]", ""),
    "slope of relu": ("np.where(z > 0, 1.0, ALPHA)", "np.where(z > 0, 1.0, 0.0)"),
    "a fixed alpha": ("np.where(z > 0, 1.0, ALPHA)", "np.where(z > 0, 1.0, 0.01)"),
}
