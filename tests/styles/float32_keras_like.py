"""A model in float32 that is fitted by epochs, with a list of losses that it keeps."""

import numpy as np


class Model:
    def __init__(self, rng):
        self.w = [
            (rng.normal(size=s) * 0.5).astype(np.float32) for s in [(5, 6), (6, 1)]
        ]
        self.b = [np.zeros(6, np.float32), np.zeros(1, np.float32)]
        self.history = []

    def predict(self, x):
        self.h = 1 / (1 + np.exp(-(x @ self.w[0] + self.b[0])))
        return 1 / (1 + np.exp(-(self.h @ self.w[1] + self.b[1])))

    def evaluate(self, x, y):
        return np.mean((self.predict(x) - y) ** 2)

    def fit(self, x, y, epochs=1, learning_rate=np.float32(0.5)):
        for _ in range(epochs):
            p = self.predict(x)
            self.history.append(float(np.mean((p - y) ** 2)))
            d2 = 2 / y.size * (p - y) * p * (1 - p)
            d1 = (d2 @ self.w[1].T) * self.h * (1 - self.h)
            self.w[1] -= learning_rate * (self.h.T @ d2)
            self.b[1] -= learning_rate * d2.sum(axis=0)
            self.w[0] -= learning_rate * (x.T @ d1)
            self.b[0] -= learning_rate * d1.sum(axis=0)


def case(seed):
    rng = np.random.default_rng(seed)
    model = Model(rng)
    x = rng.normal(size=(10, 5)).astype(np.float32)
    y = rng.integers(0, 2, size=(10, 1)).astype(np.float32)
    return lambda: model.fit(x, y), lambda: model.evaluate(x, y), model, 0.5


MISTAKES = {
    "mean missing": ("2 / y.size * (p - y)", "2 * (p - y)"),
    "slope missing, output layer": ("(p - y) * p * (1 - p)", "(p - y)"),
    "a where z belongs, hidden layers": (
        "* self.h * (1 - self.h)",
        "/ (1 + np.exp(-self.h)) * (1 - 1 / (1 + np.exp(-self.h)))",
    ),
}
