"""A mixture of bell curves for each input; weights handed over as keyword arguments."""

import numpy as np

K = 3


def network(x, W, b, V, c):
    hidden = np.tanh(x @ W + b)
    out = hidden @ V + c
    e = np.exp(out[:, :K] - out[:, :K].max(axis=1, keepdims=True))
    mixing = e / e.sum(axis=1, keepdims=True)
    return hidden, mixing, out[:, K : 2 * K], np.exp(out[:, 2 * K :])


def bells(y, mean, sigma):
    return np.exp(-(((y - mean) / sigma) ** 2) / 2) / (sigma * np.sqrt(2 * np.pi))


def negative_log_likelihood(x, y, **weights):
    _, mixing, mean, sigma = network(x, **weights)
    return -np.log(np.sum(mixing * bells(y, mean, sigma), axis=1)).mean()


def gradients(x, y, **weights):
    hidden, mixing, mean, sigma = network(x, **weights)
    share = mixing * bells(y, mean, sigma)
    share = share / share.sum(axis=1, keepdims=True)
    d_mixing = mixing - share
    d_mean = share * (mean - y) / sigma**2
    d_sigma = share * (1 - ((y - mean) / sigma) ** 2)
    d_out = np.hstack([d_mixing, d_mean, d_sigma]) / len(x)
    d_hidden = d_out @ weights["V"].T
    d_sum = d_hidden * (1 - hidden**2)
    return dict(W=x.T @ d_sum, b=d_sum.sum(0), V=hidden.T @ d_out, c=d_out.sum(0))


def case(seed):
    rng = np.random.default_rng(seed)
    weights = dict(
        W=rng.normal(size=(2, 5)),
        b=rng.normal(size=5) * 0.3,
        V=rng.normal(size=(5, 3 * K)) * 0.4,
        c=rng.normal(size=3 * K) * 0.3,
    )
    x, y = rng.normal(size=(8, 2)), rng.normal(size=(8, 1))

    def fit():
        for name, slope in gradients(x, y, **weights).items():
            weights[name] -= 0.05 * slope

    return fit, lambda: negative_log_likelihood(x, y, **weights), weights, 0.05


MISTAKES = {
    "square of the width": ("(mean - y) / sigma**2", "(mean - y) / sigma"),
    "the share before the data": ("d_mean = share *", "d_mean = mixing *"),
    "width upside down": (
        "(1 - ((y - mean) / sigma) ** 2)",
        "(((y - mean) / sigma) ** 2 - 1)",
    ),
    "bracket misplaced": ("(1 - hidden**2)", "(1 - hidden) ** 2"),
    "gaussians not weighed": (
        "share = mixing * bells(y, mean, sigma)",
        "share = bells(y, mean, sigma)",
    ),
}
