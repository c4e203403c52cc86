"""Whether any value in the place of an expression makes wrong gradients right.

A gradient mostly follows each value that it is made of in a straight line.  Then one
run for each entry tells how, and a small system of linear equations whether an answer
exists.  If none does, no edit of that expression can repair, whatever is written there.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from backprop_explained.check.line.judge import Judge
from backprop_explained.check.line.recorder import Change, Event, Key
from backprop_explained.check.line.runs import Runs
from backprop_explained.notation import Array

ENTRIES = 96
"""Of so many entries at most the equations are asked for."""

COEFFICIENTS = 60_000
"""So many at most the equations may have: more take longer than trying edits."""

CLOSE = 1e-5
"""How far off a solution may be, relative to the largest entry that is missing."""

STRAIGHT = 1e-6
"""How far from a straight line a gradient may be that is called straight."""


SMALLEST = 1e-12
"""The square of what an unknown has to do, relative to what the largest one does."""


class Equations(NamedTuple):
    """What the changes of the entries of an expression have to do: a row for each.

    The values are the entries of all visits as they are.
    """

    matrix: Array
    goal: Array
    values: Array

    def are_met(self, values: Array) -> Array:
        """Which of these rows of entries repair everything."""
        found = (values - self.values) @ self.matrix.T - self.goal
        return np.asarray(np.abs(found).max(axis=1) <= CLOSE)


class Reach(NamedTuple):
    """What some value in the place of an expression can repair.

    Attributes
    ----------
    each, all
        The wrong gradients that it can make right, one at a time; whether all at once.
    spare : int
        So many more equations are met then than there are unknowns.
    plan : mapping or None
        The values that do so, as a run takes them.
    equations : Equations or None
        What any such values meet.
    """

    each: frozenset[int]
    all: bool
    spare: int
    plan: Mapping[Key, Change] | None = None
    equations: Equations | None = None


class Solving:
    """Asks of one expression after the other, and remembers what it was told.

    The gradients that are right have to stay so.
    """

    def __init__(self, runs: Runs, judge: Judge, right: frozenset[int]) -> None:
        self.runs, self.judge, self.right = runs, judge, right
        self.before = runs.step({})
        self._answers: dict[int, Reach | None] = {}
        self._twins: dict[Key, list[Key]] = {}

    def reach(self, log: list[Event]) -> Reach | None:
        """What the visits of one expression can repair; None if it is not known."""
        index = log[0].key[0]
        if index not in self._answers:
            self._answers[index] = self._asked(log)
        return self._answers[index]

    def together(self, logs: list[list[Event]]) -> Reach | None:
        """What several expressions can repair that have the same value each time."""
        first, *others = logs
        self._twins = {e.key: [o[n].key for o in others] for n, e in enumerate(first)}
        try:
            return self._asked(first)
        finally:
            self._twins = {}

    def _asked(self, log: list[Event]) -> Reach | None:
        factor, truth = self.judge.factor, self.judge.truth
        entries = sum(e.value.size for e in log)
        if factor is None or entries > ENTRIES or any(t is None for t in truth):
            return None
        if entries * sum(before.size for before in self.before) > COEFFICIENTS:
            return None
        if any(e.value.dtype == bool for e in log):
            return None
        rows = [
            factor * t - before
            for t, before in zip(truth, self.before, strict=True)
            if t is not None
        ]
        try:
            moves = self._moves(log)
        except Exception:
            return None
        return None if moves is None else self._solved(moves, rows, log)

    def _moves(self, log: list[Event]) -> list[Array] | None:
        """Of each gradient, a column for each entry; None if it is not straight."""
        values = [e.value.astype(float) for e in log]
        size = max([float(np.abs(v).max()) for v in values if v.size], default=0) or 1.0
        total = sum(v.size for v in values)
        columns = [
            self._moved(log, size * np.eye(1, total, j)[0]) for j in range(total)
        ]
        moves = [
            np.stack([column[i].ravel() / size for column in columns], axis=1)
            for i in range(len(self.before))
        ]
        along = size * np.random.default_rng(total).uniform(0.5, 1.5, total)
        found = self._moved(log, along)
        for matrix, change in zip(moves, found, strict=True):
            largest = float((np.abs(matrix) @ np.abs(along)).max(initial=0))
            if not np.isfinite(matrix).all() or not np.isfinite(change).all():
                return None
            if np.abs(matrix @ along - change.ravel()).max() > STRAIGHT * largest:
                return None
        return moves

    def _moved(self, log: list[Event], by: Array) -> list[Array]:
        """What the gradients change by if the entries do."""
        after = self.runs.step(self._plan(log, by))
        return [a - b for a, b in zip(after, self.before, strict=True)]

    def _plan(self, log: list[Event], by: Array) -> dict[Key, Change]:
        """The visits of an expression, each with a part of the numbers added."""
        plan: dict[Key, Change] = {}
        start = 0
        for event in log:
            part = by[start : start + event.value.size].reshape(event.value.shape)
            change = Change(False, event.value.astype(float) + part)
            plan |= dict.fromkeys([event.key, *self._twins.get(event.key, ())], change)
            start += event.value.size
        return plan

    def _size(self, i: int) -> float:
        return float(np.abs(self.before[i]).max()) or 1.0

    def _solved(
        self, moves: Sequence[Array], missing: Sequence[Array], log: list[Event]
    ) -> Reach:
        scales = [float(np.abs(row).max()) or 1.0 for row in missing]
        wrong = [i for i in range(len(moves)) if i not in self.right]
        held = [moves[i] / self._size(i) for i in sorted(self.right)]

        def system(those: list[int]) -> tuple[Array, Array]:
            left = np.concatenate([*held, *(moves[i] / scales[i] for i in those)])
            ends = [missing[i].ravel() / scales[i] for i in those]
            zeros = [np.zeros(len(h)) for h in held]
            return left, np.concatenate([*zeros, *ends])

        def answer(those: list[int]) -> Array | None:
            left, goal = system(those)
            normal = left.T @ left  # small, where there are many equations
            found: Array = np.linalg.lstsq(normal, left.T @ goal, rcond=SMALLEST)[0]
            return found if np.abs(left @ found - goal).max() <= CLOSE else None

        each = frozenset(i for i in wrong if answer([i]) is not None)
        by = answer(wrong) if len(each) == len(wrong) else None
        if by is None:
            return Reach(each, False, 0)
        spare = _spare([moves[i] for i in wrong])
        values = np.concatenate([e.value.ravel() for e in log]).astype(float)
        equations = Equations(*_shortened(*system(wrong)), values)
        return Reach(each, True, spare, self._plan(log, by), equations)


def _shortened(left: Array, goal: Array) -> tuple[Array, Array]:
    """As many equations as there are unknowns, which say the same."""
    if len(left) <= left.shape[1]:
        return left, goal
    turned, short = np.linalg.qr(left)
    return short, turned.T @ goal


def _spare(moves: list[Array]) -> int:
    """So many equations more than unknowns that they depend on."""
    matrix = np.concatenate(moves)
    rows = np.abs(matrix).max(axis=1)
    sizes = np.linalg.eigvalsh(matrix.T @ matrix)
    unknowns = int((sizes > SMALLEST * sizes.max()).sum())
    return int((rows > 1e-9 * rows.max()).sum()) - unknowns
