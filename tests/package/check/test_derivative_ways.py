"""Derivatives in the shapes in which people write them, right and wrong ones."""

import numpy as np
import pytest
from slope_rows import NEITHER, A
from written_slopes import RIGHT, WRONG, Neuron, Remembers, s

from backprop_explained import TANH, derivative_argument


@pytest.mark.parametrize(
    ("derivative", "arguments", "named", "expected", "words"), [*RIGHT, *WRONG]
)
def test_a_way_of_writing_it(derivative, arguments, named, expected, words):
    verdict = derivative_argument(derivative, *arguments, **named)
    assert verdict.argument is expected, str(verdict)
    assert words in str(verdict)


def test_there_are_enough_of_them():
    assert len(RIGHT) >= 30
    assert len(WRONG) >= 20


def test_what_a_layer_keeps_is_put_back():
    layer, neuron = Remembers(), Neuron()
    layer.x = layer.out = kept = np.ones(3)
    derivative_argument(layer)
    derivative_argument(neuron.slope)
    derivative_argument(neuron.slope_of_total)
    assert layer.x is kept
    assert layer.out is kept
    assert vars(neuron) == {}


def test_also_when_the_layer_raises():
    class Raises(Remembers):
        def backward(self, dout):
            self.left = dout
            raise RuntimeError("of the reader's own")

    layer = Raises()
    with pytest.raises(ValueError, match="of the reader's own"):
        derivative_argument(layer)
    assert vars(layer).keys() == {"slope_of", "make"}


noisy = lambda z: z + np.random.random(np.shape(z))
of_three = lambda q, w, e: {}[0]


@pytest.mark.parametrize(
    ("derivative", "function", "error", "message"),
    [
        (lambda a: a, 3, TypeError, "function must be your activation"),
        (lambda a: a, lambda z: {}[0], ValueError, "function failed: Key"),
        (lambda a: a, lambda z: np.log(z - 6), ValueError, "finite and smooth"),
        (lambda a: a, noisy, ValueError, "two calls differ"),
        (of_three, None, ValueError, "takes 3 arguments, `q`, `w` and `e`"),
        (TANH, None, TypeError, "put the activation second"),
    ],
)
def test_what_cannot_be_judged_says_why(derivative, function, error, message):
    with pytest.raises(error, match=message) as raised:
        derivative_argument(derivative, function=function)
    assert "ShapeError" not in str(raised.value)


def test_a_class_that_needs_arguments_is_asked_for_an_object():
    class Layer(Remembers):
        def __init__(self, size):
            self.size = size

    with pytest.raises(TypeError, match=r"give an object of it: Layer\(\.\.\.\)"):
        derivative_argument(Layer)


def test_float32_code_is_judged_by_what_it_can_tell():
    single = lambda z: s(np.asarray(z, np.float32))
    assert derivative_argument(lambda a: a * (1 - a), function=single).argument is A
    wrong = derivative_argument(lambda a: 0.99 * a * (1 - a), function=single)
    assert wrong.argument is NEITHER
