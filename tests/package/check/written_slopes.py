"""Derivatives and layers in the shapes in which people write them."""

import functools
import math

import numpy as np
import pytest
from slope_rows import EITHER, NEITHER, A, Z

from backprop_explained import ACTIVATIONS, SIGMOID, TANH, Argument

BOTH, UPSTREAM, NOTHING = Argument.BOTH, Argument.UPSTREAM, Argument.NOTHING


def s(v):
    return 1 / (1 + np.exp(-v))


def nonlin(x, deriv=False):
    return x * (1 - x) if deriv else s(x)


def needs_flag(x, derivative):
    return s(x) * (1 - s(x)) if derivative else s(x)


def by_name(x, kind="linear"):
    return {"sigmoid": lambda: x * (1 - x), "linear": lambda: 1 + 0 * x}[kind]()


def leaky(z, alpha=0.2):
    return np.where(z > 0, z, alpha * z)


def leaky_slope(v, alpha):
    return np.where(v > 0, 1.0, alpha)


def lecun(z):
    return 1.7159 * np.tanh(2 * z / 3)


def lecun_slope(a):
    return 2 / 3 * (1.7159 - a**2 / 1.7159)


def scalar_elu(z):
    return z if z > 0 else 0.5 * (math.exp(z) - 1)


def softmax(z):
    e = np.exp(z - np.max(z))
    return e / e.sum()


def sigmoid_backward(dout, cache):
    return dout * s(cache) * (1 - s(cache))


def relu_backward(dout, cache):
    dz = np.array(dout, copy=True)
    dz[cache <= 0] = 0
    return dz


class Remembers:
    """A layer that keeps its output; `slope` is what it multiplies by."""

    def __init__(self, slope=lambda x, out: out * (1 - out), f=s):
        self.slope_of, self.make = slope, f

    def forward(self, x):
        self.x = x
        self.out = self.make(x)
        return self.out

    def backward(self, dout):
        return dout * self.slope_of(self.x, self.out)


class WithRate:
    def forward_propagation(self, data):
        self.input = data
        return np.tanh(data)

    def backward_propagation(self, output_error, learning_rate):  # noqa: ARG002
        return (1 - np.tanh(self.input) ** 2) * output_error


class Formulas:
    def __call__(self, z):
        return np.tanh(z)

    def derivative(self, a):
        return 1 - a**2


class Static:
    @staticmethod
    def forward(z):
        return s(z)

    @staticmethod
    def prime(z):
        return s(z) * (1 - s(z))


class Relu:
    def forward(self, x):
        self.mask = x <= 0
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout):
        dout = dout.copy()
        dout[self.mask] = 0
        return dout


class ReluOnUpstream(Relu):
    def backward(self, dout):
        return dout * (dout > 0)


class Neuron:
    output = 0.0

    def slope(self):
        return self.output * (1 - self.output)

    def slope_of_total(self):
        return s(self.total) * (1 - s(self.total))

    def times(self, error):
        return error * self.output * (1 - self.output)


class Softmax:
    def forward(self, x):
        e = np.exp(x - x.max(axis=1, keepdims=True))
        self.out = e / e.sum(axis=1, keepdims=True)
        return self.out

    def backward(self, dout):
        inner = (dout * self.out).sum(axis=1, keepdims=True)
        return self.out * (dout - inner)


class SoftmaxByElements(Softmax):
    def backward(self, dout):
        return dout * self.out * (1 - self.out)


class Passes(Remembers):
    def backward(self, dout):
        return dout


class Forgets(Remembers):
    def backward(self, dout):  # noqa: ARG002
        return self.out * (1 - self.out)


def jacobian(a):
    return np.diag(a) - np.outer(a, a)


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
