"""Four layers in lists, the examples as columns, one update for each mini-batch."""

import numpy as np


class Network:
    def __init__(self, sizes, rng, learning_rate=0.05):
        self.sizes = sizes
        self.learning_rate = learning_rate
        self.weights = [
            rng.standard_normal((n, m)) / np.sqrt(m) for m, n in zip(sizes, sizes[1:])
        ]
        self.biases = [0.1 * rng.standard_normal((n, 1)) for n in sizes[1:]]

    def feedforward(self, a):
        for w, b in zip(self.weights[:-1], self.biases[:-1]):
            a = np.tanh(w @ a + b)
        return self.weights[-1] @ a + self.biases[-1]

    def backprop(self, x, y):
        activation, activations, zs = x, [x], []
        for l, (w, b) in enumerate(zip(self.weights, self.biases)):
            z = np.dot(w, activation) + b
            zs.append(z)
            activation = z if l == len(self.weights) - 1 else np.tanh(z)
            activations.append(activation)

        nabla_w = [np.zeros_like(w) for w in self.weights]
        nabla_b = [np.zeros_like(b) for b in self.biases]
        error = activations[-1] - y
        delta = error  # the output is linear
        nabla_w[-1][:] = np.dot(delta, activations[-2].T)
        nabla_b[-1][:] = delta.sum(axis=1, keepdims=True)
        for l in range(2, len(self.sizes)):
            tanh_prime = 1 - np.tanh(zs[-l]) ** 2
            error = np.dot(self.weights[-l + 1].T, delta)
            delta = error * tanh_prime
            nabla_w[-l][:] = np.dot(delta, activations[-l - 1].T)
            nabla_b[-l][:] = delta.sum(axis=1, keepdims=True)
        return nabla_w, nabla_b

    def sgd_epoch(self, X, Y, batch_size=2):
        for k in range(0, X.shape[1], batch_size):
            xs, ys = X[:, k : k + batch_size], Y[:, k : k + batch_size]
            nabla_w, nabla_b = self.backprop(xs, ys)
            for l in range(len(self.weights)):
                self.weights[l] -= self.learning_rate * nabla_w[l]
                self.biases[l] -= self.learning_rate * nabla_b[l]

    def cost(self, X, Y):
        return 0.5 * np.sum(np.square(self.feedforward(X) - Y))


def case(seed):
    rng = np.random.default_rng(seed)
    net = Network([3, 3, 3, 3, 2], rng)
    X, Y = rng.standard_normal((3, 6)), rng.standard_normal((2, 6))
    return lambda: net.sgd_epoch(X, Y), lambda: net.cost(X, Y), net, 0.05


MISTAKES = {
    "the sigmoid's slope for tanh, from a": (
        "tanh_prime = 1 - np.tanh(zs[-l]) ** 2",
        "tanh_prime = activations[-l] * (1 - activations[-l])",
    ),
    "bias gradient summed over the layer": (
        "nabla_b[-l][:] = delta.sum(axis=1, keepdims=True)",
        "nabla_b[-l][:] = delta.sum()",
    ),
    "output bias from the first example": (
        "nabla_b[-1][:] = delta.sum(axis=1, keepdims=True)",
        "nabla_b[-1][:] = delta[:, :1]",
    ),
    "a where z belongs, hidden layers": (
        "np.tanh(zs[-l]) ** 2",
        "np.tanh(activations[-l]) ** 2",
    ),
    "slope missing, hidden layers": ("delta = error * tanh_prime", "delta = error"),
    "slope missing in what is passed down": (
        "np.dot(self.weights[-l + 1].T, delta)",
        "np.dot(self.weights[-l + 1].T, error)",
    ),
    "tanh's slope at the linear output": (
        "delta = error  #",
        "delta = error * (1 - np.tanh(zs[-1]) ** 2)  #",
    ),
    "factor 1/m": (
        "error = activations[-1] - y",
        "error = (activations[-1] - y) / x.shape[1]",
    ),
    "output for input": (
        "np.dot(delta, activations[-l - 1].T)",
        "np.dot(delta, activations[-l].T)",
    ),
    "transposed": (
        "np.dot(delta, activations[-l - 1].T)",
        "np.dot(activations[-l - 1], delta.T)",
    ),
    "bias gradient averaged": (
        "nabla_b[-l][:] = delta.sum(axis=1, keepdims=True)",
        "nabla_b[-l][:] = delta.mean(axis=1, keepdims=True)",
    ),
    "slope from the layer's input": (
        "1 - np.tanh(zs[-l]) ** 2",
        "1 - activations[-l - 1] ** 2",
    ),
}
