"""Networks as values, and the backward pass against oracles that we did not write."""

import copy
import dataclasses
import pickle

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
import strategies
import sympy
from autograd.extend import defvjp, primitive
from hypothesis import given, settings

from backprop_explained import (
    ACTIVATIONS,
    IDENTITY,
    RELU,
    SIGMOID,
    TANH,
    Gradients,
    Network,
    Trace,
    backward,
    cross_entropy,
    forward,
    make_activation,
    numerical_gradient,
    predict,
    random_network,
    relative_error,
    sigmoid,
    sigmoid_derivative,
    squared_error,
    sum_of_squares,
)
from backprop_explained.check.numerical import STEP


def network_of(*widths, seed=0, activations=SIGMOID, biases=True):
    rng = np.random.default_rng(seed)
    return random_network(widths, activations, rng, biases=biases)


def frozen(shape, seed=1):
    array = np.random.default_rng(seed).uniform(0.1, 0.9, shape)
    array.flags.writeable = False  # so that a write in place would raise
    return array


# ---- backward against central differences


def gradients_of(case):
    trace = forward(case.network, case.x)
    return backward(case.network, trace, case.y, case.cost)


def differences_of(case):
    """Central differences in each parameter array in turn, with a step set beforehand.

    The draws keep clear of kinks for this step; one that fits the noise may be larger.
    """
    own, rows = case.network.parameters, case.network.activations

    def cost(i, moved):
        parameters = [*own[:i], moved, *own[i + 1 :]]
        return strategies.value(case.cost, rows, case.x, case.y, parameters)

    return [
        numerical_gradient(lambda moved, i=i: cost(i, moved), own[i], STEP)
        for i in range(len(own))
    ]


@settings(max_examples=400)
@given(strategies.cases())
def test_backward_agrees_with_central_differences(case):
    actual, expected = gradients_of(case).parameters, differences_of(case)
    assert len(actual) == len(expected)
    for ours, theirs in zip(actual, expected, strict=True):
        assert ours.shape == theirs.shape
        assert relative_error(ours, theirs) < 1e-5


def test_the_draws_reach_every_size_activation_and_cost():
    drawn = []

    @settings(max_examples=800)
    @given(strategies.cases())
    def collect(case):
        drawn.append(case)

    collect()
    networks = [case.network for case in drawn]
    widths = {
        width for network in networks for W in network.weights for width in W.shape
    }
    assert {len(network.weights) for network in networks} == {1, 2, 3, 4, 5}
    assert widths == {1, 2, 3, 4, 5, 6, 7}
    assert {len(case.x) for case in drawn} == set(range(1, 10))
    assert {row for network in networks for row in network.activations} == set(
        ACTIVATIONS.values()
    )
    assert {case.cost for case in drawn} == set(strategies.COSTS)
    assert {bool(network.biases) for network in networks} == {True, False}


@pytest.mark.parametrize(
    "mistake",
    [
        lambda z, a: sigmoid_derivative(a),
        lambda z, a: a * (1 - a) * 1.001,
        lambda z, a: np.ones_like(a),
    ],
)
def test_central_differences_reject_a_wrong_slope(mistake):
    wrong = SIGMOID._replace(slope=mistake)
    network = network_of(3, 4, 2, activations=wrong)
    case = strategies.Case(network, frozen((5, 3)), frozen((5, 2)), squared_error)
    errors = map(relative_error, gradients_of(case).parameters, differences_of(case))
    assert min(errors) > 1e-5


COST = squared_error

# ---- backward against HIPS autograd

AUTOGRAD_ROWS = {
    "sigmoid": lambda z: 1 / (1 + anp.exp(-z)),
    "tanh": anp.tanh,
    "relu": lambda z: anp.maximum(z, 0),
    "identity": lambda z: z,
}
AUTOGRAD_COSTS = {
    "squared_error": lambda a, y: anp.sum((a - y) ** 2) / 2,
    "sum_of_squares": lambda a, y: anp.sum((a - y) ** 2),
    "cross_entropy": lambda a, y: -anp.sum(y * anp.log(a) + (1 - y) * anp.log(1 - a)),
    "softmax_cross_entropy": lambda z, y: anp.sum(
        y * (anp.log(anp.sum(anp.exp(z), axis=1, keepdims=True)) - z)
    ),
    "mean of sum_of_squares over entries": lambda a, y: anp.mean((a - y) ** 2),
    "mean of cross_entropy over entries": lambda a, y: (
        -anp.mean(y * anp.log(a) + (1 - y) * anp.log(1 - a))
    ),
}


def in_autograd(row):
    """The row in autograd's own functions, or as a rule of it for a newer row."""
    if row.name in AUTOGRAD_ROWS:
        return AUTOGRAD_ROWS[row.name]
    rule = primitive(row.function)
    defvjp(rule, lambda ans, z: lambda g: g * row.derivative(z))
    return rule


def autograd_gradients(case):
    depth = len(case.network.weights)

    def cost(parameters):
        a = case.x
        biases = parameters[depth:] or [0.0] * depth
        for W, b, row in zip(
            parameters[:depth], biases, case.network.activations, strict=True
        ):
            a = in_autograd(row)(anp.dot(a, W) + b)
        return AUTOGRAD_COSTS[case.cost.name](a, case.y)

    return autograd.grad(cost)(case.network.parameters)


@settings(max_examples=300)
@given(strategies.cases())
def test_backward_agrees_with_autograd(case):
    actual, expected = gradients_of(case).parameters, autograd_gradients(case)
    assert len(actual) == len(expected)
    for ours, theirs in zip(actual, expected, strict=True):
        assert relative_error(ours, theirs) < 1e-12


def test_a_newer_row_can_be_checked_by_autograd_too():
    softplus = make_activation("softplus", lambda z: np.logaddexp(0, z), sigmoid)
    network = network_of(3, 4, 2, activations=[softplus, TANH])
    case = strategies.Case(network, frozen((5, 3)), frozen((5, 2)), squared_error)
    for ours, theirs in zip(
        gradients_of(case).parameters, autograd_gradients(case), strict=True
    ):
        assert relative_error(ours, theirs) < 1e-12


# ---- backward against algebra


def test_sympy_and_backward_agree_on_the_chain_rule_of_one_neuron():
    w, b, x, y = sympy.symbols("w b x y", real=True)
    cost = (1 / (1 + sympy.exp(-(w * x + b))) - y) ** 2 / 2
    slopes = sympy.lambdify((w, b, x, y), [cost.diff(w), cost.diff(b)], "mpmath")
    low, high = [-1, -1, -1, -2], [1, 1, 1, 0]  # y below a: no digit cancels in a - y
    for numbers in np.random.default_rng(5).uniform(low, high, (50, 4)):
        w_, b_, x_, y_ = numbers.tolist()
        network = Network([[[w_]]], [[b_]])
        gradients = backward(network, forward(network, [[x_]]), [[y_]], squared_error)
        dw, db = slopes(w_, b_, x_, y_)
        assert abs(gradients.weights[0] - dw) <= 1e-14 * abs(dw)
        assert abs(gradients.biases[0] - db) <= 1e-14 * abs(db)


def test_the_chain_rule_of_one_neuron_is_three_factors():
    w, b, x, y = sympy.symbols("w b x y", real=True)
    a = 1 / (1 + sympy.exp(-(w * x + b)))
    assert sympy.simplify(((a - y) ** 2 / 2).diff(w) - (a - y) * a * (1 - a) * x) == 0


def test_gradients_are_summed_over_the_batch():
    network, x, y = network_of(3, 4, 2), frozen((6, 3)), frozen((6, 2))
    whole = backward(network, forward(network, x), y, squared_error).parameters
    single = [
        backward(network, forward(network, x[i : i + 1]), y[i : i + 1], squared_error)
        for i in range(6)
    ]
    for i, array in enumerate(whole):
        summed = sum(gradients.parameters[i] for gradients in single)
        np.testing.assert_allclose(array, summed, rtol=1e-13, atol=1e-16)


def test_the_slope_is_handed_both_z_and_a():
    calls = []

    def slope(z, a):
        calls.append((z, a))
        return np.ones_like(z)

    spy = [SIGMOID._replace(slope=slope), TANH._replace(slope=slope)]
    network = network_of(3, 4, 2, activations=spy)
    trace = forward(network, frozen((5, 3)))
    backward(network, trace, frozen((5, 2)), squared_error)
    for (z, a), own_z, own_a in zip(
        calls, trace.zs[::-1], trace.activations[:0:-1], strict=True
    ):
        assert z is own_z
        assert a is own_a


def test_the_network_reads_function_and_slope_alone():
    bare = SIGMOID._replace(
        name="bare", derivative=None, derivative_from_output=None, domain=None
    )
    x, y = frozen((5, 3)), frozen((5, 2))
    pairs = []
    for row in (SIGMOID, bare):
        network = network_of(3, 4, 2, activations=row)
        pairs.append(backward(network, forward(network, x), y, sum_of_squares))
    for ours, theirs in zip(pairs[0].parameters, pairs[1].parameters, strict=True):
        assert (ours == theirs).all()


# ---- forward


def test_forward_keeps_the_input_and_every_z_and_a():
    rows = [RELU, TANH, SIGMOID]
    network, x = network_of(3, 4, 2, 1, activations=rows), frozen((5, 3))
    trace = forward(network, x)
    assert isinstance(trace, Trace)
    assert len(trace.zs) == 3
    assert len(trace.activations) == 4
    assert (trace.activations[0] == x).all()
    for W, b, row, z, a, a_previous in zip(
        network.weights,
        network.biases,
        rows,
        trace.zs,
        trace.activations[1:],
        trace.activations,
        strict=False,
    ):
        by_entry = [
            [
                sum(a_previous[i, k] * W[k, j] for k in range(len(W))) + b[j]
                for j in range(W.shape[1])
            ]
            for i in range(len(x))
        ]
        np.testing.assert_allclose(z, by_entry, rtol=1e-13, atol=1e-15)
        assert (a == row.function(z)).all()
    assert trace.output is trace.activations[-1]


def test_predict_is_the_output_of_forward():
    network, x = network_of(3, 4, 2), frozen((5, 3))
    assert (predict(network, x) == forward(network, x).output).all()


def test_absent_biases_are_zero_biases_that_have_no_gradient():
    without = network_of(3, 4, 2, biases=False)
    zeros = Network(without.weights, [np.zeros(4), np.zeros(2)])
    x, y = frozen((5, 3)), frozen((5, 2))
    assert (predict(without, x) == predict(zeros, x)).all()
    gradients = backward(without, forward(without, x), y, squared_error)
    full = backward(zeros, forward(zeros, x), y, squared_error)
    assert gradients.biases == []
    assert len(gradients.parameters) == len(without.parameters) == 2
    assert all(map(np.array_equal, gradients.weights, full.weights))
    assert [b.shape for b in full.biases] == [(4,), (2,)]


def test_gradients_stand_beside_the_parameters():
    network = network_of(3, 4, 2)
    trace = forward(network, frozen((5, 3)))
    gradients = backward(network, trace, frozen((5, 2)), squared_error)
    assert isinstance(gradients, Gradients)
    assert [g.shape for g in gradients.parameters] == [
        p.shape for p in network.parameters
    ]
    assert gradients.parameters == [*gradients.weights, *gradients.biases]


def test_float32_stays_float32():
    network = Network(
        [W.astype(np.float32) for W in network_of(3, 4, 2).weights],
        [np.ones(4, np.float32), np.ones(2, np.float32)],
        [RELU, SIGMOID],
    )
    x, y = frozen((5, 3)).astype(np.float32), frozen((5, 2)).astype(np.float32)
    trace = forward(network, x)
    gradients = backward(network, trace, y, cross_entropy)
    arrays = [*trace.zs, *trace.activations, *gradients.parameters]
    assert {array.dtype for array in arrays} == {np.dtype(np.float32)}


# ---- a network is a value


def test_a_network_copies_what_it_is_given_and_cannot_be_written_to():
    W, b = np.ones((3, 1)), np.zeros(1)
    network = Network([W], [b])
    W[:], b[:] = 7, 7
    assert (network.weights[0] == 1).all()
    assert (network.biases[0] == 0).all()
    for array in network.parameters:
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
    with pytest.raises(dataclasses.FrozenInstanceError):
        network.weights = ()


def test_nothing_given_is_changed():
    network, x, y = network_of(3, 4, 2), frozen((5, 3)), frozen((5, 2))
    trace = forward(network, x)
    arrays = [*trace.zs, *trace.activations, *network.parameters, x, y]
    before = [array.copy() for array in arrays]
    for array in arrays:
        array.flags.writeable = False
    gradients = backward(network, trace, y, squared_error)
    assert all(map(np.array_equal, arrays, before))
    assert not any(
        np.shares_memory(gradient, array)
        for gradient in gradients.parameters
        for array in arrays
    )


@pytest.mark.parametrize(
    "way", [copy.deepcopy, lambda n: pickle.loads(pickle.dumps(n))]
)
def test_a_copied_network_is_the_same_and_stays_read_only(way):
    network, x = network_of(3, 4, 2, activations=[TANH, SIGMOID]), frozen((5, 3))
    other = way(network)
    assert (predict(other, x) == predict(network, x)).all()
    assert not any(array.flags.writeable for array in other.parameters)
    assert not way(network_of(3, 1, biases=False)).biases


def test_with_parameters_makes_another_network():
    network = network_of(3, 4, 2, activations=[TANH, SIGMOID])
    other = network.with_parameters([2 * p for p in network.parameters])
    assert other.activations == network.activations
    for mine, theirs in zip(network.parameters, other.parameters, strict=True):
        assert (theirs == 2 * mine).all()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda p: p[:-1], r"parameters must hold 4 arrays, .* but hold 3"),
        (lambda p: [*p, p[0]], r"must hold 4 arrays, weights then biases, but hold 5"),
        (
            lambda p: [p[0], p[1].T, *p[2:]],
            r"layer 2: parameters of shape \(2, 4\) do not fit weights of shape "
            r"\(4, 2\); make the two equal",
        ),
        (
            lambda p: [*p[:2], p[2][:1], p[3]],
            r"layer 1: parameters of shape \(1,\) do not fit biases of shape \(4,\)",
        ),
    ],
)
def test_with_parameters_refuses_other_shapes(change, words):
    network = network_of(3, 4, 2)
    with pytest.raises(ValueError, match=words):
        network.with_parameters(change(network.parameters))


def test_layers_go_together():
    network = network_of(3, 4, 2, activations=[TANH, SIGMOID])
    shapes = [(W.shape, b.shape, row) for W, b, row in network.layers]
    assert shapes == [((3, 4), (4,), TANH), ((4, 2), (2,), SIGMOID)]
    assert [b for _, b, _ in network_of(3, 4, 2, biases=False).layers] == [0, 0]


def test_one_activation_serves_all_layers_and_sigmoid_is_the_default():
    weights = [np.ones((3, 4)), np.ones((4, 1))]
    assert Network(weights).activations == (SIGMOID, SIGMOID)
    assert Network(weights, activations=TANH).activations == (TANH, TANH)
    assert Network(weights, None, [TANH, IDENTITY]).activations == (TANH, IDENTITY)


# ---- random networks


def test_random_network_has_the_widths_zero_biases_and_one_draw_a_layer():
    network = network_of(3, 4, 2)
    rng = np.random.default_rng(0)
    assert [W.shape for W in network.weights] == [(3, 4), (4, 2)]
    assert (network.weights[0] == rng.normal(size=(3, 4)) / np.sqrt(3)).all()
    assert (network.weights[1] == rng.normal(size=(4, 2)) / np.sqrt(4)).all()
    assert all((b == 0).all() for b in network.biases)
    assert [b.shape for b in network.biases] == [(4,), (2,)]


@pytest.mark.parametrize("width", [3, 300])
def test_the_default_draw_keeps_z_of_one_size(width):
    network = network_of(width, 400, activations=IDENTITY)
    x = np.random.default_rng(1).normal(size=(400, width))
    assert predict(network, x).std() == pytest.approx(1, rel=0.1)


def test_a_draw_of_ones_own_is_made_layer_by_layer():
    rng = np.random.RandomState(3)
    network = random_network(
        [3, 4, 1], SIGMOID, rng, lambda rng, shape: rng.random(shape), biases=False
    )
    again = np.random.RandomState(3)
    assert (network.weights[0] == again.random_sample((3, 4))).all()
    assert (network.weights[1] == again.random_sample((4, 1))).all()
    assert network.biases == ()


@pytest.mark.parametrize(
    ("widths", "rng", "error", "words"),
    [
        ([3], 0, TypeError, r"rng must be a random generator, not 0; np\.random\.def"),
        ([3, 2], np.random, TypeError, r"rng must be a random generator"),
        ([3, 2.0], None, TypeError, r"widths must be whole numbers, not 2\.0; use an"),
        ([3, True], None, TypeError, r"widths must be whole numbers, not True"),
        ([3], None, ValueError, r"two or more numbers from 1 up, not \[3\]; the first"),
        ([], None, ValueError, r"two or more numbers from 1 up, not \[\]"),
        ([3, 0, 1], None, ValueError, r"from 1 up, not \[3, 0, 1\]"),
    ],
)
def test_random_network_refuses_bad_input(widths, rng, error, words):
    rng = np.random.default_rng(0) if rng is None else rng
    with pytest.raises(error, match=words):
        random_network(widths, SIGMOID, rng)


# ---- bad networks, bad batches

ONES = np.ones


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([],), r"weights must hold one array per layer, but is empty"),
        (
            ([ONES((3, 4)), ONES((5, 1))],),
            r"layer 2: weights of shape \(5, 1\) take 5 inputs, but layer 1, of shape "
            r"\(3, 4\), gives 4; make the two numbers equal",
        ),
        (
            ([ONES((3, 4)), ONES((4, 2)), ONES((1, 2))],),
            r"layer 3: weights of shape \(1, 2\) .* layer 2, of shape \(4, 2\), gives",
        ),
        (
            ([ONES((3, 4)), ONES((4, 1))], [ONES(4), ONES(4)]),
            r"layer 2: biases of shape \(4,\) do not fit weights of shape \(4, 1\); "
            r"give one bias per output: shape \(1,\)",
        ),
        (
            ([ONES((3, 4))], [ONES((1, 4))]),
            r"biases of layer 1 must have shape \(n_out,\), but has shape \(1, 4\)",
        ),
        (
            ([ONES((3, 4)), ONES((4, 1))], [ONES(4)]),
            r"biases must hold one array per layer, 2 in all, but holds 1; leave",
        ),
        (([ONES(3)],), r"weights of layer 1 must have shape \(n_in, n_out\), but has"),
        ((ONES((3, 4)),), r"weights of layer 1 must have shape \(n_in, n_out\)"),
        (([ONES((3, 0))],), r"weights of layer 1 must not be empty, but has shape"),
        (
            ([ONES((3, 1)), [[np.nan]]],),
            r"weights of layer 2 must be finite, but weights of layer 2\[0, 0\] is nan",
        ),
        (([ONES((1, 1))], [[np.inf]]), r"biases of layer 1\[0\] is inf; fix"),
        (([[[1], [1, 2]]],), r"weights of layer 1 must be rectangular"),
        (
            ([ONES((3, 4))], None, [SIGMOID, TANH]),
            r"activations must hold one row per layer, 1 in all, but holds 2",
        ),
    ],
)
def test_a_network_that_does_not_fit_is_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        Network(*arguments)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((None,), r"weights must be a list with one array per layer, not None"),
        (
            ([ONES((1, 1))], 0.5),
            r"biases must be a list with one array per layer, not 0",
        ),
        (([[[1j]]],), r"weights of layer 1 must hold real numbers, not complex128"),
        (
            ([ONES((1, 1))], [["b"]]),
            r"biases of layer 1 must hold real numbers, not <U",
        ),
        (
            ([ONES((1, 1)), [[None]]],),
            r"weights of layer 2 must hold real .*not object",
        ),
        (
            ([ONES((1, 1))], None, sigmoid),
            r"must be Activation rows such as SIGMOID, n",
        ),
        (([ONES((1, 1))], None, "sigmoid"), r"rows such as SIGMOID, not 's'"),
        (
            ([ONES((1, 1))], None, [np.tanh]),
            r"not <ufunc 'tanh'>; make_activation makes",
        ),
        (
            ([ONES((1, 1))], None, None),
            r"activations must be Activation rows.*not None",
        ),
    ],
)
def test_a_network_of_the_wrong_kind_is_refused(arguments, words):
    with pytest.raises(TypeError, match=words):
        Network(*arguments)


@pytest.mark.parametrize("use", [forward, predict])
@pytest.mark.parametrize(
    ("x", "error", "words"),
    [
        ([1, 2, 3], ValueError, r"x must have shape \(m, n\), .* example is a row"),
        (5, ValueError, r"x must have shape \(m, n\), but has shape \(\)"),
        (ONES((2, 2, 3)), ValueError, r"but has shape \(2, 2, 3\)"),
        (ONES((0, 3)), ValueError, r"x must not be empty, but has shape \(0, 3\)"),
        ([[1, np.nan, 3]], ValueError, r"x must be finite, but x\[0, 1\] is nan"),
        ([[1, 2, np.inf]], ValueError, r"x must be finite, but x\[0, 2\] is inf"),
        (
            ONES((3, 2)),
            ValueError,
            r"x of shape \(3, 2\) has 2 numbers per example, but layer 1, of shape "
            r"\(3, 4\), takes 3; examples are rows",
        ),
        ([[1j, 2, 3]], TypeError, r"x must hold real numbers, not complex128"),
        ([["1", "2", "3"]], TypeError, r"x must hold real numbers, not <U1"),
        ([[None, 2, 3]], TypeError, r"x must hold real numbers, not object"),
        ([[1, 2, 3], [1]], ValueError, r"x must be rectangular"),
    ],
)
def test_a_bad_batch_is_refused(use, x, error, words):
    with pytest.raises(error, match=words):
        use(network_of(3, 4, 2), x)


@pytest.mark.parametrize("use", [forward, predict])
def test_forward_refuses_what_is_no_network(use):
    with pytest.raises(TypeError, match=r"network must be a Network, not 3; build one"):
        use(3, [[1.0]])


@pytest.mark.parametrize(
    ("y", "error", "words"),
    [
        (
            [0, 1],
            ValueError,
            r"y must have the shape of the output, \(2, 1\), but has ",
        ),
        ([[0, 1]], ValueError, r"but has shape \(1, 2\); y\.reshape\(2, 1\)"),
        ([[0]], ValueError, r"but has shape \(1, 1\); one row per example, one column"),
        ([[0], [np.nan]], ValueError, r"y must be finite, but y\[1, 0\] is nan"),
        ([[0], [1j]], TypeError, r"y must hold real numbers, not complex128"),
        ([[0], [None]], TypeError, r"y must hold real numbers, not object"),
        ([[0], [0, 1]], ValueError, r"y must be rectangular"),
    ],
)
def test_backward_refuses_a_bad_target(y, error, words):
    network = network_of(3, 1)
    with pytest.raises(error, match=words):
        backward(network, forward(network, frozen((2, 3))), y, squared_error)


@pytest.mark.parametrize(
    "cost", [None, np.square, "squared_error", squared_error.value]
)
def test_backward_refuses_what_is_no_cost(cost):
    network = network_of(3, 1)
    trace = forward(network, frozen((2, 3)))
    with pytest.raises(
        TypeError, match=r"cost must be a Cost such as squared_error, n"
    ):
        backward(network, trace, frozen((2, 1)), cost)


def test_backward_refuses_an_output_step_that_is_no_function():
    network = network_of(3, 1)
    trace = forward(network, frozen((2, 3)))
    words = r"output_delta must be a function of a and y, not True; leave it out"
    with pytest.raises(TypeError, match=words):
        backward(network, trace, frozen((2, 1)), cross_entropy, output_delta=True)


@pytest.mark.parametrize(
    ("trace", "error", "words"),
    [
        (
            ([], []),
            TypeError,
            r"trace must be what forward returned, not \(\[\], \[\]\)",
        ),
        (Trace([], []), TypeError, r"trace must be what forward returned"),
        (
            forward(network_of(3, 4, 2, 1), np.ones((5, 3))),
            ValueError,
            r"trace\.zs has shapes \[\(5, 4\), \(5, 2\), \(5, 1\)\], but this network "
            r"makes \[\(5, 4\), \(5, 1\)\]; run forward on this network first",
        ),
        (
            forward(network_of(2, 4, 1), np.ones((5, 2))),
            ValueError,
            r"x of shape \(5, 2\) has 2 numbers per example, but layer 1",
        ),
        (
            Trace([np.ones((5, 4)), np.ones((5, 1))], [np.ones((5, 3))]),
            ValueError,
            r"trace\.activations has shapes \[\], but",
        ),
    ],
)
def test_backward_refuses_the_trace_of_another_network(trace, error, words):
    with pytest.raises(error, match=words):
        backward(network_of(3, 4, 1), trace, np.ones((5, 1)), squared_error)


def test_backward_refuses_what_is_no_network():
    trace = forward(network_of(3, 1), np.ones((5, 3)))
    with pytest.raises(TypeError, match=r"network must be a Network, not None"):
        backward(None, trace, np.ones((5, 1)), squared_error)
