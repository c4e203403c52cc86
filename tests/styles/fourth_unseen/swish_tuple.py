"""A function that returns cost and gradients at once, with a smooth gate as activation."""

from typing import NamedTuple

import numpy as np


class Weights(NamedTuple):
    a: np.ndarray
    b: np.ndarray
    c: np.ndarray


def swish(u, beta=1.5):
    return u / (1 + np.exp(-beta * u))


def dswish(u, beta=1.5):
    s = 1 / (1 + np.exp(-beta * u))
    return s + beta * u * s * (1 - s)


def huber(r, width=0.8):
    small = np.abs(r) <= width
    return np.where(small, 0.5 * r * r, width * (np.abs(r) - 0.5 * width))


def cost_and_gradients(w, inputs, targets):
    u1 = inputs @ w.a
    h1 = swish(u1)
    u2 = h1 @ w.b
    h2 = swish(u2)
    residual = h2 @ w.c - targets
    cost = huber(residual).mean()
    back = np.clip(residual, -0.8, 0.8) / residual.size
    grad_c = h2.T @ back
    back2 = np.outer(back, w.c) * dswish(u2)
    grad_b = h1.T @ back2
    back1 = back2 @ w.b.T * dswish(u1)
    grad_a = inputs.T @ back1
    return cost, Weights(grad_a, grad_b, grad_c)


def descend(w, inputs, targets, rate):
    _, gradients = cost_and_gradients(w, inputs, targets)
    for weight, gradient in zip(w, gradients, strict=True):
        np.subtract(weight, rate * gradient, out=weight)


def case(seed):
    rng = np.random.default_rng(seed)
    w = Weights(rng.normal(size=(3, 4)), rng.normal(size=(4, 4)), rng.normal(size=4))
    inputs, targets = rng.normal(size=(9, 3)), rng.normal(size=9)
    return (
        lambda: descend(w, inputs, targets, 0.1),
        lambda: cost_and_gradients(w, inputs, targets)[0],
        w._asdict(),
        0.1,
    )


MISTAKES = {
    "a term of the slope": (
        "return s + beta * u * s * (1 - s)",
        "return beta * u * s * (1 - s)",
    ),
    "factor of the slope": (
        "return s + beta * u * s * (1 - s)",
        "return s + u * s * (1 - s)",
    ),
    "the clip forgotten": (
        "back = np.clip(residual, -0.8, 0.8) / residual.size",
        "back = residual / residual.size",
    ),
    "slope of the layer above": (
        "back2 @ w.b.T * dswish(u1)",
        "back2 @ w.b.T * dswish(u2)",
    ),
    "hidden for pre-activation": (
        "np.outer(back, w.c) * dswish(u2)",
        "np.outer(back, w.c) * dswish(h2)",
    ),
}
