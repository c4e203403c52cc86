"""Padded images under two layers of filters, window by window, and then a mean."""

import numpy as np


def conv(x, w, b, pad=1):
    k = w.shape[2]
    xp = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    N, F, height, width = len(x), len(w), x.shape[2], x.shape[3]
    out = np.zeros((N, F, height, width))
    for n in range(N):
        for f in range(F):
            for i in range(height):
                for j in range(width):
                    out[n, f, i, j] = (
                        np.sum(xp[n, :, i : i + k, j : j + k] * w[f]) + b[f]
                    )
    return out, (xp, w, pad)


def conv_back(dout, cache):
    xp, w, pad = cache
    k = w.shape[2]
    dxp, dw = np.zeros_like(xp), np.zeros_like(w)
    db = np.sum(dout, axis=(0, 2, 3))
    N, F, height, width = dout.shape
    for n in range(N):
        for f in range(F):
            for i in range(height):
                for j in range(width):
                    dw[f] += xp[n, :, i : i + k, j : j + k] * dout[n, f, i, j]
                    dxp[n, :, i : i + k, j : j + k] += w[f] * dout[n, f, i, j]
    return dxp[:, :, pad:-pad, pad:-pad], dw, db


def forward(net, images):
    u1, cache1 = conv(images, net["w1"], net["b1"])
    r1 = np.where(u1 > 0, u1, 0.1 * u1)
    u2, cache2 = conv(r1, net["w2"], net["b2"])
    feats = u2.mean(axis=(2, 3))
    return feats @ net["fc"], (u1, cache1, u2, cache2, feats)


def cost(net, images, y):
    return np.sum((forward(net, images)[0] - y) ** 2)


def train(net, images, y, lr):
    out, (u1, cache1, u2, cache2, feats) = forward(net, images)
    dout = 2 * (out - y)
    g = {"fc": feats.T @ dout}
    dfeats = dout @ net["fc"].T
    du2 = np.ones_like(u2) * dfeats[:, :, None, None] / u2[0, 0].size
    dr1, g["w2"], g["b2"] = conv_back(du2, cache2)
    du1 = np.where(u1 > 0, dr1, 0.1 * dr1)
    _, g["w1"], g["b1"] = conv_back(du1, cache1)
    for key in net:
        net[key] -= lr * g[key]


def case(seed):
    rng = np.random.default_rng(seed)
    net = {
        "w1": rng.normal(size=(2, 1, 3, 3)) * 0.5,
        "b1": rng.normal(size=2) * 0.2,
        "w2": rng.normal(size=(2, 2, 3, 3)) * 0.5,
        "b2": rng.normal(size=2) * 0.2,
        "fc": rng.normal(size=(2, 3)),
    }
    images, y = rng.normal(size=(2, 1, 4, 4)), rng.normal(size=(2, 3))
    return lambda: train(net, images, y, 0.01), lambda: cost(net, images, y), net, 0.01


MISTAKES = {
    "rows for columns": (
        "dw[f] += xp[n, :, i : i + k, j : j + k]",
        "dw[f] += xp[n, :, j : j + k, i : i + k]",
    ),
    "the border cut off at one side": (
        "dxp[:, :, pad:-pad, pad:-pad]",
        "dxp[:, :, : -2 * pad, : -2 * pad]",
    ),
    "set, not added": ("j : j + k] += w[f] *", "j : j + k] = w[f] *"),
    "images for filters": (
        "db = np.sum(dout, axis=(0, 2, 3))",
        "db = np.sum(dout, axis=(1, 2, 3))",
    ),
    "the leak forgotten": (
        "du1 = np.where(u1 > 0, dr1, 0.1 * dr1)",
        "du1 = dr1 * (u1 > 0)",
    ),
}
