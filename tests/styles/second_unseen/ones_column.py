"""The biases as the first row of each matrix, and a column of ones put to the inputs."""

import numpy as np


def with_ones(a):
    return np.hstack([np.ones((a.shape[0], 1)), a])


def g(z):
    return 1.0 / (1.0 + np.exp(-z))


def feed(thetas, X):
    a1 = with_ones(X)
    z2 = a1.dot(thetas[0])
    a2 = with_ones(g(z2))
    a3 = g(a2.dot(thetas[1]))
    return a1, z2, a2, a3


def J(thetas, X, Y, lam):
    m = X.shape[0]
    a3 = feed(thetas, X)[-1]
    fit = -np.sum(Y * np.log(a3) + (1 - Y) * np.log(1 - a3)) / m
    return fit + lam / (2 * m) * sum(np.sum(t[1:] ** 2) for t in thetas)


def gradient_step(thetas, X, Y, lam, alpha):
    m = X.shape[0]
    a1, z2, a2, a3 = feed(thetas, X)
    delta3 = a3 - Y
    delta2 = delta3.dot(thetas[1][1:].T) * g(z2) * (1 - g(z2))
    grad1 = a1.T.dot(delta2) / m
    grad2 = a2.T.dot(delta3) / m
    grad1[1:] += lam / m * thetas[0][1:]
    grad2[1:] += lam / m * thetas[1][1:]
    thetas[0] -= alpha * grad1
    thetas[1] -= alpha * grad2


def case(seed):
    rng = np.random.default_rng(seed)
    thetas = [rng.normal(size=(4, 5)), rng.normal(size=(6, 2))]
    X, Y = rng.normal(size=(7, 3)), rng.integers(0, 2, size=(7, 2))
    return (
        lambda: gradient_step(thetas, X, Y, 0.5, 0.3),
        lambda: J(thetas, X, Y, 0.5),
        thetas,
        0.3,
    )


MISTAKES = {
    "a where z belongs": ("* g(z2) * (1 - g(z2))", "* g(g(z2)) * (1 - g(g(z2)))"),
    "half of the slope": (" * g(z2) * (1 - g(z2))", " * (1 - g(z2))"),
    "slope of the output for cross entropy": (
        "delta3 = a3 - Y",
        "delta3 = (a3 - Y) * a3 * (1 - a3)",
    ),
    "one penalty missing": ("    grad1[1:] += lam / m * thetas[0][1:]\n", ""),
    "penalty of the other layer": (
        "grad2[1:] += lam / m * thetas[1][1:]",
        "grad2[1:] += lam * thetas[1][1:]",
    ),
    "the wrong step": ("thetas[1] -= alpha * grad2", "thetas[1] -= alpha * grad2 / m"),
}
