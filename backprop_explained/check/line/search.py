"""The first expression to blame: if its value is replaced, a gradient is right."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from backprop_explained.check.line.candidates import DERIVATIVE, Candidate, candidates
from backprop_explained.check.line.expression import Expression
from backprop_explained.check.line.judge import Judge, changed, factor_of
from backprop_explained.check.line.labels import Labelled
from backprop_explained.check.line.probes import other_than
from backprop_explained.check.line.recorder import Change, Event, Key
from backprop_explained.check.line.runs import Runs
from backprop_explained.check.line.truth import Truth
from backprop_explained.notation import Array

LIMIT = 6000
"""So many runs of the step are spent on one mistake."""

VALUES = 2_000_000
"""So many values are recorded on one mistake: of a long step, fewer runs are spent."""

AFTER = 1500
"""So many more, once one place was found, on a better one."""

MANY = 8
"""So many visits on which no right gradient hangs are not asked one by one."""


class Repair(NamedTuple):
    """A replacement that made wrong gradients right, and none wrong; the right ones."""

    candidate: Candidate
    right: frozenset[int]


class Search:
    """Looks for one replacement that repairs, the earliest there is.

    The repairs that were found before are kept.  It is stopped if the limit of the runs
    ended the search before every place was tried.
    """

    def __init__(
        self, runs: Runs, truth: Truth, judge: Judge, kept: dict[Key, Change]
    ) -> None:
        self.runs, self.truth, self.judge, self.kept = runs, truth, judge, kept
        self.gradients = runs.step(kept, keeps=True)
        self.right = judge(self.gradients)
        self.log = runs.log
        self.expressions = runs.recorder.expressions
        self.step = Labelled(self.log, self.expressions, truth)
        self.stopped = False

    def at(self, t: int) -> Expression:
        """The expression of an event of the step."""
        return self.expressions[self.log[t].key[0]]

    def plan(self, places: Mapping[int, Any]) -> dict[Key, Change]:
        """The plan that puts these values in the places of those events."""
        return {self.log[t].key: Change(False, x) for t, x in places.items()}

    def _with(self, places: Mapping[int, Any]) -> list[Array] | None:
        """The gradients with these values in place, or None if the step fails."""
        try:
            return self.runs.step({**self.kept, **self.plan(places)})
        except (ArithmeticError, ValueError, LookupError, TypeError):
            return None

    def tried(self, places: Mapping[int, Any]) -> frozenset[int]:
        """The gradients that are right with these values in place."""
        gradients = self._with(places)
        return frozenset() if gradients is None else self.judge(gradients)

    def find(self) -> Repair | None:
        """The replacement at the earliest place that is wrong by itself."""
        until = len(self.log)
        best: tuple[tuple[int, ...], Repair] | None = None
        free, factor = self.free, self.judge.factor
        common = [factor, factor * self.runs.size] if factor else []
        end = self.runs.count + min(LIMIT, VALUES // len(self.log))
        for candidate in candidates(self.step, free, common):
            if candidate.first > until:
                break
            if self.runs.count > end:
                self.stopped = True
                break
            if best and self._is_worse(candidate, *best):
                continue
            right = self.tried(candidate.places)
            if not right > self.right:
                continue
            candidate = self._least(candidate, right)
            score = self._score(candidate, right)
            if best is None or (
                score < best[0] and (score[0] == best[0][0] or score[2] <= best[0][2])
            ):
                best = score, Repair(candidate, right)
                end = min(end, self.runs.count + AFTER)
                until = until if score[0] else score[1]
        return best[1] if best else None

    # ---- what may be replaced

    @cached_property
    def free(self) -> dict[Expression, list[int]]:
        """The events that wrong gradients depend on, and no right one."""
        found: dict[Expression, list[int]] = {}
        for t, event in enumerate(self.log):
            if event.key in self.kept or self._is_forward(event):
                continue
            at = self.at(t)
            if at.function == "lambda" and self.runs.is_handed_over(at.file, at.line):
                continue
            found.setdefault(at, []).append(t)
        free = {at: self._free_of(events) for at, events in found.items()}
        first = sorted((e for e in free.items() if e[1]), key=lambda pair: pair[1][0])
        return dict(first)

    def _free_of(self, events: list[int]) -> list[int]:
        """Those of one expression; many are moved together, then each half of them."""
        acts = self._moved(events)
        if acts is not None and acts <= self.right:
            return []
        if len(events) == 1:
            return events if acts and not acts & self.right else []
        if acts and not acts & self.right and len(events) > MANY:
            return events
        half = len(events) // 2 if len(events) > MANY else 1
        return [*self._free_of(events[:half]), *self._free_of(events[half:])]

    def _is_forward(self, event: Event) -> bool:
        value = self.truth.forward.get(event.key)
        return value is not None and np.array_equal(value, event.value)

    def _moved(self, events: list[int]) -> frozenset[int] | None:
        """The gradients that are different if these events are; None if it fails."""
        rngs = {t: np.random.default_rng(t) for t in events}
        others = {t: other_than(self.log[t].value, rng) for t, rng in rngs.items()}
        moved = self._with(others)
        return None if moved is None else changed(self.gradients, moved)

    # ---- how good a replacement is

    def _least(self, candidate: Candidate, right: frozenset[int]) -> Candidate:
        """The same with no event that does not matter."""
        order = sorted(candidate.places)
        heads = [order[:i] for i in range(len(order) - 1, 0, -1)]
        for events in [*heads, *([t] for t in order)]:
            less = {t: x for t, x in candidate.places.items() if t not in events}
            is_less = 0 < len(less) < len(candidate.places)
            if is_less and self.tried(less) == right:
                candidate = candidate._replace(places=less)
        return candidate

    def _score(self, candidate: Candidate, right: frozenset[int]) -> tuple[int, ...]:
        """Small is good."""
        rank, doubt = candidate.quantity.rank, self.doubt(candidate)
        return doubt, candidate.first, -len(right), rank, len(candidate.places)

    def _is_worse(
        self, candidate: Candidate, score: tuple[int, ...], best: Repair
    ) -> bool:
        """Whether it need not be tried, as one with this score was found."""
        ours = self.doubt(candidate), candidate.first
        return ours > score[:2] or self._is_late(candidate, best.candidate)

    def _is_late(self, candidate: Candidate, best: Candidate) -> bool:
        """Whether it repairs a parameter alone, and a derivative before it is another.

        What is made from a wrong derivative can always be repaired as well.
        """
        if candidate.quantity.of.kind != "parameter" or candidate.first == best.first:
            return False
        return best.quantity.rank == DERIVATIVE and not any(
            factor_of(np.asarray(x, float), self.log[t].value.astype(float))
            for t, x in best.places.items()
        )

    def doubt(self, candidate: Candidate) -> int:
        """How right its value is by itself: it may only be used in a wrong place."""
        if candidate.quantity.rank < DERIVATIVE:
            return 0
        if not self.is_right(candidate.first):
            return 0
        return 1 if candidate.at.hands_on else 2

    def is_right(self, t: int) -> bool:
        """Whether it is a slope or a derivative, by the factor of what it came from."""
        for label in self.step.labels[t]:
            if label.kind == "slope":
                return True
            if label.kind == "derivative" and label.of and label.of.kind != "parameter":
                before = self.step.factors_before(t)
                if not before or any(abs(f / label.factor - 1) < 1e-4 for f in before):
                    return True
        return False
