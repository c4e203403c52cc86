"""Global arrays and functions that change them, hidden units of the kind of ELU."""

import numpy as np


def case(seed):
    rng = np.random.default_rng(seed)
    net = {
        "first": rng.normal(size=(4, 3)),
        "second": rng.normal(size=(1, 4)),
        "offset": rng.normal(size=(4, 1)) * 0.2,
    }
    inputs, labels = rng.normal(size=(3, 8)), np.sign(rng.normal(size=(1, 8)))
    kept = {}

    def elu(u):
        return np.where(u > 0, u, np.exp(np.minimum(u, 0)) - 1)

    def elu_slope(u):
        return np.where(u > 0, 1, np.exp(np.minimum(u, 0)))

    def think():
        kept["u"] = net["first"] @ inputs + net["offset"]
        kept["h"] = elu(kept["u"])
        kept["score"] = net["second"] @ kept["h"]
        return kept["score"]

    def loss():
        return np.mean(np.log1p(np.exp(-labels * think())))

    def grow():
        think()
        count = labels.shape[1]
        push = -labels / (1 + np.exp(labels * kept["score"]))
        g_second = push @ kept["h"].T / count
        behind = net["second"].T @ push
        behind *= elu_slope(kept["u"])
        g_first = behind @ inputs.T / count
        g_offset = behind.mean(axis=1, keepdims=True)
        net["first"] -= 0.5 * g_first
        net["second"] -= 0.5 * g_second
        net["offset"] -= 0.5 * g_offset

    return grow, loss, net, 0.5


MISTAKES = {
    "a where z belongs": ('elu_slope(kept["u"])', 'elu_slope(kept["h"])'),
    "sign": ("push = -labels", "push = labels"),
    "sign inside": ("np.exp(labels * kept", "np.exp(-labels * kept"),
    "slope missing": ('        behind *= elu_slope(kept["u"])\n', ""),
    "the slope of relu": (
        "np.where(u > 0, 1, np.exp(np.minimum(u, 0)))",
        "np.where(u > 0, 1, 0)",
    ),
    "bias gradient summed": ("behind.mean(axis=1", "behind.sum(axis=1"),
}
