"""A function that an object holds and nothing calls is tried as what is missing."""

import gc
import itertools
import weakref

import numpy as np
import pytest
from programs import names_of

from backprop_explained import find_first_wrong
from backprop_explained.check.line.forgotten import forgotten_functions
from backprop_explained.check.line.source import Source

NUMBERS = itertools.count()
LAYER = """
import numpy as np

def bend(z): return np.tanh(z)
def slope(z): return 1 - np.tanh(z) ** 2
def shown(z): print(z); return z
def of_two(z, a): return z * a

class Layer:
    def __init__(self, f, other):
        self.w = np.array([[0.3, -0.7], [0.2, 0.5]])
        self.f, self.other = f, other

    def cost(self):
        self.z = np.ones((3, 2)) @ self.w
        return (self.f(self.z) ** 2).sum()

    def step(self):
        self.cost()
        error = 2 * self.f(self.z)
        self.w -= 0.1 * np.ones((2, 3)) @ error
"""


def run(text):
    file = f"layer {next(NUMBERS)}.py"
    return names_of(text, file), file


def found(other, text=LAYER):
    names, file = run(text)
    layer = names["Layer"](names["bend"], names.get(other, other))
    assert layer.w.size == 4  # is alive
    return forgotten_functions(Source(text, file))


@pytest.mark.parametrize("other", ["slope", np.cosh])
def test_a_function_that_is_never_called_is_found(other):
    assert found(other) == ["self.other"]


@pytest.mark.parametrize("other", ["shown", "of_two", np.add, 3.0, None])
def test_what_does_more_or_is_no_function_of_one_thing_is_never_tried(other):
    assert found(other) == []


def test_objects_of_another_file_with_a_class_of_that_name_do_not_matter():
    names, _ = run(LAYER)
    other = names["Layer"](names["bend"], 3.0)
    assert found("slope") == ["self.other"]
    assert other.other == 3.0  # is alive


def test_what_was_found_does_not_keep_the_source_alive():
    _, file = run(LAYER)
    source = Source(LAYER, file)
    forgotten_functions(source)
    alive = weakref.ref(source)
    del source
    gc.collect()
    assert alive() is None


def test_what_is_read_anywhere_is_not_forgotten():
    text = LAYER.replace("error = 2", "error = self.other(self.z) * 2")
    assert found("slope", text) == []


def test_the_slope_that_an_object_holds_is_written_where_it_is_missing():
    names, _ = run(LAYER)
    layer = names["Layer"](names["bend"], names["slope"])
    answer = find_first_wrong(layer.step, layer.cost, layer, 0.1, source=LAYER)
    (line,) = answer.lines
    assert "self.other(self.z)" in line.advice
    assert line.repairs == ("w",)
