"""Whether a number in front of an expression can make a wrong gradient right.

Many numbers may be missing at many places.  Most gradients follow what they are made
of in proportion, so a run more tells of a place whether any number does at all.
"""

import numpy as np

from backprop_explained.check.line.judge import Judge
from backprop_explained.check.line.recorder import Change, Event
from backprop_explained.check.line.runs import Runs
from backprop_explained.notation import Array

CLOSE = 1e-4
"""How far from a multiple a gradient may be, relative to its largest entry."""

STRAIGHT = 1e-6
"""How far from a straight line a gradient may be that is in proportion."""


class Scaling:
    """Asks of one expression after the other, and remembers what it was told."""

    def __init__(self, runs: Runs, judge: Judge, wrong: frozenset[int]) -> None:
        self.runs, self.judge, self.wrong = runs, judge, wrong
        self._before = runs.step({})
        self._answers: dict[int, bool] = {}

    def may_repair(self, log: list[Event]) -> bool:
        """Whether some number times these values repairs; True if it is not known."""
        index = log[0].key[0]
        if index not in self._answers:
            self._answers[index] = self._asked(log)
        return self._answers[index]

    def _asked(self, log: list[Event]) -> bool:
        if self.judge.factor is None or any(e.value.dtype == bool for e in log):
            return True
        try:
            twice, thrice = (self._scaled(log, c) for c in (2.0, 3.0))
        except Exception:
            return True
        rows = list(zip(self._before, twice, thrice, strict=True))
        return any(self._fits(i, *rows[i]) for i in self.wrong)

    def _scaled(self, log: list[Event], number: float) -> list[Array]:
        plan = {e.key: Change(False, number * e.value.astype(float)) for e in log}
        return self.runs.step(plan)

    def _fits(self, i: int, before: Array, twice: Array, thrice: Array) -> bool:
        true, factor = self.judge.truth[i], self.judge.factor
        more = twice - before
        size = float(np.abs(more).max())
        if true is None or factor is None or not np.isfinite(size):
            return True
        if size == 0:
            return False
        if np.abs(thrice - before - 2 * more).max() > STRAIGHT * size:
            return True
        missing = factor * true - before
        number = float(np.vdot(more, missing)) / float(np.vdot(more, more))
        off = np.abs(missing - number * more).max()
        return bool(off <= CLOSE * np.abs(missing).max())
