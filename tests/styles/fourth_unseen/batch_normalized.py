"""A batch brought to mean 0 and variance 1 between two layers, step by step back."""

import numpy as np


class BatchNorm:
    def __init__(self, n):
        self.gamma, self.beta, self.eps = np.ones(n), np.zeros(n), 1e-4

    def __call__(self, x):
        self.mu = x.mean(0)
        self.centred = x - self.mu
        self.var = (self.centred**2).mean(0)
        self.std = np.sqrt(self.var + self.eps)
        self.xhat = self.centred / self.std
        return self.gamma * self.xhat + self.beta

    def grad(self, dout):
        n = dout.shape[0]
        self.dbeta = dout.sum(0)
        self.dgamma = (dout * self.xhat).sum(0)
        dxhat = dout * self.gamma
        dstd = -(dxhat * self.centred).sum(0) / self.std**2
        dvar = 0.5 * dstd / self.std
        dcentred = dxhat / self.std + 2 * self.centred * dvar / n
        dmu = -dcentred.sum(0)
        return dcentred + dmu / n


class Model:
    def __init__(self, rng):
        self.A = rng.standard_normal((3, 4))
        self.norm = BatchNorm(4)
        self.norm.gamma = rng.uniform(0.5, 1.5, 4)
        self.norm.beta = rng.uniform(-0.5, 0.5, 4)
        self.B = rng.standard_normal((4, 2))

    def predict(self, x):
        self.pre = self.norm(x @ self.A)
        self.act = np.log1p(np.exp(self.pre))
        return self.act @ self.B

    def objective(self, x, y):
        return 0.5 * ((self.predict(x) - y) ** 2).sum(1).mean()

    def fit(self, x, y, eta):
        d = (self.predict(x) - y) / x.shape[0]
        dB = self.act.T @ d
        dact = d @ self.B.T
        dpre = dact / (1 + np.exp(-self.pre))
        dA = x.T @ self.norm.grad(dpre)
        self.A -= eta * dA
        self.B -= eta * dB
        self.norm.gamma -= eta * self.norm.dgamma
        self.norm.beta -= eta * self.norm.dbeta


def case(seed):
    rng = np.random.default_rng(seed)
    model = Model(rng)
    x, y = rng.standard_normal((6, 3)), rng.standard_normal((6, 2))
    return lambda: model.fit(x, y, 0.1), lambda: model.objective(x, y), model, 0.1


MISTAKES = {
    "mean not passed back": ("return dcentred + dmu / n", "return dcentred"),
    "half forgotten": ("dvar = 0.5 * dstd / self.std", "dvar = dstd / self.std"),
    "square forgotten": (
        ".sum(0) / self.std**2",
        ".sum(0) / self.std",
    ),
    "slope of another activation": (
        "dpre = dact / (1 + np.exp(-self.pre))",
        "dpre = dact * (1 - self.act**2)",
    ),
    "scale by the input": (
        "self.dgamma = (dout * self.xhat).sum(0)",
        "self.dgamma = (dout * self.centred).sum(0)",
    ),
}
