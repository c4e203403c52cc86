"""The loop of `train`: the lesson's steps, in arrays that stay where they are.

All parameters stand in one array, and all derivatives in another, so that one step
downhill is a product and a difference, whatever the depth.  The lines are those of
[backprop][backprop_explained.backprop], in the same order, with the same bits.
"""

import math
from typing import Any, NamedTuple

import numpy as np

from backprop_explained._progress import progress
from backprop_explained.backprop import OutputDelta
from backprop_explained.costs import Cost
from backprop_explained.logistic import bare
from backprop_explained.network import Network
from backprop_explained.notation import Array


class Descent(NamedTuple):
    """A training, except for its length; what it holds has been checked, and stays."""

    network: Network
    x: Array
    y: Array
    cost: Cost
    step_size: float
    output_delta: OutputDelta | None

    def run(self, steps: int) -> tuple[Network, list[float]]:
        """So many steps, or as many as leave the cost and every parameter finite.

        The trained network, or the start where the run ended early; and the finite
        costs: `steps + 1`, where it did not.
        """
        network, x, y, cost, step_size, output_delta = self
        dtype = np.result_type(x, y, *network.parameters)
        x, y = x.astype(dtype, copy=False), y.astype(dtype, copy=False)
        numbers, parameters = _in_one_array(network.parameters, dtype)
        changes, gradients = _in_one_array(network.parameters, dtype)
        upward, downward = _layers(network, parameters, gradients)
        costs: list[float] = []
        with np.errstate(over="ignore", invalid="ignore", under="ignore"):
            for step in progress(range(steps + 1), "training"):
                if not _finite(numbers):
                    return network, costs
                zs, activations = _forward(upward, x)
                value = float(cost.value(activations[-1], y))
                if not math.isfinite(value):
                    return network, costs
                costs.append(value)
                if step < steps:
                    _backward(downward, zs, activations, y, cost, output_delta)
                    np.multiply(changes, step_size, out=changes)
                    np.subtract(numbers, changes, out=numbers)
        return network.with_parameters(parameters), costs


def _in_one_array(
    arrays: list[Array], dtype: np.dtype[Any]
) -> tuple[Array, list[Array]]:
    """A copy of all numbers, and a view of it for each of the arrays."""
    numbers = np.concatenate([array.ravel() for array in arrays], dtype=dtype)
    parts = np.split(numbers, np.cumsum([array.size for array in arrays[:-1]]))
    shapes = [array.shape for array in arrays]
    return numbers, list(map(np.reshape, parts, shapes))


def _layers(
    network: Network, parameters: list[Array], gradients: list[Array]
) -> tuple[list[Any], list[Any]]:
    """What the two passes read of each layer: from the first, and from the last."""
    depth, rows = len(network.weights), network.activations
    functions = [bare(row.function) for row in rows]
    slopes = [row.slope for row in rows]
    Ws, dW = parameters[:depth], gradients[:depth]
    bs: list[Any] = parameters[depth:] or [0.0] * depth
    db: list[Any] = gradients[depth:] or [None] * depth
    upward = zip(Ws, bs, functions, strict=True)
    downward = zip(range(depth), Ws, slopes, dW, db, strict=True)
    return list(upward), list(downward)[::-1]


def _forward(layers: list[Any], x: Array) -> tuple[list[Array], list[Array]]:
    a, zs, activations = x, [], [x]
    for W, b, function in layers:
        z = a @ W + b
        a = function(z)
        zs.append(z)
        activations.append(a)
    return zs, activations


def _backward(
    layers: list[Any],
    zs: list[Array],
    activations: list[Array],
    y: Array,
    cost: Cost,
    output_delta: OutputDelta | None,
) -> None:
    if output_delta is None:
        error = cost.slope(activations[-1], y)  # dC/da
    for layer, W, slope, dW, db in layers:
        a_previous, a = activations[layer], activations[layer + 1]
        if output_delta:
            delta = output_delta(a, y)
            output_delta = None  # that was the last layer
        else:
            delta = error * slope(zs[layer], a)  # dC/dz
        np.matmul(a_previous.T, delta, dW)  # dC/dW
        if db is not None:
            np.add.reduce(delta, 0, None, db)  # dC/db
        if layer > 0:
            error = delta @ W.T  # dC/da, one layer down


def _finite(numbers: Array) -> bool:
    """Whether their squares have a finite sum; where it overflows, one by one."""
    return math.isfinite(numbers.dot(numbers)) or bool(np.isfinite(numbers).all())
