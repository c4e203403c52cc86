"""The costs: their values, their slopes, and where they are not defined."""

import math

import numpy as np
import pytest
from rows import MP

from backprop_explained import (
    Cost,
    costs,
    cross_entropy,
    mean_of,
    mean_squared_error,
    numerical_gradient,
    relative_error,
    softmax_cross_entropy,
    squared_error,
    sum_of_squares,
)

COSTS = [value for value in vars(costs).values() if isinstance(value, Cost)]
SUMS = [squared_error, sum_of_squares, cross_entropy]
each_cost = pytest.mark.parametrize("cost", COSTS, ids=lambda cost: cost.name)


def batch(seed, shape=(5, 3)):
    """Outputs and targets strictly between 0 and 1, where every cost is defined."""
    rng = np.random.default_rng(seed)
    return rng.uniform(0.05, 0.95, shape), rng.uniform(0, 1, shape)


def test_the_costs_are_known():
    assert {*SUMS, softmax_cross_entropy, mean_squared_error} <= set(COSTS)
    assert len({cost.name for cost in COSTS}) == len(COSTS)


# ---- values and slopes


def test_squared_error_has_the_half_and_sum_of_squares_has_not():
    a, y = [[1.0, 2.0], [3.0, 0.5]], [[0, 0], [1, 0.5]]
    assert squared_error(a, y) == 4.5
    assert sum_of_squares(a, y) == 9


def test_cross_entropy_agrees_with_mpmath():
    a, y = batch(0)
    terms = [
        -(MP.mpf(t) * MP.log(o) + (1 - MP.mpf(t)) * MP.log(1 - MP.mpf(o)))
        for o, t in zip(a.ravel().tolist(), y.ravel().tolist(), strict=True)
    ]
    assert math.isclose(cross_entropy(a, y), MP.fsum(terms), rel_tol=1e-14)


def test_a_mean_is_what_numpy_calls_the_mean():
    a, y = batch(3)
    assert math.isclose(mean_squared_error(a, y), np.mean((a - y) ** 2))
    over_examples = mean_of(sum_of_squares, "examples")
    assert math.isclose(over_examples(a, y), np.mean(((a - y) ** 2).sum(axis=1)))
    with pytest.raises(ValueError, match="over must be 'entries' or 'examples'"):
        mean_of(sum_of_squares, "rows")


def test_softmax_cross_entropy_agrees_with_mpmath_and_never_overflows():
    z, y = batch(4)
    expected = MP.mpf(0)
    for row, targets in zip(z.tolist(), y.tolist(), strict=True):
        whole = MP.fsum(MP.exp(v) for v in row)
        pairs = zip(row, targets, strict=True)
        expected -= MP.fsum(MP.mpf(t) * MP.log(MP.exp(v) / whole) for v, t in pairs)
    assert math.isclose(softmax_cross_entropy(z, y), expected, rel_tol=1e-14)
    assert softmax_cross_entropy([[1000.0, 0.0]], [[1, 0]]) == 0
    assert softmax_cross_entropy([[1000.0, 0.0]], [[0, 1]]) == 1000


def test_cross_entropy_counts_0_log_0_as_0_and_a_miss_as_infinite():
    assert cross_entropy([[0.0, 1.0]], [[0, 1]]) == 0
    assert cross_entropy([[0.0]], [[1]]) == math.inf
    assert cross_entropy([[1.0]], [[0]]) == math.inf
    assert cross_entropy([[0.5]], [[1]]) == math.log(2)


@pytest.mark.parametrize("cost", SUMS, ids=lambda cost: cost.name)
def test_a_cost_is_one_plain_number_summed_over_all_entries(cost):
    a, y = batch(1)
    entries = [cost([[o]], [[t]]) for o, t in zip(a.flat, y.flat, strict=True)]
    assert type(cost(a, y)) is float
    assert math.isclose(cost(a, y), math.fsum(entries), rel_tol=1e-14)
    twice = np.concatenate([a, a]), np.concatenate([y, y])
    assert math.isclose(cost(*twice), 2 * cost(a, y), rel_tol=1e-14)


@each_cost
@pytest.mark.parametrize("seed", range(5))
def test_the_slope_agrees_with_central_differences(cost, seed):
    a, y = batch(seed)
    expected = numerical_gradient(lambda a: cost(a, y), a)
    assert cost.slope(a, y).shape == a.shape
    assert relative_error(cost.slope(a, y), expected) < 1e-7


@each_cost
def test_a_cost_takes_lists_and_changes_nothing(cost):
    a, y = batch(2)
    before = a.copy(), y.copy()
    value, slope = cost(a, y), cost.slope(a, y)
    assert cost(a.tolist(), y.tolist()) == value
    assert not np.shares_memory(slope, a)
    assert not np.shares_memory(slope, y)
    assert (a == before[0]).all()
    assert (y == before[1]).all()


@each_cost
def test_the_slope_keeps_float32(cost):
    a, y = (array.astype(np.float32) for array in batch(3))
    assert cost.slope(a, y).dtype == np.float32


# ---- bad input


@each_cost
@pytest.mark.parametrize(
    ("a", "y", "error", "words"),
    [
        ([0.5], [1], ValueError, r"a must have shape \(m, n\), but has shape \(1,\)"),
        (0.5, 1, ValueError, r"a must have shape \(m, n\), but has shape \(\)"),
        (np.ones((0, 1)), np.ones((0, 1)), ValueError, r"a must not be empty"),
        ([[math.nan]], [[1]], ValueError, r"a must be finite, but a\[0, 0\] is nan"),
        ([[0.5]], [[math.inf]], ValueError, r"y must be finite, but y\[0, 0\] is inf"),
        ([[0.5]], [[1j]], TypeError, r"y must hold real numbers, not complex128"),
        ([[None]], [[1]], TypeError, r"a must hold real numbers, not object"),
        ([["a"]], [[1]], TypeError, r"a must hold real numbers, not <U1"),
        ([[0.5]] * 2, [[1], [1, 2]], ValueError, r"y must be rectangular"),
        (
            *([[0.5]] * 4, [0, 1, 1, 0], ValueError),
            r"shape of the output, \(4, 1\), but has shape \(4,\); y\.reshape\(4, 1\)$",
        ),
        (
            *([[0.5, 0.5]], [[1]], ValueError),
            r"output, \(1, 2\), but has shape \(1, 1\); one row per example, one",
        ),
    ],
)
def test_bad_input_is_refused_by_name(cost, a, y, error, words):
    with pytest.raises(error, match=words):
        cost(a, y)


@pytest.mark.parametrize(
    ("a", "y", "name", "value"),
    [(1.5, 1.0, "a", 1.5), (-0.1, 1.0, "a", -0.1), (0.5, 2.0, "y", 2.0)],
)
@pytest.mark.parametrize("use", [cross_entropy, cross_entropy.slope])
def test_cross_entropy_refuses_what_is_outside_0_and_1(use, a, y, name, value):
    words = rf"needs {name} in \[0, 1\], but {name} holds {value}; end the network in a"
    with pytest.raises(ValueError, match=words):
        use(np.array([[a]]), np.array([[y]]))
