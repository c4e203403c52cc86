"""train() with the forward pass in it, mini-batches in turn, everything in place."""

import numpy as np


def relu(v):
    return np.maximum(v, 0)


def sigmoid(v):
    return 1 / (1 + np.exp(-v))


class Classifier:
    def __init__(self, n_features, n_units, n_labels, rng, learning_rate=0.05):
        self.learning_rate = learning_rate
        self.w_in = rng.normal(size=(n_features, n_units))
        self.b_in = rng.normal(size=n_units) * 0.5
        self.w_mid = rng.normal(size=(n_units, n_units))
        self.b_mid = rng.normal(size=n_units) * 0.5
        self.w_out = rng.normal(size=(n_units, n_labels))
        self.b_out = rng.normal(size=n_labels) * 0.5

    def predict(self, data):
        first = sigmoid(data @ self.w_in + self.b_in)
        second = relu(first @ self.w_mid + self.b_mid)
        return sigmoid(second @ self.w_out + self.b_out)

    def train(self, data, labels, batch_size=3):
        rate = self.learning_rate
        for start in range(0, len(data), batch_size):
            xb = data[start : start + batch_size]
            yb = labels[start : start + batch_size]

            z1 = xb @ self.w_in + self.b_in
            h1 = sigmoid(z1)
            h2 = relu(h1 @ self.w_mid + self.b_mid)
            guess = sigmoid(h2 @ self.w_out + self.b_out)

            d_out = guess - yb
            d_mid = d_out @ self.w_out.T
            d_mid[h2 == 0] = 0
            d_in = d_mid @ self.w_mid.T
            d_in *= h1 * (1 - h1)

            self.w_out -= rate * (h2.T @ d_out)
            self.b_out -= rate * d_out.sum(axis=0)
            self.w_mid -= rate * (h1.T @ d_mid)
            self.b_mid -= rate * d_mid.sum(axis=0)
            self.w_in -= rate * (xb.T @ d_in)
            self.b_in -= rate * d_in.sum(axis=0)

    def cross_entropy(self, data, labels):
        p = self.predict(data)
        return -np.sum(labels * np.log(p) + (1 - labels) * np.log(1 - p))


def case(seed):
    rng = np.random.default_rng(seed)
    model = Classifier(2, 4, 2, rng)
    data, labels = rng.normal(size=(6, 2)), rng.integers(0, 2, size=(6, 2))
    return (
        lambda: model.train(data, labels),
        lambda: model.cross_entropy(data, labels),
        model,
        0.05,
    )


MISTAKES = {
    "sigmoid's slope missing, hidden layers": (
        "            d_in *= h1 * (1 - h1)\n",
        "",
    ),
    "z where a belongs, hidden layers": (
        "d_in *= h1 * (1 - h1)",
        "d_in *= z1 * (1 - z1)",
    ),
    "tanh's slope for the sigmoid, from a": (
        "d_in *= h1 * (1 - h1)",
        "d_in *= 1 - h1**2",
    ),
    "relu gated with >= on the output": (
        "d_mid[h2 == 0] = 0",
        "d_mid[h2 < 0] = 0",
    ),
    "slope left in, output layer": (
        "d_out = guess - yb",
        "d_out = (guess - yb) * guess * (1 - guess)",
    ),
    "sign": ("d_out = guess - yb", "d_out = yb - guess"),
    "factor 1/m": ("d_out = guess - yb", "d_out = (guess - yb) / len(xb)"),
    "W for W.T": ("d_mid @ self.w_mid.T", "d_mid @ self.w_mid"),
    "bias gradient averaged": ("rate * d_mid.sum(axis=0)", "rate * d_mid.mean(axis=0)"),
    "bias gradient summed over the layer": (
        "rate * d_out.sum(axis=0)",
        "rate * d_out.sum()",
    ),
    "sigmoid forgotten in the batch's forward pass": (
        "h1 = sigmoid(z1)",
        "h1 = relu(z1)",
    ),
    "step in the wrong direction": (
        "self.w_in -= rate * (xb.T @ d_in)",
        "self.w_in += rate * (xb.T @ d_in)",
    ),
}
