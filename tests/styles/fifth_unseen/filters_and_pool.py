"""Short filters slid over rows of numbers, the larger of two kept, then a plain layer."""

import numpy as np


class Slide:
    def __init__(self, count, width, rng):
        self.kernels = rng.normal(size=(count, width))
        self.offset = 0.1 * rng.normal(size=count)

    def forward(self, x):
        self.x, width = x, self.kernels.shape[1]
        n = x.shape[1] - width + 1
        out = np.zeros((len(x), len(self.kernels), n))
        for k, kernel in enumerate(self.kernels):
            for j in range(n):
                out[:, k, j] = x[:, j : j + width] @ kernel + self.offset[k]
        return out

    def backward(self, grad):
        width = self.kernels.shape[1]
        self.d_kernels = np.zeros_like(self.kernels)
        for k in range(len(self.kernels)):
            for j in range(grad.shape[2]):
                self.d_kernels[k] += grad[:, k, j] @ self.x[:, j : j + width]
        self.d_offset = grad.sum(axis=(0, 2))


class Pool:
    def forward(self, x):
        n, k, m = x.shape
        pairs = x.reshape(n, k, m // 2, 2)
        self.which = pairs.argmax(axis=3)
        self.shape = x.shape
        return pairs.max(axis=3)

    def backward(self, grad):
        n, k, m = self.shape
        back = np.zeros((n, k, m // 2, 2))
        a, b, c = np.indices(self.which.shape)
        back[a, b, c, self.which] = grad
        return back.reshape(self.shape)


class Signal:
    def __init__(self, rng):
        self.slide, self.pool = Slide(3, 3, rng), Pool()
        self.readout = 0.5 * rng.normal(size=(9, 2))

    def forward(self, x):
        self.sums = self.slide.forward(x)
        self.lit = np.maximum(self.sums, 0)
        self.flat = self.pool.forward(self.lit).reshape(len(x), -1)
        return self.flat @ self.readout

    def loss(self, x, y):
        return ((self.forward(x) - y) ** 2).mean()

    def fit(self, x, y, rate):
        out = self.forward(x)
        d = 2 * (out - y) / out.size
        d_readout = self.flat.T @ d
        d_flat = d @ self.readout.T
        d_lit = self.pool.backward(d_flat.reshape(len(x), 3, -1))
        self.slide.backward(d_lit * (self.sums > 0))
        self.slide.kernels -= rate * self.slide.d_kernels
        self.slide.offset -= rate * self.slide.d_offset
        self.readout -= rate * d_readout


def case(seed):
    rng = np.random.default_rng(seed)
    net = Signal(rng)
    x, y = rng.normal(size=(4, 8)), rng.normal(size=(4, 2))
    where = [net.slide.kernels, net.slide.offset, net.readout]
    return lambda: net.fit(x, y, 0.1), lambda: net.loss(x, y), where, 0.1


MISTAKES = {
    "no gate": ("d_lit * (self.sums > 0)", "d_lit"),
    "one place only": (
        "self.d_offset = grad.sum(axis=(0, 2))",
        "self.d_offset = grad[:, :, 0].sum(axis=0)",
    ),
    "set, not added": (
        "self.d_kernels[k] += grad",
        "self.d_kernels[k] = grad",
    ),
    "to both of a pair": (
        "back[a, b, c, self.which] = grad",
        "back[a, b, c] = grad[..., None]",
    ),
    "rows for entries": ("2 * (out - y) / out.size", "2 * (out - y) / len(out)"),
}
