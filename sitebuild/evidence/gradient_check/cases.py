"""A network with a batch and a cost, and its right gradient, as a check has them."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from backprop_explained import (
    Cost,
    Gradients,
    Network,
    cross_entropy,
    sigmoid_cross_entropy_delta,
)
from backprop_explained.backprop import backward_unchecked, forward_unchecked
from backprop_explained.notation import Array


@dataclass(frozen=True, eq=False)
class Case:
    """A network, a batch and a cost, with the cost as a check calls it."""

    number: int
    group: str
    network: Network
    x: Array
    y: Array
    measure: Cost
    divisor: float
    """What the sum over the batch is divided by, for a mean."""
    units: tuple[float, ...]
    """What each parameter is divided by before the check sees it."""
    dtype: type
    order: str
    noise: float
    as_float: bool
    """Whether the cost returns a Python float, and so keeps its precision to itself."""

    @property
    def parameters(self) -> list[Array]:
        """What is handed to the check, in the units and the order of this case."""
        return self.shown(self.network.parameters, -1)

    def shown(self, arrays: Sequence[Array], power: int) -> list[Array]:
        """Parameters (power -1) or gradients (power 1) as the check is given them."""
        return [
            np.array(array * unit**power, self.dtype, order=self.order)
            for array, unit in zip(arrays, self.units, strict=True)
        ]

    def cost(self, parameters: Sequence[Array]) -> Any:
        """The cost, in the precision of this case."""
        arrays = [
            np.asarray(array, self.dtype) * self.dtype(unit)
            for array, unit in zip(parameters, self.units, strict=True)
        ]
        depth = len(self.network.weights)
        a = self.x
        rows = self.network.activations
        for W, b, row in zip(arrays[:depth], arrays[depth:], rows, strict=True):
            a = row.function(a @ W + b)
        value = self.measure.value(a, self.y) / self.divisor
        if self.noise:
            value *= 1 + self.noise * _jitter(arrays)
        return float(value) if self.as_float else self.dtype(value)

    def gradients(self) -> list[Array]:
        """The right gradient, as the check is given it."""
        return self.shown(self.exact().parameters, 1)

    def exact(self) -> Gradients:
        """The right gradient of the network, in float64."""
        what = self.network, self.x, self.y, self.measure
        parts = (
            [np.asarray(array / self.divisor, np.float64) for array in arrays]
            for arrays in right_gradient(*what, np.longdouble)
        )
        return Gradients(*parts)


def right_gradient(
    network: Network, x: Array, y: Array, cost: Cost, precision: type
) -> Gradients:
    """`backward` in a precision of its own, from the numbers as they are."""
    wide = [p.astype(precision) for p in network.parameters]
    network = network.with_parameters(wide)
    delta = sigmoid_cross_entropy_delta if cost is cross_entropy else None
    trace = forward_unchecked(network, x.astype(precision))
    return backward_unchecked(network, trace, y.astype(precision), cost, delta)


def _jitter(arrays: Sequence[Array]) -> float:
    """A number in [-1, 1) that is a function of every bit of the parameters."""
    return zlib.crc32(b"".join(array.tobytes() for array in arrays)) / 2**31 - 1
