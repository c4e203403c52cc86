"""A whole gradient as JSON, and what is said of JSON that is none."""

import json
import re

import numpy as np
import pytest

from backprop_explained import (
    ACTIVATIONS,
    IDENTITY,
    TANH,
    Network,
    backward,
    forward,
    mean_cross_entropy,
    mean_of,
    squared_error,
)
from backprop_explained.check.json_given import COSTS, Places
from backprop_explained.check.numbers import check_json

s = lambda v: 1 / (1 + np.exp(-v))


def judged(tree):
    """The diagnosis of a tree as JSON."""
    return check_json(json.dumps(tree))[1]


def given(flip=False, columns=False, factor=1.0):
    rng = np.random.default_rng(0)
    network = Network([rng.normal(size=(3, 4)), rng.normal(size=(4, 2))])
    x, y = rng.normal(size=(5, 3)), rng.random((5, 2))
    found = backward(network, forward(network, x), y, squared_error).weights
    turned = [w.T if flip else w for w in network.weights]
    return {
        "weights": [w.tolist() for w in turned],
        "inputs": (x.T if columns else x).tolist(),
        "targets": (y.T if columns else y).tolist(),
        "gradients": [(factor * (g.T if flip else g)).tolist() for g in found],
    }


@pytest.mark.parametrize("flip", [False, True])
@pytest.mark.parametrize("columns", [False, True])
def test_a_gradient_in_each_layout(flip, columns):
    layout, diagnosis = check_json(json.dumps(given(flip, columns)))
    assert diagnosis.correct
    assert ("columns" in layout) == columns
    assert ("(out, in)" in layout) == flip
    assert not judged(given(flip, columns, 2.0)).correct


@pytest.mark.parametrize("cost", COSTS)
def test_each_cost_of_the_package_has_a_name(cost):
    rows = [TANH, IDENTITY if "softmax" in cost else ACTIVATIONS["sigmoid"]]
    rng = np.random.default_rng(1)
    weights = [rng.normal(size=(3, 4)), rng.normal(size=(4, 2))]
    network = Network(weights, [rng.normal(size=4), rng.normal(size=2)], rows)
    x, y = rng.normal(size=(5, 3)), np.eye(2)[[0, 1, 1, 0, 1]]
    for over in (None, "entries", "examples"):
        meant = COSTS[cost] if over is None else mean_of(COSTS[cost], over)
        made = backward(network, forward(network, x), y, meant).parameters
        tree = as_tree(network, x, y, made) | {"cost": cost}
        if over:
            tree["mean_over"] = over
        assert judged(tree)
        assert not judged(tree | as_tree(network, x, y, [1.01 * g for g in made]))


def as_tree(network, x, y, gradients):
    """All but the cost, as JSON has it."""
    return {
        "weights": [W.tolist() for W in network.weights],
        "biases": [b.tolist() for b in network.biases],
        "inputs": x.tolist(),
        "targets": y.tolist(),
        "gradients": [g.tolist() for g in gradients],
        "activation": [row.name for row in network.activations],
    }


def test_the_costs_are_more_than_three():
    assert {"mean_squared_error", "softmax_cross_entropy"} < set(COSTS)
    assert COSTS["mean_cross_entropy"] is mean_cross_entropy


def softmax_tree(**more):
    rng = np.random.default_rng(2)
    x, labels = rng.normal(size=(6, 3)), [0, 2, 1, 1, 0, 2]
    W, b = rng.normal(size=(3, 3)), rng.normal(size=3)
    e = np.exp(x @ W + b)
    d = e / e.sum(axis=1, keepdims=True) - np.eye(3)[labels]
    return {
        "weights": [W.tolist()],
        "biases": [b.tolist()],
        "inputs": x.tolist(),
        "targets": labels,
        "gradients": [(x.T @ d / 6).tolist(), (d.sum(axis=0) / 6).tolist()],
        "activation": "softmax",
        "mean_over": "examples",
    } | more


def test_softmax_ends_a_network_and_class_numbers_are_targets():
    assert judged(softmax_tree())
    assert judged(softmax_tree(cost="cross_entropy"))
    by_entries = judged(softmax_tree(mean_over="entries"))
    assert "“the right gradient times" in str(by_entries)
    summed = softmax_tree()
    del summed["mean_over"]
    assert "“factor 1/m”" in str(judged(summed))


def test_of_two_layouts_that_fit_the_one_in_which_it_is_right_is_taken():
    rng = np.random.default_rng(3)
    x, y, W = (rng.normal(size=(3, 3)) for _ in range(3))
    a = s(x @ W.T)
    given = ((a - y) * a * (1 - a)).T @ x
    tree = {"weights": [W.tolist()], "inputs": x.tolist(), "targets": y.tolist()}
    layout, diagnosis = check_json(json.dumps(tree | {"gradients": [given.tolist()]}))
    assert diagnosis
    assert layout.startswith("examples are rows, weights are (out, in); ")
    assert "examples are rows, weights are (in, out) would fit too" in layout


def test_outputs_are_compared_first():
    tree = given()
    network = Network([np.array(W) for W in tree["weights"]])
    right = forward(network, tree["inputs"]).output
    assert judged(tree | {"outputs": right.tolist()})
    other = np.tanh(forward(network, tree["inputs"]).zs[-1])
    text = str(judged(tree | {"outputs": other.tolist()}))
    assert "differs from this network's: the activations are sigmoid, tanh" in text


def test_the_size_of_the_step_names_updates_that_come_too_early():
    tree = given()
    first, second = (np.array(W) for W in tree["weights"])
    x, y = np.array(tree["inputs"]), np.array(tree["targets"])
    h, o = s(x @ first), s(s(x @ first) @ second)
    d2 = (o - y) * o * (1 - o)
    d1 = d2 @ (second - 0.5 * h.T @ d2).T * h * (1 - h)
    tree["gradients"] = [(x.T @ d1).tolist(), (h.T @ d2).tolist()]
    assert "updated weights" not in judged(tree).mistakes
    assert judged(tree | {"step_size": 0.5}).mistakes == ("updated weights",)


PRINTED = """{
  "weights": [
    [[0.8, -0.6]]
  ],
  "inputs": [
    [0.5, 1.0],
    [1.0, -1.0]
  ],
  "targets": [[1], [0]],
  "gradients": [
    [[0.10609083, -0.30217557]]
  ]
}"""


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("1.0]", '"1.0"]', "line 6, number 2 (inputs[0][1]): expected a number, not"),
        ("-1.0", "NaN", "line 7, number 2 (inputs[1][1]): expected a number, not nan"),
        ("[1]", "[true]", "line 9, number 1 (targets[0][0]): expected a number, not"),
        ("[0]]", "[null]]", "line 9, number 2 (targets[1][0]): expected a number, not"),
        (", -1.0", "", "line 7 (inputs[1]): expected 2 numbers, as before, not 1"),
        ("[1.0, -1.0]", "7", "line 7, number 1 (inputs[1]): expected 2 numbers, as"),
        ('"targets"', '"target"', "targets is missing"),
        ("{", '{"bias": 1,', "line 1 (bias): expected a key out of weights, inputs,"),
        ("{", '{"cost": "mse",', "line 1 (cost): expected one of squared_error,"),
        ("{", '{"cost": 3,', "line 1 (cost): expected one of"),
        ("{", '{"activation": "sig",', "line 1 (activation): expected one of sigmoid,"),
        ("{", '{"activation": ["relu", "relu"],', "expected 1 names, one per layer"),
        ("{", '{"mean_over": "batch",', 'line 1 (mean_over): expected "entries" or'),
        ("{", '{"step_size": "big",', "line 1 (step_size): expected a number, not"),
        (
            *("{", '{"activation": "softmax", "cost": "squared_error",'),
            "line 1 (cost): expected softmax_cross_entropy behind softmax, not",
        ),
        (
            *("[[0.8, -0.6]]", "[[0.8, -0.6, 1]]"),
            "fit together: line 5 (inputs) (2, 2), line 3 (weights[0]) (1, 3), line 9",
        ),
        (
            *("[[0.10609083, -0.30217557]]", "[[0.1]]"),
            "line 10 (gradients): layer 1: a gradient of shape (1, 1) does not fit",
        ),
        ("[[0.8, -0.6]]", "", "line 2 (weights): expected at least one array"),
        ("[1], [0]", "[1,], [0]", "line 9, character"),
        ("[[0.8, -0.6]]", "0.8", "line 2 (weights): expected a list with one array"),
    ],
)
def test_bad_json_is_told_by_line_and_number(old, new, words):
    text = PRINTED.replace(old, new, 1)
    assert text != PRINTED
    with pytest.raises(ValueError, match=re.escape(words)):
        check_json(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[1, 2]", "line 1: expected an object with the keys"),
        ("{}", "weights, inputs, targets, gradients are miss"),
    ],
)
def test_what_is_no_object_is_refused(text, words):
    with pytest.raises(ValueError, match=words):
        check_json(text)


def test_places_are_found_behind_quotes_and_brackets_in_strings():
    text = '{"a \\" [": "x, [1",\n"b": [[1, -2.5e3], [3,\n 4]], "c": {"d": [5]}}'
    assert json.loads(text)["b"] == [[1, -2500.0], [3, 4]]
    places = Places(text)
    assert places.of("b", 0, 1) == "line 2, number 2 (b[0][1])"
    assert places.of("b", 1, 1) == "line 3, number 1 (b[1][1])"
    assert places.of("b", 1) == "line 2 (b[1])"
    assert places.of("z", 1) == "z[1]"
