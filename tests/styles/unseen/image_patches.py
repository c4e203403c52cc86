"""A convolution of small images as one product of patches, the average of each map."""

import numpy as np


def patches(images, k):
    n, h, w = images.shape
    rows = []
    for i in range(h - k + 1):
        for j in range(w - k + 1):
            rows.append(images[:, i : i + k, j : j + k].reshape(n, -1))
    return np.stack(rows, axis=1)


class PatchNet:
    K = 2

    def __init__(self, rng):
        self.filters = rng.normal(size=(4, 3))
        self.bias = 0.2 * rng.normal(size=3)
        self.final = rng.normal(size=(3, 2))

    def predict(self, images):
        self.cols = patches(images, self.K)
        self.maps = self.cols @ self.filters + self.bias
        self.active = np.where(self.maps > 0, self.maps, 0.05 * self.maps)
        self.means = self.active.mean(axis=1)
        scores = self.means @ self.final
        return 1.0 / (1.0 + np.exp(-scores))

    def cost(self, images, y):
        p = self.predict(images)
        return -(y * np.log(p) + (1 - y) * np.log(1 - p)).sum() / y.shape[0]

    def update(self, images, y, lr):
        p = self.predict(images)
        n, places, _ = self.cols.shape
        d_scores = (p - y) / n
        d_final = self.means.T @ d_scores
        d_means = d_scores @ self.final.T
        d_active = np.broadcast_to(d_means[:, None, :] / places, self.maps.shape)
        d_maps = d_active * np.where(self.maps > 0, 1.0, 0.05)
        d_filters = self.cols.reshape(n * places, -1).T @ d_maps.reshape(n * places, -1)
        d_bias = d_maps.sum(axis=(0, 1))
        self.filters -= lr * d_filters
        self.bias -= lr * d_bias
        self.final -= lr * d_final


def case(seed):
    rng = np.random.default_rng(seed)
    net = PatchNet(rng)
    images = rng.normal(size=(5, 4, 4))
    y = rng.integers(0, 2, (5, 2))
    return lambda: net.update(images, y, 0.3), lambda: net.cost(images, y), net, 0.3


MISTAKES = {
    "average forgotten": ("d_means[:, None, :] / places", "d_means[:, None, :]"),
    "leak forgotten": (
        "np.where(self.maps > 0, 1.0, 0.05)",
        "(self.maps > 0)",
    ),
    "gate by the gradient": (
        "d_active * np.where(self.maps > 0",
        "d_active * np.where(d_active > 0",
    ),
    "slope of the output twice": (
        "d_scores = (p - y) / n",
        "d_scores = (p - y) * p * (1 - p) / n",
    ),
    "mean of the bias": (
        "d_bias = d_maps.sum(axis=(0, 1))",
        "d_bias = d_maps.mean(axis=(0, 1))",
    ),
}
