"""The costs: their values, their slopes, and where they are not defined."""

import math

import mpmath
import numpy as np
import pytest

from backprop_explained import (
    Cost,
    Network,
    backward,
    costs,
    cross_entropy,
    forward,
    mean_of,
    mean_squared_error,
    numerical_gradient,
    relative_error,
    sigmoid_cross_entropy_delta,
    softmax_cross_entropy,
    squared_error,
    sum_of_squares,
    train,
)

MP = mpmath.mp.clone()
MP.dps = 50
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
            [[0.5]] * 4,
            [0, 1, 1, 0],
            ValueError,
            r"shape of the output, \(4, 1\), but has shape \(4,\); y\.reshape\(4, 1\)$",
        ),
        (
            [[0.5, 0.5]],
            [[1]],
            ValueError,
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


# ---- where the output has rounded to 0 or 1

SATURATED = [(z, y) for z in (-40.0, 40.0) for y in (0.0, 0.25, 1.0)]


def one_neuron(z):
    """A network whose only z is the one given, through x = z and W = 1."""
    network = Network([[[1.0]]])
    return network, forward(network, [[z]])


def exact_delta(z, y):
    """∂C/∂z of cross-entropy after a sigmoid, differentiated in 50 digits."""

    def cost(v):
        a = 1 / (1 + MP.exp(-v))
        return -(y * MP.log(a) + (1 - y) * MP.log(1 - a))

    return MP.diff(cost, MP.mpf(z), h=MP.mpf(10) ** -15)


@pytest.mark.parametrize(("z", "y"), SATURATED)
def test_the_output_step_is_exactly_a_minus_y_at_z_of_40(z, y):
    network, trace = one_neuron(z)
    gradients = backward(
        network, trace, [[y]], cross_entropy, output_delta=sigmoid_cross_entropy_delta
    )
    delta = trace.output.item() - y
    assert gradients.weights[0] == z * delta
    assert abs(delta - exact_delta(z, y)) <= 2**-53  # half of the last digit of 1


def test_the_output_step_keeps_the_digits_of_a_small_slope():
    _, trace = one_neuron(-40.0)
    delta = sigmoid_cross_entropy_delta(trace.output, [[0]]).item()
    assert abs(delta / exact_delta(-40.0, 0) - 1) < 1e-15


@pytest.mark.parametrize("y", [0.0, 1.0])
def test_without_the_output_step_the_way_out_is_named(y):
    network, trace = one_neuron(40.0)
    assert trace.output == 1
    words = (
        r"slope of cross_entropy is \(a - y\)/\(a\(1 - a\)\), and an output has "
        r"rounded to 1\.0: 0 in the denominator; after a sigmoid, pass "
        r"output_delta=sigmoid_cross_entropy_delta"
    )
    with pytest.raises(ValueError, match=words):
        backward(network, trace, [[y]], cross_entropy)
    with pytest.raises(ValueError, match=words):
        train(network, [[40.0]], [[1.0]], cross_entropy, 1, 1.0)


def test_an_output_that_has_rounded_to_0_names_the_way_out():
    with pytest.raises(ValueError, match=r"has rounded to 0\.0: .* pass output_delta="):
        cross_entropy.slope(np.array([[0.0]]), np.array([[1.0]]))


def test_the_output_step_equals_the_two_factors_where_both_exist():
    rng = np.random.default_rng(4)
    network = Network([rng.normal(size=(3, 4)), rng.normal(size=(4, 2))])
    trace = forward(network, rng.normal(size=(6, 3)))
    y = rng.uniform(size=(6, 2))
    factors = backward(network, trace, y, cross_entropy)
    step = backward(
        network, trace, y, cross_entropy, output_delta=sigmoid_cross_entropy_delta
    )
    for one, other in zip(step.parameters, factors.parameters, strict=True):
        assert relative_error(one, other) < 1e-13


def test_training_goes_on_where_an_output_has_rounded_to_1():
    x, y = [[40.0], [0.5]], [[1], [0]]
    assert forward(Network([[[1.0]]]), x).output[0] == 1
    history = train(
        Network([[[1.0]]]),
        x,
        y,
        cross_entropy,
        100,
        0.01,
        output_delta=sigmoid_cross_entropy_delta,
    ).costs
    assert (np.diff(history) < 0).all()
    assert history[-1] < history[0] - 0.05


@pytest.mark.parametrize(
    ("a", "y", "error", "words"),
    [
        ([[1.0]] * 3, [1, 1, 1], ValueError, r"\(3, 1\).*\(3,\); y\.reshape\(3, 1\)"),
        ([1.0], [1.0], ValueError, r"a must have shape \(m, n\)"),
        ([[math.nan]], [[1]], ValueError, r"a\[0, 0\] is nan"),
        ([[1.0]], [["b"]], TypeError, r"y must hold real numbers"),
    ],
)
def test_the_output_step_refuses_bad_input(a, y, error, words):
    with pytest.raises(error, match=words):
        sigmoid_cross_entropy_delta(a, y)
