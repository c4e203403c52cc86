"""One step of a cell that keeps a part of what it remembers, and reads from the rest."""

import numpy as np


def sig(a):
    return 1 / (1 + np.exp(-a))


class Cell:
    def __init__(self, rng):
        self.Wz, self.Wc = rng.normal(size=(5, 3)), rng.normal(size=(5, 3))
        self.bz, self.bc = rng.normal(size=3) * 0.1, rng.normal(size=3) * 0.1
        self.Wo = rng.normal(size=(3, 1))

    def ahead(self, memory, x):
        joined = np.concatenate([memory, x], axis=1)
        z = sig(joined @ self.Wz + self.bz)
        c = np.tanh(joined @ self.Wc + self.bc)
        kept = (1 - z) * memory + z * c
        return joined, z, c, kept, kept @ self.Wo

    def error(self, memory, x, y):
        return 0.5 * np.sum((self.ahead(memory, x)[-1] - y) ** 2)

    def adapt(self, memory, x, y, eta=0.1):
        joined, z, c, kept, out = self.ahead(memory, x)
        d_out = out - y
        d_kept = d_out @ self.Wo.T
        d_z = d_kept * (c - memory)
        d_c = d_kept * z
        pre_z = d_z * z * (1 - z)
        pre_c = d_c * (1 - c**2)
        self.Wo -= eta * kept.T @ d_out
        self.Wz -= eta * joined.T @ pre_z
        self.Wc -= eta * joined.T @ pre_c
        self.bz -= eta * pre_z.sum(axis=0)
        self.bc -= eta * pre_c.sum(axis=0)


def case(seed):
    rng = np.random.default_rng(seed)
    net = Cell(rng)
    memory, x, y = (rng.normal(size=(6, n)) for n in (3, 2, 1))
    return lambda: net.adapt(memory, x, y), lambda: net.error(memory, x, y), net, 0.1


MISTAKES = {
    "memory left out": ("d_kept * (c - memory)", "d_kept * c"),
    "gate turned": ("d_c = d_kept * z", "d_c = d_kept * (1 - z)"),
    "slope missing": ("pre_z = d_z * z * (1 - z)", "pre_z = d_z"),
    "square missing": ("(1 - c**2)", "(1 - c)"),
    "the other gate's gradient": ("self.bc -= eta * pre_c", "self.bc -= eta * pre_z"),
}
