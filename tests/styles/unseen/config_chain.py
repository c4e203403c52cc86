"""A network written down as a list of dicts, and a chain of ifs for each kind."""

import numpy as np


def build(config, rng):
    for layer in config:
        if layer["type"] == "dense":
            layer["W"] = rng.normal(0, 0.7, (layer["in"], layer["out"]))
            layer["b"] = rng.normal(0, 0.1, (1, layer["out"]))
    return config


def forward(config, x):
    for layer in config:
        layer["input"] = x
        if layer["type"] == "dense":
            x = np.dot(x, layer["W"]) + layer["b"]
        elif layer["type"] == "softsign":
            x = x / (1 + np.abs(x))
        elif layer["type"] == "scale":
            x = layer["by"] * x
        elif layer["type"] == "square":
            x = x**2
    return x


def mae_smooth(out, target, eps=0.1):
    return np.mean(np.sqrt((out - target) ** 2 + eps**2))


def backward(config, out, target, eps=0.1):
    diff = out - target
    grad = diff / np.sqrt(diff**2 + eps**2) / diff.size
    for layer in reversed(config):
        x = layer["input"]
        if layer["type"] == "dense":
            layer["dW"] = np.dot(x.T, grad)
            layer["db"] = np.sum(grad, axis=0, keepdims=True)
            grad = np.dot(grad, layer["W"].T)
        elif layer["type"] == "softsign":
            grad = grad / (1 + np.abs(x)) ** 2
        elif layer["type"] == "scale":
            grad = layer["by"] * grad
        elif layer["type"] == "square":
            grad = 2 * x * grad


def fit_once(config, x, target, lr):
    backward(config, forward(config, x), target)
    for layer in config:
        if "W" in layer:
            layer["W"] -= lr * layer["dW"]
            layer["b"] -= lr * layer["db"]


def case(seed):
    rng = np.random.default_rng(seed)
    config = [
        {"type": "dense", "in": 3, "out": 4},
        {"type": "softsign"},
        {"type": "scale", "by": 1.7},
        {"type": "dense", "in": 4, "out": 3},
        {"type": "square"},
        {"type": "dense", "in": 3, "out": 2},
    ]
    build(config, rng)
    x, target = rng.normal(size=(6, 3)), rng.normal(size=(6, 2))
    where = [layer[k] for layer in config if "W" in layer for k in ("W", "b")]
    return (
        lambda: fit_once(config, x, target, 0.1),
        lambda: mae_smooth(forward(config, x), target),
        where,
        0.1,
    )


MISTAKES = {
    "not squared": ("grad / (1 + np.abs(x)) ** 2", "grad / (1 + np.abs(x))"),
    "a layer passed by": (
        '        elif layer["type"] == "scale":\n            grad = layer["by"] * grad\n',
        "",
    ),
    "two forgotten": ("grad = 2 * x * grad", "grad = x * grad"),
    "the root forgotten": (
        "grad = diff / np.sqrt(diff**2 + eps**2) / diff.size",
        "grad = diff / (diff**2 + eps**2) / diff.size",
    ),
    "slope of another power": ("grad = 2 * x * grad", "grad = 2 * x**2 * grad"),
}
