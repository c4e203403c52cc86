"""The table of mistakes: each is the backward pass with its own line in it."""

import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from backprop_explained import (
    IDENTITY,
    MISTAKES,
    RELU,
    SIGMOID,
    TANH,
    Gradients,
    Mistake,
    Network,
    backward,
    forward,
    sigmoid,
    squared_error,
)
from backprop_explained.check.mistakes import CONSTANT_FACTOR

DOCS = Path(__file__).parents[3] / "docs"
RNG = np.random.default_rng(3)
X, Y = RNG.normal(size=(5, 3)), RNG.uniform(size=(5, 2))


def network(widths=(3, 4, 4, 2), activations=SIGMOID, *, biases=True):
    rng = np.random.default_rng(7)
    weights = [rng.normal(size=shape) for shape in pairwise(widths)]
    shifts = [rng.normal(size=n) for n in widths[1:]]
    return Network(weights, shifts if biases else None, activations)


def make(name, net=None, x=X, y=Y, step_size=0.5):
    net = net or network()
    return MISTAKES[name].gradients(net, x, y, squared_error, step_size)


def right(net=None, x=X, y=Y):
    net = net or network()
    return backward(net, forward(net, x), y, squared_error)


def assert_equal(given, expected):
    for u, v in zip(given.parameters, expected.parameters, strict=True):
        np.testing.assert_allclose(u, v, rtol=1e-12, atol=1e-15)


# ---- the rows


@pytest.mark.parametrize("mistake", [*MISTAKES.values(), CONSTANT_FACTOR])
def test_a_row_says_what_why_and_how_to_mend_it(mistake):
    assert isinstance(mistake, Mistake)
    assert mistake.description == mistake.description.strip()
    assert len(mistake.description) > 20
    assert mistake.code != mistake.instead
    for line in (mistake.code, mistake.instead):
        compile(line, mistake.name, "exec")


@pytest.mark.parametrize("mistake", [*MISTAKES.values(), CONSTANT_FACTOR])
def test_the_page_of_a_row_is_there_with_its_heading(mistake):
    path, _, anchor = mistake.page.partition("#")
    text = (DOCS / path).read_text()
    assert not anchor or f"#{anchor} }}" in text


def test_there_are_at_least_14_and_each_has_its_own_name():
    assert len(MISTAKES) >= 14
    assert all(name == row.name for name, row in MISTAKES.items())
    described = [row.description for row in MISTAKES.values()]
    assert len(set(described)) == len(described)


@pytest.mark.parametrize("name", MISTAKES)
def test_nothing_given_is_changed(name):
    x, y, net = X.copy(), Y.copy(), network()
    before = [p.copy() for p in net.parameters]
    make(name, net, x, y)
    assert (x == X).all()
    assert (y == Y).all()
    assert all(map(np.array_equal, before, net.parameters))


# ---- written out by hand, two layers, no helper shared with the table


def by_hand(output, hidden, below=None):
    """Two sigmoid layers; `output` and `hidden` are functions of z and a."""
    net = network((3, 4, 2))
    (first, second), (b1, b2) = net.weights, net.biases
    z1 = X @ first + b1
    a1 = sigmoid(z1)
    z2 = a1 @ second + b2
    a2 = sigmoid(z2)
    error = a2 - Y
    delta2 = error * output(z2, a2)
    passed = delta2 if below is None else error * below(z2, a2)
    delta1 = (passed @ second.T) * hidden(z1, a1)
    return net, Gradients(
        [X.T @ delta1, a1.T @ delta2], [delta1.sum(axis=0), delta2.sum(axis=0)]
    )


slope = lambda z, a: a * (1 - a)
of_a = lambda z, a: sigmoid(a) * (1 - sigmoid(a))
of_z = lambda z, a: z * (1 - z)
one = lambda z, a: np.ones_like(a)


@pytest.mark.parametrize(
    ("name", "output", "hidden", "below"),
    [
        ("a where z belongs", of_a, of_a, None),
        ("a where z belongs, output layer", of_a, slope, None),
        ("a where z belongs, hidden layers", slope, of_a, None),
        ("z where a belongs", of_z, of_z, None),
        ("z where a belongs, output layer", of_z, slope, None),
        ("z where a belongs, hidden layers", slope, of_z, None),
        ("slope missing", one, one, None),
        ("slope missing, output layer", one, slope, None),
        ("slope missing, hidden layers", slope, one, None),
        ("slope missing in what is passed down", slope, slope, one),
        (
            "tanh's slope for the sigmoid, from a",
            lambda z, a: 1 - a**2,
            lambda z, a: 1 - a**2,
            None,
        ),
        (
            "tanh's slope for the sigmoid, from z",
            lambda z, a: 1 / np.cosh(z) ** 2,
            lambda z, a: 1 / np.cosh(z) ** 2,
            None,
        ),
    ],
)
def test_a_mistaken_slope_by_hand(name, output, hidden, below):
    net, expected = by_hand(output, hidden, below)
    assert_equal(make(name, net), expected)


def test_without_a_mistake_the_hand_is_right():
    net, expected = by_hand(slope, slope)
    assert_equal(right(net), expected)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("the sigmoid's slope for tanh, from a", lambda z, a: a * (1 - a)),
        ("the sigmoid's slope for tanh, from z", lambda z, a: of_a(a, z)),
        ("a where z belongs", lambda z, a: 1 - np.tanh(a) ** 2),
        ("z where a belongs", lambda z, a: 1 - z**2),
    ],
)
def test_a_mistaken_slope_of_tanh(name, wrong):
    net = network(activations=TANH)
    mistaken = network(activations=TANH._replace(slope=wrong))
    assert_equal(make(name, net), right(mistaken))


def test_a_factor_is_a_factor():
    for name, factor in [
        ("sign", -1),
        ("factor 2", 2),
        ("factor 1/2", 0.5),
        ("factor 1/m", 0.2),
    ]:
        expected = Gradients(*([factor * g for g in gs] for gs in right()))
        assert_equal(make(name), expected)


def test_updated_weights_by_hand():
    net = network((3, 4, 2))
    trace, eta = forward(net, X), 0.5
    hidden, output = trace.activations[1:]
    delta2 = (output - Y) * slope(None, output)
    last = hidden.T @ delta2
    delta1 = (delta2 @ (net.weights[1] - eta * last).T) * slope(None, hidden)
    expected = Gradients([X.T @ delta1, last], [delta1.sum(axis=0), delta2.sum(axis=0)])
    assert_equal(make("updated weights", net), expected)


def test_without_the_slope_and_through_updated_weights_by_hand():
    net, eta = network((3, 4, 2)), 0.5
    hidden, output = forward(net, X).activations[1:]
    error = output - Y
    delta2 = error * slope(None, output)
    last = hidden.T @ delta2
    delta1 = (error @ (net.weights[1] - eta * last).T) * slope(None, hidden)
    expected = Gradients([X.T @ delta1, last], [delta1.sum(axis=0), delta2.sum(axis=0)])
    both = "slope missing in what is passed down, updated weights"
    assert_equal(make(both, net, step_size=eta), expected)
    assert make(both, net, step_size=None) is None


def test_w_for_its_transpose_by_hand():
    net = network((3, 4, 4))
    y = RNG.uniform(size=(5, 4))
    hidden, output = forward(net, X).activations[1:]
    delta2 = (output - y) * slope(None, output)
    delta1 = (delta2 @ net.weights[1]) * slope(None, hidden)
    expected = Gradients(
        [X.T @ delta1, hidden.T @ delta2], [delta1.sum(axis=0), delta2.sum(axis=0)]
    )
    assert_equal(make("W for W.T", net, y=y), expected)


def test_the_output_for_the_input_by_hand():
    net, y = network((3, 4, 4)), RNG.uniform(size=(5, 4))
    output = forward(net, X).output
    delta = (output - y) * slope(None, output)
    gradients = make("output for input", net, y=y)
    np.testing.assert_allclose(gradients.weights[1], output.T @ delta, rtol=1e-12)
    np.testing.assert_allclose(gradients.weights[0], right(net, y=y).weights[0])


def test_the_biases_by_hand():
    net = network((3, 2))
    output = forward(net, X).output
    delta = (output - Y) * slope(None, output)
    for name, expected in [
        ("bias gradient not summed", delta),
        ("bias gradient averaged", delta.sum(axis=0) / 5),
        ("bias gradient summed over the layer", np.full(2, delta.sum())),
    ]:
        gradients = make(name, net)
        np.testing.assert_allclose(gradients.biases[0], expected, rtol=1e-12)
        np.testing.assert_allclose(gradients.weights[0], right(net).weights[0])


def test_a_relu_gated_on_its_output_lets_everything_through():
    net = network(activations=[RELU, RELU, SIGMOID])
    open_gates = network(activations=[IDENTITY, IDENTITY, SIGMOID])
    gradients = make("relu gated with >= on the output", net)
    trace = forward(net, X)
    assert any((a == 0).any() for a in trace.activations[1:3])
    expected = backward(open_gates, trace, Y, squared_error)
    assert_equal(gradients, expected)


def test_a_transposed_gradient_is_transposed():
    gradients = make("transposed")
    assert [g.shape for g in gradients.weights] == [(4, 3), (4, 4), (2, 4)]
    assert_equal(Gradients([g.T for g in gradients.weights], gradients.biases), right())


# ---- where a mistake cannot be made

NEEDS_TWO_LAYERS = [
    name for name in MISTAKES if re.search(r", (output|hidden) |passed|updated", name)
]


@pytest.mark.parametrize("name", NEEDS_TWO_LAYERS)
def test_one_layer_has_nothing_below_it(name):
    assert make(name, network((3, 2))) is None
    assert make(name, network((3, 4, 2))) is not None


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("updated weights", {"step_size": None}),
        ("W for W.T", {"net": network((3, 4, 2))}),
        ("W for W.T", {"net": network((3, 3, 2))}),
        ("output for input", {"net": network((3, 4, 2))}),
        ("factor 1/m", {"x": X[:1], "y": Y[:1]}),
        ("bias gradient not summed", {"x": X[:1], "y": Y[:1]}),
        ("bias gradient averaged", {"net": network(biases=False)}),
        ("tanh's slope for the sigmoid, from a", {"net": network(activations=TANH)}),
        ("the sigmoid's slope for tanh, from z", {}),
        ("relu gated with >= on the output", {}),
    ],
)
def test_where_it_cannot_be_made_there_is_none(name, options):
    assert make(name, **options) is None


def test_an_activation_without_a_derivative_cannot_be_misread():
    bare = SIGMOID._replace(derivative=None, derivative_from_output=None)
    assert make("a where z belongs", network(activations=bare)) is None
    assert make("z where a belongs", network(activations=bare)) is None
    assert make("slope missing", network(activations=bare)) is not None
