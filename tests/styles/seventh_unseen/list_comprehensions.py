"""Rows of weights with the bias last, all in lists and comprehensions."""

import math
import random


def dot(v, w):
    return sum(v_i * w_i for v_i, w_i in zip(v, w))


def softmax(scores):
    top = max(scores)
    exps = [math.exp(s - top) for s in scores]
    return [e / sum(exps) for e in exps]


def feed_forward(network, x):
    hidden_layer, output_layer = network
    hidden = [math.tanh(dot(row, x + [1])) for row in hidden_layer]
    scores = [dot(row, hidden + [1]) for row in output_layer]
    return hidden, softmax(scores)


def gradients(network, x, target):
    hidden_layer, output_layer = network
    hidden, probs = feed_forward(network, x)
    out_deltas = [p - t for p, t in zip(probs, target)]
    out_grads = [[d * h for h in hidden + [1]] for d in out_deltas]
    hid_errors = [
        dot(out_deltas, [row[i] for row in output_layer]) for i in range(len(hidden))
    ]
    hid_deltas = [e * (1 - h**2) for e, h in zip(hid_errors, hidden)]
    hid_grads = [[d * x_j for x_j in x + [1]] for d in hid_deltas]
    return [hid_grads, out_grads]


def gradient_step(network, batch, lr):
    all_grads = [gradients(network, x, t) for x, t in batch]
    for k, layer in enumerate(network):
        for i, row in enumerate(layer):
            for j in range(len(row)):
                g = sum(grads[k][i][j] for grads in all_grads) / len(batch)
                row[j] -= lr * g


def loss(network, batch):
    total = 0
    for x, target in batch:
        _, probs = feed_forward(network, x)
        total -= sum(t * math.log(p) for t, p in zip(target, probs))
    return total / len(batch)


def case(seed):
    rnd = random.Random(seed)
    network = [
        [[rnd.uniform(-1, 1) for _ in range(4)] for _ in range(3)],
        [[rnd.uniform(-1, 1) for _ in range(4)] for _ in range(3)],
    ]
    batch = [
        ([rnd.gauss(0, 1) for _ in range(3)], [float(c == k % 3) for c in range(3)])
        for k in range(4)
    ]
    return (
        lambda: gradient_step(network, batch, 0.3),
        lambda: loss(network, batch),
        network,
        0.3,
    )


MISTAKES = {
    "slope missing, hidden layers": (
        "hid_deltas = [e * (1 - h**2) for e, h in zip(hid_errors, hidden)]",
        "hid_deltas = hid_errors",
    ),
    "a where z belongs, hidden layers": (
        "[e * (1 - h**2) for e, h",
        "[e * (1 - math.tanh(h) ** 2) for e, h",
    ),
    "the sigmoid's slope for tanh, from a": ("[e * (1 - h**2)", "[e * h * (1 - h)"),
    "slope left in, output layer": (
        "out_deltas = [p - t for p, t in zip(probs, target)]",
        "out_deltas = [(p - t) * p * (1 - p) for p, t in zip(probs, target)]",
    ),
    "sign": (
        "[p - t for p, t in zip(probs, target)]",
        "[t - p for p, t in zip(probs, target)]",
    ),
    "factor m": (
        "sum(grads[k][i][j] for grads in all_grads) / len(batch)",
        "sum(grads[k][i][j] for grads in all_grads)",
    ),
    "W for W.T": (
        "dot(out_deltas, [row[i] for row in output_layer])",
        "dot(out_deltas, output_layer[i])",
    ),
    "output for input": ("for x_j in x + [1]]", "for x_j in hidden + [1]]"),
    "transposed": (
        "out_grads = [[d * h for h in hidden + [1]] for d in out_deltas]",
        "out_grads = [[d * h for d in out_deltas + [1]] for h in hidden]",
    ),
    "bias gradient missing": (
        "[d * h for h in hidden + [1]]",
        "[d * h for h in hidden + [0]]",
    ),
    "index of the weight shifted": (
        "[row[i] for row in output_layer]",
        "[row[i + 1] for row in output_layer]",
    ),
    "the last example left out": (
        "for x, t in batch]\n    for k",
        "for x, t in batch[:-1]]\n    for k",
    ),
}
