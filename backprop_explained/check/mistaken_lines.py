"""The mistaken lines, one function each, by the name of the line that they replace.

Each is a function of the [Values][backprop_explained.check.mistaken_pass.Values] in
its layer; `None` means that the mistake cannot be made there.
"""

from collections.abc import Callable

import numpy as np

from backprop_explained.check.mistaken_pass import RIGHT, Line, Values
from backprop_explained.logistic import (
    sigmoid_derivative,
    sigmoid_derivative_from_output,
)
from backprop_explained.notation import Array

# ---- where


def in_every_layer(line: Line) -> Line:
    """The line itself."""
    return line


def in_output_layer(line: Line) -> Line:
    """The line, made in the output layer alone; where it is the only one, nowhere."""
    return lambda v: line(v) if 1 < v.depth == v.layer else None


def in_hidden_layers(line: Line) -> Line:
    """The line, made in the hidden layers alone."""
    return lambda v: line(v) if v.layer < v.depth else None


# ---- delta


def a_for_z(v: Values) -> Array | None:
    """The derivative of `z`, handed `a`."""
    derivative = v.activation.derivative
    return v.error * derivative(v.a) if derivative else None


def z_for_a(v: Values) -> Array | None:
    """The derivative of `a`, handed `z`."""
    derivative = v.activation.derivative_from_output
    return v.error * derivative(v.z) if derivative else None


def slope_missing(v: Values) -> Array:
    """No slope at all."""
    return v.error


def tanh_slope_from_a(v: Values) -> Array | None:
    """The slope of tanh in a sigmoid layer, from `a`."""
    return v.error * (1 - v.a**2) if v.activation.name == "sigmoid" else None


def tanh_slope_from_z(v: Values) -> Array | None:
    """The slope of tanh in a sigmoid layer, from `z`."""
    return v.error * (1 - np.tanh(v.z) ** 2) if v.activation.name == "sigmoid" else None


def sigmoid_slope_from_a(v: Values) -> Array | None:
    """The slope of the sigmoid in a tanh layer, from `a`."""
    slope = sigmoid_derivative_from_output
    return v.error * slope(v.a) if v.activation.name == "tanh" else None


def sigmoid_slope_from_z(v: Values) -> Array | None:
    """The slope of the sigmoid in a tanh layer, from `z`."""
    return v.error * sigmoid_derivative(v.z) if v.activation.name == "tanh" else None


def slope_left_in(v: Values) -> Array | None:
    """The slope of the output where it has cancelled: behind a cross-entropy."""
    if v.layer < v.depth:
        return None
    if v.activation.name == "sigmoid":
        return RIGHT["delta"](v) * v.activation.slope(v.z, v.a)
    if v.activation.name != "identity":
        return None
    e: Array = np.exp(v.z - v.z.max(axis=1, keepdims=True))
    p: Array = e / e.sum(axis=1, keepdims=True)  # the softmax that the cost holds
    return v.error * p * (1 - p)


def gate_always_open(v: Values) -> Array | None:
    """The gate of relu with `>=`, which its output always passes."""
    return v.error * (v.a >= 0) if v.activation.name == "relu" else None


# ---- dW and db


def times(factor: Callable[[int], float]) -> dict[str, Line]:
    """Both lines of the gradient, times a factor made from the batch size."""

    def scaled(name: str) -> Line:
        return lambda v: f * RIGHT[name](v) if (f := factor(len(v.z))) != 1 else None

    return {name: scaled(name) for name in ("dW", "db")}


def output_for_input(v: Values) -> Array | None:
    """The layer's own output in place of its input, where both are equally wide."""
    return v.a.T @ v.delta if v.W.shape[0] == v.W.shape[1] else None


def transposed(v: Values) -> Array:
    """The gradient of the weights, transposed."""
    return RIGHT["dW"](v).T


def not_summed(v: Values) -> Array | None:
    """One bias gradient per example, where there are more than one."""
    return v.delta if len(v.delta) > 1 else None


def mean_of_delta(v: Values) -> Array:
    """The mean over the batch where a sum belongs."""
    mean: Array = v.delta.mean(axis=0)
    return mean


def none_at_all(v: Values) -> Array:
    """No gradient for the bias."""
    return np.zeros(v.delta.shape[1])


def summed_over_the_layer(v: Values) -> Array:
    """The sum over the outputs as well."""
    return np.full(v.delta.shape[1], v.delta.sum())


# ---- error


def without_slope(v: Values) -> Array:
    """The error passed down as it came, without the slope of this layer."""
    return v.error @ v.W.T


def through_updated_weights(v: Values) -> Array | None:
    """Through weights that have already taken their step."""
    return None if v.step_size is None else v.delta @ (v.W - v.step_size * v.dW).T


def without_slope_through_updated_weights(v: Values) -> Array | None:
    """Both at once."""
    return None if v.step_size is None else v.error @ (v.W - v.step_size * v.dW).T


def untransposed(v: Values) -> Array | None:
    """Through `W` itself, which only a square one allows."""
    return v.delta @ v.W if v.W.shape[0] == v.W.shape[1] > 1 else None
