"""How a derivative may want to be called, and numbers that another language printed."""

from itertools import permutations
from types import SimpleNamespace

import mpmath
import numpy as np
import pytest

from backprop_explained import Argument, derivative_argument
from backprop_explained.check.numbers import check_numbers
from backprop_explained.check.ways import attributes_to_set

DOCUMENTED = ["-4", "-2.5", "-1.2", "-0.5", "0.25", "0.8", "1.5", "2.5", "4"]
"""As the page on numbers lists them, for a reader to type in."""


def test_the_documented_inputs_are_those_that_are_meant():
    slopes = [mpmath.sech(mpmath.mpf(z) / 2) ** 2 / 4 for z in DOCUMENTED]
    printed = "\n".join(mpmath.nstr(slope, 17) for slope in slopes)
    assert check_numbers(printed).argument is Argument.PRE_ACTIVATION


@pytest.mark.parametrize("order", list(permutations(("dout", "z", "a"))), ids=str)
def test_three_arguments_are_told_in_any_order(order):
    space = {}
    body = "return dout * a * (1 - a) + 0 * z"
    exec(f"def derivative({', '.join(order)}):\n    {body}", space)
    verdict = derivative_argument(space["derivative"])
    assert verdict.argument is Argument.UPSTREAM
    names = ["`dC/da`" if name == "dout" else f"`{name}`" for name in order]
    assert f"order: {', '.join(names)}" in str(verdict)


def test_of_a_layer_only_what_may_hold_numbers_is_set():
    class Layer:
        name, kept, inputs = "first", (), None

        def __init__(self):
            self.z, self.act = 0.5, np.tanh

        def backward(self):
            return self.z

    layer = Layer()
    names = [*attributes_to_set(SimpleNamespace(owner=layer), layer.backward)]
    assert sorted(names) == ["inputs", "kept", "z"]
