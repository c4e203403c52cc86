"""Activations as objects: backward(dout) multiplies by the slope at a kept input."""

import numpy as np


class Linear:
    def __init__(self, rng, n_in, n_out):
        self.weight, self.bias = rng.normal(size=(n_out, n_in)), np.zeros(n_out)

    def __call__(self, x):
        self.x = x
        return x @ self.weight.T + self.bias

    def backward(self, dout):
        self.weight_grad = dout.T @ self.x
        self.bias_grad = dout.sum(0)
        return dout @ self.weight


class Sigmoid:
    def __call__(self, x):
        self.x = x
        return 1 / (1 + np.exp(-x))

    def backward(self, dout):
        s = 1 / (1 + np.exp(-self.x))
        return dout * s * (1 - s)


class SGD:
    def __init__(self, layers, lr):
        self.layers, self.lr = layers, lr

    def step(self):
        for layer in self.layers:
            layer.weight -= self.lr * layer.weight_grad
            layer.bias -= self.lr * layer.bias_grad


def case(seed):
    rng = np.random.default_rng(seed)
    net = [Linear(rng, 2, 4), Sigmoid(), Linear(rng, 4, 3)]
    optimizer = SGD([net[0], net[2]], 0.2)
    x, y = rng.normal(size=(6, 2)), rng.normal(size=(6, 3))

    def predict():
        return net[2](net[1](net[0](x)))

    def train():
        grad = 2 * (predict() - y) / y.size
        for layer in reversed(net):
            grad = layer.backward(grad)
        optimizer.step()

    return train, lambda: np.mean((predict() - y) ** 2), optimizer, 0.2


MISTAKES = {
    "a where z belongs": (
        "        self.x = x\n        return 1 / (1 + np.exp(-x))",
        "        self.x = 1 / (1 + np.exp(-x))\n        return self.x",
    ),
    "slope missing": ("return dout * s * (1 - s)", "return dout"),
    "bias gradient averaged": ("dout.sum(0)", "dout.mean(0)"),
}
