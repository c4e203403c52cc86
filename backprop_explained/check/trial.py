"""One training step of somebody's code, run as often as needed from one state."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from backprop_explained.check.gradient import GradientCheck, check_gradients
from backprop_explained.check.memory import Leaf, Memory
from backprop_explained.check.parameters import is_read, parameters_in
from backprop_explained.check.watching import count_changes
from backprop_explained.notation import Array

SMALLER = 1e-4
"""A step size this many times smaller tells one update from many in one call."""

SIZE_NAMES = ("lr", "learning_rate", "eta", "alpha", "step_size", "rate")


class Outcome(NamedTuple):
    """What a trial came to; see `StepCheck`, which prints it."""

    verdict: str
    names: tuple[str, ...]
    gradients: tuple[Array, ...]
    check: GradientCheck
    notes: tuple[str, ...]


class Trial:
    """One step, run as often as needed, always from the same state."""

    def __init__(
        self,
        step: Callable[[], Any],
        cost: Callable[[], Any],
        where: Any,
        memory: Memory,
    ) -> None:
        self.step, self.cost, self.memory, self.where = step, cost, memory, where
        self.notes: list[str] = []
        self.reshaped: list[tuple[Leaf, tuple[int, ...]]] = []
        changed = self._changed(memory.leaves)
        self.leaves = parameters_in(where, changed, cost, memory)
        self.reshaped = [r for r in self.reshaped if is_read(r[0], cost, memory)]
        self._note_what_stays()

    def judge(self, step_size: float | None, ascent: bool) -> Outcome:
        """The verdict on the step, or on a smaller one where that explains it."""
        outcome = self._judged(step_size, ascent)
        return outcome._replace(verdict="wrong") if self.reshaped else outcome

    def _judged(self, step_size: float | None, ascent: bool) -> Outcome:
        moves = self._moves()
        if any((a != b).any() for a, b in zip(moves, self._moves(), strict=True)):
            self.notes.append(
                "two steps from one state differ: the step keeps a state outside of "
                "`where`, such as a momentum; the first step was judged"
            )
        if ascent:
            moves = [-move for move in moves]
        size = step_size or self._fitting_size(moves)
        if size is None:
            return self._uphill(moves)
        check = self._check(moves, size)
        if check or step_size is None:
            return self._result(check, moves, size, factor_free=step_size is None)
        return self._with_small_steps(check, moves, step_size, ascent)

    # ---- what the step does

    def _run(self, what: Callable[[], Any]) -> Any:
        self.memory.restore()
        return what()

    def _changed(self, leaves: list[Leaf]) -> list[Leaf]:
        """The leaves that a step leaves different, in a shape they had before."""
        self.memory.restore()
        before = [leaf.values() for leaf in leaves]
        self.step()
        after = [leaf.now() for leaf in leaves]
        found = list(zip(leaves, before, after, strict=True))
        self.reshaped = [
            (leaf, new.shape)
            for leaf, old, new in found
            if old is not None and new is not None and _grown(old.shape, new.shape)
        ]
        return [leaf for leaf, old, new in found if _differ(old, new)]

    def _moves(self) -> list[Array]:
        """Before minus after, one array per parameter."""
        self.memory.restore()
        before = [leaf.values() for leaf in self.leaves]
        self.step()
        after = [leaf.now() for leaf in self.leaves]
        return [
            np.asarray(b, float) - np.asarray(a, float)
            for b, a in zip(before, after, strict=True)
        ]

    def _note_what_stays(self) -> None:
        """A parameter that the step forgets looks like an input: both are named."""
        names = {leaf.name for leaf, _ in self.reshaped}
        self.notes += [
            f"the step gives {leaf.name} another shape, {shape}: its gradient has a "
            "wrong shape"
            for leaf, shape in self.reshaped
        ]
        names |= {leaf.name for leaf in self.leaves}
        others = [leaf for leaf in self.memory.leaves if leaf.name not in names]
        stay = [leaf.name for leaf in others if is_read(leaf, self.cost, self.memory)]
        if stay:
            self.notes.append(
                f"the cost also reads {', '.join(stay)}, which the step leaves as it "
                "is: no gradient of it was judged"
            )

    # ---- the verdict

    def cost_at(self, parameters: Sequence[Array]) -> Any:
        """The cost with these parameters, and all else as it was."""
        self.memory.restore()
        for leaf, values in zip(self.leaves, parameters, strict=True):
            leaf.fill(values)
        return self.cost()

    def start(self) -> list[Array]:
        """The parameters as they were."""
        self.memory.restore()
        return [np.asarray(leaf.values()) for leaf in self.leaves]

    def _check(self, moves: list[Array], size: float) -> GradientCheck:
        gradients = [move / size for move in moves]
        return check_gradients(self.cost_at, self.start(), gradients)

    def _fitting_size(self, moves: list[Array]) -> float | None:
        """The step size under which the move is as long as the slope along it."""
        start = self.start()
        length = float(np.sqrt(sum((move**2).sum() for move in moves)))
        far = max(1.0, *(float(np.abs(p).max()) for p in start))
        t = 1e-5 * far / length
        up, down = (
            self.cost_at([p + s * t * m for p, m in zip(start, moves, strict=True)])
            for s in (1, -1)
        )
        slope = (float(up) - float(down)) / (2 * t * length)
        return length / slope if slope > 0 else None

    def _uphill(self, moves: list[Array]) -> Outcome:
        self.notes.append(
            "the step goes uphill: the cost rises along it; if it is meant to, say "
            "ascent=True"
        )
        check = self._check(moves, 1.0)
        return self._result(check, moves, 1.0, verdict="wrong")

    def _with_small_steps(
        self, check: GradientCheck, moves: list[Array], size: float, ascent: bool
    ) -> Outcome:
        """Several updates in one call differ from one step by the size of the step."""
        holder = self.size_holder(size)
        if holder is None:
            if self.updates() > 1:
                self.notes.append(
                    "the call makes several updates, so its changes add up to no "
                    "gradient at one point; give it one example, or keep the step "
                    f"size in an attribute named {SIZE_NAMES[1]}"
                )
                return self._result(check, moves, size, verdict="undecided")
            return self._result(check, moves, size)
        small = self._first_order(holder, size * SMALLER)
        if ascent:
            small = [-move for move in small]
        again = self._check(small, size * SMALLER)
        if self.updates() > 1:
            self.notes.append(
                "the call makes several updates: judged with "
                f"{holder.name} = {size * SMALLER:.3g}, where they add up to one step"
            )
            return self._result(again, small, size * SMALLER)
        return self._result(check, moves, size)

    def size_holder(self, size: float) -> Leaf | None:
        """What holds the step size, under one of its usual names."""
        for leaf in self.memory.leaves:
            value = self._run(leaf.values)
            if leaf.name.rpartition(".")[2] in SIZE_NAMES and value == size:
                return leaf
        return None

    def _moves_with(self, holder: Leaf, size: float) -> list[Array]:
        before = self.start()
        holder.fill(np.asarray(size))
        self.step()
        return [
            np.asarray(b, float) - np.asarray(leaf.now(), float)
            for b, leaf in zip(before, self.leaves, strict=True)
        ]

    def _first_order(self, holder: Leaf, size: float) -> list[Array]:
        """The moves without what later updates owe to earlier ones, of order size².

        Two sizes, one half of the other, tell the two orders apart.
        """
        full, half = (self._moves_with(holder, s) for s in (size, size / 2))
        return [4 * h - f for h, f in zip(half, full, strict=True)]

    def updates(self) -> int:
        """How often one number of a parameter changes in the course of a call."""
        self.memory.restore()
        return count_changes(self.step, self.leaves)

    def _result(
        self,
        check: GradientCheck,
        moves: list[Array],
        size: float,
        *,
        factor_free: bool = False,
        verdict: str = "",
    ) -> Outcome:
        if not verdict:
            verdict = "wrong" if check.verdict == "wrong" else check.verdict
            if check:
                verdict = "right"
                if factor_free:
                    verdict += f" up to one positive factor (a step size of {size:.3g})"
        names = tuple(leaf.name for leaf in self.leaves)
        gradients = tuple(move / size for move in moves)
        return Outcome(verdict, names, gradients, check, tuple(self.notes))


def _grown(old: tuple[int, ...], new: tuple[int, ...]) -> bool:
    """Whether broadcasting has made more of it, as it never does of data."""
    try:
        return old != new and np.broadcast_shapes(old, new) == new
    except ValueError:
        return False


def _differ(old: Array | None, new: Array | None) -> bool:
    if old is None or new is None or old.shape != new.shape:
        return False
    return not np.array_equal(old, new, equal_nan=True)
