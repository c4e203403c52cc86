"""Several mistakes in one gradient, found one after the other.

No table holds every pair of mistakes.  But the arrays of each layer are given, so the
lines of one layer can be tried until they make what is given there, before the error is
passed on to the layer below.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from backprop_explained.backprop import forward_unchecked
from backprop_explained.check.given import Problem
from backprop_explained.check.mistaken_pass import RIGHT, Line, Values
from backprop_explained.check.mistakes import BIAS_LEFT_OUT, FACTORS, MISTAKES, Mistake
from backprop_explained.check.numerical import Tolerance, equal
from backprop_explained.notation import Array

MOST = 3
"""How many different mistakes one gradient is explained by, at most."""

OUTPUT, HIDDEN = ", output layer", ", hidden layers"

KNOWN = MISTAKES | {BIAS_LEFT_OUT.name: BIAS_LEFT_OUT}
"""The mistakes that are looked for, by name."""


class Found(NamedTuple):
    """A mistake, and the layers in which it was made, counted from 1."""

    mistake: Mistake
    layers: tuple[int, ...]


class Explained(NamedTuple):
    """Mistakes that together, times a factor, make a gradient."""

    found: tuple[Found, ...]
    factor: float


Trail = tuple[tuple[str, int], ...]
"""The names of mistakes and the layers where they were met, from the last one down."""


def _lines() -> dict[str, list[tuple[str, Line]]]:
    """Under each line of the backward pass: the right one, and the mistaken ones."""
    lines: dict[str, list[tuple[str, Line]]] = {k: [("", v)] for k, v in RIGHT.items()}
    for mistake in KNOWN.values():
        if mistake.name in FACTORS or mistake.name.endswith((OUTPUT, HIDDEN)):
            continue
        for name, line in mistake.gradients.lines.items():
            lines[name].append((mistake.name, line))
    return lines


def explain(
    problem: Problem, given: list[Array], tolerance: Tolerance
) -> Explained | None:
    """The fewest mistakes that together make a gradient, or none.

    Examples
    --------
    >>> from backprop_explained import Network, forward, squared_error
    >>> rng = np.random.default_rng(0)
    >>> network = Network([rng.normal(size=(3, 4)), rng.normal(size=(4, 2))])
    >>> x, y = rng.normal(size=(5, 3)), rng.random((5, 2))
    >>> a1, a2 = forward(network, x).activations[1:]
    >>> d2 = a2 - y  # a slope is missing
    >>> d1 = d2 @ network.weights[1].T * a1 * (1 - a1)
    >>> problem = Problem(network, x, y, squared_error, None)
    >>> from backprop_explained.check.numerical import FLOAT64
    >>> both = explain(problem, [(x.T @ d1).T, (a1.T @ d2).T], FLOAT64)
    >>> [(found.mistake.name, found.layers) for found in both.found]
    [('slope missing, output layer', (2,)), ('transposed', (1, 2))]
    """
    search = _Search(problem, given, tolerance)
    ends = list(search.run())
    if not ends:
        return None
    factor, trail = min(ends, key=lambda end: len({name for name, _ in end[1]}))
    names = list(dict.fromkeys(name for name, _ in trail))
    return Explained(tuple(search.placed(name, trail) for name in names), factor)


class _Search:
    def __init__(
        self, problem: Problem, given: list[Array], tolerance: Tolerance
    ) -> None:
        self.problem, self.given, self.tolerance = problem, given, tolerance
        self.zs, self.activations = forward_unchecked(problem.network, problem.x)
        self.depth, self.lines = len(self.zs), _lines()
        self.met: set[tuple[str, int]] = set()

    def run(self) -> Iterator[tuple[float, Trail]]:
        error = self.problem.cost.slope(self.activations[-1], self.problem.y)
        with np.errstate(all="ignore"):  # a mistaken slope may overflow
            yield from self._layer(self.depth - 1, error, None, ())

    def placed(self, name: str, trail: Trail) -> Found:
        """The row of the table for the layers in which a mistake was met."""
        layers = {layer for other, layer in trail if other == name}
        may_be = {layer for other, layer in self.met if other == name}
        rows = [
            (name, may_be),
            (name + OUTPUT, may_be & {self.depth}),
            (name + HIDDEN, may_be - {self.depth}),
        ]
        row = next((n for n, at in rows if at == layers and n in KNOWN), name)
        return Found(KNOWN[row], tuple(sorted(layers)))

    def _layer(
        self, layer: int, error: Array, factor: float | None, trail: Trail
    ) -> Iterator[tuple[float, Trail]]:
        network = self.problem.network
        a_previous, a = self.activations[layer : layer + 2]
        W, z, row = network.weights[layer], self.zs[layer], network.activations[layer]
        step_size = self.problem.step_size
        v = Values(row, W, z, a_previous, a, error, layer + 1, self.depth, step_size)
        for deltas, delta in self._made("delta", v, trail):
            with_delta = v._replace(delta=delta)
            for weights, dW in self._made("dW", with_delta, deltas):
                fits = self._fit(layer, dW, factor)
                if fits is None:
                    continue
                below = with_delta._replace(dW=dW)
                for biases, db in self._biases(below, weights):
                    if db is None or self._fit(self.depth + layer, db, fits) == fits:
                        yield from self._below(layer, below, fits, biases)

    def _below(
        self, layer: int, v: Values, factor: float, trail: Trail
    ) -> Iterator[tuple[float, Trail]]:
        if layer == 0:
            yield factor, trail
            return
        for errors, error in self._made("error", v, trail):
            yield from self._layer(layer - 1, error, factor, errors)

    def _biases(self, v: Values, trail: Trail) -> Iterator[tuple[Trail, Array | None]]:
        if len(self.given) > self.depth:
            yield from self._made("db", v, trail)
        else:
            yield trail, None

    def _made(
        self, name: str, v: Values, trail: Trail
    ) -> Iterator[tuple[Trail, Array]]:
        """What each line makes here, where it is another than those before it."""
        seen: list[Array] = []
        for mistake, line in self.lines[name]:
            made = line(v)
            if made is None or not np.isfinite(made).all():
                continue
            if any(equal(made, other, self.tolerance) for other in seen):
                continue
            seen.append(made)
            if mistake:
                self.met.add((mistake, v.layer))
            longer = (*trail, (mistake, v.layer)) if mistake else trail
            if len({name for name, _ in longer}) <= MOST:
                yield longer, made

    def _fit(self, i: int, made: Array, factor: float | None) -> float | None:
        """The factor, taken from the first array; `None` where the array is another."""
        given = self.given[i]
        if given.shape != made.shape:
            return None
        if factor is None:
            largest = np.abs(made).max()
            if largest == 0 or not np.isfinite(given).all():
                return None
            unit = made / largest
            factor = float((given * unit).sum() / (unit**2).sum() / largest)
        fits = factor and equal(given, factor * made, self.tolerance)
        return factor if fits else None
