"""Backpropagation, explained by running it."""

from backprop_explained.activations import (
    IDENTITY,
    RELU,
    SIGMOID,
    TANH,
    Activation,
    make_activation,
    sigmoid,
    sigmoid_derivative,
    sigmoid_derivative_from_output,
)
from backprop_explained.catalogue import ACTIVATIONS
from backprop_explained.check.derivative import (
    Argument,
    ArgumentVerdict,
    derivative_argument,
)
from backprop_explained.check.diagnosis import diagnose_gradients
from backprop_explained.check.gradient import (
    GradientCheck,
    check_gradients,
    numerical_gradient,
    relative_error,
)
from backprop_explained.check.mistakes import MISTAKES, Mistake
from backprop_explained.check.report import Diagnosis
from backprop_explained.costs import (
    Cost,
    cross_entropy,
    sigmoid_cross_entropy_delta,
    squared_error,
    sum_of_squares,
)
from backprop_explained.network import (
    Gradients,
    Network,
    Trace,
    backward,
    forward,
    predict,
    random_network,
)
from backprop_explained.training import NonFiniteCostError, Training, descend, train

__all__ = [
    "ACTIVATIONS",
    "IDENTITY",
    "MISTAKES",
    "RELU",
    "SIGMOID",
    "TANH",
    "Activation",
    "Argument",
    "ArgumentVerdict",
    "Cost",
    "Diagnosis",
    "GradientCheck",
    "Gradients",
    "Mistake",
    "Network",
    "NonFiniteCostError",
    "Trace",
    "Training",
    "backward",
    "check_gradients",
    "cross_entropy",
    "derivative_argument",
    "descend",
    "diagnose_gradients",
    "forward",
    "make_activation",
    "numerical_gradient",
    "predict",
    "random_network",
    "relative_error",
    "sigmoid",
    "sigmoid_cross_entropy_delta",
    "sigmoid_derivative",
    "sigmoid_derivative_from_output",
    "squared_error",
    "sum_of_squares",
    "train",
]
