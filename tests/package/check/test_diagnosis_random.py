"""The diagnosis on random networks: nothing right accused, each mistake named."""

import math

import numpy as np
import pytest
from diagnosed import COUNT, check_of_right, times

from backprop_explained import MISTAKES, Network
from backprop_explained.check.mistaken_pass import mistaken as mistaken_pass
from sitebuild.evidence.diagnosis import COUNT as RECORDED
from sitebuild.evidence.diagnosis import (
    SMOOTH,
    case,
    close,
    diagnose,
    letters,
    make,
    recorded,
    right_gradient,
)
from sitebuild.evidence.digits import is_finite

SAMPLE = range(7, RECORDED, 20)


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
    for seed in range(0, COUNT, 3):  # the record has 300
        c = case(seed)
        diagnosis = diagnose(c, right_gradient(c))
        assert diagnosis.correct, (seed, str(diagnosis))
        assert diagnosis.mistakes == ()
        assert diagnosis.wrong == ()
        assert max(diagnosis.errors) <= 1e-6


def test_the_differences_never_call_a_right_gradient_wrong():
    for seed in range(COUNT):
        assert set(check_of_right(seed).verdicts) <= {"right", "undecided"}, seed


def test_the_differences_themselves_are_accepted_where_they_are_precise():
    """A gradient that knows nothing of backward, near enough for float32."""
    accepted = 0
    for seed in range(0, COUNT, 3):
        numerical = check_of_right(seed, "entries").numerical
        accepted += diagnose(case(seed), [d.astype("f4") for d in numerical]).correct
    assert accepted == len(range(0, COUNT, 3))


def test_in_the_record_nothing_right_is_accused_and_nothing_wrong_let_through():
    kept = recorded()
    assert kept[""] == "r" * RECORDED
    assert RECORDED >= 300
    for name, row in kept.items():
        assert len(row) == RECORDED
        assert set(row) <= set("r-=an"), name


def test_in_the_record_each_mistake_is_named_alone_or_among_equals():
    for name, row in recorded().items():
        if not name:
            continue
        if name.startswith("relu"):
            assert set(row) == {"-"}  # no smooth network has one; see the cases
            continue
        wrong = row.count("a") + row.count("n")
        assert wrong >= 60, name
        assert row.count("a") > wrong / 2, name


@pytest.mark.parametrize("name", ["", *MISTAKES])
def test_a_sample_of_the_record_is_found_again(name):
    found = letters(name, SAMPLE)
    assert set(found) <= set("r-=an")
    if name in recorded():  # one that is new has no record yet
        assert found == recorded()[name][SAMPLE.start :: SAMPLE.step]


PAIRS = [
    *("sign", "factor 1/m", "updated weights", "W for W.T", "output for input"),
    *("bias gradient averaged", "slope missing in what is passed down"),
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
def test_two_mistakes_at_once_are_wrong_and_named_only_by_their_equals(slope):
    """A mistaken slope in the network, and then a mistake on top of it."""
    wrong = together = 0
    for seed in range(0, COUNT, 2):
        c = case(seed)
        rows = [row._replace(slope=SLOPES[slope](row)) for row in c.network.activations]
        mistaken = Network(c.network.weights, c.network.biases or None, rows)
        name = PAIRS[seed % len(PAIRS)]
        gradients = make(name, c._replace(network=mistaken))
        if gradients is None or not is_finite(gradients):
            continue
        diagnosis = diagnose(c, gradients)
        same = close(gradients, right_gradient(c))
        assert diagnosis.correct == same, (seed, name, str(diagnosis))
        wrong += not same
        if diagnosis.together:
            together += 1
            assert close(gradients, made_of(diagnosis.matches, c)), (seed, name)
            continue
        for match in diagnosis.matches:
            theirs = match.mistake.gradients(*c)
            assert close(gradients, theirs, match.factor), (seed, match.name)
    assert wrong > COUNT / 8
    assert together > wrong / 3 or slope == "minus the slope"


def made_of(matches, c):
    """All of the mistakes made in one backward pass, each in its layers."""
    lines = {}

    def first(here):
        return lambda v: next((f(v) for at, f in here if v.layer in at), None)

    for match in matches:
        for name, line in match.mistake.gradients.lines.items():
            if match.layers:
                lines.setdefault(name, []).append((match.layers, line))
    run = mistaken_pass(**{name: first(here) for name, here in lines.items()})
    factor = math.prod(match.factor for match in matches)
    return times(run(*c) or right_gradient(c), factor)
