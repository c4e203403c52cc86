"""Lists of weights and biases, a loop over four layers, column by column."""

import numpy as np


def logistic(z):
    return 1.0 / (1.0 + np.exp(-z))


def logistic_prime(z):
    return logistic(z) * (1 - logistic(z))


class Network:
    def __init__(self, sizes, rng):
        pairs = list(zip(sizes[:-1], sizes[1:]))
        self.biases = [rng.normal(size=(n, 1)) for _, n in pairs]
        self.weights = [rng.normal(size=(n, k)) for k, n in pairs]

    def predict(self, a):
        for W, b in zip(self.weights, self.biases):
            a = logistic(W @ a + b)
        return a

    def one_example(self, x, y):
        zs, outs = [], [x]
        for W, b in zip(self.weights, self.biases):
            zs.append(W @ outs[-1] + b)
            outs.append(logistic(zs[-1]))

        last = len(self.weights) - 1
        grad_w, grad_b = [None] * (last + 1), [None] * (last + 1)
        err = outs[-1] - y
        delta = err * logistic_prime(zs[-1])
        grad_b[last] = delta
        grad_w[last] = np.dot(delta, outs[last].T)
        for k in range(last - 1, -1, -1):
            err = np.dot(self.weights[k + 1].T, delta)
            delta = err * logistic_prime(zs[k])
            grad_b[k] = delta
            grad_w[k] = np.dot(delta, outs[k].T)
        return grad_w, grad_b

    def update(self, batch, eta):
        total_w = [np.zeros(W.shape) for W in self.weights]
        total_b = [np.zeros(b.shape) for b in self.biases]
        for x, y in batch:
            grad_w, grad_b = self.one_example(x, y)
            total_w = [t + g for t, g in zip(total_w, grad_w)]
            total_b = [t + g for t, g in zip(total_b, grad_b)]
        n = len(batch)
        self.weights = [W - eta / n * t for W, t in zip(self.weights, total_w)]
        self.biases = [b - eta / n * t for b, t in zip(self.biases, total_b)]

    def cost(self, batch):
        return sum(0.5 * np.sum((self.predict(x) - y) ** 2) for x, y in batch) / len(
            batch
        )


def case(seed):
    rng = np.random.default_rng(seed)
    net = Network([3, 3, 3, 3, 3], rng)
    batch = [(rng.normal(size=(3, 1)), rng.random((3, 1))) for _ in range(4)]
    return lambda: net.update(batch, 1.5), lambda: net.cost(batch), net, 1.5


MISTAKES = {
    "a where z belongs, output layer": (
        "logistic_prime(zs[-1])",
        "logistic_prime(outs[-1])",
    ),
    "a where z belongs, hidden layers": (
        "logistic_prime(zs[k])",
        "logistic_prime(outs[k + 1])",
    ),
    "z where a belongs": (
        "    return logistic(z) * (1 - logistic(z))",
        "    return z * (1 - z)",
    ),
    "bias not divided by n": ("b - eta / n * t", "b - eta * t"),
    "slope missing, output layer": (
        "delta = err * logistic_prime(zs[-1])",
        "delta = err",
    ),
    "slope missing in what is passed down": (
        "np.dot(self.weights[k + 1].T, delta)",
        "np.dot(self.weights[k + 1].T, err)",
    ),
    "W for W.T": (
        "np.dot(self.weights[k + 1].T, delta)",
        "np.dot(self.weights[k + 1], delta)",
    ),
    "sign": ("err = outs[-1] - y", "err = y - outs[-1]"),
    "output for input": ("np.dot(delta, outs[k].T)", "np.dot(delta, outs[k + 1].T)"),
    "transposed": ("np.dot(delta, outs[last].T)", "np.dot(outs[last], delta.T)"),
    "slope of the layer above": ("logistic_prime(zs[k])", "logistic_prime(zs[k + 1])"),
    "weights of the layer itself": (
        "self.weights[k + 1].T",
        "self.weights[k].T",
    ),
}
