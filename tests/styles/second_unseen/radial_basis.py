"""A network of bumps: how near an example is to each centre, in plain loops."""

import numpy as np


class Bumps:
    def __init__(self, rng, units, inputs):
        self.centres = rng.normal(size=(units, inputs))
        self.heights = rng.normal(size=units)

    def respond(self, x):
        away = self.centres - x
        near = np.exp(-0.5 * (away**2).sum(axis=1))
        return away, near, self.heights @ near

    def risk(self, xs, ts):
        total = 0.0
        for x, t in zip(xs, ts):
            total += (self.respond(x)[2] - t) ** 2
        return total / len(xs)

    def correct(self, xs, ts, rate):
        move_heights = np.zeros(len(self.heights))
        move_centres = np.zeros(self.centres.shape)
        for x, t in zip(xs, ts):
            away, near, out = self.respond(x)
            wrong = 2 * (out - t)
            move_heights += wrong * near
            for u in range(len(near)):
                move_centres[u] -= wrong * self.heights[u] * near[u] * away[u]
        self.heights -= rate * move_heights / len(xs)
        self.centres -= rate * move_centres / len(xs)


def case(seed):
    rng = np.random.default_rng(seed)
    net = Bumps(rng, 3, 2)
    xs, ts = rng.normal(size=(4, 2)), rng.normal(size=4)
    return lambda: net.correct(xs, ts, 0.2), lambda: net.risk(xs, ts), net, 0.2


MISTAKES = {
    "sign": ("move_centres[u] -= wrong", "move_centres[u] += wrong"),
    "a factor left out": (" * near[u] * away[u]", " * away[u]"),
    "height left out": ("wrong * self.heights[u] * near[u]", "wrong * near[u]"),
    "mean missing": ("rate * move_centres / len(xs)", "rate * move_centres"),
    "the wrong index": ("self.heights[u] * near[u]", "self.heights[0] * near[u]"),
}
