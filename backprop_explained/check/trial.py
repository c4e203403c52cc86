"""One training step of somebody's code, run as often as needed from one state."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

import backprop_explained.check.excuses as excuses
from backprop_explained.check.excuses import Outcome
from backprop_explained.check.gradient import GradientCheck, check_gradients
from backprop_explained.check.memory import Leaf, Memory
from backprop_explained.check.parameters import count_changes, is_read, parameters_in
from backprop_explained.notation import Array

DRAWS = range(1, 6)
"""So many numbers are drawn before a step, to see whether it is then another one."""

SMALLER = 1e-4
"""A step size this many times smaller tells one update from many in one call."""


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
        self.is_small = False  # once it is judged by smaller steps than its own
        self.reshaped: list[tuple[Leaf, tuple[int, ...]]] = []
        self.changed, first = self._changed(memory.leaves)
        self._insist_on_a_shape_kept()
        grown = {leaf.name for leaf, _ in self.reshaped}
        given = parameters_in(where, self.changed, cost, memory)
        self.leaves = [leaf for leaf in given if leaf.name not in grown]
        self.still: list[Leaf] = []
        names = [leaf.name for leaf in self.leaves]
        is_whole = first.keys() >= set(names)
        self.first = [first[name] for name in names] if is_whole else self.moves()
        stay = self._read_besides()
        self.reshaped = [both for both in self.reshaped if both[0].name in stay]
        self.notes += excuses.on_others(stay, {at.name: to for at, to in self.reshaped})

    def judge(self, step_size: float | None, ascent: bool) -> Outcome:
        """The verdict on the step, or on a smaller one where that explains it."""
        self.step_size, self.ascent = step_size, ascent
        self.differs = excuses.differ(self.first, self.moves())
        if self.differs:
            self.notes.append(excuses.ELSEWHERE)
        outcome = self._judged(self.first)
        if self.reshaped:
            return outcome._replace(verdict="wrong")
        return self._excused(outcome) if outcome.verdict == "wrong" else outcome

    def _judged(self, moves: list[Array]) -> Outcome:
        moves = [-move for move in moves] if self.ascent else moves
        size = self.step_size or self._fitting_size(moves)
        if size is None:
            self.notes.append(excuses.UPHILL)
            return self._result(self._check(moves, 1.0), moves, 1.0, "wrong")
        check = self._check(moves, size)
        if self.step_size is None:
            right = f"right up to one positive factor (a step size of {size:.3g})"
            return self._result(check, moves, size, right if check else "")
        if check:
            return self._result(check, moves, size)
        return self._with_small_steps(check, moves, size)

    def _excused(self, outcome: Outcome) -> Outcome:
        """The same, unless what the step keeps or draws may be why it looks wrong."""
        if self.differs:
            return self._open(outcome, excuses.HAND_OVER)
        others = (self.moves(partial(self.memory.stir, n)) for n in DRAWS)
        if any(excuses.differ(self.first, moves) for moves in others):
            return self._open(outcome, excuses.RANDOM)
        self.still = excuses.states_of(self.changed, self.leaves)
        moves = self.moves()
        if self.still and excuses.differ(moves, self.first):
            self.notes.append(excuses.AT_REST.format(names=excuses.listed(self.still)))
            outcome = self._judged(moves)
        if outcome.verdict == "wrong" and excuses.is_adaptive(moves):
            return self._open(outcome, excuses.ADAPTIVE)
        return outcome

    def _open(self, outcome: Outcome, why: str) -> Outcome:
        return outcome._replace(verdict="undecided", notes=(*self.notes, why))

    # ---- what the step does

    def _changed(self, leaves: list[Leaf]) -> tuple[list[Leaf], dict[str, Array]]:
        """The leaves that a step leaves different, in a shape they had before.

        And what they moved by: code that keeps a state elsewhere takes no such step
        again.
        """
        self.memory.restore()
        before = [leaf.values() for leaf in leaves]
        self.step()
        changed, moved = [], {}
        for leaf, old in zip(leaves, before, strict=True):
            new = leaf.now()
            if old is None or new is None:
                continue
            if old.shape != new.shape:
                if excuses.has_grown(old.shape, new.shape):
                    self.reshaped.append((leaf, new.shape))
                continue
            moved[leaf.name] = np.asarray(old, float) - np.asarray(new, float)
            if not np.array_equal(old, new, equal_nan=True):
                changed.append(leaf)
        return changed, moved

    def moves(self, prepare: Callable[[], None] = lambda: None) -> list[Array]:
        """Before minus after, one array per parameter; perhaps with another state."""
        before = self.start()
        prepare()
        self.step()
        after = [leaf.now() for leaf in self.leaves]
        return [
            np.asarray(b, float) - np.asarray(a, float)
            for b, a in zip(before, after, strict=True)
        ]

    def _insist_on_a_shape_kept(self) -> None:
        """What takes another shape has no gradient; something has to be left."""
        for leaf, shape in [] if self.changed else self.reshaped:
            if is_read(leaf, self.cost, self.memory):
                raise ValueError(excuses.RESHAPED.format(name=leaf.name, shape=shape))

    def _read_besides(self) -> list[str]:
        """What the cost reads besides; a forgotten parameter looks like data."""
        names = {leaf.name for leaf in self.leaves}
        others = [leaf for leaf in self.memory.leaves if leaf.name not in names]
        return [leaf.name for leaf in others if is_read(leaf, self.cost, self.memory)]

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
        for leaf in self.still:
            leaf.fill(np.zeros_like(leaf.values()))
        return [np.asarray(leaf.values()) for leaf in self.leaves]

    def _check(self, moves: list[Array], size: float) -> GradientCheck:
        gradients = [move / size for move in moves]
        return check_gradients(self.cost_at, self.start(), gradients)

    def _fitting_size(self, moves: list[Array]) -> float | None:
        """The step size under which the move is as long as the slope along it."""
        start, squares = self.start(), sum((move**2).sum() for move in moves)
        length = float(np.sqrt(squares))
        far = max(1.0, *(float(np.abs(p).max()) for p in start))
        t = 1e-5 * far / length
        up, down = (
            self.cost_at([p + s * t * m for p, m in zip(start, moves, strict=True)])
            for s in (1, -1)
        )
        slope = (float(up) - float(down)) / (2 * t * length)
        return length / slope if slope > 0 else None

    def _with_small_steps(
        self, check: GradientCheck, moves: list[Array], size: float
    ) -> Outcome:
        """Several updates in one call differ from one step by the size of the step."""
        holder = self.size_holder(size)
        small, tiny = list[Array](), size * SMALLER
        if holder:
            small = excuses.first_order(partial(self._moves_with, holder), tiny)
        if holder is None or not excuses.is_smaller(small, moves):
            outcome = self._result(check, moves, size)
            return self._open(outcome, excuses.MANY) if self.updates() > 1 else outcome
        if self.updates() < 2:
            return self._result(check, moves, size)
        small = [-move for move in small] if self.ascent else small
        self.is_small = True
        self.notes.append(excuses.SMALL_STEPS.format(name=holder.name, size=tiny))
        return self._result(self._check(small, tiny), small, tiny)

    def size_holder(self, size: float) -> Leaf | None:
        """What holds the step size, under one of its usual names."""
        self.memory.restore()
        return excuses.size_holder(self.step, self.memory, size)

    def _moves_with(self, holder: Leaf, size: float) -> list[Array]:
        return self.moves(partial(holder.fill, np.asarray(size)))

    def updates(self) -> int:
        """How often one number of a parameter changes in the course of a call."""
        self.memory.restore()
        return count_changes(self.step, self.leaves)

    def _result(
        self, check: GradientCheck, moves: list[Array], size: float, verdict: str = ""
    ) -> Outcome:
        verdict = verdict or ("right" if check else check.verdict)
        names = tuple(leaf.name for leaf in self.leaves)
        gradients = tuple(move / size for move in moves)
        return Outcome(verdict, names, gradients, check, tuple(self.notes))
