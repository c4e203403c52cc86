"""The derivative of the cost with respect to a value inside of it, measured.

Entry by entry it would take a pair of runs each.  Where a later value is known to
depend on this one entry by entry, or row by row, many entries can be moved at once, and
the chain rule does the rest.  What is found so is believed only if it foretells the
slope along random directions; otherwise each entry is moved by itself.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

import numpy as np

from backprop_explained.check.line.probes import (
    Moved,
    Prober,
    Unit,
    direction_of,
    random_direction,
)
from backprop_explained.notation import Array

ENTRIES = 4000
"""So many entries are moved one by one at most."""

TRIES = 6
"""So many later values are tried for a shorter way."""

AGREES = 1e-6
"""How well an adjoint has to foretell a slope, relative to its largest part."""


class Split(NamedTuple):
    """Which parts of a unit are moved at once: visits in groups, and an axis."""

    group: int
    axis: int | None
    other: int | None


class Adjoints:
    """Measures derivatives of the cost, from the end of the cost to its beginning.

    `known` has what was measured, the last first; `slopes` has an earlier unit, a later
    one, and its slope with respect to the earlier, where it is entry by entry.
    """

    def __init__(self, prober: Prober, rng: np.random.Generator) -> None:
        self.prober, self.rng = prober, rng
        self.known: list[tuple[Unit, Array]] = []
        self.slopes: list[tuple[Unit, Unit, Array]] = []

    def measure(self, unit: Unit) -> Array | None:
        """The derivative with respect to a unit; None if the cost ignores it."""
        moves = [self._move(unit)]
        if abs(moves[0].slope) <= self.prober.floor(moves[0]):
            return None
        if unit.values.size > 1:
            moves.append(self._move(unit))
        found = self._by_entries(unit, moves)
        if found is None:
            found = self._by_parts(unit, moves)
        if found is None and unit.values.size <= ENTRIES:
            found = self._one_by_one(unit)
        if found is not None:
            self.known.insert(0, (unit, found))
        return found

    def _move(self, unit: Unit) -> Moved:
        direction = random_direction(self.rng, unit.values.shape)
        return self.prober.move(unit, direction, keeps=True)

    def _foretells(self, adjoint: Array, moves: list[Moved]) -> bool:
        for moved in moves:
            parts = adjoint * moved.direction
            allowed = AGREES * np.abs(parts).sum() + 4 * self.prober.floor(moved)
            if not abs(parts.sum() - moved.slope) <= allowed:
                return False
        return True

    def _later(self, unit: Unit) -> Iterator[tuple[Unit, Array]]:
        for other, adjoint in self.known:
            is_apart = set(other.keys).isdisjoint(unit.keys)
            if other.places[-1] > unit.places[-1] and is_apart:
                yield other, adjoint

    def _by_entries(self, unit: Unit, moves: list[Moved]) -> Array | None:
        found = None
        for other, adjoint in self._later(unit):
            is_alike = other.values.shape == unit.values.shape
            slope = _slope(moves, other) if is_alike else None
            if slope is None:
                continue
            self.slopes.append((unit, other, slope))
            if found is None and self._foretells(slope * adjoint, moves):
                found = slope * adjoint
        return found

    # ---- rows, columns and examples

    def _by_parts(self, unit: Unit, moves: list[Moved]) -> Array | None:
        entries = unit.values.size
        tries = 0
        trials: dict[Split, Moved] = {}
        for other, adjoint in self._later(unit):
            for split in _splits(unit, other):
                width = len(_blocks(unit, split))
                if 2 * width > entries or tries >= TRIES:
                    continue
                if split not in trials:
                    trials[split] = self._move_first(unit, split)
                if not _stays_inside(trials[split].change(other), split):
                    continue
                tries += 1
                found = self._through(unit, other, adjoint, split)
                if found is not None and self._foretells(found, moves):
                    return found
        return None

    def _move_first(self, unit: Unit, split: Split) -> Moved:
        direction = np.zeros(unit.values.shape)
        _part(direction, split.group, split.axis)[0, 0] = 1.0
        return self.prober.move(unit, direction, keeps=True)

    def _through(
        self, unit: Unit, other: Unit, adjoint: Array, split: Split
    ) -> Array | None:
        """The chain rule through another unit, block by block."""
        found = np.zeros(unit.values.shape)
        for block in _blocks(unit, split):
            direction = direction_of(unit.values.shape, block)
            moved = self.prober.move(unit, direction, keeps=True, of=other)
            change = moved.change(other)
            if change is None:
                return None
            weights = _part(adjoint * change, 1, split.other)
            sums = weights.reshape(*weights.shape[:2], -1).sum(axis=2)
            there = _part(direction, split.group, split.axis)
            each = sums.reshape(*sums.shape, *[1] * (there.ndim - 2))
            _part(found, split.group, split.axis)[...] += there * each
        return found

    def _one_by_one(self, unit: Unit) -> Array:
        found = np.zeros(unit.values.shape)
        for index in np.ndindex(found.shape):
            direction = direction_of(found.shape, index)
            found[index] = self.prober.move(unit, direction, keeps=False).slope
        return found


def _slope(moves: list[Moved], other: Unit) -> Array | None:
    """The slope of each entry, if two directions give the same one."""
    slopes = []
    for moved in moves:
        change = moved.change(other)
        if change is None or change.shape != moved.direction.shape:
            return None
        slopes.append(change / moved.direction)
    size = np.abs(slopes[0]).max()
    if not size > 1e-9 or not np.isfinite(size):
        return None
    if np.abs(slopes[0] - slopes[-1]).max() > 1e-5 * size + 1e-9:
        return None
    return slopes[0]


def _splits(unit: Unit, other: Unit) -> list[Split]:
    """Ways in which parts of a unit may go to parts of another."""
    n, m = len(unit.keys), len(other.keys)
    if n % m:
        return []
    pairs: list[tuple[int | None, int | None]] = [
        (p, q)
        for p, size in enumerate(unit.shape)
        for q, length in enumerate(other.shape)
        if size == length > 1
    ]
    return [Split(n // m, p, q) for p, q in [*pairs, (None, None)]]


def _part(values: Array, group: int, axis: int | None) -> Array:
    """A view with the parts first: (axis, groups of visits, the rest)."""
    grouped = values.reshape(values.shape[0] // group, group, *values.shape[1:])
    if axis is None:
        return grouped[np.newaxis]
    return np.moveaxis(grouped, 2 + axis, 0)


def _blocks(unit: Unit, split: Split) -> list[tuple[slice | int, ...]]:
    """The entries that are moved at once: the same one of each part."""
    ranges: list[Sequence[slice | int]] = [
        [slice(None)] if axis == split.axis else range(size)
        for axis, size in enumerate(unit.shape)
    ]
    starts = [slice(k, None, split.group) for k in range(split.group)]
    return [index[::-1] for index in product(*reversed(ranges), starts)]


def _stays_inside(change: Array | None, split: Split) -> bool:
    """Whether a move of the first part changed the first part alone."""
    if change is None:
        return False
    parts = np.abs(_part(change, 1, split.other))
    inside = float(parts[0, 0].max())
    parts[0, 0] = 0.0
    return inside > 0 and bool(parts.max() <= 1e-9 * inside)
