"""A code with a mean and a width, drawn with fixed noise, and what it costs to keep."""

import numpy as np


class Coder:
    def __init__(self, rng, x_dim=5, z_dim=2):
        self.Wm = rng.normal(0, 0.5, (x_dim, z_dim))
        self.Ws = rng.normal(0, 0.5, (x_dim, z_dim))
        self.Wd = rng.normal(0, 0.5, (z_dim, x_dim))
        self.bd = rng.normal(0, 0.1, x_dim)

    def encode(self, x):
        return x @ self.Wm, x @ self.Ws

    def decode(self, z):
        return np.tanh(z @ self.Wd + self.bd)

    def elbo(self, x, noise):
        mu, logvar = self.encode(x)
        z = mu + np.exp(0.5 * logvar) * noise
        fit = np.sum((self.decode(z) - x) ** 2)
        kl = -0.5 * np.sum(1 + logvar - mu**2 - np.exp(logvar))
        return (fit + kl) / len(x)

    def improve(self, x, noise, lr):
        n = len(x)
        mu, logvar = self.encode(x)
        sd = np.exp(0.5 * logvar)
        z = mu + sd * noise
        xhat = self.decode(z)
        dpre = 2 * (xhat - x) * (1 - xhat**2) / n
        dWd, dbd = z.T @ dpre, dpre.sum(axis=0)
        dz = dpre @ self.Wd.T
        dmu = dz + mu / n
        dlogvar = dz * noise * 0.5 * sd + 0.5 * (np.exp(logvar) - 1) / n
        self.Wm -= lr * x.T @ dmu
        self.Ws -= lr * x.T @ dlogvar
        self.Wd -= lr * dWd
        self.bd -= lr * dbd


def case(seed):
    rng = np.random.default_rng(seed)
    net = Coder(rng)
    x, noise = rng.normal(size=(6, 5)), rng.normal(size=(6, 2))
    return lambda: net.improve(x, noise, 0.1), lambda: net.elbo(x, noise), net, 0.1


MISTAKES = {
    "price of the mean forgotten": ("dmu = dz + mu / n", "dmu = dz"),
    "half of the exponent forgotten": (
        "dz * noise * 0.5 * sd",
        "dz * noise * sd",
    ),
    "noise forgotten": ("dz * noise * 0.5 * sd", "dz * 0.5 * sd"),
    "one forgotten": ("0.5 * (np.exp(logvar) - 1) / n", "0.5 * np.exp(logvar) / n"),
    "mean for the draw": ("z.T @ dpre, dpre", "mu.T @ dpre, dpre"),
}
