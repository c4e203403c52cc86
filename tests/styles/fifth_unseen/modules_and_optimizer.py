"""Modules with parameters that carry their gradient, in a row, and an optimizer."""

import numpy as np


class Parameter:
    def __init__(self, data):
        self.data = data
        self.grad = np.zeros_like(data)


class Module:
    def parameters(self):
        return [v for v in vars(self).values() if isinstance(v, Parameter)]


class Linear(Module):
    def __init__(self, n_in, n_out, rng):
        self.weight = Parameter(rng.normal(size=(n_out, n_in)) / np.sqrt(n_in))
        self.bias = Parameter(rng.normal(size=n_out) * 0.1)

    def forward(self, x):
        self.x = x
        return x @ self.weight.data.T + self.bias.data

    def backward(self, grad):
        self.weight.grad += grad.T @ self.x
        self.bias.grad += grad.sum(axis=0)
        return grad @ self.weight.data


class LeakyReLU(Module):
    def __init__(self, slope=0.2):
        self.slope = slope

    def forward(self, x):
        self.mask = np.where(x > 0, 1.0, self.slope)
        return x * self.mask

    def backward(self, grad):
        return grad * self.mask


class Sigmoid(Module):
    def forward(self, x):
        self.y = 1 / (1 + np.exp(-x))
        return self.y

    def backward(self, grad):
        return grad * self.y * (1 - self.y)


class Sequential:
    def __init__(self, *modules):
        self.modules = modules

    def forward(self, x):
        for module in self.modules:
            x = module.forward(x)
        return x

    def backward(self, grad):
        for module in reversed(self.modules):
            grad = module.backward(grad)

    def parameters(self):
        return [p for module in self.modules for p in module.parameters()]


class BCE:
    def __call__(self, p, y):
        self.p, self.y = p, y
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

    def backward(self):
        return (self.p - self.y) / (self.p * (1 - self.p)) / self.p.size


class SGD:
    def __init__(self, parameters, lr):
        self.parameters, self.lr = parameters, lr

    def zero_grad(self):
        for p in self.parameters:
            p.grad[...] = 0

    def step(self):
        for p in self.parameters:
            p.data -= self.lr * p.grad


def train(model, loss, optimizer, x, y):
    optimizer.zero_grad()
    loss(model.forward(x), y)
    model.backward(loss.backward())
    optimizer.step()


def case(seed):
    rng = np.random.default_rng(seed)
    model = Sequential(
        Linear(3, 5, rng),
        LeakyReLU(),
        Linear(5, 4, rng),
        LeakyReLU(),
        Linear(4, 1, rng),
    )
    model = Sequential(*model.modules, Sigmoid())
    loss, optimizer = BCE(), SGD(model.parameters(), 0.1)
    x, y = rng.normal(size=(8, 3)), rng.integers(0, 2, (8, 1))
    where = {str(i): p.data for i, p in enumerate(model.parameters())}
    return (
        lambda: train(model, loss, optimizer, x, y),
        lambda: loss(model.forward(x), y),
        where,
        0.1,
    )


MISTAKES = {
    "mask forgotten": ("return grad * self.mask", "return grad"),
    "weights not turned back": (
        "self.mask = np.where(x > 0, 1.0, self.slope)\n        return x * self.mask",
        "self.mask = np.where(x > 0, 1.0, 0.0)\n"
        "        return np.where(x > 0, x, self.slope * x)",
    ),
    "rows for entries": ("/ self.p.size", "/ self.p.shape[1]"),
    "half of a slope": ("grad * self.y * (1 - self.y)", "grad * self.y"),
    "sign of the cost": ("(self.p - self.y) / (self.p", "(self.y - self.p) / (self.p"),
}
