"""What the diagnosis takes beside a cost: lists, layouts, outputs; and refuses."""

import numpy as np
import pytest
from own_networks import home_made, layer, own_network, s

from backprop_explained import SIGMOID, Network, diagnose_gradients, squared_error
from backprop_explained.check.arrangement import one_hot
from backprop_explained.check.outputs import apart


def test_class_numbers_lists_of_lists_and_one_number_per_example():
    rng = np.random.default_rng(9)
    x, labels = rng.normal(size=(6, 3)), [0, 2, 1, 1, 0, 2]
    W, b = rng.normal(size=(3, 3)), np.zeros((1, 3))

    def cost(parameters):
        e = np.exp(x @ parameters[0] + parameters[1])
        return -np.mean(np.log((e / e.sum(axis=1, keepdims=True))[range(6), labels]))

    e = np.exp(x @ W + b)
    d = e / e.sum(axis=1, keepdims=True) - np.eye(3)[labels]
    given = [(x.T @ d / 6).tolist(), (d.sum(axis=0) / 6).tolist()]
    assert diagnose_gradients([W.tolist(), b.tolist()], x.tolist(), labels, given, cost)
    summed = [x.T @ d, d.sum(axis=0)]
    text = str(diagnose_gradients([W, b], x, labels, summed, cost))
    assert "your cost is sum(-y * ln(softmax(z))) / m, with m = 6" in text
    assert "  to:     delta = (a - y) / m\n" in text


def test_a_transposed_gradient_is_wrong_by_its_shape():
    x, y, W = layer(10)
    cost = lambda p: 0.5 * np.sum((x @ p[0] - y) ** 2)
    diagnosis = diagnose_gradients([W], x, y, [(x @ W - y).T @ x], cost)
    assert diagnosis.mistakes == ("transposed",)
    assert diagnosis.wrong == ("W1",)


def test_a_bias_gradient_that_is_not_summed_is_named():
    x, y, W = layer(10)
    cost = lambda p: 0.5 * np.sum((np.tanh(x @ p[0] + p[1]) - y) ** 2)
    a = np.tanh(x @ W)
    delta = (a - y) * (1 - a**2)
    parameters, given = [W, np.zeros((1, 2))], [x.T @ delta, delta]
    diagnosis = diagnose_gradients(parameters, x, y, given, cost)
    assert diagnosis.mistakes == ("bias gradient not summed",)
    assert diagnosis.wrong == ("b1",)


@pytest.mark.parametrize(
    ("layout", "examples", "recognised"),
    [(None, None, True), ("out_in", "columns", True), ("in_out", "rows", False)],
)
def test_what_is_said_of_the_layout_is_believed(layout, examples, recognised):
    rng = np.random.default_rng(11)
    x, y, W = rng.normal(size=(3, 6)), rng.normal(size=(2, 6)), rng.normal(size=(2, 3))
    cost = lambda p: 0.5 * np.sum((s(p[0] @ x) - y) ** 2)
    given = [-(s(W @ x) - y) * s(W @ x) * (1 - s(W @ x)) @ x.T]
    said = {"layout": layout, "examples": examples}
    diagnosis = diagnose_gradients([W], x, y, given, cost, **said)
    assert not diagnosis
    assert (diagnosis.mistakes == ("sign",)) == recognised


def with_ones(first, flip):
    """Two layers with biases as weights of a one: how they are held, and gradients."""
    rng = np.random.default_rng(14)
    x, y = rng.normal(size=(5, 3)), rng.uniform(size=(5, 2))
    ones = np.ones((5, 1))
    widen = lambda a: np.hstack([ones, a] if first else [a, ones])
    turn = lambda W: W.T if flip else W
    below, above = rng.normal(size=(4, 4)), rng.normal(size=(5, 2))

    def cost(parameters):
        hidden = np.tanh(widen(x) @ turn(parameters[0]))
        return np.sum((s(widen(hidden) @ turn(parameters[1])) - y) ** 2)

    hidden = np.tanh(widen(x) @ below)
    output = s(widen(hidden) @ above)
    d2 = 2 * (output - y) * output * (1 - output)
    kept = above[1:] if first else above[:-1]

    def given(slope):
        d1 = d2 @ kept.T * slope
        return [turn(widen(x).T @ d1), turn(widen(hidden).T @ d2)]

    return ([turn(below), turn(above)], x, y), cost, given(1 - hidden**2), given(1.0)


@pytest.mark.parametrize("first", [False, True])
@pytest.mark.parametrize("flip", [False, True])
def test_biases_may_be_weights_of_a_one(first, flip):
    held, cost, right, wrong = with_ones(first, flip)
    assert diagnose_gradients(*held, right, cost)
    diagnosis = diagnose_gradients(*held, wrong, cost)
    assert diagnosis.mistakes == ("slope missing, hidden layers",)
    assert diagnosis.wrong == ("W1",)
    row = "first" if first else "last"
    assert f"with biases for the {row} input, a one" in str(diagnosis)
    with pytest.raises(ValueError, match=r"shape \(2, 2\) does not fit a parameter"):
        diagnose_gradients(*held, [right[0], np.ones((2, 2))], cost)


def test_images_go_in_as_they_are():
    rng = np.random.default_rng(15)
    x, y, W = rng.normal(size=(5, 2, 2)), rng.random((5, 1)), rng.normal(size=(4, 1))
    flat = x.reshape(5, 4)
    cost = lambda p: 0.5 * np.sum((s(flat @ p[0]) - y) ** 2)
    given = [flat.T @ (s(flat @ W) - y)]
    diagnosis = diagnose_gradients([W], x, y, given, cost)
    assert diagnosis.mistakes == ("slope missing",)


def test_a_random_cost_and_a_cost_that_raises():
    x, y, W = np.ones((2, 1)), np.ones((2, 1)), np.array([[0.5]])
    rng = np.random.default_rng(0)
    noise = diagnose_gradients([W], x, y, [W], lambda p: rng.random())
    assert not noise
    assert noise.wrong == ()
    assert "gradient: the cost is random" in str(noise)

    def failing(_):
        raise RuntimeError("of the reader's own")

    with pytest.raises(RuntimeError, match="of the reader's own"):
        diagnose_gradients([W], x, y, [W], failing)


@pytest.mark.parametrize(
    ("name", "value", "error", "words"),
    [
        ("cost", None, TypeError, r"cost must be your function of the parameters"),
        ("cost", squared_error, TypeError, r"function of the parameters, cost\(\["),
        ("gradients", [[[1.0]]] * 2, ValueError, r"1 parameters but 2 gradients; give"),
        ("gradients", np.ones((1, 1)), TypeError, r"a list of arrays, one for each"),
        ("gradients", [np.ones((3, 2))], ValueError, r"shape \(3, 2\) does not fit a"),
        ("layout", "rows", ValueError, r"layout must be 'in_out' or 'out_in', not"),
    ],
)
def test_bad_input_is_refused_with_the_way_out(name, value, error, words):
    x, y = np.array([[0.5], [1.0]]), np.array([[1.0], [0.0]])
    given = {"network": [[[0.8]]], "x": x, "y": y, "gradients": [[[0.1]]]}
    given["cost"] = lambda p: np.sum(home_made(x @ p[0]))
    with pytest.raises(error, match=words):
        diagnose_gradients(**(given | {name: value}))


def test_nothing_given_is_changed():
    c = own_network(2)
    W = c.listed(c.network.weights, c.network.biases)
    given = [c.x, c.y, *W]
    before = [array.copy() for array in given]

    def greedy(parameters):
        cost = c.value(parameters)
        for array in parameters:
            array[...] = 0
        return cost

    diagnose_gradients(W, c.x, c.y, [np.ones_like(a) for a in W], greedy)
    assert all(map(np.array_equal, given, before))


def test_an_output_that_differs_says_which_activation_it_is():
    rng = np.random.default_rng(12)
    x, y = rng.normal(size=(5, 3)), rng.uniform(size=(5, 2))
    first, second = rng.normal(size=(3, 4)), rng.normal(size=(4, 2))
    a1 = np.tanh(x @ first)
    a2 = s(a1 @ second)
    d2 = (a2 - y) * a2 * (1 - a2)
    d1 = d2 @ second.T * (1 - a1**2)
    right, network = [x.T @ d1, a1.T @ d2], Network([first, second], None, SIGMOID)
    assert not diagnose_gradients(network, x, y, right)
    for outputs in ([a1, a2], a2, a2.astype(np.float32)):
        diagnosis = diagnose_gradients(network, x, y, right, outputs=outputs)
        assert diagnosis
        assert "differs from this network's" in str(diagnosis)
        assert "tanh" in str(diagnosis)
        wrong = [x.T @ (d2 @ second.T), a1.T @ d2]
        named = diagnose_gradients(network, x, y, wrong, outputs=outputs).mistakes
        assert named == ("slope missing, hidden layers",)
    columns = {"outputs": [a1.T, a2.T], "examples": "columns"}
    assert diagnose_gradients(network, x.T, y.T, right, **columns)


def test_an_output_that_is_the_same_changes_nothing():
    c = own_network(0, decay=0.0)
    a, outputs = c.x, []
    for W, b, row in c.network.layers:
        a = row.function(a @ W + b)
        outputs.append(a)
    assert diagnose_gradients(c.network, c.x, c.y, c.right(), c.cost, outputs=outputs)


@pytest.mark.parametrize(
    ("outputs", "words"),
    [
        (lambda a: home_made(a), r"output of layer 1 differs .* by up to .*; give"),
        (lambda a: a.T, r"output of layer 1 has shape \(2, 5\), but this network's"),
        (lambda a: [a, a], r"outputs must hold the output of the last layer, or of"),
    ],
)
def test_an_output_that_nothing_makes_is_refused(outputs, words):
    x, y, W = layer(13, m=5)
    with pytest.raises(ValueError, match=words):
        diagnose_gradients(Network([W]), x, y, [W], outputs=outputs(x @ W))


def test_an_output_beside_their_own_cost_tells_of_other_weights():
    x, y, W = np.array([[0.5], [1.0]]), np.array([[1.0], [0.0]]), np.array([[0.8]])
    cost = lambda p: np.sum((s(x @ p[0]) - y) ** 2)
    given = [np.array([[3.0]])]
    same_pass = diagnose_gradients([W], x, y, given, cost, outputs=s(x @ W))
    assert "made from other weights" not in str(same_pass)
    stale = diagnose_gradients([W], x, y, given, cost, outputs=s(x @ W + 1))
    assert "made from other weights" in str(stale)


@pytest.mark.parametrize(
    ("labels", "classes"),
    [([0, 2], 2), ([0, 0], 1), ([0.5, 1], 2), ([-1, 1], 2)],
    ids=["too many", "one class", "not whole", "below 0"],
)
def test_what_numbers_no_class_is_not_coded(labels, classes):
    assert one_hot(np.array(labels), classes) is None


def test_class_numbers_are_coded_in_rows():
    np.testing.assert_array_equal(one_hot(np.array([1, 0]), 2), [[0, 1], [1, 0]])


def test_outputs_may_be_apart_by_the_rounding_of_their_own_precision():
    ours = np.array([[0.25, 0.75]])
    theirs = ours + 1e-5
    assert apart(theirs.astype(np.float32), ours) is None
    assert apart(theirs, ours) == pytest.approx(1e-5)
