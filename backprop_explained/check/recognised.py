"""Somebody's network, once it is recognised, and the activations that it may have."""

from typing import NamedTuple

import numpy as np

from backprop_explained.activations import Activation, make_activation
from backprop_explained.catalogue import ACTIVATIONS
from backprop_explained.check.arrangement import Arrangement
from backprop_explained.check.cost_form import form_of
from backprop_explained.check.given import names_of
from backprop_explained.costs import Cost
from backprop_explained.network import Network
from backprop_explained.notation import Array

CLOSE = 1e-6
"""How far costs may lie from a match, relative to how much they vary."""


def _leaky(alpha: float) -> Activation:
    return make_activation(
        "leaky_relu",
        lambda z: np.where(z > 0, z, alpha * z),
        lambda z: np.where(z > 0, 1.0, alpha),
        lambda a: np.where(a > 0, 1.0, alpha),
        kinks=(0.0,),
    )


_LECUN = make_activation(
    "lecun_tanh",
    lambda z: 1.7159 * np.tanh(2 * z / 3),
    lambda z: 1.7159 * 2 / 3 / np.cosh(2 * z / 3) ** 2,
    lambda a: 2 / 3 * (1.7159 - a**2 / 1.7159),
)

KNOWN = (*ACTIVATIONS.values(), *map(_leaky, (0.1, 0.2, 0.3)), _LECUN)
"""The activations that are tried: the catalogue, and others that people write."""


class Recognised(NamedTuple):
    """Somebody's network, as one of ours that makes the same costs."""

    arrangement: Arrangement  # which array is what
    network: Network  # with their parameters
    x: Array  # of shape (m, n_0), with examples as rows
    y: Array  # of shape (m, n_L)
    columns: bool  # whether examples were columns
    cost: Cost  # of the output, without the penalty
    penalty: tuple[float, ...]  # on the squares of each layer's weights, then biases

    @property
    def penalty_gradients(self) -> list[Array]:
        """The part of the gradient that the penalty makes: weights', then biases'."""
        pairs = zip(self.penalty, self.network.parameters, strict=True)
        return [2 * factor * array for factor, array in pairs]

    def __str__(self) -> str:
        rows = ", ".join(row.name for row in self.network.activations)
        order = "(out, in)" if self.arrangement.flip else "(in, out)"
        side = ", examples are " + ("columns" if self.columns else "rows")
        if len(self.x) == 1:  # which one alone is a row of, nothing says
            side = ""
        if self.arrangement.fold is not None:
            row = "first" if self.arrangement.fold == 0 else "last"
            order += f" with biases for the {row} input, a one"
        form = form_of(self.cost, (self.y.shape[0], self.y.shape[1]))
        more = "".join(
            f" + {factor:.4g} * sum({name}**2)"
            for name, factor in self._penalties().items()
            if factor
        )
        return (
            f"by your cost, the layers are {rows}; weights are {order}{side}; "
            f"the cost is {form}{more}"
        )

    def _penalties(self) -> dict[str, float]:
        """By the name of the array; of all weights where they are penalised alike."""
        depth = len(self.network.weights)
        on_weights, on_biases = self.penalty[:depth], self.penalty[depth:]
        alike = np.ptp(on_weights) <= CLOSE * max(on_weights)
        if alike and not any(on_biases):
            return {"W": on_weights[0]}
        names = names_of(self.network, len(self.penalty))
        return dict(zip(names, self.penalty, strict=True))
