"""Two tables of word vectors, pulled together for pairs and apart for drawn words."""

import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def pair_cost(centre, context, word, near, far):
    v = centre[word]
    cost = -np.log(sigmoid(np.dot(context[near], v)))
    for other in far:
        cost -= np.log(sigmoid(-np.dot(context[other], v)))
    return cost


def total(centre, context, pairs):
    return sum(pair_cost(centre, context, *pair) for pair in pairs)


def pair_grad(centre, context, word, near, far):
    v = centre[word]
    g_context = np.zeros_like(context)
    p = sigmoid(np.dot(context[near], v))
    g_v = (p - 1) * context[near]
    g_context[near] += (p - 1) * v
    for other in far:
        q = sigmoid(np.dot(context[other], v))
        g_v = g_v + q * context[other]
        g_context[other] += q * v
    return g_v, g_context


def descend(centre, context, pairs, eta):
    all_centre, all_context = np.zeros(centre.shape), np.zeros(context.shape)
    for pair in pairs:
        g_v, g_context = pair_grad(centre, context, *pair)
        all_centre[pair[0]] += g_v
        all_context += g_context
    centre[:] = centre - eta * all_centre
    context[:] = context - eta * all_context


def case(seed):
    rng = np.random.default_rng(seed)
    centre, context = rng.normal(size=(5, 3)), rng.normal(size=(5, 3))
    pairs = [(0, 1, [2, 3]), (1, 4, [0, 2]), (3, 2, [4, 4]), (0, 2, [1, 4])]
    return (
        lambda: descend(centre, context, pairs, 0.1),
        lambda: total(centre, context, pairs),
        {"centre": centre, "context": context},
        0.1,
    )


MISTAKES = {
    "the one forgotten": ("g_v = (p - 1) * context[near]", "g_v = p * context[near]"),
    "one for the drawn words too": (
        "g_v = g_v + q * context[other]",
        "g_v = g_v + (q - 1) * context[other]",
    ),
    "only the last kept": (
        "g_v = g_v + q * context[other]",
        "g_v = q * context[other]",
    ),
    "set, not added": ("all_centre[pair[0]] += g_v", "all_centre[pair[0]] = g_v"),
    "the table exchanged": (
        "g_context[near] += (p - 1) * v",
        "g_context[near] += (p - 1) * context[near]",
    ),
}
