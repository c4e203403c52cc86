"""A few points at a time, in any order: each is encoded, the codes are summed."""

import numpy as np


class SetModel:
    def __init__(self, rng, d=2, k=4, classes=3):
        self.params = {
            "phi": rng.normal(0, 0.8, (d, k)),
            "phi_b": rng.normal(0, 0.1, k),
            "rho": rng.normal(0, 0.6, (k, k)),
            "head": rng.normal(0, 0.6, (k, classes)),
        }

    def logits(self, X, mask):
        p = self.params
        pre = X @ p["phi"] + p["phi_b"]
        codes = np.tanh(pre) * mask[:, :, None]
        pooled = codes.sum(axis=1)
        mixed = np.log1p(np.exp(pooled @ p["rho"]))
        self.saved = X, mask, codes, pooled, mixed
        return mixed @ p["head"]

    def loss(self, X, mask, labels):
        s = self.logits(X, mask)
        s = s - s.max(axis=1, keepdims=True)
        log_q = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
        return -log_q[np.arange(len(labels)), labels].mean()

    def gradients(self, X, mask, labels):
        p = self.params
        s = self.logits(X, mask)
        X, mask, codes, pooled, mixed = self.saved
        q = np.exp(s - s.max(axis=1, keepdims=True))
        q /= q.sum(axis=1, keepdims=True)
        q[np.arange(len(labels)), labels] -= 1.0
        d_s = q / len(labels)
        d_mixed = d_s @ p["head"].T
        d_sum = d_mixed / (1 + np.exp(-pooled @ p["rho"]))
        d_pooled = d_sum @ p["rho"].T
        d_codes = np.repeat(d_pooled[:, None, :], X.shape[1], axis=1)
        d_pre = d_codes * mask[:, :, None] * (1 - codes**2)
        return {
            "phi": np.einsum("nij,nik->jk", X, d_pre),
            "phi_b": d_pre.sum(axis=(0, 1)),
            "rho": pooled.T @ d_sum,
            "head": mixed.T @ d_s,
        }

    def improve(self, X, mask, labels, rate):
        for name, g in self.gradients(X, mask, labels).items():
            self.params[name] = self.params[name] - rate * g


def case(seed):
    rng = np.random.default_rng(seed)
    model = SetModel(rng)
    X, labels = rng.normal(size=(5, 4, 2)), rng.integers(0, 3, 5)
    mask = (np.arange(4) < rng.integers(1, 4, 5)[:, None]).astype(float)
    return (
        lambda: model.improve(X, mask, labels, 0.2),
        lambda: model.loss(X, mask, labels),
        model.params,
        0.2,
    )


MISTAKES = {
    "mask forgotten": (
        "d_codes * mask[:, :, None] * (1 - codes**2)",
        "d_codes * (1 - codes**2)",
    ),
    "shared among the points": (
        "d_codes = np.repeat(d_pooled[:, None, :], X.shape[1], axis=1)",
        "d_codes = np.repeat(d_pooled[:, None, :] / X.shape[1], X.shape[1], axis=1)",
    ),
    "softplus taken for relu": (
        'd_sum = d_mixed / (1 + np.exp(-pooled @ p["rho"]))',
        "d_sum = d_mixed * (mixed > 0)",
    ),
    "codes not pooled": ("pooled.T @ d_sum", "codes[:, 0].T @ d_sum"),
    "no label": ("        q[np.arange(len(labels)), labels] -= 1.0\n", ""),
}
