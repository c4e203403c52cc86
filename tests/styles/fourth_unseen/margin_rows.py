"""A margin for each wrong class, counted example by example, above one hidden layer."""

import numpy as np


def scores_of(X, params):
    hidden = np.maximum(X.dot(params.W) + params.b, 0)
    return hidden, hidden.dot(params.V)


class Params:
    def __init__(self, rng):
        self.W, self.b = rng.normal(size=(4, 6)), 0.1 * rng.normal(size=6)
        self.V = rng.normal(size=(6, 3))


def svm_loss(X, y, params, reg):
    _, scores = scores_of(X, params)
    loss = 0.0
    for i in range(X.shape[0]):
        for j in range(scores.shape[1]):
            if j != y[i]:
                loss += max(0, scores[i, j] - scores[i, y[i]] + 1)
    return loss / X.shape[0] + reg * np.sum(params.V * params.V)


def svm_grads(X, y, params, reg):
    hidden, scores = scores_of(X, params)
    dscores = np.zeros_like(scores)
    for i in range(X.shape[0]):
        for j in range(scores.shape[1]):
            if j == y[i]:
                continue
            if scores[i, j] - scores[i, y[i]] + 1 > 0:
                dscores[i, j] += 1
                dscores[i, y[i]] -= 1
    dscores /= X.shape[0]
    dV = hidden.T.dot(dscores) + 2 * reg * params.V
    dhidden = dscores.dot(params.V.T)
    dhidden[hidden == 0] = 0
    return X.T.dot(dhidden), np.sum(dhidden, 0), dV


def sgd(X, y, params, reg, rate):
    dW, db, dV = svm_grads(X, y, params, reg)
    params.W += -rate * dW
    params.b += -rate * db
    params.V += -rate * dV


def case(seed):
    rng = np.random.default_rng(seed)
    params = Params(rng)
    X, y = rng.normal(size=(6, 4)), rng.integers(0, 3, 6)
    return (
        lambda: sgd(X, y, params, 0.05, 0.1),
        lambda: svm_loss(X, y, params, 0.05),
        params,
        0.1,
    )


MISTAKES = {
    "the right class forgotten": ("                dscores[i, y[i]] -= 1\n", ""),
    "no mean": ("    dscores /= X.shape[0]\n", ""),
    "half of the penalty": ("2 * reg * params.V", "reg * params.V"),
    "no gate": ("    dhidden[hidden == 0] = 0\n", ""),
    "a sign": ("params.b += -rate * db", "params.b += rate * db"),
}
