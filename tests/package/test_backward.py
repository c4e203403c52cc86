"""The backward pass against oracles that we did not write."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
import strategies
import sympy
from autograd.extend import defvjp, primitive
from hypothesis import given, settings
from networks import gradient
from strategies import frozen, network_of

from backprop_explained import (
    ACTIVATIONS,
    SIGMOID,
    TANH,
    Network,
    make_activation,
    numerical_gradient,
    relative_error,
    sigmoid,
    sigmoid_derivative,
    squared_error,
)
from backprop_explained.check.numerical import STEP

# ---- backward against central differences


def assert_near(case, expected, most):
    for ours, theirs in zip(gradient(*case).parameters, expected, strict=True):
        assert ours.shape == theirs.shape
        assert relative_error(ours, theirs) < most


def small_case(activations):
    network = network_of(3, 4, 2, activations=activations)
    return strategies.Case(network, frozen((5, 3)), frozen((5, 2)), squared_error)


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
    assert_near(case, differences_of(case), 1e-5)


def test_the_draws_reach_every_size_activation_and_cost():
    drawn = []

    @settings(max_examples=800)
    @given(strategies.cases())
    def collect(case):
        drawn.append(case)

    collect()
    networks = [case.network for case in drawn]
    widths = {n for network in networks for W in network.weights for n in W.shape}
    rows = {row for network in networks for row in network.activations}
    assert {len(network.weights) for network in networks} == {1, 2, 3, 4, 5}
    assert widths == {1, 2, 3, 4, 5, 6, 7}
    assert {len(case.x) for case in drawn} == set(range(1, 10))
    assert rows == set(ACTIVATIONS.values())
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
    case = small_case(SIGMOID._replace(slope=mistake))
    errors = map(relative_error, gradient(*case).parameters, differences_of(case))
    assert min(errors) > 1e-5


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
        a, weights = case.x, parameters[:depth]
        biases = parameters[depth:] or [0.0] * depth
        for W, b, row in zip(weights, biases, case.network.activations, strict=True):
            a = in_autograd(row)(anp.dot(a, W) + b)
        return AUTOGRAD_COSTS[case.cost.name](a, case.y)

    return autograd.grad(cost)(case.network.parameters)


@settings(max_examples=300)
@given(strategies.cases())
def test_backward_agrees_with_autograd(case):
    assert_near(case, autograd_gradients(case), 1e-12)


def test_a_newer_row_can_be_checked_by_autograd_too():
    softplus = make_activation("softplus", lambda z: np.logaddexp(0, z), sigmoid)
    case = small_case([softplus, TANH])
    assert_near(case, autograd_gradients(case), 1e-12)


# ---- backward against algebra


def test_sympy_and_backward_agree_on_the_chain_rule_of_one_neuron():
    w, b, x, y = sympy.symbols("w b x y", real=True)
    cost = (1 / (1 + sympy.exp(-(w * x + b))) - y) ** 2 / 2
    slopes = sympy.lambdify((w, b, x, y), [cost.diff(w), cost.diff(b)], "mpmath")
    low, high = [-1, -1, -1, -2], [1, 1, 1, 0]  # y below a: no digit cancels in a - y
    for numbers in np.random.default_rng(5).uniform(low, high, (50, 4)):
        w_, b_, x_, y_ = numbers.tolist()
        gradients = gradient(Network([[[w_]]], [[b_]]), [[x_]], [[y_]])
        dw, db = slopes(w_, b_, x_, y_)
        assert abs(gradients.weights[0] - dw) <= 1e-14 * abs(dw)
        assert abs(gradients.biases[0] - db) <= 1e-14 * abs(db)


def test_the_chain_rule_of_one_neuron_is_three_factors():
    w, b, x, y = sympy.symbols("w b x y", real=True)
    a = 1 / (1 + sympy.exp(-(w * x + b)))
    assert sympy.simplify(((a - y) ** 2 / 2).diff(w) - (a - y) * a * (1 - a) * x) == 0


def test_gradients_are_summed_over_the_batch():
    network, x, y = network_of(3, 4, 2), frozen((6, 3)), frozen((6, 2))
    whole = gradient(network, x, y).parameters
    single = [gradient(network, x[i : i + 1], y[i : i + 1]) for i in range(6)]
    for i, array in enumerate(whole):
        summed = sum(gradients.parameters[i] for gradients in single)
        np.testing.assert_allclose(array, summed, rtol=1e-13, atol=1e-16)
