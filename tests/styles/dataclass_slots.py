"""A frozen-looking little data class with slots; weights of shape (out, in)."""

from dataclasses import dataclass

import numpy as np


@dataclass(slots=True)
class Layer:
    W: np.ndarray
    b: np.ndarray
    z: np.ndarray | None = None
    a: np.ndarray | None = None


def softplus(z):
    return np.logaddexp(0, z)


def forward(layers, x):
    for layer in layers:
        layer.z = x @ layer.W.T + layer.b
        layer.a = x = softplus(layer.z)
    return x


def train(layers, x, y, rate):
    error = forward(layers, x) - y
    steps = []
    for i in reversed(range(len(layers))):
        layer = layers[i]
        delta = error * (1 - np.exp(-layer.a))
        below = layers[i - 1].a if i else x
        steps.append((layer, delta.T @ below, delta.sum(axis=0)))
        error = delta @ layer.W
    for layer, dW, db in steps:
        layer.W = layer.W - rate * dW
        layer.b = layer.b - rate * db


def case(seed):
    rng = np.random.default_rng(seed)
    layers = [
        Layer(rng.normal(size=(m, n)) * 0.5, rng.normal(size=m))
        for n, m in [(3, 4), (4, 4), (4, 2)]
    ]
    x, y = rng.normal(size=(6, 3)), rng.random((6, 2))
    return (
        lambda: train(layers, x, y, 0.1),
        lambda: 0.5 * np.sum((forward(layers, x) - y) ** 2),
        layers,
        0.1,
    )


MISTAKES = {
    "z where a belongs": ("np.exp(-layer.a)", "np.exp(-layer.z)"),
    "W.T for W": (
        "error = delta @ layer.W",
        "error = (delta @ (layer.W.T if layer.W.shape[0] == layer.W.shape[1] else layer.W))",
    ),
    "bias gradient not summed": ("delta.sum(axis=0)", "delta[0]"),
}
