"""What goes into the two passes, what comes out, and what they refuse."""

import numpy as np
import pytest
from networks import gradient
from strategies import frozen, network_of

from backprop_explained import (
    RELU,
    SIGMOID,
    TANH,
    Gradients,
    Network,
    Trace,
    backward,
    cross_entropy,
    forward,
    predict,
    squared_error,
    sum_of_squares,
)


def test_the_slope_is_handed_both_z_and_a():
    calls = []
    slope = lambda z, a: calls.append((z, a)) or np.ones_like(z)
    spy = [SIGMOID._replace(slope=slope), TANH._replace(slope=slope)]
    network = network_of(3, 4, 2, activations=spy)
    trace = forward(network, frozen((5, 3)))
    backward(network, trace, frozen((5, 2)), squared_error)
    pairs = zip(trace.zs[::-1], trace.activations[:0:-1], strict=True)
    for (z, a), (own_z, own_a) in zip(calls, pairs, strict=True):
        assert z is own_z
        assert a is own_a


def test_the_network_reads_function_and_slope_alone():
    nothing = {"derivative": None, "derivative_from_output": None, "domain": None}
    bare = SIGMOID._replace(name="bare", **nothing)
    both = (network_of(3, 4, 2, activations=row) for row in (SIGMOID, bare))
    given = frozen((5, 3)), frozen((5, 2)), sum_of_squares
    whole, without = (gradient(network, *given).parameters for network in both)
    assert all(map(np.array_equal, whole, without))
    assert len(whole) == len(without)


def test_forward_keeps_the_input_and_every_z_and_a():
    rows = [RELU, TANH, SIGMOID]
    network, x = network_of(3, 4, 2, 1, activations=rows), frozen((5, 3))
    trace = forward(network, x)
    assert isinstance(trace, Trace)
    assert len(trace.zs) == 3
    assert len(trace.activations) == 4
    assert (trace.activations[0] == x).all()
    for k, (W, b, row) in enumerate(network.layers):
        entries, z = by_entry(trace.activations[k], W, b), trace.zs[k]
        np.testing.assert_allclose(z, entries, rtol=1e-13, atol=1e-15)
        assert (trace.activations[k + 1] == row.function(z)).all()
    assert trace.output is trace.activations[-1]


def by_entry(a, W, b):
    """Each z as the sum that it is, without a product of matrices."""
    return [
        [sum(row[k] * W[k, j] for k in range(len(W))) + b[j] for j in range(len(b))]
        for row in a
    ]


def test_predict_is_the_output_of_forward():
    network, x = network_of(3, 4, 2), frozen((5, 3))
    assert (predict(network, x) == forward(network, x).output).all()


def test_absent_biases_are_zero_biases_that_have_no_gradient():
    without = network_of(3, 4, 2, biases=False)
    zeros = Network(without.weights, [np.zeros(4), np.zeros(2)])
    x, y = frozen((5, 3)), frozen((5, 2))
    assert (predict(without, x) == predict(zeros, x)).all()
    gradients, full = gradient(without, x, y), gradient(zeros, x, y)
    assert gradients.biases == []
    assert len(gradients.parameters) == len(without.parameters) == 2
    assert all(map(np.array_equal, gradients.weights, full.weights))
    assert [b.shape for b in full.biases] == [(4,), (2,)]


def test_gradients_stand_beside_the_parameters():
    network = network_of(3, 4, 2)
    gradients = gradient(network, frozen((5, 3)), frozen((5, 2)))
    assert isinstance(gradients, Gradients)
    shapes = [p.shape for p in network.parameters]
    assert [g.shape for g in gradients.parameters] == shapes
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


@pytest.mark.parametrize("use", [forward, predict])
@pytest.mark.parametrize(
    ("x", "error", "words"),
    [
        ([1, 2, 3], ValueError, r"x must have shape \(m, n\), .* example is a row"),
        (5, ValueError, r"x must have shape \(m, n\), but has shape \(\)"),
        (np.ones((2, 2, 3)), ValueError, r"but has shape \(2, 2, 3\)"),
        (np.ones((0, 3)), ValueError, r"x must not be empty, but has shape \(0, 3\)"),
        ([[1, np.nan, 3]], ValueError, r"x must be finite, but x\[0, 1\] is nan"),
        ([[1, 2, np.inf]], ValueError, r"x must be finite, but x\[0, 2\] is inf"),
        (
            *(np.ones((3, 2)), ValueError),
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


NO_COST = r"cost must be a Cost such as squared_error, n"
NO_STEP = r"output_delta must be a function of a and y, not True; leave it out"


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        (
            *({"y": [0, 1]}, ValueError),
            r"y must have the shape of the output, \(2, 1\), but has ",
        ),
        ({"y": [[0, 1]]}, ValueError, r"has shape \(1, 2\); y\.reshape\(2, 1\)"),
        ({"y": [[0]]}, ValueError, r"\(1, 1\); one row per example, one column"),
        ({"y": [[0], [np.nan]]}, ValueError, r"y must be finite, but y\[1, 0\] is nan"),
        ({"y": [[0], [1j]]}, TypeError, r"y must hold real numbers, not complex128"),
        ({"y": [[0], [None]]}, TypeError, r"y must hold real numbers, not object"),
        ({"y": [[0], [0, 1]]}, ValueError, r"y must be rectangular"),
        ({"cost": None}, TypeError, NO_COST),
        ({"cost": np.square}, TypeError, NO_COST),
        ({"cost": "squared_error"}, TypeError, NO_COST),
        ({"cost": squared_error.value}, TypeError, NO_COST),
        ({"output_delta": True}, TypeError, NO_STEP),
        ({"network": None}, TypeError, r"network must be a Network, not None"),
    ],
)
def test_backward_refuses_bad_input(change, error, words):
    network = network_of(3, 1)
    trace, y = forward(network, frozen((2, 3))), frozen((2, 1))
    given = {"network": network, "trace": trace, "y": y, "cost": squared_error}
    with pytest.raises(error, match=words):
        backward(**given | change)


@pytest.mark.parametrize(
    ("trace", "error", "words"),
    [
        (([], []), TypeError, r"trace must be what forward returned, not \(\[\], "),
        (Trace([], []), TypeError, r"trace must be what forward returned"),
        (
            *(forward(network_of(3, 4, 2, 1), np.ones((5, 3))), ValueError),
            r"trace\.zs has shapes \[\(5, 4\), \(5, 2\), \(5, 1\)\], but this network "
            r"makes \[\(5, 4\), \(5, 1\)\]; run forward on this network first",
        ),
        (
            *(forward(network_of(2, 4, 1), np.ones((5, 2))), ValueError),
            r"x of shape \(5, 2\) has 2 numbers per example, but layer 1",
        ),
        (
            Trace([np.ones((5, 4)), np.ones((5, 1))], [np.ones((5, 3))]),
            *(ValueError, r"trace\.activations has shapes \[\], but"),
        ),
    ],
)
def test_backward_refuses_the_trace_of_another_network(trace, error, words):
    with pytest.raises(error, match=words):
        backward(network_of(3, 4, 1), trace, np.ones((5, 1)), squared_error)
