"""Layers that remember what passed through them, each with forward and backward."""

import numpy as np


class Dense:
    def __init__(self, n_in, n_out, rng):
        self.W = rng.normal(size=(n_in, n_out)) / np.sqrt(n_in)
        self.b = np.zeros(n_out)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout, lr):
        dx = dout @ self.W.T
        self.W -= lr * (self.x.T @ dout)
        self.b -= lr * dout.sum(axis=0)
        return dx


class Tanh:
    def forward(self, x):
        self.out = np.tanh(x)
        return self.out

    def backward(self, dout, lr):
        return dout * (1 - self.out**2)


class Sigmoid:
    def forward(self, x):
        self.x = x
        return 1 / (1 + np.exp(-x))

    def backward(self, dout, lr):
        s = 1 / (1 + np.exp(-self.x))
        return dout * s * (1 - s)


class Model:
    def __init__(self, rng):
        self.layers = [Dense(3, 5, rng), Tanh(), Dense(5, 2, rng), Sigmoid()]

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def train_step(self, x, y, lr=0.5):
        grad = 2 * (self.forward(x) - y) / y.size
        for layer in reversed(self.layers):
            grad = layer.backward(grad, lr)


def case(seed):
    rng = np.random.default_rng(seed)
    model = Model(rng)
    x, y = rng.normal(size=(6, 3)), rng.random((6, 2))
    return (
        lambda: model.train_step(x, y),
        lambda: np.mean((model.forward(x) - y) ** 2),
        model,
        0.5,
    )


MISTAKES = {
    "W updated before it is used": (
        """        dx = dout @ self.W.T
        self.W -= lr * (self.x.T @ dout)
        self.b -= lr * dout.sum(axis=0)
        return dx
""",
        """        self.W -= lr * (self.x.T @ dout)
        self.b -= lr * dout.sum(axis=0)
        return dout @ self.W.T
""",
    ),
    "z where a belongs": (
        "        self.out = np.tanh(x)\n        return self.out",
        "        self.out = x\n        return np.tanh(x)",
    ),
    "mean over the examples alone": ("/ y.size", "/ len(y)"),
    "bias gradient missing": ("        self.b -= lr * dout.sum(axis=0)\n", ""),
}
