"""Examples as columns, weights of shape (out, in), gradients summed over a batch."""

import numpy as np


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


class Network:
    def __init__(self, sizes, rng):
        self.biases = [rng.normal(size=(n, 1)) for n in sizes[1:]]
        self.weights = [rng.normal(size=(n, m)) for m, n in zip(sizes, sizes[1:])]

    def feedforward(self, a):
        for b, w in zip(self.biases, self.weights):
            a = sigmoid(w @ a + b)
        return a

    def update_mini_batch(self, batch, eta):
        sum_b = [np.zeros(b.shape) for b in self.biases]
        sum_w = [np.zeros(w.shape) for w in self.weights]
        for x, y in batch:
            grad_b, grad_w = self.backprop(x, y)
            sum_b = [s + g for s, g in zip(sum_b, grad_b)]
            sum_w = [s + g for s, g in zip(sum_w, grad_w)]
        self.weights = [w - eta / len(batch) * g for w, g in zip(self.weights, sum_w)]
        self.biases = [b - eta / len(batch) * g for b, g in zip(self.biases, sum_b)]

    def backprop(self, x, y):
        activation, activations, zs = x, [x], []
        for b, w in zip(self.biases, self.weights):
            zs.append(w @ activation + b)
            activation = sigmoid(zs[-1])
            activations.append(activation)
        delta = (activations[-1] - y) * sigmoid_prime(zs[-1])
        grad_b, grad_w = [delta], [delta @ activations[-2].T]
        for back in range(2, len(self.weights) + 1):
            delta = (self.weights[-back + 1].T @ delta) * sigmoid_prime(zs[-back])
            grad_b.insert(0, delta)
            grad_w.insert(0, delta @ activations[-back - 1].T)
        return grad_b, grad_w


def case(seed):
    rng = np.random.default_rng(seed)
    net = Network([3, 4, 2], rng)
    batch = [(rng.normal(size=(3, 1)), rng.random((2, 1))) for _ in range(5)]

    def cost():
        errors = [np.sum((net.feedforward(x) - y) ** 2) for x, y in batch]
        return 0.5 * np.mean(errors)

    return lambda: net.update_mini_batch(batch, 3.0), cost, net, 3.0


MISTAKES = {
    "a where z belongs, output layer": (
        "sigmoid_prime(zs[-1])",
        "sigmoid_prime(activations[-1])",
    ),
    "a where z belongs, hidden layers": (
        "sigmoid_prime(zs[-back])",
        "sigmoid_prime(activations[-back])",
    ),
    "slope missing, hidden layers": (" * sigmoid_prime(zs[-back])", ""),
    "output for input": (
        "delta @ activations[-2].T",
        "delta @ activations[-1].T @ np.ones((2, 4)) / 2",
    ),
}
