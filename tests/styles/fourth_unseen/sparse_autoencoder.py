"""Columns of data through a narrow layer; rare activity and small weights are asked."""

import numpy as np

RHO, BETA, LAMBDA = 0.2, 0.6, 0.03


def f(z):
    return 1 / (1 + np.exp(-z))


def fprime(a):
    return a * (1 - a)


class SparseAutoencoder:
    def __init__(self, visible, hidden, rng):
        self.w1 = rng.uniform(-1, 1, (hidden, visible))
        self.w2 = rng.uniform(-1, 1, (visible, hidden))
        self.b1 = rng.uniform(-0.2, 0.2, (hidden, 1))
        self.b2 = rng.uniform(-0.2, 0.2, (visible, 1))

    def _propagate(self, data):
        a2 = f(self.w1 @ data + self.b1)
        return a2, f(self.w2 @ a2 + self.b2)

    def cost(self, data):
        m = data.shape[1]
        a2, a3 = self._propagate(data)
        rho_hat = a2.mean(axis=1)
        kl = RHO * np.log(RHO / rho_hat) + (1 - RHO) * np.log((1 - RHO) / (1 - rho_hat))
        decay = (self.w1**2).sum() + (self.w2**2).sum()
        return ((a3 - data) ** 2).sum() / (2 * m) + LAMBDA / 2 * decay + BETA * kl.sum()

    def step(self, data, alpha):
        m = data.shape[1]
        a2, a3 = self._propagate(data)
        rho_hat = a2.mean(axis=1, keepdims=True)
        delta3 = -(data - a3) * fprime(a3)
        sparsity = BETA * (-RHO / rho_hat + (1 - RHO) / (1 - rho_hat))
        delta2 = (self.w2.T @ delta3 + sparsity) * fprime(a2)
        w1grad = delta2 @ data.T / m + LAMBDA * self.w1
        w2grad = delta3 @ a2.T / m + LAMBDA * self.w2
        b1grad = delta2.mean(axis=1, keepdims=True)
        b2grad = delta3.mean(axis=1, keepdims=True)
        for name, grad in zip(
            ("w1", "w2", "b1", "b2"), (w1grad, w2grad, b1grad, b2grad)
        ):
            setattr(self, name, getattr(self, name) - alpha * grad)


def case(seed):
    rng = np.random.default_rng(seed)
    net = SparseAutoencoder(5, 3, rng)
    data = rng.uniform(0.1, 0.9, (5, 8))
    return lambda: net.step(data, 0.2), lambda: net.cost(data), net, 0.2


MISTAKES = {
    "sparsity outside of the slope": (
        "(self.w2.T @ delta3 + sparsity) * fprime(a2)",
        "self.w2.T @ delta3 * fprime(a2) + sparsity",
    ),
    "sign in the sparsity": ("BETA * (-RHO / rho_hat +", "BETA * (RHO / rho_hat +"),
    "decay divided": (
        "delta2 @ data.T / m + LAMBDA * self.w1",
        "(delta2 @ data.T + LAMBDA * self.w1) / m",
    ),
    "bias summed": (
        "b1grad = delta2.mean(axis=1, keepdims=True)",
        "b1grad = delta2.sum(axis=1, keepdims=True)",
    ),
    "names exchanged": ("delta3 @ a2.T / m", "delta3 @ a2.T"),
}
