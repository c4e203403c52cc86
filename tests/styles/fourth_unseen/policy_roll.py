"""Choices of a policy, each weighted by what came of it; a dictionary of weights."""

import numpy as np


def forward(model, x):
    h = np.dot(x, model["W1"])
    h[h < 0] = 0
    logp = np.dot(h, model["W2"])
    return 1.0 / (1.0 + np.exp(-logp)), h


def discount(r, gamma=0.9):
    out = np.zeros_like(r)
    running = 0.0
    for t in reversed(range(len(r))):
        running = running * gamma + r[t]
        out[t] = running
    return out


def loss(model, epx, epy, epr):
    p, _ = forward(model, epx)
    weight = discount(epr)
    chosen = np.where(epy == 1, p, 1 - p)
    return -np.sum(weight * np.log(chosen))


def policy_backward(model, eph, epx, epdlogp):
    dW2 = np.dot(eph.T, epdlogp).ravel()
    dh = np.outer(epdlogp, model["W2"])
    dh[eph <= 0] = 0
    dW1 = np.dot(epx.T, dh)
    return {"W1": dW1, "W2": dW2}


def learn(model, epx, epy, epr, rate):
    aprob, eph = forward(model, epx)
    dlogps = epy - aprob
    dlogps *= discount(epr)
    grad = policy_backward(model, eph, epx, dlogps)
    for k, v in model.items():
        v += rate * grad[k]


def case(seed):
    rng = np.random.default_rng(seed)
    model = {"W1": rng.normal(size=(4, 6)), "W2": rng.normal(size=6)}
    epx = rng.normal(size=(8, 4))
    epy, epr = rng.integers(0, 2, 8), rng.normal(size=8)
    return (
        lambda: learn(model, epx, epy, epr, 0.01),
        lambda: loss(model, epx, epy, epr),
        model,
        0.01,
    )


MISTAKES = {
    "a probability for a label": ("dlogps = epy - aprob", "dlogps = 1 - aprob"),
    "reward left out": ("    dlogps *= discount(epr)\n", ""),
    "reward not discounted": ("dlogps *= discount(epr)", "dlogps *= epr"),
    "gate on the gradient": ("dh[eph <= 0] = 0", "dh[dh <= 0] = 0"),
    "weights for hidden": (
        "dW2 = np.dot(eph.T, epdlogp).ravel()",
        "dW2 = np.dot(np.dot(epx, model['W1']).T, epdlogp).ravel()",
    ),
}
