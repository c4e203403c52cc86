"""A recurrent cell with two gates; every state is kept in a list of its own."""

import numpy as np


def sig(v):
    return 1.0 / (1.0 + np.exp(-v))


class GRU:
    def __init__(self, n_in, n_h, rng):
        self.Wz, self.Wr, self.Wc = (rng.normal(0, 0.7, (n_h, n_in)) for _ in "zrc")
        self.Uz, self.Ur, self.Uc = (rng.normal(0, 0.7, (n_h, n_h)) for _ in "zrc")
        self.V = rng.normal(size=n_h)

    def forward(self, xs):
        self.h, self.z, self.r, self.c = [np.zeros(len(self.V))], [], [], []
        for x in xs:
            h = self.h[-1]
            self.z.append(sig(self.Wz @ x + self.Uz @ h))
            self.r.append(sig(self.Wr @ x + self.Ur @ h))
            self.c.append(np.tanh(self.Wc @ x + self.Uc @ (self.r[-1] * h)))
            self.h.append((1 - self.z[-1]) * h + self.z[-1] * self.c[-1])
        return [self.V @ h for h in self.h[1:]]

    def loss(self, xs, ys):
        return 0.5 * sum((o - y) ** 2 for o, y in zip(self.forward(xs), ys))

    def backward(self, xs, ys):
        outs = self.forward(xs)
        grads = {k: np.zeros_like(v) for k, v in vars(self).items() if k[0] in "WUV"}
        dh_next = np.zeros(len(self.V))
        for t in range(len(xs) - 1, -1, -1):
            err = outs[t] - ys[t]
            grads["V"] += err * self.h[t + 1]
            dh = err * self.V + dh_next
            h, z, r, c = self.h[t], self.z[t], self.r[t], self.c[t]
            dz = dh * (c - h) * z * (1 - z)
            dc = dh * z * (1 - c**2)
            back = self.Uc.T @ dc
            dr = back * h * r * (1 - r)
            grads["Wz"] += np.outer(dz, xs[t])
            grads["Uz"] += np.outer(dz, h)
            grads["Wr"] += np.outer(dr, xs[t])
            grads["Ur"] += np.outer(dr, h)
            grads["Wc"] += np.outer(dc, xs[t])
            grads["Uc"] += np.outer(dc, r * h)
            dh_next = dh * (1 - z) + back * r + self.Uz.T @ dz + self.Ur.T @ dr
        return grads

    def train(self, xs, ys, lr):
        for key, g in self.backward(xs, ys).items():
            setattr(self, key, getattr(self, key) - lr * g)


def case(seed):
    rng = np.random.default_rng(seed)
    net = GRU(2, 3, rng)
    xs, ys = rng.normal(size=(4, 2)), rng.normal(size=4)
    return lambda: net.train(xs, ys, 0.1), lambda: net.loss(xs, ys), net, 0.1


MISTAKES = {
    "state not carried": ("dh_next = dh * (1 - z) + back * r", "dh_next = back * r"),
    "reset gate forgotten": ("np.outer(dc, r * h)", "np.outer(dc, h)"),
    "only the candidate": ("dz = dh * (c - h) * z", "dz = dh * c * z"),
    "errors of later steps lost": (
        "dh = err * self.V + dh_next",
        "dh = err * self.V",
    ),
    "slope of the reset gate": (
        "dr = back * h * r * (1 - r)",
        "dr = back * h * (1 - r**2)",
    ),
}
