"""No NumPy: weights in a list, the batch in a list of pairs, updates after the batch."""

import math


class Logistic:
    def __init__(self, weights, bias):
        self.weights, self.bias = list(weights), bias

    def probability(self, features):
        z = self.bias + sum(w * f for w, f in zip(self.weights, features))
        return 1 / (1 + math.exp(-z))

    def train(self, batch, rate):
        sums, bias_sum = [0.0] * len(self.weights), 0.0
        for features, label in batch:
            error = self.probability(features) - label
            bias_sum += error
            for i, feature in enumerate(features):
                sums[i] += error * feature
        self.weights = [w - rate * s / len(batch) for w, s in zip(self.weights, sums)]
        self.bias -= rate * bias_sum / len(batch)

    def loss(self, batch):
        total = 0.0
        for features, label in batch:
            p = self.probability(features)
            total -= math.log(p if label else 1 - p)
        return total / len(batch)


def case(seed):
    model = Logistic([0.3 + seed / 5, -0.8], 0.1)
    batch = [((1.0, 0.5), 1), ((-0.4, 2.0), 0), ((0.7, -1.1), 1)]
    return lambda: model.train(batch, 0.25), lambda: model.loss(batch), model, 0.25


MISTAKES = {
    "mean missing": ("rate * s / len(batch)", "rate * s"),
    "sign": (
        "self.probability(features) - label",
        "label - self.probability(features)",
    ),
    "a sum that is not added": (
        "            bias_sum += error",
        "            bias_sum = error",
    ),
}
