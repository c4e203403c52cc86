"""Derivatives in the shapes in which people write them, right and wrong ones."""

import functools

import numpy as np
import pytest
from slope_rows import EITHER, NEITHER, A, Z
from written_slopes import (
    Forgets,
    Formulas,
    Neuron,
    Passes,
    Relu,
    ReluOnUpstream,
    Remembers,
    Softmax,
    SoftmaxByElements,
    Static,
    WithRate,
    by_name,
    jacobian,
    leaky,
    leaky_slope,
    lecun,
    lecun_slope,
    needs_flag,
    nonlin,
    relu_backward,
    s,
    scalar_elu,
    sigmoid_backward,
    softmax,
)

from backprop_explained import ACTIVATIONS, SIGMOID, TANH, Argument, derivative_argument

BOTH, UPSTREAM, NOTHING = Argument.BOTH, Argument.UPSTREAM, Argument.NOTHING


REMEMBERS_A_FOR_Z = Remembers(lambda x, out: s(out) * (1 - s(out)))
REMEMBERS_LEAKY = Remembers(lambda x, out: np.where(x > 0, 1, 0.2), leaky)
lecun_slope_from_z = lambda z: 1.7159 * 2 / 3 / np.cosh(2 * z / 3) ** 2
scalar_elu_slope = lambda a: 1 if a > 0 else a + 0.5
silu = lambda z: z * s(z)


def case(derivative, expected, words, /, *arguments, **named):
    return pytest.param(derivative, arguments, named, expected, words, id=words)


RIGHT = [
    case(nonlin, A, "the output", deriv=True),
    case(nonlin, A, "pass `a`", SIGMOID, True),
    case(nonlin, A, "takes the output", True),
    case(needs_flag, Z, "takes the pre-", True),
    case(needs_flag, Z, "takes the pre-activation", derivative=1),
    case(by_name, A, "takes the output: pass", SIGMOID, "sigmoid"),
    case(by_name, A, "takes the output: pass `a`", kind="sigmoid"),
    case(functools.partial(nonlin, deriv=True), A, "the output: pass"),
    case(leaky_slope, EITHER, "same slope of leaky", 0.2, function=leaky),
    case(leaky_slope, EITHER, "the same slope", alpha=0.2, function=leaky),
    case(lecun_slope, A, "the output: pass `a`, not", function=lecun),
    case(lecun_slope_from_z, Z, "pass `z`, not `a`", function=lecun),
    case(scalar_elu_slope, A, "takes the output: p", function=scalar_elu),
    case(lambda a: a * (1 - a), A, "the output: p", function=lambda z: s(z - 0.4)),
    case(sigmoid_backward, UPSTREAM, "in this order: `dC/da`, `z`"),
    case(lambda z, g: g * s(z) * (1 - s(z)), UPSTREAM, "order: `z`, `dC/da`"),
    case(lambda g, a: g * a * (1 - a), UPSTREAM, "order: `dC/da`, `a`"),
    case(relu_backward, UPSTREAM, "what comes from above", ACTIVATIONS["relu"]),
    case(lambda z, a: a + s(z) * (1 - a), BOTH, "order: `z`, `a`", ACTIVATIONS["silu"]),
    case(lambda a, z: a + s(z) * (1 - a), BOTH, "order: `a`, `z`", function=silu),
    case(lambda z, a: a * (1 - a), BOTH, "it reads `a` alone"),
    case(Remembers(), UPSTREAM, "it returns the slope times that"),
    case(Remembers().backward, UPSTREAM, "comes from above: pass `dC/da`"),
    case(Remembers(lambda x, out: s(x) * (1 - s(x))), UPSTREAM, "returns the slope"),
    case(REMEMBERS_LEAKY, UPSTREAM, "slope times that"),
    case(Remembers, UPSTREAM, "times that"),
    case(WithRate(), UPSTREAM, "order: `dC/da`, `rate`"),
    case(Formulas(), A, "output: pass `a`"),
    case(Formulas().derivative, A, "the output: pass `a`, n"),
    case(Static, Z, "pass `z`"),
    case(Static.prime, Z, "pass `z`, not"),
    case(Relu(), UPSTREAM, "from above: pass `dC/da`"),
    case(Neuron().slope, NOTHING, "`self.output`, where `a` has to be"),
    case(Neuron().slope_of_total, NOTHING, "`self.total`, where `z` has to be"),
    case(Neuron().times, UPSTREAM, "`self.output`, where `a`"),
    case(Softmax(), UPSTREAM, "product with the Jacobian"),
    case(jacobian, A, "it returns the Jacobian", function=softmax),
    case(lambda z: jacobian(softmax(z)), Z, "the Jacobian, a matrix", function=softmax),
    case(lambda a: np.diag(a * (1 - a)), A, "Jacobian, a matrix"),
]


WRONG = [
    case(nonlin, NEITHER, "it is the activation itself"),
    case(nonlin, NEITHER, "is the activation itself", False),
    case(leaky_slope, NEITHER, "of leaky_relu, from", 0.01, function=leaky),
    case(lambda a: 1 - a**2, NEITHER, "it is the slope of tanh", function=lecun),
    case(lambda a: a * (1 - a), NEITHER, "wrong sign", function=lambda z: s(-z)),
    case(lambda a: a * (1 - a), NEITHER, "0.5 times", function=lambda z: s(2 * z)),
    case(lambda dout, z: dout * z * (1 - z) * 2, NEITHER, "takes 2 arguments"),
    case(lambda z, a: a + s(z) * (1 - a), NEITHER, "it is the slope of silu"),
    case(REMEMBERS_A_FOR_Z, NEITHER, "`a` where `z` belongs"),
    case(Remembers(lambda x, out: (out * (1 - out)) ** 2), NEITHER, "slope twice"),
    case(Remembers(lambda x, out: 3 * out * (1 - out)), NEITHER, "3 times the slope"),
    case(Remembers(lambda x, out: out * (out - 1)), NEITHER, "with the wrong sign"),
    case(Remembers(lambda x, out: s(x) * (1 - x)), NEITHER, "not the slope"),
    case(REMEMBERS_A_FOR_Z.backward, NEITHER, "where `z` belongs"),
    case(Passes(), NEITHER, "unchanged"),
    case(Forgets(), NEITHER, "the slope alone"),
    case(ReluOnUpstream(), NEITHER, "takes neither"),
    case(SoftmaxByElements(), NEITHER, "the diagonal of the Jacobian alone"),
    case(lambda a: a * (1 - a), NEITHER, "diagonal of the Jac", function=softmax),
    case(jacobian, NEITHER, "it is the Jacobian of softmax, from `a`"),
    case(lambda z: softmax(z) * (1 - softmax(z)), NEITHER, "diagonal of softmax's"),
    case(lambda a: 2 * jacobian(a), NEITHER, "not the Jacobian", function=softmax),
    case(Formulas(), A, "output", TANH),
]


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
