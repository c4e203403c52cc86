"""Whether an edit changes what a function returns that is right as it is."""

import ast

import numpy as np

from backprop_explained.check.line.edit import Edit
from backprop_explained.check.line.expression import Place
from backprop_explained.check.line.judge import SAME_FACTOR
from backprop_explained.check.line.recorder import Event
from backprop_explained.check.line.search import Search
from backprop_explained.check.line.source import Source
from backprop_explained.check.line.suspects import noise


class Spoiled:
    """Changes the value of an expression, and sees which right values change.

    A right derivative that is made of an expression, or returned with a value that is
    made there, acquits it: what is wrong comes later.  Where all wrong gradients are
    right except for a factor, no derivative is known to be right: nothing is acquitted.
    """

    def __init__(self, search: Search) -> None:
        self.search = search
        factors = search.judge.factors(search.gradients)
        self._is_scaled = all(factor is not None for factor in factors)
        self._answers: dict[tuple[int, ...], bool] = {}
        self._visits: dict[Place, list[int]] = {}
        self._first: dict[int, int] = {}
        for t, event in enumerate(search.log):
            self._first.setdefault(id(event.thing), t)
            self._visits.setdefault(search.at(t).place, []).append(t)
        self._right = [t for t in range(len(search.log)) if self._is_right(t)]

    def _is_right(self, t: int) -> bool:
        """Whether it is a derivative, or its opposite, or a slope."""
        if not self.search.is_right(t):
            return False
        common = abs(self.search.judge.factor or 1.0)
        return any(
            label.kind == "slope" or abs(abs(label.factor) / common - 1) < SAME_FACTOR
            for label in self.search.step.labels[t]
            if label.kind == "slope" or (label.of and label.of.kind != "parameter")
            if label.kind != "value"
        )

    def by(self, source: Source, edit: Edit) -> bool:
        """Whether an edit changes right values of functions that it leaves alone."""
        search = self.search
        if not self.of(self._ours(source, edit)):
            return False
        try:
            with source.exchanged(edit):
                search.runs.step(search.kept, keeps=True)
        except Exception:
            return True
        after = {event.key: event.value for event in search.runs.log}
        file, top, _, end, _ = source.place(source.outermost(edit.nodes[0]))
        for t in self._right:
            is_here = search.at(t).file == file and top <= search.at(t).line <= end
            key, value = search.log[t][:2]
            if not is_here and not np.array_equal(after.get(key, np.nan), value):
                return True
        return False

    def of(self, ours: list[int]) -> bool:
        """Whether right values of other functions hang on these visits."""
        if self._is_scaled or not ours:
            return False
        if tuple(ours) not in self._answers:
            self._answers[tuple(ours)] = self._asked(ours)
        return self._answers[tuple(ours)]

    def _asked(self, ours: list[int]) -> bool:
        plan = noise([self.search.log[t] for t in ours])
        try:
            self.search.runs.step({**self.search.kept, **plan}, keeps=True)
        except Exception:
            return False
        log = self.search.runs.log
        return len(log) == len(self.search.log) and self._changes(ours, log)

    def _ours(self, source: Source, edit: Edit) -> list[int]:
        """The visits of the smallest recorded expression round each node."""
        found: list[int] = []
        for node in edit.nodes:
            inner: ast.AST = node
            while isinstance(inner, ast.expr):
                if visits := self._visits.get(source.place(inner)):
                    found += visits
                    break
                inner = source.parent(inner)
        return found

    def _changes(self, ours: list[int], log: list[Event]) -> bool:
        at, before = self.search.at, self.search.log
        things = {id(before[t].thing) for t in ours}
        here = {at(t).within for t in ours}
        made_here = {thing for thing in things if at(self._first[thing]).within in here}

        def counts(t: int) -> bool:
            """Whether it is another thing, or what a function returned of these."""
            thing, is_outside = id(before[t].thing), at(t).within not in here
            is_returned = thing in made_here and at(t).is_call and is_outside
            return thing not in things or is_returned

        return any(
            not np.array_equal(log[t].value, before[t].value)
            for t in set(self._right) - set(ours)
            if counts(t)
        )
