"""One filter moved along a signal, rectified, and a weighted sum of what it sees."""

import numpy as np


class Detector:
    def __init__(self, rng, width, positions):
        self.filter = rng.normal(size=width)
        self.threshold = 0.1
        self.votes = rng.normal(size=positions)

    def look(self, signal):
        width = len(self.filter)
        self.seen = [signal[i : i + width] for i in range(len(self.votes))]
        self.match = np.array([self.filter @ part for part in self.seen])
        self.fired = np.maximum(self.match - self.threshold, 0)
        return self.votes @ self.fired

    def loss(self, signals, targets):
        errors = [self.look(s) - t for s, t in zip(signals, targets)]
        return sum(e * e for e in errors) / len(errors)

    def practise(self, signals, targets, rate):
        d_filter = np.zeros_like(self.filter)
        d_votes = np.zeros_like(self.votes)
        d_threshold = 0.0
        for s, t in zip(signals, targets):
            error = 2 * (self.look(s) - t) / len(signals)
            d_votes += error * self.fired
            d_match = error * self.votes * (self.match > self.threshold)
            for part, d in zip(self.seen, d_match):
                d_filter += d * part
            d_threshold -= d_match.sum()
        self.filter -= rate * d_filter
        self.votes -= rate * d_votes
        self.threshold -= rate * d_threshold


def case(seed):
    rng = np.random.default_rng(seed)
    net = Detector(rng, 3, 5)
    signals, targets = rng.normal(size=(4, 7)), rng.normal(size=4)
    return (
        lambda: net.practise(signals, targets, 0.1),
        lambda: net.loss(signals, targets),
        net,
        0.1,
    )


MISTAKES = {
    "factor 2": ("error = 2 * (self.look(s) - t)", "error = (self.look(s) - t)"),
    "gate missing": (" * (self.match > self.threshold)", ""),
    "gate at zero": ("(self.match > self.threshold)", "(self.match > 0)"),
    "sign of the threshold": ("d_threshold -= d_match", "d_threshold += d_match"),
    "the last position alone": ("d_filter += d * part", "d_filter = d * part"),
    "votes before the gate": (
        "d_votes += error * self.fired",
        "d_votes += error * self.match",
    ),
}
