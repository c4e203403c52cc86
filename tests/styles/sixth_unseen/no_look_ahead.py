"""A batch of sentences, attention that sees no later word, and a path around it."""

import numpy as np


def softmax(s):
    e = np.exp(s - np.max(s, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


class Decoder:
    def __init__(self, vocab, d, rng):
        self.E = rng.normal(size=(vocab, d))
        self.Wq, self.Wk, self.Wv = rng.normal(size=(3, d, d)) * 0.6
        self.U = rng.normal(size=(d, vocab)) * 0.6

    def forward(self, tokens):
        T, d = tokens.shape[1], self.E.shape[1]
        X = self.E[tokens]
        Q, K, V = np.matmul(X, self.Wq), np.matmul(X, self.Wk), np.matmul(X, self.Wv)
        scores = np.matmul(Q, K.transpose(0, 2, 1)) / np.sqrt(d)
        scores = np.where(np.tril(np.ones((T, T))) == 1, scores, -1e9)
        A = softmax(scores)
        Z = X + np.matmul(A, V)
        return softmax(np.matmul(Z, self.U)), (X, Q, K, V, A, Z)

    def loss(self, tokens, nexts):
        P, _ = self.forward(tokens)
        rows, cols = np.indices(nexts.shape)
        return -np.mean(np.log(P[rows, cols, nexts]))

    def train_step(self, tokens, nexts, lr):
        P, (X, Q, K, V, A, Z) = self.forward(tokens)
        dlogits = (P - np.eye(P.shape[-1])[nexts]) / nexts.size
        dU = np.sum(np.matmul(Z.transpose(0, 2, 1), dlogits), axis=0)
        dZ = np.matmul(dlogits, self.U.T)
        dV = np.matmul(A.transpose(0, 2, 1), dZ)
        dA = np.matmul(dZ, V.transpose(0, 2, 1))
        dS = A * (dA - np.sum(dA * A, axis=-1, keepdims=True))
        dS = dS / np.sqrt(self.E.shape[1])
        dQ, dK = np.matmul(dS, K), np.matmul(dS.transpose(0, 2, 1), Q)
        dX = dZ + dQ @ self.Wq.T + dK @ self.Wk.T + dV @ self.Wv.T
        Xt = X.transpose(0, 2, 1)
        dE = np.zeros_like(self.E)
        np.add.at(dE, tokens, dX)
        self.U -= lr * dU
        self.Wq -= lr * np.sum(np.matmul(Xt, dQ), axis=0)
        self.Wk -= lr * np.sum(np.matmul(Xt, dK), axis=0)
        self.Wv -= lr * np.sum(np.matmul(Xt, dV), axis=0)
        self.E -= lr * dE


def case(seed):
    rng = np.random.default_rng(seed)
    net = Decoder(5, 3, rng)
    tokens = np.array([[0, 3, 1, 1], [2, 0, 4, 3]])
    nexts = rng.integers(0, 5, size=(2, 4))
    return (
        lambda: net.train_step(tokens, nexts, 0.1),
        lambda: net.loss(tokens, nexts),
        net,
        0.1,
    )


MISTAKES = {
    "words that come twice": ("np.add.at(dE, tokens, dX)", "dE[tokens] += dX"),
    "the path around forgotten": ("dX = dZ + dQ @", "dX = dQ @"),
    "sum down the columns": ("np.sum(dA * A, axis=-1,", "np.sum(dA * A, axis=1,"),
    "mean over the sentences": (
        "np.sum(np.matmul(Xt, dK), axis=0)",
        "np.mean(np.matmul(Xt, dK), axis=0)",
    ),
    "values for keys": ("np.matmul(dS, K)", "np.matmul(dS, V)"),
}
