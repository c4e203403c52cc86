"""Which network is this?  Asked of nothing but its cost.

Somebody's `cost(parameters)` is called at a few random settings of the parameters.  A
network is theirs if it makes the same costs there: a known sum of its output times one
number, perhaps with a penalty on the weights.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from backprop_explained.activations import IDENTITY, RELU, SIGMOID, TANH, Activation
from backprop_explained.check.arrangement import (
    Arrangement,
    arrangements,
    batches,
    targets,
)
from backprop_explained.check.cost_form import BASES, Form
from backprop_explained.check.recognised import CLOSE, KNOWN, Recognised
from backprop_explained.costs import Cost, softmax_cross_entropy
from backprop_explained.network import Network
from backprop_explained.notation import Array

OwnCost = Callable[[list[Array]], Any]

SETTINGS = 8
"""Random settings of the parameters, and one more for each array, as each may have a
penalty; a match has to hold at all of them."""

COMMON = (SIGMOID, TANH, RELU, IDENTITY)
"""What hidden layers that differ from each other are made of."""


def recognise(
    parameters: Sequence[Array],
    x: Array,
    y: Array,
    cost: OwnCost,
    flips: Sequence[bool] = (False, True),
    columns: Sequence[bool] = (False, True),
) -> Recognised | None:
    """The network that makes the same costs, or None.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> x, y, W = rng.normal(size=(5, 3)), rng.normal(size=(5, 2)), np.ones((2, 3))
    >>> cost = lambda p: np.mean((np.tanh(x @ p[0].T) - y) ** 2) + 0.1 * (p[0]**2).sum()
    >>> found = recognise([W], x, y, cost)
    >>> [row.name for row in found.network.activations], found.arrangement.flip
    (['tanh'], True)
    """
    return match(ask(parameters, cost), parameters, x, y, flips, columns)


class Asked(NamedTuple):
    """Settings of the parameters, stacked array by array, and the cost at each."""

    arrays: list[Array]
    costs: Array


def ask(parameters: Sequence[Array], cost: OwnCost) -> Asked | None:
    """The cost at random settings; None where it does not take them."""
    rng = np.random.default_rng(0)
    scales = [0.5 + 1 / np.sqrt(max(p.shape, default=1)) for p in parameters]
    count = SETTINGS + len(parameters)
    settings = [
        [
            s * rng.standard_normal(p.shape)
            for p, s in zip(parameters, scales, strict=True)
        ]
        for _ in range(count)
    ]
    with np.errstate(all="ignore"):
        try:
            costs = np.array([float(cost([a.copy() for a in s])) for s in settings])
        except Exception:  # what their code makes of odd numbers is theirs
            return None
    if not np.isfinite(costs).all() or np.ptp(costs) == 0:
        return None
    return Asked([np.stack(arrays) for arrays in zip(*settings, strict=True)], costs)


def match(
    asked: Asked | None,
    parameters: Sequence[Array],
    x: Array,
    y: Array,
    flips: Sequence[bool] = (False, True),
    columns: Sequence[bool] = (False, True),
) -> Recognised | None:
    """The network that makes the costs that were found, or None."""
    if asked is None:
        return None
    shapes = [p.shape for p in parameters]
    for xs, ys, turned in batches(x, y, columns):
        for target in targets(ys, shapes):
            widths = xs.shape[1], target.shape[1]
            for arrangement in arrangements(shapes, *widths, flips):
                found = _Search(asked, arrangement, xs, target).run()
                if found is None:
                    continue
                rows, cost, penalty = found
                weights = arrangement.read_weights(parameters)
                biases = arrangement.read_biases(parameters) or None
                network = Network(weights, biases, rows)
                data = xs, target, turned
                return Recognised(arrangement, network, *data, cost, penalty)
    return None


class _Search:
    """Of one arrangement the activations, the sum and the penalty."""

    def __init__(self, asked: Asked, way: Arrangement, x: Array, y: Array) -> None:
        self.x, self.y, self.costs = x, y, asked.costs
        self.count = len(asked.costs)
        settings = [[stack[k] for stack in asked.arrays] for k in range(self.count)]
        weights = [way.read_weights(setting) for setting in settings]
        biases = [way.read_biases(setting) for setting in settings]
        self.weights = [np.stack(Ws) for Ws in zip(*weights, strict=True)]
        self.biases = [np.stack(bs)[:, None] for bs in zip(*biases, strict=True)]
        self.first = self._z(x, 0)  # the widest, as a rule, and made once
        stacks = [*self.weights, *self.biases]
        self.squares = np.stack([(s**2).sum(axis=(1, 2)) for s in stacks], axis=1)
        kept = self.squares[:, self.squares.any(axis=0)]  # a bias that is none has 0
        basis, _ = np.linalg.qr(kept)
        self.rest = np.eye(self.count) - basis @ basis.T  # what no penalty explains

    def run(self) -> tuple[list[Activation], Cost, tuple[float, ...]] | None:
        seen = self.rest @ self.costs
        with np.errstate(all="ignore"):
            for hidden in _hidden(len(self.weights) - 1):
                z = self._last(hidden)
                if z is None:
                    continue
                for row, base, sums in self._sums(z):
                    left = self.rest @ sums
                    factor = float(left @ seen / (left @ left))
                    gap = np.abs(seen - factor * left).max()
                    if factor and gap <= CLOSE * np.ptp(seen):
                        rows, form = [*hidden, row], Form(base, factor, *self.y.shape)
                        return rows, form.cost, self._penalty(factor * sums)
        return None

    def _last(self, hidden: Sequence[Activation]) -> Array | None:
        """The last pre-activation at every setting."""
        z = self.first
        for layer, row in enumerate(hidden, 1):
            z = self._z(row.function(z), layer)
            if not np.isfinite(z).all():
                return None
        return z

    def _z(self, a: Array, layer: int) -> Array:
        z: Array = a @ self.weights[layer]
        return z + self.biases[layer] if self.biases else z

    def _sums(self, z: Array) -> Iterator[tuple[Activation, Cost, Array]]:
        """What each known cost, behind each activation, is at the settings."""
        for row in KNOWN:
            a = row.function(z)
            for base in BASES:
                if base is softmax_cross_entropy and row is not IDENTITY:
                    continue
                try:
                    sums = np.array([base.value(each, self.y) for each in a])
                except ValueError:  # no probabilities
                    continue
                if np.isfinite(sums).all() and np.ptp(sums):
                    yield row, base, sums

    def _penalty(self, explained: Array) -> tuple[float, ...]:
        found, *_ = np.linalg.lstsq(self.squares, self.costs - explained, rcond=None)
        pairs = zip(found, self.squares.T, strict=True)
        least = CLOSE * np.ptp(self.costs)
        return tuple(float(v) if np.ptp(v * s) > least else 0.0 for v, s in pairs)


def _hidden(depth: int) -> Iterator[tuple[Activation, ...]]:
    """Activations of the hidden layers: all alike, or else of the common kinds."""
    for row in KNOWN if depth else (IDENTITY,):
        yield (row,) * depth
    if 1 < depth < 4:
        yield from product(COMMON, repeat=depth)
