"""A model of letters: dictionaries with the time as key, a guess after each letter."""

import numpy as np

H, V = 5, 4


def loss_and_grads(letters, nexts, h_start):
    x, h, prob = {}, {-1: h_start}, {}
    loss = 0
    for t in range(len(letters)):
        x[t] = np.zeros((V, 1))
        x[t][letters[t]] = 1
        h[t] = np.tanh(Wxh @ x[t] + Whh @ h[t - 1] + bh)
        score = Why @ h[t] + by
        prob[t] = np.exp(score) / np.sum(np.exp(score))
        loss += -np.log(prob[t][nexts[t], 0])
    dWxh, dWhh, dWhy = np.zeros((H, V)), np.zeros((H, H)), np.zeros((V, H))
    dbh, dby = np.zeros((H, 1)), np.zeros((V, 1))
    dh_later = np.zeros((H, 1))
    for t in reversed(range(len(letters))):
        dscore = prob[t].copy()
        dscore[nexts[t]] -= 1
        dWhy += dscore @ h[t].T
        dby += dscore
        dh = Why.T @ dscore + dh_later
        draw = (1 - h[t] * h[t]) * dh
        dbh += draw
        dWxh += draw @ x[t].T
        dWhh += draw @ h[t - 1].T
        dh_later = Whh.T @ draw
    return loss, (dWxh, dWhh, dWhy, dbh, dby)


def learn(letters, nexts, h_start):
    _, grads = loss_and_grads(letters, nexts, h_start)
    for param, grad in zip((Wxh, Whh, Why, bh, by), grads):
        param -= 0.05 * grad


def case(seed):
    global Wxh, Whh, Why, bh, by
    rng = np.random.default_rng(seed)
    Wxh, Whh = rng.normal(size=(H, V)) * 0.7, rng.normal(size=(H, H)) * 0.7
    Why, bh = rng.normal(size=(V, H)) * 0.7, rng.normal(size=(H, 1)) * 0.1
    by, h_start = np.zeros((V, 1)), rng.normal(size=(H, 1)) * 0.5
    letters, nexts = [0, 2, 1, 1, 3], [2, 1, 1, 3, 0]
    return (
        lambda: learn(letters, nexts, h_start),
        lambda: loss_and_grads(letters, nexts, h_start)[0],
        [Wxh, Whh, Why, bh, by],
        0.05,
    )


MISTAKES = {
    "the letter that was read": ("dscore[nexts[t]] -= 1", "dscore[letters[t]] -= 1"),
    "nothing from later": ("dh = Why.T @ dscore + dh_later", "dh = Why.T @ dscore"),
    "not turned": ("dh_later = Whh.T @ draw", "dh_later = Whh @ draw"),
    "the state of now": ("draw @ h[t - 1].T", "draw @ h[t].T"),
    "bias before the slope": ("dbh += draw", "dbh += dh"),
}
