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
    IDENTITY,
    MISTAKES,
    RELU,
    SIGMOID,
    TANH,
    Cost,
    Gradients,
    Network,
    backward,
    check_gradients,
    cross_entropy,
    diagnose_gradients,
    forward,
    mean_of,
    predict,
    random_network,
    sigmoid_derivative,
    softmax_cross_entropy,
    squared_error,
    sum_of_squares,
)
from backprop_explained.check import judgement
from backprop_explained.check.mistaken_pass import mistaken as mistaken_pass

SMOOTH = [
    row
    for row in ACTIVATIONS.values()
    if not row.kinks and row.domain == (-math.inf, math.inf)
]
COUNT = 100
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


def checked(seed, method="auto"):
    """The gradient check of a case's right gradient."""
    c = case(seed)
    return check_gradients(
        lambda p: c.cost.value(predict(c.network.with_parameters(p), c.x), c.y),
        c.network.parameters,
        right_gradient(c).parameters,
        method=method,
    )


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
        assert set(checked(seed).verdicts) <= {"right", "undecided"}, seed


def test_the_differences_themselves_are_accepted_where_they_are_precise():
    """A gradient that knows nothing of backward, near enough for float32."""
    accepted = 0
    for seed in range(0, COUNT, 3):
        c = case(seed)
        arrays = [d.astype(np.float32) for d in checked(seed, "entries").numerical]
        accepted += diagnose(c, arrays).correct
    assert accepted == len(range(0, COUNT, 3))


def confusion(count=COUNT):
    """How often each mistake was made, called right, and given each name."""
    table = {name: Counter() for name in MISTAKES}
    for seed in range(count):
        c, right = case(seed), right_gradient(case(seed))
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


def test_each_mistake_is_named_alone_or_among_equals():
    table = confusion()
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
def test_two_mistakes_at_once_are_wrong_and_named_only_by_their_equals(slope):
    """A mistaken slope in the network, and then a mistake on top of it."""
    wrong = together = 0
    for seed in range(COUNT):
        c = case(seed)
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
        if diagnosis.together:
            together += 1
            assert close(gradients, made_of(diagnosis.matches, c)), (seed, name)
            continue
        for match in diagnosis.matches:
            theirs = match.mistake.gradients(*c)
            assert close(gradients, theirs, match.factor), (seed, match.name)
    assert wrong > COUNT / 4
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


def test_two_mistakes_at_once_are_both_named(small):
    d2 = forward(small.network, small.x).output - small.y  # a slope is missing
    a1 = forward(small.network, small.x).activations[1]
    below = d2 @ small.network.weights[1].T
    d1 = below * sigmoid_derivative(a1)  # and a where z belongs
    weights = [2 * small.x.T @ d1, 2 * a1.T @ d2]
    diagnosis = diagnose(small, [*weights, 2 * d1.sum(axis=0), 2 * d2.sum(axis=0)])
    assert diagnosis.together
    assert diagnosis.mistakes == (
        "slope missing, output layer",
        "a where z belongs, hidden layers",
        "constant factor",
    )
    assert "hidden layers” and “the right gradient times 2”, together" in str(diagnosis)
    assert "“a where z belongs, hidden layers”, in layer 1" in str(diagnosis)


# ---- the cost that was given


@pytest.mark.parametrize(
    ("cost", "error", "right"),
    [
        (sum_of_squares, "(a - y)", "2 * (a - y)"),
        (squared_error, "(a - y) / 2", "(a - y)"),
        (mean_of(sum_of_squares, "examples"), "(a - y) / m", "2 * (a - y) / m"),
        (lambda a, y: np.sum((a - y) ** 2) / 10, "(a - y) / (2 * m)", "(a - y) / m"),
    ],
)
def test_a_missing_factor_is_put_in_terms_of_the_cost_given(small, cost, error, right):
    c = small._replace(cost=cost)
    sums = right_gradient(small._replace(cost=sum_of_squares))
    given = np.ones((2, 5, 2))
    factor = cost(given[0], 0 * given[1]) / sum_of_squares(given[0], 0 * given[1])
    assert diagnose(c, times(sums, factor))
    text = str(diagnose(c, times(sums, factor / 2)))
    assert "your cost is sum((a - y)**2)" in text
    assert f"  change: error = {error}\n  to:     error = {right}\n" in text


def test_any_function_of_a_and_y_is_a_cost(small):
    def odd(a, y):
        return float((np.abs(a - y) ** 3).sum())

    slope = lambda a, y: 3 * np.abs(a - y) * (a - y)
    right = right_gradient(small._replace(cost=Cost("odd", odd, slope)))
    assert diagnose(small._replace(cost=odd), right)
    twice = diagnose(small._replace(cost=odd), times(right, 2))
    assert twice.mistakes == ("factor 2",)


def test_softmax_is_the_vector_case(small):
    network = Network(small.network.weights, small.network.biases, [TANH, IDENTITY])
    y = np.eye(2)[[0, 1, 1, 0, 1]]
    c = small._replace(network=network, y=y, cost=mean_of(softmax_cross_entropy))
    z = forward(network, c.x).output
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    hidden = forward(network, c.x).activations[1]
    d2 = (p - y) / y.size
    d1 = d2 @ network.weights[1].T * (1 - hidden**2)
    arrays = [c.x.T @ d1, hidden.T @ d2, d1.sum(axis=0), d2.sum(axis=0)]
    assert diagnose(c, arrays)
    text = str(diagnose(c, [4 * array for array in arrays]))
    assert "your cost is sum(-y * ln(softmax(z))) / " in text


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


def test_an_entry_off_by_a_ten_thousandth_is_found(wide):
    right = right_gradient(wide)
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


def test_one_diagnosis_of_a_real_network_takes_less_than_a_second(wide):
    gradients = make("a where z belongs", wide)
    start = time.perf_counter()
    diagnosis = diagnose(wide, gradients)
    assert time.perf_counter() - start < 1
    assert diagnosis.mistakes == ("a where z belongs",)


# ---- ways to write a gradient down


@pytest.fixture
def small():
    """Layers of 3, 4 and 2, a batch of 5."""
    rng = np.random.default_rng(9)
    network = random_network([3, 4, 2], SIGMOID, rng)
    x, y = rng.normal(size=(5, 3)), rng.uniform(size=(5, 2))
    return Case(network, x, y, squared_error, STEP_SIZE)


def test_lists_of_arrays_and_of_numbers_are_taken(small):
    arrays = right_gradient(small).parameters
    assert diagnose(small, arrays)
    assert diagnose(small, tuple(arrays))
    assert diagnose(small, [array.tolist() for array in arrays])
    assert diagnose(small, [array.astype(np.float32) for array in arrays])


def test_a_mistake_in_float32_is_named(small):
    made = make("a where z belongs", small).parameters
    diagnosis = diagnose(small, [array.astype(np.float32) for array in made])
    assert diagnosis.mistakes == ("a where z belongs",)


def test_a_network_in_float32_is_judged_in_float64(small):
    network = small.network
    short = Network(
        [W.astype(np.float32) for W in network.weights],
        [b.astype(np.float32) for b in network.biases],
    )
    x, y = small.x.astype(np.float32), small.y.astype(np.float32)
    c = small._replace(network=short, x=x, y=y)
    gradients = right_gradient(c)
    assert gradients.weights[0].dtype == np.float32
    assert diagnose(c, gradients)


def test_the_biases_may_be_left_out(small):
    right = right_gradient(small)
    diagnosis = diagnose(small, right.weights)
    assert diagnosis
    assert diagnosis.arrays == ("W1", "W2")
    assert "the gradients of the biases were not given" in str(diagnosis)
    wrong = diagnose(small, make("z where a belongs", small).weights)
    assert wrong.mistakes == ("z where a belongs",)


def test_a_bias_gradient_may_be_a_row_or_a_column(small):
    right = right_gradient(small)
    for shape in [(1, -1), (-1, 1)]:
        biases = [b.reshape(shape) for b in right.biases]
        assert diagnose(small, Gradients(right.weights, biases))


def test_out_in_gradients_are_taken_with_the_option(small):
    turned = make("transposed", small)
    assert diagnose(small, turned, layout="out_in")
    mistaken = make("sign", small)
    turned = Gradients([g.T for g in mistaken.weights], mistaken.biases)
    diagnosis = diagnose(small, turned, layout="out_in")
    assert diagnosis.mistakes == ("sign",)


def test_a_transposed_gradient_is_recognised_without_the_option(small):
    diagnosis = diagnose(small, make("transposed", small))
    assert not diagnosis
    assert diagnosis.mistakes == ("transposed",)
    assert diagnosis.wrong == ("W1", "W2")
    assert "say so with layout=" in str(diagnosis)
    mistaken = make("sign", small)
    turned = Gradients([g.T for g in mistaken.weights], mistaken.biases)
    assert diagnose(small, turned).mistakes == ("transposed", "sign")


def test_the_option_where_it_does_not_belong_is_noticed(small):
    diagnosis = diagnose(small, right_gradient(small), layout="out_in")
    assert diagnosis.mistakes == ("transposed",)


def test_a_square_transposed_gradient_is_recognised():
    rng = np.random.default_rng(10)
    network = random_network([3, 3, 3], TANH, rng)
    x, y = rng.normal(size=(5, 3)), rng.uniform(size=(5, 3))
    c = Case(network, x, y, squared_error, STEP_SIZE)
    assert diagnose(c, make("transposed", c)).mistakes == ("transposed",)
    assert diagnose(c, make("transposed", c), layout="out_in")


def test_examples_may_be_columns(small):
    c = small._replace(x=small.x.T, y=small.y.T)
    right = right_gradient(small)
    assert diagnose(c, right, examples="columns")
    not_summed = make("bias gradient not summed", small)
    for biases in (not_summed.biases, [b.T for b in not_summed.biases]):
        gradients = Gradients(right.weights, biases)
        diagnosis = diagnose(c, gradients, examples="columns")
        assert diagnosis.mistakes == ("bias gradient not summed",)
        assert math.isnan(diagnosis.errors[2])
        assert "b1 has shape (5, 4), but should have (4,)" in str(diagnosis)


def test_a_bias_gradient_of_one_number_is_stretched_as_an_update_would(small):
    right = right_gradient(small)
    summed = make("bias gradient summed over the layer", small)
    scalars = [b[0] for b in summed.biases]
    diagnosis = diagnose(small, Gradients(right.weights, scalars))
    assert diagnosis.mistakes == ("bias gradient summed over the layer",)


# ---- factors


def times(gradients, factor):
    return Gradients(*([factor * g for g in gs] for gs in gradients))


@pytest.mark.parametrize(
    ("factor", "words"),
    [
        (-2, "the right gradient times -2"),
        (-0.5, "the right gradient times -1/2"),
        (0.4, "the right gradient times 2/m = 0.4"),
        (-0.2, "the right gradient times -1/m = -0.2"),
        (0.1, "the right gradient times 1/2m = 0.1"),
        (-0.03, "the right gradient times -step_size = -0.03"),
        (3.7, "the right gradient times 3.7"),
        (1 + 1e-5, "the right gradient times 1.00001"),
        (1e-200, "the right gradient times 1e-200"),
    ],
)
def test_a_common_factor_is_stated(small, factor, words):
    c = small._replace(step_size=0.03)
    diagnosis = diagnose(c, times(right_gradient(c), factor))
    assert not diagnosis
    assert diagnosis.mistakes == ("constant factor",)
    assert diagnosis.matches[0].factor == pytest.approx(factor, rel=1e-6)
    assert words in str(diagnosis)


@pytest.mark.parametrize("name", ["a where z belongs", "slope missing, hidden layers"])
@pytest.mark.parametrize("factor", [-1, 0.2, 2, 3.7])
def test_a_mistake_times_a_factor_is_named_with_it(small, name, factor):
    diagnosis = diagnose(small, times(make(name, small), factor))
    assert diagnosis.mistakes == (name,)
    assert diagnosis.matches[0].factor == pytest.approx(factor)
    assert f"“{name}, times " in str(diagnosis)


def test_a_gradient_of_zeros_is_wrong_and_unknown(small):
    diagnosis = diagnose(small, times(right_gradient(small), 0))
    assert not diagnosis
    assert diagnosis.mistakes == ()


# ---- the report


def test_the_report_says_which_where_why_what_to_change_and_where_to_read(small):
    text = str(diagnose(small, make("z where a belongs", small)))
    row = MISTAKES["z where a belongs"]
    assert text.startswith("gradient: wrong in W1, W2, b1, b2: “z where a belongs”\n")
    for part in (row.description, row.code, row.instead, row.page):
        assert part in text
    assert "  W1  relative error " in text
    assert str(diagnose(small, right_gradient(small))).startswith("gradient: right\n")


def test_only_the_wrong_arrays_are_called_wrong(small):
    diagnosis = diagnose(small, make("a where z belongs, hidden layers", small))
    assert diagnosis.wrong == ("W1", "b1")
    assert diagnosis.errors[1] == diagnosis.errors[3] == 0


def test_wrong_and_unknown_says_so(small):
    rng = np.random.default_rng(12)
    noise = [rng.normal(size=p.shape) for p in small.network.parameters]
    diagnosis = diagnose(small, noise)
    assert not diagnosis
    assert diagnosis.mistakes == ()
    assert "wrong, and unknown: no known mistake makes it" in str(diagnosis)


def test_the_step_is_asked_for_where_it_could_help(small):
    made = make("updated weights", small)
    c = small
    without = diagnose_gradients(c.network, c.x, c.y, made)
    assert without.mistakes == ()
    assert "give step_size=" in str(without)
    assert diagnose(c, made).mistakes == ("updated weights",)
    other = diagnose(c._replace(step_size=0.1), made)
    assert other.mistakes == ()


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_a_gradient_that_is_not_finite_is_wrong(small, bad):
    wrong = [g.copy() for g in right_gradient(small).parameters]
    wrong[1][2, 1] = bad
    diagnosis = diagnose(small, wrong)
    assert not diagnosis
    assert diagnosis.wrong == ("W2",)
    assert "the gradient of W2 holds NaN or infinity" in str(diagnosis)
    assert f"worst: W2[2, 1] is {bad}" in str(diagnosis)


# ---- one judgement


@pytest.mark.parametrize("factor", [1 + 1e-9, 1 + 1.9e-6, 1 - 1.9e-6, 1 + 1e-3])
def test_it_calls_right_what_the_gradient_check_calls_right(small, factor):
    given = times(right_gradient(small), factor)
    check = check_gradients(
        lambda p: small.cost.value(
            predict(small.network.with_parameters(p), small.x), small.y
        ),
        small.network.parameters,
        given.parameters,
    )
    assert diagnose(small, given).correct == check.passed == (abs(factor - 1) < 1e-7)


# ---- the judge does not lean on the accused


def test_a_broken_backward_pass_is_overruled_by_the_differences(small, monkeypatch):
    right = right_gradient(small)
    broken = times(right, 1.1)
    monkeypatch.setattr(judgement, "backward_unchecked", lambda *_: broken)
    assert diagnose(small, right)
    diagnosis = diagnose(small, broken)
    assert not diagnosis
    assert "central differences disagree with our backward pass" in str(diagnosis)


def test_a_slope_that_is_not_the_derivative_is_seen_through(small):
    """The mistake sits in the network that is handed over."""
    row = SIGMOID._replace(slope=lambda z, a: sigmoid_derivative(a))
    mistaken = Network(small.network.weights, small.network.biases, row)
    c = small._replace(network=mistaken)
    diagnosis = diagnose(c, right_gradient(c))
    assert diagnosis.mistakes == ("a where z belongs",)
    assert "layer 1: the slope of this network's sigmoid is not its" in str(diagnosis)
    assert diagnose(c, right_gradient(small))


def test_a_wrong_slope_and_no_derivative_leave_it_to_the_differences(small):
    row = SIGMOID._replace(slope=lambda z, a: a, derivative=None)
    mistaken = Network(small.network.weights, small.network.biases, row)
    c = small._replace(network=mistaken)
    assert diagnose(c, right_gradient(small))
    assert not diagnose(c, right_gradient(c))


def test_a_cost_with_a_wrong_slope_leaves_it_to_the_differences(small):
    c = small._replace(
        cost=Cost("half missing", squared_error.value, sum_of_squares.slope)
    )
    assert diagnose(c, right_gradient(small))
    assert not diagnose(c, right_gradient(c))


def test_a_saturated_slope_may_be_read_off_z_or_off_the_output(small):
    """Where 1 - a has few digits, or none, both readings are right."""
    for bias in (15.0, 30.0, 40.0):
        biases = [np.full(4, bias), small.network.biases[1]]
        network = Network(small.network.weights, biases)
        from_z = SIGMOID._replace(slope=lambda z, a: sigmoid_derivative(z))
        c = small._replace(network=network)
        other = c._replace(network=Network(network.weights, biases, from_z))
        assert diagnose(c, right_gradient(c))
        assert diagnose(c, right_gradient(other))


def test_on_a_kink_a_slope_to_either_side_is_right_and_no_other():
    """A bias of 0 and an input of 0: relu's slope may be 0 or 1."""
    network = Network([[[1.0, 2.0]], [[1.0], [-1.5]]], [[0, 0], [0.1]], RELU)
    c = Case(network, np.zeros((1, 1)), np.ones((1, 1)), squared_error, STEP_SIZE)
    right = right_gradient(c)
    diagnosis = diagnose(c, right)
    assert diagnosis
    assert "the cost has a kink in b1" in str(diagnosis)
    slopes = right.biases[1] * network.weights[1][:, 0]
    assert diagnose(c, Gradients(right.weights, [slopes, right.biases[1]]))
    assert not diagnose(c, Gradients(right.weights, [9 * slopes, right.biases[1]]))


def test_where_the_check_cannot_decide_our_backward_pass_is_the_judge():
    """A saturated tanh: its slope, 1e-43, is far below the rounding of the cost."""
    network = Network([[[50.0]]], activations=TANH)
    row = TANH._replace(slope=lambda z, a: 1 / np.cosh(z) ** 2)
    c = Case(network, np.ones((1, 1)), np.zeros((1, 1)), squared_error, STEP_SIZE)
    c = c._replace(network=Network(network.weights, activations=row))
    right = right_gradient(c)
    assert 0 < right.weights[0].item() < 1e-40
    diagnosis = diagnose(c, right)
    assert diagnosis
    assert "cannot decide on W1: our backward pass is the judge" in str(diagnosis)
    assert not diagnose(c, times(right, 2))


def test_cross_entropy_is_diagnosed_too(small):
    c = small._replace(cost=cross_entropy)
    assert diagnose(c, right_gradient(c))
    made = make("slope missing, hidden layers", c)
    assert diagnose(c, made).mistakes == ("slope missing, hidden layers",)


def test_nothing_given_is_changed(small):
    made = make("sign", small)
    given = [small.x, small.y, *small.network.parameters, *made.parameters]
    before = [array.copy() for array in given]
    diagnose(small, made)
    assert all(map(np.array_equal, given, before))


# ---- real cases, in our own words


def shape_of_a_class(rng, activations, widths=(3, 4, 1), m=6):
    network = random_network(widths, activations, rng)
    x, y = rng.uniform(size=(m, widths[0])), rng.uniform(size=(m, widths[-1]))
    return Case(network, x, y, squared_error, STEP_SIZE)


@pytest.mark.parametrize(
    ("row", "derivative"),
    [
        # apache/incubator-retired-horn PR 8 and farzaa/SimpleMultilayerPerceptron PR 3:
        # "x(1 - x)" was fixed to "s(x)(1 - s(x))", and is still handed outputs
        (SIGMOID, lambda v: 1 / (1 + np.exp(-v)) * (1 - 1 / (1 + np.exp(-v)))),
        # davidrmiller/neural2d, neural2d-core.cpp: the same for tanh
        (TANH, lambda v: 1 - np.tanh(v) * np.tanh(v)),
    ],
)
def test_a_derivative_of_z_that_is_handed_outputs(row, derivative):
    c = shape_of_a_class(np.random.default_rng(13), row)
    hidden, output = forward(c.network, c.x).activations[1:]
    at_output = (output - c.y) * derivative(output)
    at_hidden = at_output @ c.network.weights[1].T * derivative(hidden)
    gradients = [
        c.x.T @ at_hidden,
        hidden.T @ at_output,
        at_hidden.sum(axis=0),
        at_output.sum(axis=0),
    ]
    assert diagnose(c, gradients).mistakes == ("a where z belongs",)


def test_the_relu_gate_of_the_numpy_tutorial():
    # numpy/numpy-tutorials, deep learning on MNIST: `output >= 0` is always true
    c = shape_of_a_class(np.random.default_rng(14), [RELU, ACTIVATIONS["identity"]])
    hidden, output = forward(c.network, c.x).activations[1:]
    assert (hidden == 0).any()
    error = output - c.y
    gated = (error @ c.network.weights[1].T) * (hidden >= 0)
    gradients = [c.x.T @ gated, hidden.T @ error, gated.sum(axis=0), error.sum(axis=0)]
    named = diagnose(c, gradients).mistakes
    assert "relu gated with >= on the output" in named
    assert set(named) <= {
        "relu gated with >= on the output",
        "slope missing",  # the slope of identity is 1
        "slope missing, hidden layers",
    }


def test_the_errors_that_go_down_without_their_slope():
    # Rashid, Make Your Own Neural Network: examples are columns, weights (out, in),
    # no biases, and an update that adds
    rng = np.random.default_rng(15)
    wih, who = rng.normal(size=(4, 3)), rng.normal(size=(2, 4))
    inputs, targets = rng.uniform(size=(3, 1)), rng.uniform(size=(2, 1))
    s = lambda v: 1 / (1 + np.exp(-v))
    hidden_outputs = s(wih @ inputs)
    final_outputs = s(who @ hidden_outputs)
    output_errors = targets - final_outputs
    hidden_errors = who.T @ output_errors
    added = [
        (hidden_errors * hidden_outputs * (1 - hidden_outputs)) @ inputs.T,
        (output_errors * final_outputs * (1 - final_outputs)) @ hidden_outputs.T,
    ]
    diagnosis = diagnose_gradients(
        Network([wih.T, who.T]),
        inputs,
        targets,
        [-step for step in added],
        layout="out_in",
        examples="columns",
    )
    assert diagnosis.mistakes == ("slope missing in what is passed down",)
    signed = diagnose_gradients(
        Network([wih.T, who.T]),
        inputs,
        targets,
        added,
        layout="out_in",
        examples="columns",
    )
    assert signed.mistakes == ("slope missing in what is passed down",)
    assert signed.matches[0].factor == -1


MAZUR = Network(
    [[[0.15, 0.25], [0.20, 0.30]], [[0.40, 0.50], [0.45, 0.55]]],
    [[0.35, 0.35], [0.60, 0.60]],
)


def mazur_step(*, updated):
    """Gradients by hand; `updated` takes the output weights after their step."""
    (first, second), x, y = MAZUR.weights, [[0.05, 0.10]], [[0.01, 0.99]]
    hidden, output = forward(MAZUR, x).activations[1:]
    delta = (output - y) * output * (1 - output)
    last = hidden.T @ delta
    seen = second - 0.5 * last if updated else second
    below = (delta @ seen.T) * hidden * (1 - hidden)
    gradients = [np.transpose(x) @ below, last]
    weights = [W - 0.5 * g for W, g in zip((first, second), gradients, strict=True)]
    after = Network(weights, MAZUR.biases)
    cost = squared_error(predict(after, x), y)
    return diagnose_gradients(MAZUR, x, y, gradients, step_size=0.5), cost


def test_the_slip_behind_a_published_cost():
    # Matt Mazur's post prints 0.291027924 after one step; 0.291027774 is right
    diagnosis, cost = mazur_step(updated=True)
    assert round(cost, 9) == 0.291027924
    assert diagnosis.mistakes == ("updated weights",)
    diagnosis, cost = mazur_step(updated=False)
    assert round(cost, 9) == 0.291027774
    assert diagnosis


# ---- bad input


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"layout": "rows"}, ValueError, r"layout must be 'in_out' or 'out_in', not"),
        ({"examples": "row"}, ValueError, r"examples must be 'rows' or 'columns', not"),
        ({"cost": 3}, TypeError, r"cost must be a Cost such as squared_error, not 3"),
        ({"step_size": -1}, ValueError, r"step_size must be above 0 .* not -1; give"),
        ({"network": 3}, TypeError, r"network must be a Network, not 3"),
        ({"x": [[1, 2]]}, ValueError, r"x of shape \(1, 2\) has 2 numbers"),
        ({"y": [[1, 2]]}, ValueError, r"y must have the shape of the output, \(5, 2\)"),
        ({"gradients": 3}, TypeError, r"gradients must be a Gradients or a list"),
        ({"gradients": np.ones((2, 2))}, TypeError, r"list of arrays, not ndarray"),
        ({"gradients": []}, ValueError, r"must hold 2 or 4 arrays, but hold 0; give"),
        (
            {"gradients": [np.ones((3, 4)), np.ones(4), np.ones((4, 2)), np.ones(2)]},
            ValueError,
            r"layer 2: .* shape \(4,\) does not fit .* \(4, 2\); .* then the biases'",
        ),
        (
            {
                "gradients": [
                    np.ones((3, 4)),
                    np.ones((4, 2)),
                    np.ones(3),
                    np.ones(2),
                ]
            },
            ValueError,
            r"gradient of b1 has shape \(3,\), but the biases have \(4,\); sum delta",
        ),
        (
            {"gradients": [["a"], [1]]},
            TypeError,
            r"the gradient of W1 must hold real numbers",
        ),
    ],
)
def test_bad_input_is_refused_with_the_way_out(small, change, error, words):
    c = small
    given = {"network": c.network, "x": c.x, "y": c.y, "cost": c.cost}
    given["gradients"] = right_gradient(c)
    with pytest.raises(error, match=words):
        diagnose_gradients(**(given | change))


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
