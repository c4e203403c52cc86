"""The judge: it accepts what is right, and is proven to reject what is wrong."""

import math

import mpmath
import numpy as np
import pytest

from backprop_explained import (
    RELU,
    SIGMOID,
    TANH,
    GradientCheck,
    Network,
    backward,
    check_gradients,
    forward,
    numerical_gradient,
    predict,
    random_network,
    relative_error,
    sigmoid,
    sigmoid_derivative,
    squared_error,
)
from backprop_explained.check import gradient as gradient_check


def draw(*shape, seed=11):
    return np.random.default_rng(seed).normal(size=shape)


X, Y = draw(6, 3), sigmoid(draw(6, 2))


def network_and_cost(activations=SIGMOID, seed=0, widths=(3, 4, 2)):
    network = random_network(widths, activations, np.random.default_rng(seed))

    def cost(parameters):
        return squared_error(predict(network.with_parameters(parameters), X), Y)

    return network, cost


def gradients_of(network):
    return backward(network, forward(network, X), Y, squared_error).parameters


def changed(arrays, i, change):
    return [change(a) if j == i else a for j, a in enumerate(arrays)]


def swap_two(array):
    """The array with its largest and smallest entries in each other's place."""
    flat = array.ravel().copy()
    high, low = flat.argmax(), flat.argmin()
    flat[high], flat[low] = flat[low], flat[high]
    return flat.reshape(array.shape)


# ---- what is right, and what is wrong


@pytest.mark.parametrize("activations", [SIGMOID, TANH, [RELU, TANH], [TANH, RELU]])
@pytest.mark.parametrize("seed", range(3))
def test_a_right_gradient_passes(activations, seed):
    network, cost = network_and_cost(activations, seed)
    check = check_gradients(cost, network.parameters, gradients_of(network))
    assert check
    assert check.passed
    assert set(check.verdicts) == {"right"}
    assert max(check.errors) <= 1e-6


@pytest.mark.parametrize("array", range(4))
@pytest.mark.parametrize("factor", [1.001, 0.999, -1, 2, 0, 1.0005])
def test_one_array_off_by_a_factor_is_wrong(array, factor):
    network, cost = network_and_cost()
    wrong = changed(gradients_of(network), array, lambda g: g * factor)
    check = check_gradients(cost, network.parameters, wrong)
    assert not check
    assert [i for i, v in enumerate(check.verdicts) if v == "wrong"] == [array]
    assert str(check).startswith("gradient check: wrong")
    assert f"array {array + 1} of 4" in check.reason


@pytest.mark.parametrize("array", range(4))
def test_two_entries_swapped_are_wrong(array):
    network, cost = network_and_cost()
    gradients = gradients_of(network)
    wrong = changed(gradients, array, swap_two)
    assert not np.array_equal(wrong[array], gradients[array])
    check = check_gradients(cost, network.parameters, wrong)
    assert not check
    assert check.verdicts[array] == "wrong"


def test_one_entry_off_by_a_percent_is_wrong():
    network, cost = network_and_cost()
    wrong = [gradient.copy() for gradient in gradients_of(network)]
    wrong[0][np.unravel_index(np.abs(wrong[0]).argmax(), (3, 4))] *= 1.01
    assert check_gradients(cost, network.parameters, wrong).verdicts[0] == "wrong"


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_a_gradient_that_is_not_finite_is_wrong(bad):
    network, cost = network_and_cost()
    wrong = [gradient.copy() for gradient in gradients_of(network)]
    wrong[1][0, 0] = bad
    check = check_gradients(cost, network.parameters, wrong)
    assert check.verdicts == ("right", "wrong", "right", "right")
    assert math.isnan(check.errors[1])
    assert not check


def test_a_gradient_off_by_a_hundred_thousandth_is_wrong():
    network, cost = network_and_cost()
    off = changed(gradients_of(network), 2, lambda g: g * (1 + 4e-5))
    check = check_gradients(cost, network.parameters, off)
    assert check.verdicts == ("right", "right", "wrong", "right")
    assert not check.passed
    assert "gradient check: wrong in array 3 of 4" in str(check)


@pytest.mark.parametrize(
    "mistake",
    [
        lambda z, a: sigmoid_derivative(a),
        lambda z, a: z * (1 - z),
        lambda z, a: np.ones_like(a),
    ],
)
def test_the_mistaken_readings_are_caught(mistake):
    network, cost = network_and_cost()
    mistaken = Network(network.weights, network.biases, SIGMOID._replace(slope=mistake))
    check = check_gradients(cost, network.parameters, gradients_of(mistaken))
    assert set(check.verdicts) == {"wrong"}


def test_a_network_of_anyone_can_be_checked():
    weights = [draw(3, 4), draw(4, 2)]

    def cost(parameters):
        first, second = parameters
        return np.sum((sigmoid(np.tanh(X @ first) @ second) - Y) ** 2)

    hidden = np.tanh(X @ weights[0])
    output = sigmoid(hidden @ weights[1])
    delta = 2 * (output - Y) * output * (1 - output)
    gradients = [X.T @ (delta @ weights[1].T * (1 - hidden**2)), hidden.T @ delta]
    assert check_gradients(cost, weights, gradients)
    assert not check_gradients(cost, weights, [gradients[0], gradients[1] / 2])


# ---- a wrong entry among many


def wide_network():
    """A layer of 64x32, whose 2,048 entries hide one in the norm."""
    rng = np.random.default_rng(4)
    network = random_network([64, 32, 10], SIGMOID, rng)
    x, y = rng.normal(size=(32, 64)), rng.uniform(size=(32, 10))

    def cost(parameters):
        *weights, b1, b2 = parameters
        hidden = sigmoid(x @ weights[0] + b1)
        return squared_error(sigmoid(hidden @ weights[1] + b2), y)

    gradients = backward(network, forward(network, x), y, squared_error).parameters
    return network, cost, gradients


def test_one_entry_of_2048_off_by_a_ten_thousandth_is_found():
    network, cost, gradients = wide_network()
    right = check_gradients(cost, network.parameters, gradients)
    assert set(right.verdicts) == {"right"}
    rng = np.random.default_rng(6)
    large = np.argwhere(np.abs(gradients[0]) > np.median(np.abs(gradients[0])))
    for entry in map(tuple, rng.permutation(large)[:3]):
        wrong = [gradient.copy() for gradient in gradients]
        wrong[0][entry] *= 1 + 1e-4
        assert relative_error(wrong[0], gradients[0]) <= 1e-5
        check = check_gradients(cost, network.parameters, wrong)
        assert check.verdicts == ("wrong", "right", "right", "right")
        assert check.worst[0].kind == "entry"
        assert check.worst[0].index == tuple(entry)
        assert check.worst[0].given == wrong[0][entry]
        assert f"entry [{entry[0]}, {entry[1]}]: " in str(check)
        assert not check


def test_one_entry_of_2048_off_by_a_thousandth_is_wrong():
    x = draw(64, 32)
    wrong = 2 * x
    wrong[5, 6] *= 1.001
    check = check_gradients(lambda p: (p[0] ** 2).sum(), [x], [wrong])
    assert check.verdicts == ("wrong",)
    assert check.worst[0].index == (5, 6)
    assert check.worst[0].numerical == pytest.approx(2 * x[5, 6])


def test_every_measurable_entry_is_watched():
    """On a cubic, whose differences err by h²."""
    x = draw(64, 32)
    right = 3 * x**2
    cost = lambda p: (p[0] ** 3).sum()
    assert check_gradients(cost, [x], [right])
    wrong = right * (1 + 1e-4 * (np.arange(32) == 7))  # a column of 64 entries
    off = check_gradients(cost, [x], [wrong])
    assert not off
    assert off.worst[0].kind == "column"
    assert off.worst[0].index[1] == 7


def test_a_right_gradient_is_never_called_wrong_by_its_entries():
    """Random networks: small entries, vanishing ones, large ones; all are excused."""
    for seed in range(300):
        rng = np.random.default_rng([8, seed])
        widths = rng.integers(1, 7, rng.integers(2, 6))
        rows = [(SIGMOID, TANH)[i] for i in rng.integers(0, 2, len(widths) - 1)]
        scale = 10 ** rng.uniform(-2, 1)
        network = random_network(
            widths,
            rows,
            rng,
            lambda rng, shape, scale=scale: scale * rng.normal(size=shape),
        )
        m = int(rng.integers(1, 9))
        x, y = rng.normal(size=(m, widths[0])), rng.uniform(size=(m, widths[-1]))
        gradients = backward(network, forward(network, x), y, squared_error).parameters

        def cost(parameters, network=network, x=x, y=y):
            return squared_error(predict(network.with_parameters(parameters), x), y)

        check = check_gradients(cost, network.parameters, gradients)
        assert set(check.verdicts) <= {"right", "undecided"}, (seed, str(check))


def test_a_cost_that_bends_sharply_gets_shorter_steps():
    """The step 6e-6 errs by h² C'''/6: here by 7e-4 of the slope."""
    cost = lambda p: np.sin(1e4 * p[0]).sum()
    x = np.array([1.00003])
    right = 1e4 * np.cos(1e4 * x)
    assert check_gradients(cost, [x], [right]).verdicts == ("right",)
    assert check_gradients(cost, [x], [1.001 * right]).verdicts == ("wrong",)


def test_the_worst_entry_is_the_one_that_is_not_finite():
    check = check_gradients(lambda p: p[0].sum(), [[1.0, 2.0]], [[3.0, math.nan]])
    assert check.worst[0].index == (1,)
    assert "entry [1]: nan, which no slope is" in str(check)


def test_the_worst_entry_of_a_single_number_has_no_index():
    check = check_gradients(lambda p: p[0] ** 2, [3.0], [7.0])
    assert check.worst[0].index == ()
    assert "its one entry: 7, but the difference says 6" in str(check)


# ---- gradients that are zero or nearly so


def test_dead_relus_have_a_right_gradient_of_zero():
    network, _ = network_and_cost([RELU, SIGMOID])
    weights, biases = network.weights, (np.full(4, -100.0), network.biases[1])
    network = Network(weights, biases, network.activations)

    def cost(parameters):
        return squared_error(predict(network.with_parameters(parameters), X), Y)

    gradients = gradients_of(network)
    assert not gradients[0].any()
    check = check_gradients(cost, network.parameters, gradients)
    assert check
    assert check.errors[0] == 0
    wrong = changed(gradients, 0, lambda g: g + 0.1)
    assert check_gradients(cost, network.parameters, wrong).verdicts[0] == "wrong"


def saturated_network():
    """A first layer whose slopes, about 1e-13, drown in the rounding of the cost."""
    network = Network(
        [np.full((3, 4), 0.1), np.full((4, 2), 0.3)], [[30.0] * 4, [0, 0]]
    )

    def cost(parameters):
        return squared_error(predict(network.with_parameters(parameters), X), Y)

    return network, cost


def test_vanishing_gradients_are_too_small_and_not_wrong():
    network, cost = saturated_network()
    gradients = gradients_of(network)
    assert 0 < np.abs(gradients[0]).max() < 1e-12
    check = check_gradients(cost, network.parameters, gradients)
    assert check.errors[0] > gradient_check.WRONG
    assert check.verdicts == ("undecided", "right", "undecided", "right")
    assert check


def test_a_gradient_that_does_not_vanish_where_it_should_is_wrong():
    network, cost = saturated_network()
    wrong = changed(gradients_of(network), 0, lambda g: g + 1e-6)
    assert check_gradients(cost, network.parameters, wrong).verdicts[0] == "wrong"


def test_a_check_in_which_nothing_could_be_measured_does_not_pass():
    check = check_gradients(lambda p: 1e6 + p[0].sum() * 1e-13, [[1.0]], [[2e-13]])
    assert check.verdicts == ("undecided",)
    assert not check
    assert "undecided: every slope is too small to measure" in str(check)


# ---- costs that misbehave


def test_a_cost_that_ignores_its_parameters_gets_the_hint():
    network, _ = network_and_cost()
    check = check_gradients(
        lambda parameters: squared_error(predict(network, X), Y),
        network.parameters,
        gradients_of(network),
    )
    assert not check
    assert "the cost does not read the parameters it is given" in str(check)
    assert all(np.abs(array).max() < 1e-15 for array in check.numerical)


def test_the_hint_is_not_given_where_the_cost_does_read_them():
    network, cost = network_and_cost()
    wrong = changed(gradients_of(network), 0, lambda g: 2 * g)
    assert "does not read" not in str(check_gradients(cost, network.parameters, wrong))


def test_a_cost_that_writes_to_what_it_is_given_does_no_harm():
    parameters = [draw(3, 2), draw(2)]
    before = [p.copy() for p in parameters]

    def cost(given):
        value = sum((p**3).sum() for p in given)
        for p in given:
            p[...] = 77
        return value

    assert check_gradients(cost, parameters, [3 * p**2 for p in parameters])
    assert all(map(np.array_equal, parameters, before))

    def f(x):
        x *= x
        return x.sum()

    x = np.array([1.0, -3.0])
    np.testing.assert_allclose(numerical_gradient(f, x), [2, -6], rtol=1e-9)
    assert (x == [1, -3]).all()


def test_nothing_given_is_changed():
    network, cost = network_and_cost()
    parameters = [p.copy() for p in network.parameters]
    gradients = gradients_of(network)
    before = [array.copy() for array in [*parameters, *gradients]]
    check_gradients(cost, parameters, gradients)
    assert all(map(np.array_equal, [*parameters, *gradients], before))


@pytest.mark.parametrize(
    ("cost", "error", "words"),
    [
        (
            lambda p: p[0],
            ValueError,
            r"the cost must be one number, but has shape \(2,",
        ),
        (lambda p: math.nan, ValueError, r"the cost must be finite, but is nan; start"),
        (lambda p: math.inf, ValueError, r"the cost must be finite, but is inf"),
        (lambda p: None, TypeError, r"the cost must hold real numbers, not object"),
        (lambda p: 1j, TypeError, r"the cost must hold real numbers, not complex128"),
        (3, TypeError, r"cost must be a function of the parameters, not 3"),
    ],
)
def test_a_cost_that_is_no_number_is_refused(cost, error, words):
    with pytest.raises(error, match=words):
        check_gradients(cost, [[1.0, 2.0]], [[1.0, 2.0]])


@pytest.mark.parametrize("one", [2.0, np.float32(2), np.array([2.0]), np.ones((1, 1))])
def test_a_cost_of_one_entry_is_a_number(one):
    assert numerical_gradient(lambda x: x[0] * one, [1.0]) == pytest.approx(
        np.asarray(one).ravel()
    )


@pytest.mark.parametrize(
    ("parameters", "gradients", "error", "words"),
    [
        (
            [[1.0]],
            [[1.0], [2.0]],
            ValueError,
            r"there are 1 parameters but 2 gradients",
        ),
        (
            [[1.0], [2.0]],
            [[1.0]],
            ValueError,
            r"2 parameters but 1 gradients; give one",
        ),
        (
            [[1.0], [[1.0, 2.0]]],
            [[1.0], [[1.0], [2.0]]],
            ValueError,
            r"array 2: the parameter has shape \(1, 2\), but its gradient \(2, 1\)",
        ),
        (
            [[1.0]],
            [1.0],
            ValueError,
            r"array 1: .* shape \(1,\), but its gradient \(\)",
        ),
        ([], [], ValueError, r"parameters must hold at least one array, but is empty"),
        ([[1.0]], [], ValueError, r"gradients must hold at least one array"),
        ([[]], [[]], ValueError, r"parameters\[0\] must not be empty"),
        ([[math.nan]], [[1.0]], ValueError, r"parameters\[0\] must be finite.* is nan"),
        ([[1j]], [[1.0]], TypeError, r"parameters\[0\] must hold real numbers"),
        (
            [[1.0]],
            [["g"]],
            TypeError,
            r"gradients\[0\] must hold real numbers, not <U1",
        ),
        (np.ones((1, 1)), [[1.0]], TypeError, r"parameters must be a list of arrays"),
        (
            [[1.0]],
            np.ones((1, 1)),
            TypeError,
            r"gradients must be a list .* not ndarray",
        ),
        (
            None,
            [[1.0]],
            TypeError,
            r"parameters must be a list of arrays, not NoneType",
        ),
    ],
)
def test_lists_that_do_not_fit_are_refused(parameters, gradients, error, words):
    with pytest.raises(error, match=words):
        check_gradients(lambda p: 0.0, parameters, gradients)


@pytest.mark.parametrize("step", [0, -1e-6, math.nan, math.inf])
def test_a_step_that_is_not_above_0_is_refused(step):
    words = rf"step must be above 0 and finite, not {step}; try 6\.1e-06"
    with pytest.raises(ValueError, match=words):
        numerical_gradient(np.sum, [1.0], step)
    with pytest.raises(ValueError, match=words):
        check_gradients(lambda p: p[0].sum(), [[1.0]], [[1.0]], step=step)


# ---- the verdict


def test_the_verdict_prints_as_a_table():
    network, cost = network_and_cost()
    wrong = changed(gradients_of(network), 1, lambda g: 3 * g)
    lines = str(check_gradients(cost, network.parameters, wrong)).splitlines()
    assert lines[0].startswith("gradient check: wrong: array 2 of 4 is 3 times the ")
    assert len(lines) == 6
    assert lines[2] == "  array 2  (4, 2)     relative error 5.0e-01  wrong"
    assert lines[3].startswith("    all by one factor; at [")
    assert lines[1].startswith("  array 1  (3, 4)     relative error ")
    assert lines[1].endswith("  right")
    right = check_gradients(cost, network.parameters, gradients_of(network))
    assert str(right).startswith("gradient check: right\n")


def test_the_verdict_holds_errors_shapes_and_differences():
    network, cost = network_and_cost()
    gradients = gradients_of(network)
    check = check_gradients(cost, network.parameters, gradients)
    assert isinstance(check, GradientCheck)
    assert check.shapes == ((3, 4), (4, 2), (4,), (2,))
    assert check.errors == tuple(map(relative_error, gradients, check.numerical))
    for ours, theirs in zip(gradients, check.numerical, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-6)


@pytest.mark.parametrize(("error", "verdict"), [(1e-9, "right"), (2e-6, "wrong")])
@pytest.mark.parametrize("size", [3, 300])
def test_an_error_above_the_bound_is_wrong(error, verdict, size):
    gradient = np.full(size, 1 + error)
    check = check_gradients(lambda p: p[0].sum(), [np.ones(size)], [gradient])
    assert check.verdicts == (verdict,)
    assert 1e-9 < check.arrays[0].bound < 1e-6


def test_the_constants_are_what_their_docstrings_say():
    assert np.finfo(np.float64).eps ** (1 / 3) == gradient_check.STEP
    assert f"{gradient_check.STEP:.1e}" == "6.1e-06"
    assert (gradient_check.RIGHT, gradient_check.WRONG) == (1e-6, 1e-4)


# ---- the parts


def test_differences_agree_with_mpmath():
    f = [np.sin, np.exp, np.arctan, lambda x: x**3]
    exact = [mpmath.cos, mpmath.exp, lambda x: 1 / (1 + x**2), lambda x: 3 * x**2]
    for x in draw(50):
        for ours, theirs in zip(f, exact, strict=True):
            slope = float(theirs(x))
            assert numerical_gradient(ours, x) == pytest.approx(
                slope, rel=1e-7, abs=1e-9
            )


@pytest.mark.parametrize("shape", [(), (1,), (4,), (2, 3), (2, 1, 3)])
def test_differences_keep_the_shape(shape):
    x = draw(*shape)
    gradient = numerical_gradient(lambda x: (x**2).sum(), x)
    assert gradient.shape == shape
    np.testing.assert_allclose(gradient, 2 * x, rtol=1e-7)


def test_differences_take_lists_integers_and_float32_in_full_precision():
    expected = [2.0, -6.0]
    for x in ([1, -3], np.array([1, -3]), np.float32([1, -3])):
        gradient = numerical_gradient(lambda x: (x**2).sum(), x)
        assert gradient.dtype == np.float64
        np.testing.assert_allclose(gradient, expected, rtol=1e-9)


def test_the_step_grows_with_the_entry():
    seen = []

    def f(x):
        seen.append(x.item())
        return x.item()

    numerical_gradient(f, [1e6], step=1e-3)
    numerical_gradient(f, [1e-6], step=1e-3)
    assert seen == [1e6 + 1e3, 1e6 - 1e3, 1e-6 + 1e-3, 1e-6 - 1e-3]


def test_a_large_entry_is_no_obstacle():
    assert numerical_gradient(lambda x: (x**2).sum(), [1e9]) == pytest.approx(2e9)


@pytest.mark.parametrize(
    ("f", "x", "error", "words"),
    [
        (3, [1.0], TypeError, r"f must be a function of an array, not 3"),
        (np.sum, [1j], TypeError, r"x must hold real numbers, not complex128"),
        (np.sum, [None], TypeError, r"x must hold real numbers, not object"),
        (np.sum, [math.nan], ValueError, r"x must be finite, but x\[0\] is nan"),
        (np.sum, math.inf, ValueError, r"x must be finite, but x\[0\] is inf"),
        (np.sum, [], ValueError, r"x must not be empty, but has shape \(0,\)"),
        (np.positive, [1.0, 2.0], ValueError, r"the cost must be one number.*sum it"),
    ],
)
def test_differences_refuse_bad_input(f, x, error, words):
    with pytest.raises(error, match=words):
        numerical_gradient(f, x)


@pytest.mark.parametrize(
    ("actual", "expected", "error"),
    [
        ([3, 4], [3, 4], 0),
        ([0, 0], [0, 0], 0),
        ([3, 4], [-3, -4], 1),
        ([0, 0], [1, 1], 1),
        ([3, 0], [0, 4], 5 / 7),
        ([[3, 0], [0, 0]], [[0, 0], [0, 4]], 5 / 7),
        (1.0, 3.0, 0.5),
        ([1e200, 1e200], [3e200, 3e200], 0.5),  # the squares overflow
        ([1e-200], [3e-200], 0.5),  # the squares are 0
    ],
)
def test_relative_error_is_the_difference_over_the_sum_of_norms(
    actual, expected, error
):
    assert relative_error(actual, expected) == pytest.approx(error, rel=1e-15, abs=0)
    assert relative_error(expected, actual) == pytest.approx(error, rel=1e-15, abs=0)


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("other", [0.0, 1.0, math.nan, math.inf])
def test_relative_error_to_what_is_not_finite_is_nan(bad, other):
    assert math.isnan(relative_error([bad], [other]))
    assert math.isnan(relative_error([other], [bad]))


@pytest.mark.parametrize(
    ("actual", "expected", "error", "words"),
    [
        ([1, 2], [[1, 2]], ValueError, r"\(2,\), but expected has shape \(1, 2\)"),
        ([1j], [1], TypeError, r"actual must hold real numbers"),
        ([1], ["b"], TypeError, r"expected must hold real numbers"),
    ],
)
def test_relative_error_refuses_bad_input(actual, expected, error, words):
    with pytest.raises(error, match=words):
        relative_error(actual, expected)
