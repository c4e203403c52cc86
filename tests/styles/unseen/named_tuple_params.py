"""Functions alone: parameters go in and new ones come out, as named tuples."""

from typing import NamedTuple

import numpy as np


class Params(NamedTuple):
    embed: np.ndarray
    inner: np.ndarray
    shift: np.ndarray
    out: np.ndarray


def apply(params, x):
    h0 = np.sin(x @ params.embed)
    u = h0 @ params.inner + params.shift
    h1 = h0 + np.tanh(u)
    return h1 @ params.out, (x, h0, u, h1)


def cost(params, x, y):
    out, _ = apply(params, x)
    return 0.5 * np.mean(np.sum((out - y) ** 2, axis=1))


def grad(params, x, y):
    out, (x, h0, u, h1) = apply(params, x)
    g_out = (out - y) / y.shape[0]
    g_h1 = g_out @ params.out.T
    g_u = g_h1 * (1.0 - np.tanh(u) ** 2)
    g_h0 = g_h1 + g_u @ params.inner.T
    g_pre = g_h0 * np.cos(x @ params.embed)
    return Params(
        embed=x.T @ g_pre,
        inner=h0.T @ g_u,
        shift=np.sum(g_u, axis=0),
        out=h1.T @ g_out,
    )


def sgd(params, grads, lr):
    return Params(*(p - lr * g for p, g in zip(params, grads)))


def case(seed):
    rng = np.random.default_rng(seed)
    box = {
        "params": Params(
            rng.normal(size=(3, 5)),
            0.5 * rng.normal(size=(5, 5)),
            0.1 * rng.normal(size=5),
            rng.normal(size=(5, 2)),
        )
    }
    x, y = rng.normal(size=(6, 3)), rng.normal(size=(6, 2))

    def step():
        box["params"] = sgd(box["params"], grad(box["params"], x, y), 0.1)

    return step, lambda: cost(box["params"], x, y), box, 0.1


MISTAKES = {
    "the way round forgotten": (
        "g_h0 = g_h1 + g_u @ params.inner.T",
        "g_h0 = g_u @ params.inner.T",
    ),
    "sine for cosine": ("np.cos(x @ params.embed)", "np.sin(x @ params.embed)"),
    "tanh of tanh": ("1.0 - np.tanh(u) ** 2", "1.0 - np.tanh(np.tanh(u)) ** 2"),
    "mean over entries": ("(out - y) / y.shape[0]", "(out - y) / y.size"),
    "before the addition": ("out=h1.T @ g_out", "out=np.tanh(u).T @ g_out"),
}
