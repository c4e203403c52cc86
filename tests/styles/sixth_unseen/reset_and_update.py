"""A GRU over a sequence in columns: a gate to reset, one to update, a tuple a step."""

import numpy as np


def sigm(v):
    return 1.0 / (1.0 + np.exp(-v))


def run(p, seq, n):
    h, outs, memo = np.full((n, 1), 0.7), [], []
    for x in seq:
        z = sigm(p["Wz"] @ x + p["Uz"] @ h + p["bz"])
        r = sigm(p["Wr"] @ x + p["Ur"] @ h + p["br"])
        c = np.tanh(p["Wc"] @ x + p["Uc"] @ (r * h) + p["bc"])
        new = z * h + (1 - z) * c
        memo.append((x, h, z, r, c, new))
        outs.append(p["V"] @ new)
        h = new
    return outs, memo


def loss(p, seq, wanted, n):
    return sum(np.sum((o - w) ** 2) for o, w in zip(run(p, seq, n)[0], wanted)) / 2


def bptt(p, seq, wanted, n):
    outs, memo = run(p, seq, n)
    g = {k: np.zeros_like(v) for k, v in p.items()}
    dnext = np.zeros((n, 1))
    for t in range(len(seq) - 1, -1, -1):
        x, h, z, r, c, new = memo[t]
        do = outs[t] - wanted[t]
        g["V"] += do @ new.T
        dh = p["V"].T @ do + dnext
        dac = dh * (1 - z) * (1 - c**2)
        daz = dh * (h - c) * z * (1 - z)
        drh = p["Uc"].T @ dac
        dar = drh * h * r * (1 - r)
        for gate, da, inner in (("z", daz, h), ("r", dar, h), ("c", dac, r * h)):
            g["W" + gate] += da @ x.T
            g["U" + gate] += da @ inner.T
            g["b" + gate] += da
        dnext = dh * z + drh * r + p["Uz"].T @ daz + p["Ur"].T @ dar
    return g


def case(seed):
    rng = np.random.default_rng(seed)
    n, shapes = 3, {"W": (3, 2), "U": (3, 3), "b": (3, 1)}
    p = {a + b: rng.normal(size=shapes[a]) * 1.2 for a in "WUb" for b in "zrc"}
    p["V"] = rng.normal(size=(2, 3))
    seq, wanted = rng.normal(size=(4, 2, 1)), rng.normal(size=(4, 2, 1))

    def descend():
        grads = bptt(p, seq, wanted, n)
        for name in p:
            p[name] = p[name] - 0.02 * grads[name]

    return descend, lambda: loss(p, seq, wanted, n), p, 0.02


MISTAKES = {
    "z for 1 - z": ("dac = dh * (1 - z) *", "dac = dh * z *"),
    "slope of tanh for the gate": ("(h - c) * z * (1 - z)", "(h - c) * (1 - z**2)"),
    "the state after for before": ("dar = drh * h *", "dar = drh * new *"),
    "the reset left out of the matrix": ('("c", dac, r * h)', '("c", dac, h)'),
    "the path through the reset gate": (' + p["Ur"].T @ dar', ""),
}
