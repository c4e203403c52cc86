"""Two layers on a graph: each node hears the mean of its neighbours; some have labels."""

import numpy as np


def normalised(links):
    with_self = links + np.eye(len(links))
    degree = with_self.sum(axis=1)
    return with_self / np.sqrt(np.outer(degree, degree))


def softmax(s):
    e = np.exp(s - s.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


class GraphNet:
    def __init__(self, links, features, hidden, classes, rng):
        self.P = normalised(links)
        self.theta = {
            0: rng.normal(size=(features, hidden)),
            1: rng.normal(size=(hidden, classes)),
        }

    def forward(self, X):
        self.PX = self.P @ X
        self.z = self.PX @ self.theta[0]
        self.h = np.maximum(self.z, 0.0)
        self.Ph = self.P @ self.h
        return softmax(self.Ph @ self.theta[1])

    def loss(self, X, labels, known):
        q = self.forward(X)
        return -np.log(q[known, labels[known]]).mean()

    def train(self, X, labels, known, lr):
        q = self.forward(X)
        d = np.zeros_like(q)
        d[known] = q[known]
        d[known, labels[known]] -= 1
        d /= len(known)
        g1 = self.Ph.T @ d
        dh = self.P.T @ (d @ self.theta[1].T)
        dz = dh * (self.z > 0)
        g0 = self.PX.T @ dz
        self.theta[0] = self.theta[0] - lr * g0
        self.theta[1] = self.theta[1] - lr * g1


def case(seed):
    rng = np.random.default_rng(seed)
    links = np.zeros((6, 6))
    for a, b in [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (0, 3)]:
        links[a, b] = links[b, a] = 1
    net = GraphNet(links, 4, 5, 3, rng)
    X, labels = rng.normal(size=(6, 4)), rng.integers(0, 3, 6)
    known = np.array([0, 2, 3, 5])
    return (
        lambda: net.train(X, labels, known, 0.1),
        lambda: net.loss(X, labels, known),
        net.theta,
        0.1,
    )


MISTAKES = {
    "neighbours forgotten in the backward pass": (
        "dh = self.P.T @ (d @ self.theta[1].T)",
        "dh = d @ self.theta[1].T",
    ),
    "neighbours forgotten in a gradient": ("g0 = self.PX.T @ dz", "g0 = X.T @ dz"),
    "all nodes counted": ("d /= len(known)", "d /= len(X)"),
    "unknown nodes learnt": ("d[known] = q[known]", "d = q.copy()"),
    "hidden not passed on": ("g1 = self.Ph.T @ d", "g1 = self.h.T @ d"),
}
