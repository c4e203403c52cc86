"""Visits of one expression that are moved together, and what moving them does."""

from collections import Counter
from typing import Any, NamedTuple

import numpy as np

from backprop_explained.check.line.recorder import Change, Event, Key
from backprop_explained.check.line.runs import Runs
from backprop_explained.notation import Array

STEP = 1e-5
"""How far a value is moved, relative to its size: near the cube root of a rounding."""


class Unit(NamedTuple):
    """Visits of one expression, all of one shape, and where they stand in the log.

    The values have the shape (n, *shape).
    """

    keys: tuple[Key, ...]
    places: tuple[int, ...]
    values: Array

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of each of them."""
        return self.values.shape[1:]

    def part(self, start: int, end: int) -> "Unit":
        """Some of the visits."""
        some = slice(start, end)
        return Unit(self.keys[some], self.places[some], self.values[some])


class Moved(NamedTuple):
    """What a move of a unit did: the slope of the cost along the direction.

    The logs are what was recorded on both sides, `width` apart; None if not as much as
    without a move.  It is whole if all was recorded; otherwise one expression was.
    """

    direction: Array
    slope: float
    logs: tuple[list[Event], list[Event]] | None
    width: float
    is_whole: bool = True

    def change(self, other: Unit) -> Array | None:
        """The derivative of another unit along the direction."""
        if self.logs is None:
            return None
        up, down = self.logs
        places = other.places if self.is_whole else [visit for _, visit in other.keys]
        try:
            both = [(up[t].value.astype(float), down[t].value) for t in places]
            return np.array([(a - b.astype(float)) / self.width for a, b in both])
        except ValueError:  # another shape
            return None


class Prober:
    """Moves the values of a unit while the cost is computed."""

    def __init__(self, runs: Runs) -> None:
        self.runs = runs
        self.here = runs.cost({}, keeps=True)
        self.events = runs.log
        self._many = Counter(event.key[0] for event in self.events)
        self.noise = 8 * np.finfo(float).eps * max(abs(self.here), 1e-3)

    def move(
        self, unit: Unit, direction: Array, *, keeps: bool, of: Unit | None = None
    ) -> Moved:
        """The derivatives along a direction, by a central difference.

        Of the cost; of all that is recorded, if it keeps that, or of one unit alone.
        """
        step = STEP * max(1.0, float(np.abs(unit.values).max()) ** 0.5)
        costs, logs = [], []
        alone = frozenset([of.keys[0][0]]) if of else None
        for sign in (step, -step):
            plan = {
                key: Change(True, sign * direction[i])
                for i, key in enumerate(unit.keys)
                if direction[i].any()
            }
            try:
                costs.append(self.runs.cost(plan, keeps=keeps, of=alone))
            except (ArithmeticError, ValueError, IndexError, TypeError):
                return Moved(direction, np.nan, None, 2 * step)
            logs.append(self.runs.log)
        many = self._many[of.keys[0][0]] if of else len(self.events)
        fits = keeps and all(len(log) == many for log in logs)
        slope = (costs[0] - costs[1]) / (2 * step)
        both = (logs[0], logs[1]) if fits else None
        return Moved(direction, slope, both, 2 * step, of is None)

    def floor(self, moved: Moved) -> float:
        """What the slope may be off by, by rounding."""
        return self.noise / moved.width


def other_than(value: Array, rng: np.random.Generator, *, turns: bool = False) -> Any:
    """Something else of its shape: of the other truth, or larger; or turned as well."""
    if value.dtype == bool:
        return np.logical_not(value)
    size = max(float(np.abs(value).max()), 1e-3)
    other = value + size * rng.uniform(0.1, 0.9, value.shape)
    return -other if turns else other


def direction_of(shape: tuple[int, ...], index: Any) -> Array:
    """One along some entries, nothing along others."""
    direction = np.zeros(shape)
    direction[index] = 1.0
    return direction


def random_direction(rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    """Entries away from 0, of either sign."""
    sizes: Array = rng.uniform(0.5, 1.5, shape)
    return np.where(rng.random(shape) < 0.5, -sizes, sizes)


def units_of(events: list[Event]) -> list[Unit]:
    """The visits of each expression, by shape, the last first."""
    groups: dict[tuple[int, tuple[int, ...]], list[int]] = {}
    for t, event in enumerate(events):
        if event.value.dtype != bool:
            groups.setdefault((event.key[0], event.value.shape), []).append(t)
    units = [
        Unit(
            tuple(events[t].key for t in places),
            tuple(places),
            np.array([events[t].value for t in places], float),
        )
        for places in groups.values()
    ]
    return sorted(units, key=lambda unit: -unit.places[-1])
