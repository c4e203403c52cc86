"""A network is a value: what it holds, how it is drawn, and what it refuses."""

import copy
import dataclasses
import pickle

import numpy as np
import pytest
from strategies import frozen, network_of

from backprop_explained import (
    IDENTITY,
    SIGMOID,
    TANH,
    Network,
    predict,
    random_network,
    sigmoid,
)


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
    rng, draw = np.random.RandomState(3), lambda rng, shape: rng.random(shape)
    network = random_network([3, 4, 1], SIGMOID, rng, draw, biases=False)
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


# ---- bad networks


def ones(*shapes):
    return [np.ones(shape) for shape in shapes]


ONE = [[[1.0]]]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([],), r"weights must hold one array per layer, but is empty"),
        (
            (ones((3, 4), (5, 1)),),
            r"layer 2: weights of shape \(5, 1\) take 5 inputs, but layer 1, of shape "
            r"\(3, 4\), gives 4; make the two numbers equal",
        ),
        (
            (ones((3, 4), (4, 2), (1, 2)),),
            r"layer 3: weights of shape \(1, 2\) .* layer 2, of shape \(4, 2\), gives",
        ),
        (
            (ones((3, 4), (4, 1)), ones(4, 4)),
            r"layer 2: biases of shape \(4,\) do not fit weights of shape \(4, 1\); "
            r"give one bias per output: shape \(1,\)",
        ),
        (
            (ones((3, 4)), ones((1, 4))),
            r"biases of layer 1 must have shape \(n_out,\), but has shape \(1, 4\)",
        ),
        (
            (ones((3, 4), (4, 1)), ones(4)),
            r"biases must hold one array per layer, 2 in all, but holds 1; leave",
        ),
        ((ones(3),), r"weights of layer 1 must have shape \(n_in, n_out\), but has"),
        ((np.ones((3, 4)),), r"weights of layer 1 must have shape \(n_in, n_out\)"),
        ((ones((3, 0)),), r"weights of layer 1 must not be empty, but has shape"),
        (
            ([*ones((3, 1)), [[np.nan]]],),
            r"weights of layer 2 must be finite, but weights of layer 2\[0, 0\] is nan",
        ),
        ((ONE, [[np.inf]]), r"biases of layer 1\[0\] is inf; fix"),
        (([[[1], [1, 2]]],), r"weights of layer 1 must be rectangular"),
        (
            (ones((3, 4)), None, [SIGMOID, TANH]),
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
        ((ONE, 0.5), r"biases must be a list with one array per layer, not 0"),
        (([[[1j]]],), r"weights of layer 1 must hold real numbers, not complex128"),
        ((ONE, [["b"]]), r"biases of layer 1 must hold real numbers, not <U"),
        (([*ONE, [[None]]],), r"weights of layer 2 must hold real .*not object"),
        ((ONE, None, sigmoid), r"must be Activation rows such as SIGMOID, n"),
        ((ONE, None, "sigmoid"), r"rows such as SIGMOID, not 's'"),
        ((ONE, None, [np.tanh]), r"not <ufunc 'tanh'>; make_activation makes"),
        ((ONE, None, None), r"activations must be Activation rows.*not None"),
    ],
)
def test_a_network_of_the_wrong_kind_is_refused(arguments, words):
    with pytest.raises(TypeError, match=words):
        Network(*arguments)
