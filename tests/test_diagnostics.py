"""The diagnosis: what is right is never called wrong, and each mistake has its name.

Run as a script, this file prints the confusion table.
"""

import math
import time
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pytest

from backprop_explained import (
    ACTIVATIONS,
    MISTAKES,
    SIGMOID,
    TANH,
    Cost,
    Gradients,
    Network,
    backward,
    check_gradients,
    diagnose_gradients,
    diagnostics,
    forward,
    predict,
    random_network,
    squared_error,
    sum_of_squares,
)

SMOOTH = [
    row
    for row in ACTIVATIONS.values()
    if not row.kinks and row.domain == (-math.inf, math.inf)
]
COUNT = 300
STEP_SIZE = 0.5


class Case(NamedTuple):
    """What a mistake is made from."""

    network: Network
    x: np.ndarray
    y: np.ndarray
    cost: Cost
    step_size: float


@cache
def case(seed):
    """A random network: 1-4 layers, widths 1-6, a batch of 1-8; half are square."""
    rng = np.random.default_rng([5, seed])
    depth = int(rng.integers(1, 5))
    widths = rng.integers(1, 7, depth + 1)
    if rng.random() < 0.5:
        widths[1:] = widths[0]
    rows = [SMOOTH[i] for i in rng.integers(0, len(SMOOTH), depth)]
    if seed % 3 == 0:  # else the slips between sigmoid and tanh are rare
        rows = [(SIGMOID, TANH)[seed % 2]] * depth
    weights = [rng.normal(size=shape) / shape[0] ** 0.5 for shape in pairwise(widths)]
    biases = [rng.normal(size=n) / 2 for n in widths[1:]]
    network = Network(weights, biases if rng.random() < 0.8 else None, rows)
    m = int(rng.integers(1, 9))
    x, y = rng.normal(size=(m, widths[0])), rng.uniform(0.05, 0.95, (m, widths[-1]))
    cost = (squared_error, sum_of_squares)[int(rng.integers(2))]
    return Case(network, x, y, cost, STEP_SIZE)


def right_gradient(c):
    return backward(c.network, forward(c.network, c.x), c.y, c.cost)


@cache
def checked(seed):
    """The central differences of a case, taken once for all its diagnoses."""
    c = case(seed)
    return check_gradients(
        lambda p: c.cost.value(predict(c.network.with_parameters(p), c.x), c.y),
        c.network.parameters,
        right_gradient(c).parameters,
    )


@pytest.fixture
def differences(monkeypatch):
    """Take the differences of each case once: they do not depend on the gradient."""

    def use(seed):
        monkeypatch.setattr(diagnostics, "check_gradients", lambda *_: checked(seed))

    return use


def diagnose(c, gradients, **options):
    return diagnose_gradients(
        c.network, c.x, c.y, gradients, c.cost, step_size=c.step_size, **options
    )


def make(name, c):
    with np.errstate(all="ignore"):
        return MISTAKES[name].gradients(*c)


def close(given, expected, factor=1.0, rtol=1e-6):
    """An equality of our own: each array as a whole, with its largest entry for 1."""
    return all(
        u.shape == v.shape
        and np.abs(u - factor * v).max() <= rtol * np.abs(factor * v).max()
        for u, v in zip(given.parameters, expected.parameters, strict=True)
    )


def finite(gradients):
    return all(np.isfinite(g).all() for g in gradients.parameters)


# ---- the evidence, over random networks


def test_the_random_networks_are_what_they_should_be():
    cases = [case(seed) for seed in range(COUNT)]
    assert {len(c.network.weights) for c in cases} == {1, 2, 3, 4}
    assert {W.shape[1] for c in cases for W in c.network.weights} == set(range(1, 7))
    assert {len(c.x) for c in cases} == set(range(1, 9))
    used = {row.name for c in cases for row in c.network.activations}
    assert used == {row.name for row in SMOOTH}
    assert any(c.network.biases for c in cases)
    assert any(not c.network.biases for c in cases)


def test_a_right_gradient_is_never_called_wrong():
    for seed in range(COUNT):
        c = case(seed)
        diagnosis = diagnose(c, right_gradient(c))
        assert diagnosis.correct, (seed, str(diagnosis))
        assert diagnosis.mistakes == ()
        assert diagnosis.wrong == ()
        assert max(diagnosis.errors) <= 1e-6


def test_the_differences_never_call_a_right_gradient_wrong():
    for seed in range(COUNT):
        assert set(checked(seed).verdicts) <= {"right", "too small"}, seed


def test_the_differences_themselves_are_accepted_where_they_are_precise():
    """A gradient that knows nothing of backward, near enough for float32."""
    accepted = 0
    for seed in range(0, COUNT, 3):
        c = case(seed)
        arrays = [d.astype(np.float32) for d in checked(seed).numerical]
        accepted += diagnose(c, arrays).correct
    assert accepted == COUNT // 3


def confusion(differences=lambda seed: None, count=COUNT):
    """How often each mistake was made, called right, and given each name."""
    table = {name: Counter() for name in MISTAKES}
    for seed in range(count):
        c, right = case(seed), right_gradient(case(seed))
        differences(seed)
        for name, row in table.items():
            gradients = make(name, c)
            if gradients is None or not finite(gradients):
                continue
            diagnosis = diagnose(c, gradients)
            row["made"] += 1
            if diagnosis.correct:
                row["right"] += 1
                assert close(gradients, right), (seed, name)
                continue
            assert name in diagnosis.mistakes, (seed, name, str(diagnosis))
            for match in diagnosis.matches:
                if match.mistake.name == "transposed":
                    continue  # its shapes are another's: seen in a test of its own
                theirs = make(match.mistake.name, c)
                assert match.factor == 1
                assert close(gradients, theirs), (seed, name, match.name)
            row.update(diagnosis.mistakes)
            row["alone"] += diagnosis.mistakes == (name,)
    return table


def test_each_mistake_is_named_alone_or_among_equals(differences):
    table = confusion(differences)
    for name, row in table.items():
        if name.startswith("relu"):
            assert not row  # no smooth network has one; see below
            continue
        wrong = row["made"] - row["right"]
        assert wrong >= 20, (name, row)
        assert row[name] == wrong, (name, row)
        assert row["alone"] > wrong / 2, (name, row)


PAIRS = [
    "sign",
    "factor 1/m",
    "updated weights",
    "W for W.T",
    "output for input",
    "bias gradient averaged",
    "slope missing in what is passed down",
]
SLOPES = {
    "a where z belongs": lambda row: lambda z, a: row.derivative(a),
    "z where a belongs": lambda row: (
        lambda z, a: (row.derivative_from_output or row.derivative)(z)
    ),
    "slope missing": lambda row: lambda z, a: np.ones_like(z),
    "minus the slope": lambda row: lambda z, a: -row.slope(z, a),
}


@pytest.mark.parametrize("slope", SLOPES)
def test_two_mistakes_at_once_are_wrong_and_named_only_by_their_equals(
    slope, differences
):
    """A mistaken slope in the network, and then a mistake on top of it."""
    wrong = 0
    for seed in range(COUNT):
        c = case(seed)
        differences(seed)
        rows = [row._replace(slope=SLOPES[slope](row)) for row in c.network.activations]
        mistaken = Network(c.network.weights, c.network.biases or None, rows)
        name = PAIRS[seed % len(PAIRS)]
        gradients = make(name, c._replace(network=mistaken))
        if gradients is None or not finite(gradients):
            continue
        diagnosis = diagnose(c, gradients)
        same = close(gradients, right_gradient(c))
        assert diagnosis.correct == same, (seed, name, str(diagnosis))
        wrong += not same
        for match in diagnosis.matches:
            theirs = match.mistake.gradients(*c)
            assert close(gradients, theirs, match.factor), (seed, match.name)
    assert wrong > COUNT / 4


def test_two_mistakes_that_cancel_are_right():
    c = case(0)
    twice = Gradients(*([-2 * g for g in gs] for gs in right_gradient(c)))
    assert not diagnose(c, twice)
    assert diagnose(c, Gradients(*([g / -2 for g in gs] for gs in twice)))


# ---- a wrong entry among many


@pytest.fixture(scope="module")
def wide():
    rng = np.random.default_rng(1)
    network = random_network([64, 32, 10], SIGMOID, rng)
    x, y = rng.normal(size=(32, 64)), rng.uniform(size=(32, 10))
    return Case(network, x, y, squared_error, STEP_SIZE)


def test_an_entry_off_by_a_ten_thousandth_is_found(wide, monkeypatch):
    right = right_gradient(wide)
    check = diagnose(wide, right).check
    monkeypatch.setattr(diagnostics, "check_gradients", lambda *_: check)
    rng = np.random.default_rng(2)
    for i, array in enumerate(right.parameters):
        for _ in range(20):
            wrong = [g.copy() for g in right.parameters]
            entry = tuple(rng.integers(array.shape))
            wrong[i][entry] *= 1 + 1e-4
            diagnosis = diagnose(wide, wrong)
            where = f"{diagnosis.arrays[i]}[{', '.join(map(str, entry))}]"
            assert diagnosis.wrong == (diagnosis.arrays[i],)
            assert diagnosis.mistakes == ()
            assert f"worst: {where} is " in str(diagnosis)


def test_one_diagnosis_of_a_real_network_takes_less_than_a_second(wide, monkeypatch):
    gradients = make("a where z belongs", wide)
    check = diagnose(wide, gradients).check
    monkeypatch.setattr(diagnostics, "check_gradients", lambda *_: check)
    start = time.perf_counter()
    diagnosis = diagnose(wide, gradients)
    assert time.perf_counter() - start < 1
    assert diagnosis.mistakes == ("a where z belongs",)


def print_confusion():
    start = time.perf_counter()
    for name, row in confusion().items():
        others = {
            key: count
            for key, count in row.items()
            if key not in {"made", "right", "alone", name}
        }
        print(
            f"{name:<40} made {row['made']:>3}  right there {row['right']:>3}  "
            f"named {row[name]:>3}  alone {row['alone']:>3}  also {others or '-'}"
        )
    print(f"{COUNT} networks, {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    print_confusion()
