"""The calls, run as often as needed from one state, with values put in place."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from backprop_explained.check.line.recorder import Change, Event, Key, Plan, Recorder
from backprop_explained.check.memory import Leaf, Memory
from backprop_explained.check.trial import Trial
from backprop_explained.notation import Array


class Runs:
    """One step and one cost, always from the same state.

    The changes of the step are divided by its size, which is negative if it is to go
    uphill.  The holder is where the step size is kept, and the size that it is set to.
    """

    def __init__(
        self,
        trial: Trial,
        recorder: Recorder,
        size: float,
        holder: tuple[Leaf, float] | None,
    ) -> None:
        self._step, self._cost, self._memory = trial.step, trial.cost, trial.memory
        self.leaves, self.recorder, self.size = trial.leaves, recorder, size
        self._holder = holder
        self.count = 0
        self._draws = any(_draw(c, trial.memory) for c in (trial.step, trial.cost))
        self._memory.restore()
        self.points = [np.asarray(leaf.values(), np.float64) for leaf in self.leaves]
        self.all = frozenset(range(len(self.leaves)))
        self._lifted: list[int] = []
        self._lift()

    def _lift(self) -> None:
        """Let float32 parameters be float64 while they are looked at, if they can be.

        Not where the code holds an array that is then no longer the parameter.
        """
        short = [i for i, leaf in enumerate(self.leaves) if _is_short(leaf.read())]
        before = [self.step({})[i] for i in short]
        self._lifted = short
        after = [self.step({})[i] for i in short]
        if not all(map(_alike, before, after)):
            self._lifted = []

    def _run(
        self,
        call: Callable[[], Any],
        plan: Plan,
        *,
        keeps: bool,
        of: frozenset[int] | None = None,
    ) -> Any:
        self._memory.restore(draws=self._draws)
        self.count += 1
        for i in self._lifted:
            self.leaves[i].write(self.points[i].copy())
        for i, leaf in enumerate(self.leaves):
            if (change := plan.get((-1 - i, 0))) is not None:
                leaf.fill(self.points[i] + change.amount)
        if self._holder is not None:
            self._holder[0].fill(np.asarray(self._holder[1]))
        self.recorder.begin(plan, keeps=keeps, of=of)
        try:
            return call()
        finally:
            self.recorder.end()

    def cost(
        self, plan: Plan, *, keeps: bool = False, of: frozenset[int] | None = None
    ) -> float:
        """The cost with a plan carried out; parameter i has the key (-1 - i, 0)."""
        return float(np.sum(self._run(self._cost, plan, keeps=keeps, of=of)))

    def step(self, plan: Plan, *, keeps: bool = False) -> list[Array]:
        """The gradients that the step follows."""
        self._run(self._step, plan, keeps=keeps)
        return list(map(self._gradient, self.points, self.leaves))

    def step_from(self, shift: Sequence[Array]) -> list[Array]:
        """The gradients that the step follows from other parameters."""
        self._run(self._step, shifted(shift), keeps=False)
        points = [p + s for p, s in zip(self.points, shift, strict=True)]
        return list(map(self._gradient, points, self.leaves))

    def _gradient(self, before: Array, leaf: Leaf) -> Array:
        try:
            after = leaf.values()
        except (AttributeError, LookupError):
            after = None
        if after is None or after.shape != before.shape:
            return np.full(before.shape, np.nan)
        return (before - after.astype(np.float64)) / self.size

    def is_handed_over(self, file: str, line: int) -> bool:
        """Whether a line of a lambda is of the one that was handed over as the step."""
        code = getattr(self._step, "__code__", None)
        if code is None or code.co_name != "<lambda>" or code.co_filename != file:
            return False
        lines: list[int] = [n for _, _, n in code.co_lines() if n]
        return min(lines) <= line <= max(lines)

    @property
    def held(self) -> list[Leaf]:
        """All numbers that are put back before each run."""
        return self._memory.leaves

    @property
    def log(self) -> list[Event]:
        """What the last run recorded."""
        return self.recorder.log


def shifted(shift: Sequence[Array]) -> dict[Key, Change]:
    """The plan of a run from other parameters."""
    return {(-1 - i, 0): Change(True, s) for i, s in enumerate(shift)}


def _draw(call: Callable[[], Any], memory: Memory) -> bool:
    """Whether a call draws random numbers; to put their states back takes a while."""
    memory.restore()
    call()
    return memory.has_drawn()


def _is_short(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.itemsize < 8


def _alike(short: Array, long: Array) -> bool:
    return bool(np.allclose(short, long, rtol=1e-3, atol=1e-3 * np.abs(short).max()))
