"""The table of mistakes: each is the backward pass with its own line in it."""

import re
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest
from mistakes_by_hand import BY_HAND, GIVEN, LAYERS, STEP_SIZE, by_hand

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
from backprop_explained.check.mistakes import (
    BIAS_LEFT_OUT,
    CONSTANT_FACTOR,
    SLOPE_LEFT_IN,
)

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


def arrays(given):
    return given.parameters if isinstance(given, Gradients) else given


def assert_equal(given, expected):
    for u, v in zip(arrays(given), arrays(expected), strict=True):
        np.testing.assert_allclose(u, v, rtol=1e-12, atol=1e-15)


# ---- the rows

ROWS = [*MISTAKES.values(), CONSTANT_FACTOR, SLOPE_LEFT_IN, BIAS_LEFT_OUT]


@pytest.mark.parametrize("mistake", ROWS)
def test_a_row_says_what_why_and_how_to_fix_it(mistake):
    assert isinstance(mistake, Mistake)
    assert mistake.description == mistake.description.strip()
    assert len(mistake.description) > 20
    assert mistake.code != mistake.instead
    for line in (mistake.code, mistake.instead):
        compile(line, mistake.name, "exec")


@pytest.mark.parametrize("mistake", ROWS)
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


# ---- written out by hand, no helper shared with the table


def by_hand_network(layers):
    rows = {"sigmoid": SIGMOID, "tanh": TANH, "relu": [RELU, SIGMOID]}[layers]
    return Network(*([GIVEN[f"{kind}{i}"] for i in (1, 2)] for kind in "Wb"), rows)


@pytest.mark.parametrize("layers", LAYERS)
def test_without_a_mistake_the_hand_is_right(layers):
    made = right(by_hand_network(layers), GIVEN["x"], GIVEN["y"])
    assert_equal(made, by_hand(layers))


@pytest.mark.parametrize("name", MISTAKES)
def test_a_row_makes_what_is_written_out_by_hand(name):
    assert name in BY_HAND, f"write “{name}” out by hand in mistakes_by_hand.py"
    net = by_hand_network(BY_HAND[name][0])
    made = make(name, net, GIVEN["x"], GIVEN["y"], STEP_SIZE)
    assert_equal(made, by_hand(*BY_HAND[name]))


def test_what_is_written_out_by_hand_are_mistakes_and_no_two_are_alike():
    assert set(BY_HAND) <= set(MISTAKES)
    everything = [("sigmoid",), ("tanh",), ("relu",), *BY_HAND.values()]
    made = [
        np.concatenate([g.ravel() for g in by_hand(*lines)]) for lines in everything
    ]
    for u, v in combinations(made, 2):
        assert u.shape != v.shape or not np.allclose(u, v, rtol=1e-3)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("the sigmoid's slope for tanh, from a", lambda z, a: a * (1 - a)),
        (
            "the sigmoid's slope for tanh, from z",
            lambda z, a: sigmoid(z) * (1 - sigmoid(z)),
        ),
        ("a where z belongs", lambda z, a: 1 - np.tanh(a) ** 2),
        ("z where a belongs", lambda z, a: 1 - z**2),
    ],
)
def test_a_mistaken_slope_of_tanh(name, wrong):
    net = network(activations=TANH)
    mistaken = network(activations=TANH._replace(slope=wrong))
    assert_equal(make(name, net), right(mistaken))


def test_only_a_square_layer_takes_its_output_for_its_input():
    gradients, expected = make("output for input"), right()
    for i in (0, 2):
        assert_equal([gradients.weights[i]], [expected.weights[i]])
    assert not np.allclose(gradients.weights[1], expected.weights[1])


def test_a_relu_gated_on_its_output_lets_everything_through():
    net = network(activations=[RELU, RELU, SIGMOID])
    open_gates = network(activations=[IDENTITY, IDENTITY, SIGMOID])
    trace = forward(net, X)
    assert any((a == 0).any() for a in trace.activations[1:3])
    expected = backward(open_gates, trace, Y, squared_error)
    assert_equal(make("relu gated with >= on the output", net), expected)


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
