"""The diagnosis without a network of ours: by the cost, however it is written."""

import numpy as np
import pytest
from diagnosed import times
from own_networks import (
    COSTS,
    COUNT,
    ORDERS,
    ROWS,
    home_made,
    layer,
    own_network,
    s,
    same,
)

from backprop_explained import MISTAKES, Network, diagnose_gradients, squared_error


def test_the_networks_are_of_many_kinds():
    cases = [own_network(seed) for seed in range(COUNT)]
    used = {row.name for c in cases for row in c.network.activations}
    assert used == {row.name for row in ROWS}
    assert {c.cost for c in cases} == set(COSTS)
    kinds = {(c.flip, c.columns, c.bias, c.order) for c in cases if c.network.biases}
    assert len(kinds) == 2 * 2 * 3 * len(ORDERS)
    assert any(c.decay for c in cases)
    assert any(not c.network.biases for c in cases)


def test_no_right_gradient_is_accused():
    for seed in range(COUNT):
        c = own_network(seed)
        diagnosis = c.diagnose(c.right())
        assert diagnosis, (seed, str(diagnosis))
        assert (diagnosis.matches, diagnosis.wrong) == ((), ())


def test_a_mistaken_gradient_is_wrong_and_the_mistake_has_its_name():
    names = [n for n in MISTAKES if "bias gradient" not in n]
    made = 0
    for seed in range(0, COUNT, 6):
        c, name = own_network(seed), names[seed // 6 % len(names)]
        with np.errstate(all="ignore"):
            given = MISTAKES[name].gradients(c.network, c.x, c.y, c.cost, 0.1)
        if given is None or same(given, c.right()):
            continue
        diagnosis = c.diagnose(given, step_size=0.1)
        assert not diagnosis, (seed, name)
        assert name in diagnosis.mistakes, (seed, name, str(diagnosis))
        made += 1
    assert made > 20


@pytest.mark.parametrize("share", [0.0, 0.5, 2.0])
def test_what_became_of_the_penalty_is_named(share):
    word = {0.0: "missing", 0.5: "halved", 2.0: "doubled"}[share]
    for seed in range(5):
        c = own_network(seed, decay=0.2)
        diagnosis = c.diagnose(c.right(), share)
        assert not diagnosis
        assert f"“the penalty {word}”" in str(diagnosis), (seed, str(diagnosis))
        weights = {f"W{i}" for i, _ in enumerate(c.network.weights, 1)}
        assert set(diagnosis.wrong) == weights


def test_a_mistake_beside_a_missing_penalty_is_named_with_it():
    c = own_network(3, decay=0.2)
    given = MISTAKES["sign"].gradients(c.network, c.x, c.y, c.cost, None)
    diagnosis = c.diagnose(given, 0.0)
    assert diagnosis.together
    assert diagnosis.mistakes == ("penalty", "sign")
    whole = c.diagnose(given, -1.0)
    assert whole.mistakes == ("sign",)


# ---- the three right codes of a trial


def example_loop(mean):
    """Five examples, an update after each, and the sum of the changes."""
    rng = np.random.default_rng(3)
    x, y = rng.normal(size=(5, 3)), rng.uniform(size=(5, 1))
    W, b = rng.normal(size=(3, 1)), np.zeros((1, 1))
    start = W.copy(), b.copy()
    for i in range(5):
        a = s(x[i : i + 1] @ W + b)
        delta = (a - y[i : i + 1]) * a * (1 - a)
        W = W - 0.1 * x[i : i + 1].T @ delta
        b = b - 0.1 * delta
    changes = [(before - now) / 0.1 for before, now in zip(start, (W, b), strict=True)]

    def cost(parameters):
        errors = (s(x @ parameters[0] + parameters[1]) - y) ** 2
        return (np.mean(errors) if mean else np.sum(errors)) / 2

    return list(start), x, y, changes, cost


@pytest.mark.parametrize("mean", [False, True])
@pytest.mark.parametrize("step_size", [None, 0.1])
def test_updates_one_after_each_example_are_right(mean, step_size):
    diagnosis = diagnose_gradients(*example_loop(mean), step_size=step_size)
    assert diagnosis, str(diagnosis)
    assert "right updates with a step of 0.1, one after each example" in str(diagnosis)


def test_updates_that_are_mistaken_are_not_right_for_being_several():
    W, x, y, changes, cost = example_loop(False)
    assert not diagnose_gradients(W, x, y, [-c for c in changes], cost, step_size=0.1)
    assert not diagnose_gradients(W, x, y, [2 * c for c in changes], cost)
    assert not diagnose_gradients(W, x, y, changes, cost, step_size=0.2)


def test_such_updates_are_right_beside_a_network_as_well():
    (W, b), x, y, changes, _ = example_loop(False)
    network = Network([W], [b.reshape(-1)])
    assert diagnose_gradients(network, x, y, changes)
    assert not diagnose_gradients(network, x, y, [-c for c in changes])


def test_a_mean_cost_is_read_from_the_cost():
    x, W = np.linspace(-1, 1, 12).reshape(6, 2), np.array([[0.4, -0.3], [0.2, 0.9]])
    y = np.full((6, 2), 0.25)
    error = s(x @ W) - y
    given = x.T @ (2 * error * s(x @ W) * (1 - s(x @ W)) / error.size)
    mean = lambda p: np.mean((s(x @ p[0]) - y) ** 2)
    assert diagnose_gradients([W], x, y, [given], mean)
    text = str(diagnose_gradients([W], x, y, [given * 12], mean))
    assert "change: error = 2 * (a - y)\n" in text
    assert "“the right gradient times 12”" in text


def test_a_gradient_of_a_mean_is_told_of_it_where_no_cost_is_named():
    c = own_network(1)  # a mean
    network = Network([np.array([[0.5, 0.1], [-1.0, 0.3]])], [np.array([0.1, 0.2])])
    x, y = np.arange(6.0).reshape(3, 2) / 3, np.full((3, 2), 0.3)
    right = c._replace(network=network, x=x, y=y).right()
    diagnosis = diagnose_gradients(network, x, y, right)
    assert not diagnosis
    assert "for sum((a - y)**2) / (2 * m), with m = 3, it is right" in str(diagnosis)
    named = diagnose_gradients(network, x, y, right, squared_error)
    assert "no cost was named" not in str(named)
    assert diagnose_gradients(network, x, y, right, c.cost)
    other = diagnose_gradients(network, x, y, times(right, 0.7))
    assert "no cost was named" not in str(other)


def test_a_forward_pass_of_their_own_is_judged_by_differences():
    x, y, W = layer(5)
    cost = lambda p: np.sum((home_made(x @ p[0]) - y) ** 2) / 2
    z = x @ W
    slope = 1.7159 * 2 / 3 / np.cosh(2 * z / 3) ** 2 + 0.01 * np.cos(z)
    right = x.T @ ((home_made(z) - y) * slope)
    assert diagnose_gradients([W], x, y, [right], cost)
    diagnosis = diagnose_gradients([W], x, y, [1.5 * right], cost)
    assert not diagnosis
    assert diagnosis.matches == ()
    assert "was not recognised from its cost" in str(diagnosis)


@pytest.mark.parametrize(
    ("slope", "change", "to"),
    [
        (
            lambda z, a: 1 - np.tanh(a) ** 2,
            " * tanh_derivative(a)",
            " * tanh_derivative(z)",
        ),
        (lambda z, a: 1 - z**2, " * (1 - z**2)", " * (1 - a**2)"),
        (lambda z, a: 1, "", " * tanh_derivative(z)"),
    ],
)
def test_a_tanh_network_is_not_told_of_the_sigmoid(slope, change, to):
    x, y, W = layer(8)
    z, a = x @ W, np.tanh(x @ W)
    given = x.T @ ((a - y) * slope(z, a))
    cost = lambda p: 0.5 * np.sum((np.tanh(x @ p[0]) - y) ** 2)
    text = str(diagnose_gradients([W], x, y, [given], cost))
    delta = "delta = error"
    assert f"  change: {delta}{change}\n  to:     {delta}{to}\n" in text
    assert "sigmoid" not in text
