"""The same question at other points, since a gradient may be right by chance."""

import numpy as np

from backprop_explained.check.line.judge import Judge
from backprop_explained.check.line.probes import random_direction
from backprop_explained.check.line.recorder import Change
from backprop_explained.check.line.runs import Runs
from backprop_explained.notation import Array

POINTS = 2
"""At so many other points."""

FAR = 0.3
"""How far away they are, relative to the size of a parameter."""

STEP = 1e-5
CLOSE = 1e-5


class Elsewhere:
    """Other values of the parameters, and the slopes of the cost there."""

    def __init__(self, runs: Runs, judge: Judge) -> None:
        self.runs, self.judge = runs, judge
        self._rng = np.random.default_rng(2)
        self._shifts: list[list[Array]] = [
            [FAR * _size(p) * self._rng.standard_normal(p.shape) for p in runs.points]
            for _ in range(POINTS)
        ]
        self._slopes = {
            (n, i): self._slope(n, i) for n in range(POINTS) for i in runs.all
        }

    def agrees(self, arrays: frozenset[int]) -> bool:
        """Whether these gradients of the step, as it is now, are right there too."""
        for n, shift in enumerate(self._shifts):
            try:
                found = self.runs.step_from(shift)
            except Exception:
                return False
            if not all(self._fits(n, i, found[i]) for i in arrays):
                return False
        return True

    def _slope(self, n: int, i: int) -> tuple[Array, float]:
        direction = random_direction(self._rng, self.runs.points[i].shape)
        costs = []
        for sign in (STEP, -STEP):
            plan = {(-1 - j, 0): Change(True, s) for j, s in enumerate(self._shifts[n])}
            moved = self._shifts[n][i] + sign * direction
            plan[-1 - i, 0] = Change(True, moved)
            costs.append(self.runs.cost(plan))
        return direction, (costs[0] - costs[1]) / (2 * STEP)

    def _fits(self, n: int, i: int, gradient: Array) -> bool:
        direction, slope = self._slopes[n, i]
        parts = gradient / (self.judge.factor or 1.0) * direction
        noise = 1e-10 * max(1.0, abs(self.runs.cost({}))) / STEP * 1e-3
        return bool(abs(parts.sum() - slope) <= CLOSE * np.abs(parts).sum() + noise)


def _size(point: Array) -> float:
    return max(float(np.sqrt(np.mean(point**2))), 0.1)
