"""All parameters in one vector: judged as any array, and named where it can be cut."""

import numpy as np
import pytest
from programs import style_of

from backprop_explained import check_step, diagnose_gradients

s = lambda z: 1 / (1 + np.exp(-z))
rng = np.random.default_rng(4)
X, Y = rng.normal(size=(7, 3)), rng.random((7, 2))
LABELS = np.array([0, 1, 2, 2, 1, 0, 1])
HIDDEN = 5


def laid_out(kind, one, b1, two, b2):
    """One vector, as different people flatten it."""
    folded = [np.vstack([b, W]) for b, W in ((b1, one), (b2, two))]
    parts = {
        "W1 b1 W2 b2": [one, b1, two, b2],
        "W1 W2 b1 b2": [one, two, b1, b2],
        "transposed": [one.T, b1, two.T, b2],
        "a column of ones": [M.T for M in folded],
        "the same, column by column": folded,
    }[kind]
    return np.concatenate([part.reshape(-1) for part in parts])


KINDS = (
    *("W1 b1 W2 b2", "W1 W2 b1 b2", "transposed"),
    *("a column of ones", "the same, column by column"),
)


def read(kind, vector):
    """The four arrays of a vector, found by what its own numbers are."""
    shapes = (3, HIDDEN), (1, HIDDEN), (HIDDEN, 2), (1, 2)
    sizes = np.cumsum([int(np.prod(shape)) for shape in shapes])[:-1]
    parts = np.split(np.arange(vector.size), sizes)
    numbered = [p.reshape(shape) for p, shape in zip(parts, shapes, strict=True)]
    place = np.argsort(laid_out(kind, *numbered))
    return [vector[place[n]] for n in numbered]


def forward(arrays):
    one, b1, two, b2 = arrays
    h = s(X @ one + b1)
    return h, s(h @ two + b2)


def gradient(kind, vector, slip):
    arrays = read(kind, vector)
    h, a = forward(arrays)
    d2 = (a - Y) * (s(a) * (1 - s(a)) if slip else a * (1 - a))
    d1 = (d2 @ arrays[2].T) * h * (1 - h)
    parts = [X.T @ d1, d1.sum(axis=0), h.T @ d2, d2.sum(axis=0)]
    return laid_out(kind, parts[0], parts[1][None], parts[2], parts[3][None])


@pytest.mark.parametrize("kind", KINDS)
def test_a_mistake_in_one_vector_is_named(kind):
    theta = np.random.default_rng(0).normal(size=3 * 5 + 5 + 5 * 2 + 2)
    cost = lambda p: 0.5 * np.sum((forward(read(kind, p[0]))[1] - Y) ** 2)
    assert diagnose_gradients([theta], X, Y, [gradient(kind, theta, slip=False)], cost)
    wrong = gradient(kind, theta, slip=True)
    found = diagnose_gradients([theta], X, Y, [wrong], cost)
    assert not found
    assert [m.name for m in found.matches] == ["a where z belongs, output layer"]


def test_class_numbers_say_how_wide_the_output_is():
    W = np.random.default_rng(1).normal(size=(3, 3))

    def probabilities(vector):
        e = np.exp(X @ vector.reshape(3, 3))
        return e / e.sum(axis=1, keepdims=True)

    cost = lambda p: -np.log(probabilities(p[0])[np.arange(7), LABELS]).mean()
    delta = probabilities(W.ravel()) - np.eye(3)[LABELS]
    given = [(X.T @ delta).ravel()]
    found = diagnose_gradients([W.ravel()], X, LABELS, given, cost)
    assert not found
    assert "m = 7" in found.matches[0].name


def test_what_is_no_such_network_is_judged_and_not_named():
    theta = np.ones(32)
    cost = lambda p: float(np.sin(p[0]).sum())
    found = diagnose_gradients([theta], X, Y, [2 * np.cos(theta)], cost)
    assert not found
    assert not found.matches
    assert diagnose_gradients([theta], X, Y, [np.cos(theta)], cost)


def test_a_step_on_one_vector_is_named_too():
    check = check_step(*style_of("theta_unrolled").case(0, "a where z belongs"))
    assert check.diagnosis is not None
    names = [match.name for match in check.diagnosis.matches]
    assert names == ["a where z belongs, hidden layers"]
