"""A function that is the derivative of another one is right, whatever it is handed."""

import itertools
import textwrap

import pytest
from programs import found_in, names_of

from backprop_explained.check.line.edit import Edit
from backprop_explained.check.line.faithful import Faithful
from backprop_explained.check.line.source import Source

NUMBERS = itertools.count()
SIGMOID = "def sigmoid(x): return 1 / (1 + np.exp(-x))\n"


def is_right(helper, *, before=SIGMOID):
    """Whether the last function of a text is taken to be right."""
    text = f"import math\n{before}{textwrap.dedent(helper)}"
    file = f"helpers {next(NUMBERS)}.py"  # whose functions are found by its name
    names = names_of(text, file)  # noqa: F841, they are to be alive
    source = Source(text, file)
    node = source.tree.body[-1].body[-1].value
    return Faithful([source]).holds(source, Edit((node,), "x", 0, "name"))


@pytest.mark.parametrize(
    "helper",
    [
        "def slope(x): return sigmoid(x) * (1 - sigmoid(x))",
        "def slope(a): return a * (1 - a)",
        "def slope(self, a): return a * (1 - a)",
        "def slope(v): return math.exp(-v) / (1 + math.exp(-v)) ** 2",
    ],
)
def test_a_derivative_of_z_or_of_the_output_is_right(helper):
    assert is_right(helper)


@pytest.mark.parametrize(
    "helper",
    [
        "def slope(x): return 1 - np.tanh(x) ** 2",
        "def slope(a): return a * (1 + a)",
        "def slope(x): return -sigmoid(x) * (1 - sigmoid(x))",
        "def slope(x): return sigmoid(x)",
        "def slope(x): return 1.0",
        "def slope(x): return x.mean()",
        "def slope(x, z): return sigmoid(z) * (1 - sigmoid(z))",
        "def slope(x): print(x); return sigmoid(x) * (1 - sigmoid(x))",
    ],
)
def test_anything_else_is_not(helper):
    assert not is_right(helper)


def test_a_slope_that_is_the_same_everywhere_proves_nothing():
    assert not is_right("def one(x): return 1.0", before="def same(x): return x\n")


def test_a_flag_makes_a_derivative_of_one_function():
    helper = """
    def nonlin(x, deriv=False):
        if deriv:
            return x * (1 - x)
        return 1 / (1 + np.exp(-x))
    """
    assert is_right(helper, before="")
    assert not is_right(helper.replace("1 - x", "1 + x"), before="")


NET = SIGMOID + textwrap.dedent(
    """
    import numpy as np
    def slope(x): return sigmoid(x) * (1 - sigmoid(x))
    class Net:
        def __init__(self):
            self.w = np.array([[0.3, -0.7], [0.2, 0.5]])
        def cost(self):
            self.z = np.ones((3, 2)) @ self.w
            self.a = sigmoid(self.z)
            return (self.a**2).sum()
        def step(self):
            self.cost()
            self.w -= 0.1 * np.ones((2, 3)) @ (2 * self.a * slope(self.a))
    """
)


def test_the_call_is_named_and_the_function_listed():
    (line,) = found_in(NET).lines
    (named,) = line.lines
    step = "        self.w -= 0.1 * np.ones((2, 3)) @ (2 * self.a * slope(self.a))"
    assert NET.splitlines()[named - 1] == step
    assert line.others == (4,)
