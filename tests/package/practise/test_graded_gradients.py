"""The graders of gradients: each array by itself, and the mistake by its name."""

import numpy as np
import pytest
from autograd import grad
from autograd import numpy as anp
from networks import gradient

from backprop_explained import MISTAKES, SIGMOID, TANH, Network, sigmoid, squared_error
from backprop_explained.practise import grade_gradients, grade_network, grade_pass


def cost(parameters):
    W, b = parameters
    return (np.tanh(W @ [0.5, -1.0]) + b).sum() ** 2


AT = {"dW": np.array([[0.3, 0.1], [-0.4, 0.8]]), "db": np.array([0.2, -0.6])}


def truth():
    x = anp.array([0.5, -1.0])
    of = lambda W, b: anp.sum(anp.tanh(anp.dot(W, x)) + b) ** 2
    return {name: grad(of, k)(*AT.values()) for k, name in enumerate(AT)}


def test_the_gradient_of_another_library_passes():
    assert grade_gradients(truth(), cost, AT).passed


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"dW": lambda g: -g}, "db is right; dW has the wrong sign."),
        ({"db": lambda g: -g}, "dW is right; db has the wrong sign."),
        ({"dW": lambda g: 3 * g}, "db is right; dW is right except for a factor 3."),
        ({"dW": lambda g: g + np.eye(2)}, "db is right; dW is not right yet."),
        ({"dW": lambda g: g[0]}, "dW has shape (2,), and should have (2, 2)."),
        ({"dW": lambda g: 1e-3 + g}, "db is right; dW is not right yet."),
        ({"db": lambda g: ...}, "dW is right; db is still to be written."),
        ({"dW": lambda g: -g, "db": lambda g: ...}, "dW is not right; db is still"),
    ],
)
def test_each_gradient_is_judged_by_itself(change, said):
    given = truth()
    for name, of in change.items():
        given[name] = of(given[name])
    grade = grade_gradients(given, cost, AT)
    assert not grade.passed
    assert grade.verdict.startswith(said)


def test_a_known_mistake_gets_its_sentence():
    wrong = {"dW": np.ones((2, 2)), "db": truth()["db"]}
    known = {"those are ones.": wrong}
    said = grade_gradients(wrong, cost, AT, known=known).verdict
    assert said == "db is right; those are ones."
    wrong["db"] = np.ones(2)
    known = {"those are ones.": wrong}
    assert grade_gradients(wrong, cost, AT, known=known).verdict == "Those are ones."


RNG = np.random.default_rng(3)
NETWORK = Network(
    [RNG.normal(size=(3, 4)), RNG.normal(size=(4, 2))],
    [RNG.normal(size=4), RNG.normal(size=2)],
)
X, Y = RNG.normal(size=(5, 3)), RNG.random((5, 2))
NAMES = ["dW1", "db1", "dW2", "db2"]


def named(gradients):
    weights, biases = gradients.weights, gradients.biases
    in_order = (weights[0], biases[0], weights[1], biases[1])
    return dict(zip(NAMES, in_order, strict=True))


RIGHT = gradient(NETWORK, X, Y)
MADE = {
    name: mistake
    for name, mistake in MISTAKES.items()
    if (made := mistake.gradients(NETWORK, X, Y, squared_error, None)) is not None
    and [g.shape for g in made.parameters] == [g.shape for g in RIGHT.parameters]
    and not np.allclose(made.weights[0], RIGHT.weights[0])
}


@pytest.mark.parametrize("name", MADE)
def test_each_known_mistake_is_named_unless_it_was_planted(name):
    made = named(MADE[name].gradients(NETWORK, X, Y, squared_error, None))
    said = grade_network(made, NETWORK, X, Y)
    assert not said.passed
    assert said.verdict.endswith(f": {MADE[name].description}.")
    hidden = grade_network(made, NETWORK, X, Y, planted=name)
    assert hidden.parts == said.parts
    assert ":" not in hidden.verdict


def test_there_are_mistakes_to_name():
    assert len(MADE) > 10


def test_a_part_of_a_network_is_judged_while_the_rest_is_missing():
    given = named(RIGHT) | {"dW1": ..., "db1": 2 * RIGHT.biases[0]}
    grade = grade_network(given, NETWORK, X, Y)
    words = {"dW1": "missing", "db1": "wrong", "dW2": "right", "db2": "right"}
    assert grade.parts == words


def test_a_pass_with_other_activations_and_a_step():
    def step(x, y, W1, b1, W2, b2):  # noqa: N803
        a1 = np.tanh(x @ W1 + b1)
        a2 = sigmoid(a1 @ W2 + b2)
        delta2 = (a2 - y) * a2 * (1 - a2)
        delta1 = (delta2 @ W2.T) * (1 - a1**2)
        W1, b1 = W1 - 0.1 * x.T @ delta1, b1 - 0.1 * delta1.sum(axis=0)  # noqa: N806
        return W1, b1, W2 - 0.1 * a1.T @ delta2, b2 - 0.1 * delta2.sum(axis=0)

    rows = [TANH, SIGMOID]
    assert grade_pass(step, activations=rows, step_size=0.1).passed
    assert not grade_pass(step, activations=rows, step_size=0.2).passed
    assert not grade_pass(step, activations=rows).passed
    assert "return 4 arrays" in grade_pass(lambda *_: 1, activations=rows).verdict
