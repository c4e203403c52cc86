"""What each value of a training step is: a forward value, a derivative or a slope."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from backprop_explained.check.line.expression import Expression
from backprop_explained.check.line.judge import factor_of, is_close
from backprop_explained.check.line.recorder import Event
from backprop_explained.check.line.truth import Truth
from backprop_explained.notation import Array

NICE = (1.0, 2.0, 0.5)
"""A single number has a factor to everything: these alone are believed of one."""

DEEP = 6
"""So many times it is asked what a value was made from."""


class Label(NamedTuple):
    """What one value is: a "value", a "derivative" or a "slope", times a factor.

    Of which expression of the forward pass, at which visit; for a slope, of None.
    """

    kind: str
    of: Expression | None
    visit: int
    factor: float = 1.0


class Labelled:
    """The events of a step, with all that each may be, and the events it comes from."""

    def __init__(
        self, log: list[Event], expressions: list[Expression], truth: Truth
    ) -> None:
        self.log, self.expressions, self.truth = log, expressions, truth
        self._values = {
            _bits(value): (of, visit)
            for of, visits in reversed(truth.values.items())
            for visit, value in visits.items()
        }
        self._slopes: dict[tuple[int, ...], list[Array]] = {}
        for visits in truth.slopes.values():
            for slope in visits.values():
                if slope.size > 1:
                    self._slopes.setdefault(slope.shape, []).append(slope)
        self._adjoints: dict[tuple[int, ...], list[tuple[Expression, int, Array]]] = {}
        for of, visits in truth.adjoints.items():
            for visit, adjoint in visits.items():
                if not _is_plain(adjoint):
                    row = of, visit, adjoint
                    self._adjoints.setdefault(adjoint.shape, []).append(row)
        self._cache: dict[tuple[tuple[int, ...], bytes], list[Label]] = {}
        self.labels = [self._labels(event.value) for event in log]
        self.sources = self._sources()

    def _labels(self, value: Array) -> list[Label]:
        bits = _bits(value)
        if bits not in self._cache:
            self._cache[bits] = self._found(value, bits)
        return self._cache[bits]

    def _found(self, value: Array, bits: tuple[tuple[int, ...], bytes]) -> list[Label]:
        found = []
        if bits in self._values:
            found.append(Label("value", *self._values[bits]))
        if value.dtype == bool:
            return found
        for of, visit, adjoint in self._adjoints.get(value.shape, []):
            factor = factor_of(value.astype(float), adjoint)
            if factor and (value.size > 1 or _is_nice(factor)):
                found.append(Label("derivative", of, visit, factor))
        if not found:
            for slope in self._slopes.get(value.shape, []):
                if is_close(value, slope, 1e-6, 1e-9):
                    return [Label("slope", None, 0)]
        return found

    def _sources(self) -> list[list[int]]:
        last: dict[int, int] = {}
        by_thing: dict[int, int] = {}
        found = []
        for t, event in enumerate(self.log):
            parts = self.expressions[event.key[0]].parts
            rows = [last[p.index] for p in parts if p.index in last]
            if id(event.thing) in by_thing:
                rows.append(by_thing[id(event.thing)])
            found.append(rows)
            last[event.key[0]] = t
            by_thing[id(event.thing)] = t
        return found

    def nearest(self, t: int, kind: str, depth: int = DEEP) -> Label | None:
        """The label of a kind that an event has, or what it was made from."""
        labels = (label for those in self._before(t, depth) for label in those)
        return next((label for label in labels if label.kind == kind), None)

    def factors_before(self, t: int) -> list[float]:
        """The factors of the nearest derivative that an event was made from."""
        for source in self.sources[t]:
            for labels in self._before(source, DEEP):
                if found := [x.factor for x in labels if x.kind == "derivative"]:
                    return found
        return []

    def _before(self, t: int, depth: int) -> Iterator[list[Label]]:
        """The labels of an event, of what it was made from, and so on."""
        seen, level = {t}, [t]
        for _ in range(depth):
            yield from (self.labels[event] for event in level)
            level = [s for e in level for s in self.sources[e] if s not in seen]
            seen.update(level)


def _bits(value: Array) -> tuple[tuple[int, ...], bytes]:
    return value.shape, value.astype(float).tobytes()


def _is_nice(factor: float) -> bool:
    return any(abs(abs(factor) / nice - 1) < 1e-6 for nice in NICE)


def _is_plain(adjoint: Array) -> bool:
    """Whether it is one number throughout: labels and ones are multiples of it too."""
    if adjoint.size == 1:
        return _is_nice(float(adjoint.item()))
    return bool(np.ptp(adjoint) <= 1e-8 * np.abs(adjoint).max())
