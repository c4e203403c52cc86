"""Parameters in a dictionary of a class, softmax, and a penalty on the weights."""

import numpy as np


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, num_classes, rng):
        self.params = {}
        self.params["W1"] = 0.7 * rng.standard_normal((input_size, hidden_size))
        self.params["b1"] = 0.3 * rng.standard_normal(hidden_size)
        self.params["W2"] = 0.7 * rng.standard_normal((hidden_size, num_classes))
        self.params["b2"] = np.zeros(num_classes)

    def scores(self, X):
        hidden_raw = X.dot(self.params["W1"]) + self.params["b1"]
        hidden = np.where(hidden_raw > 0, hidden_raw, 0.1 * hidden_raw)
        scores = hidden.dot(self.params["W2"]) + self.params["b2"]
        scores -= scores.max(axis=1, keepdims=True)
        exp_scores = np.exp(scores)
        return hidden_raw, hidden, exp_scores / exp_scores.sum(axis=1, keepdims=True)

    def loss(self, X, y, reg):
        _, _, probs = self.scores(X)
        data_loss = -np.log(probs[np.arange(len(y)), y]).mean()
        penalty = np.sum(self.params["W1"] ** 2) + np.sum(self.params["W2"] ** 2)
        return data_loss + reg * penalty

    def gradients(self, X, y, reg):
        W1, W2 = self.params["W1"], self.params["W2"]
        N = X.shape[0]
        hidden_raw, hidden, probs = self.scores(X)

        dscores = probs.copy()
        dscores[np.arange(N), y] -= 1
        dscores /= N

        grads = {}
        grads["W2"] = hidden.T.dot(dscores) + 2 * reg * W2
        grads["b2"] = dscores.sum(axis=0)
        dhidden = dscores.dot(W2.T)
        dhidden[hidden_raw <= 0] *= 0.1
        grads["W1"] = X.T.dot(dhidden) + 2 * reg * W1
        grads["b1"] = dhidden.sum(axis=0)
        return grads

    def train_step(self, X, y, learning_rate, reg):
        grads = self.gradients(X, y, reg)
        for name in self.params:
            self.params[name] -= learning_rate * grads[name]


def case(seed):
    rng = np.random.default_rng(seed)
    net = TwoLayerNet(4, 3, 3, rng)
    X = rng.normal(size=(6, 4))
    y = np.array([0, 2, 1, 1, 0, 2])
    return (
        lambda: net.train_step(X, y, 0.2, 0.05),
        lambda: net.loss(X, y, 0.05),
        net.params,
        0.2,
    )


MISTAKES = {
    "slope missing, hidden layers": ("        dhidden[hidden_raw <= 0] *= 0.1\n", ""),
    "relu's gate for the leaky one": (
        "dhidden[hidden_raw <= 0] *= 0.1",
        "dhidden[hidden_raw <= 0] = 0",
    ),
    "gate the wrong way round": (
        "dhidden[hidden_raw <= 0] *= 0.1",
        "dhidden[hidden_raw > 0] *= 0.1",
    ),
    "sign": (
        "        dscores[np.arange(N), y] -= 1\n        dscores /= N",
        "        dscores[np.arange(N), y] -= 1\n        dscores /= -N",
    ),
    "sum where the mean belongs": ("        dscores /= N\n", ""),
    "slope left in, output layer": (
        "dscores /= N",
        "dscores *= probs * (1 - probs) / N",
    ),
    "penalty": ("X.T.dot(dhidden) + 2 * reg * W1", "X.T.dot(dhidden)"),
    "penalty, its factor 2": (
        "hidden.T.dot(dscores) + 2 * reg * W2",
        "hidden.T.dot(dscores) + reg * W2",
    ),
    "W for W.T": ("dscores.dot(W2.T)", "dscores.dot(W2)"),
    "transposed": ("hidden.T.dot(dscores) +", "dscores.T.dot(hidden) +"),
    "bias gradient averaged": (
        'grads["b1"] = dhidden.sum(axis=0)',
        'grads["b1"] = dhidden.mean(axis=0)',
    ),
    "one subtracted in whole columns": (
        "dscores[np.arange(N), y] -= 1",
        "dscores[:, y] -= 1",
    ),
}
