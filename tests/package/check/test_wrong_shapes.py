"""A gradient of the wrong shape is told as such, and its line is named."""

import numpy as np
import pytest
from programs import found_in, is_right, net_of

from backprop_explained import check_step, find_first_wrong

pytestmark = pytest.mark.long

NET = """
class Net:
    def __init__(self):
        rng = np.random.default_rng(0)
        self.x, self.y = rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
        self.W1, self.b1 = rng.normal(size=(3, 4)), rng.normal(size=4)
        self.W2 = rng.normal(size=(4, 2))

    def forward(self):
        self.h = np.tanh(self.x @ self.W1 + self.b1)
        self.out = self.h @ self.W2

    def cost(self):
        self.forward()
        return 0.5 * np.sum((self.out - self.y) ** 2)

    def step(self):
        self.forward()
        error = self.out - self.y
        delta = (error @ self.W2.T) * (1 - self.h ** 2)
        dW1 = self.x.T @ delta
        db1 = delta.sum(axis=0)
        dW2 = self.h.T @ error
        self.W1 = self.W1 - 0.1 * dW1
        self.b1 = self.b1 - 0.1 * db1
        self.W2 = self.W2 - 0.1 * dW2
"""


FAILING = [
    ("delta.sum(axis=0)", "delta.sum(axis=1)", 22),
    ("self.x.T @ delta", "delta.T @ self.x", 21),
    ("error @ self.W2.T", "error @ self.W2", 20),
    ("self.h.T @ error", "error.T @ self.h", 23),
    ("self.b1 = self.b1 - 0.1 * db1", "self.b1 -= 0.1 * delta", 25),
]
GROWING = [
    ("delta.sum(axis=0)", "delta", 22, (5, 4)),
    ("delta.sum(axis=0)", "delta.sum(axis=0, keepdims=True)", 22, (1, 4)),
    ("0.1 * db1", "0.1 * delta", 25, (5, 4)),
]


@pytest.mark.parametrize(("old", "new", "line"), FAILING)
def test_a_step_that_fails_for_its_shapes_is_corrected(old, new, line):
    text = NET.replace(old, new)
    with pytest.raises(ValueError, match=r"shape|dimension"):
        net_of(text).step()
    found = found_in(text)
    assert found.check is None
    assert found.lines[0].lines == (line,)
    assert "a gradient of the wrong shape: in line" in str(found)
    assert is_right(found.lines[0].corrected)


@pytest.mark.parametrize(("old", "new", "line", "shape"), GROWING)
def test_a_parameter_that_grows_is_wrong_and_corrected(old, new, line, shape):
    text = NET.replace(old, new)
    found = found_in(text)
    assert found.check.verdict == "wrong"
    assert found.lines[0].lines == (line,)
    assert f"the wrong shape: b1 is (4,), and becomes {shape}" in str(found)
    assert is_right(found.lines[0].corrected)


def test_a_gradient_that_one_number_stands_for_is_searched_as_any_other():
    found = found_in(NET.replace("delta.sum(axis=0)", "delta.sum()"))
    assert found.lines[0].lines == (22,)
    assert is_right(found.lines[0].corrected)


def test_a_bias_that_grows_is_not_called_left_alone():
    net = net_of(NET.replace("delta.sum(axis=0)", "delta"))
    before = {name: value.shape for name, value in vars(net).items()}
    check = check_step(net.step, net.cost, net, 0.1)
    assert not check
    assert "gives b1 another shape, (5, 4)" in str(check)
    assert not any("b1, which" in note for note in check.notes)
    assert {name: value.shape for name, value in vars(net).items()} == before


def _in_a_dictionary(net, names):
    """The parameters of a network in a dictionary, as its step and its cost use it."""
    held = {name: getattr(net, name) for name in names}

    def step():
        vars(net).update(held)
        net.step()
        held.update({name: getattr(net, name) for name in names})

    def cost():
        vars(net).update(held)
        return net.cost()

    return step, cost, held


def test_a_bias_of_a_dictionary_that_grows_is_wrong_and_corrected():
    text = NET.replace("delta.sum(axis=0)", "delta.sum(axis=0, keepdims=True)")
    asked = _in_a_dictionary(net_of(text), ("W1", "b1", "W2"))
    check = check_step(*asked, 0.1)
    assert check.verdict == "wrong"
    assert check.names == ("W1", "W2")
    assert check.check.verdict == "right"
    assert "gives b1 another shape, (1, 4)" in str(check)
    found = find_first_wrong(*asked, 0.1, source=text)
    assert "the wrong shape: b1 is (4,), and becomes (1, 4)" in str(found)
    assert is_right(found.lines[0].corrected)


def test_a_bias_that_was_named_and_grows_is_told():
    net = net_of(NET.replace("delta.sum(axis=0)", "delta"))
    check = check_step(net.step, net.cost, (net, "W1", "b1", "W2"), 0.1)
    assert not check
    assert "gives b1 another shape, (5, 4)" in str(check)


def test_a_step_that_keeps_no_shape_is_refused():
    x, held = np.ones((3, 4)), {"w": np.ones((3, 1)), "more": np.ones(2)}

    def step():
        held["w"] = held["w"] - 0.1 * held["w"] * x

    with pytest.raises(ValueError, match=r"gives w another shape, \(3, 4\)"):
        check_step(step, lambda: float((held["w"] * x).sum()), held, 0.1)


def test_data_of_another_size_is_not_taken_for_a_parameter():
    text = NET.replace(
        "        self.forward()\n        error",
        "        self.x, self.y = self.x[:3], self.y[:3]\n"
        "        self.forward()\n        error",
    ).replace("0.5 * np.sum", "5 / len(self.y) * 0.1 * np.sum")
    net = net_of(text)
    check = check_step(net.step, net.cost, net, 0.1)
    assert not any("shape" in note for note in check.notes)


def test_another_error_is_raised_as_it_is():
    text = NET.replace(
        "        dW2", "        raise ValueError('mine')\n        dW2", 1
    )
    with pytest.raises(ValueError, match="mine"):
        found_in(text)
    net = net_of(NET)
    with pytest.raises(ValueError, match="step_size"):
        find_first_wrong(net.step, net.cost, net, -1, source=NET)
