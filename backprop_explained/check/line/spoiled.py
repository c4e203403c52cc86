"""Whether an edit changes what a function returns that is right as it is."""

import ast

import numpy as np

from backprop_explained.check.line.edit import Edit
from backprop_explained.check.line.judge import SAME_FACTOR
from backprop_explained.check.line.recorder import Event
from backprop_explained.check.line.search import Search
from backprop_explained.check.line.source import Source
from backprop_explained.check.line.suspects import Place, noise, place_of


class Spoiled:
    """Changes the value of an expression, and sees which right values change.

    A right derivative that is made of an expression, or returned with a value that is
    made there, acquits it: what is wrong comes later.  Where all wrong gradients are
    right except for a factor, no derivative is known to be right: nothing is acquitted.

    Parameters
    ----------
    search : Search
        Knows what each value is.
    """

    def __init__(self, search: Search) -> None:
        self.search = search
        factors = search.judge.factors(search.gradients)
        self._is_scaled = all(factor is not None for factor in factors)
        self._answers: dict[tuple[int, ...], bool] = {}
        self._visits: dict[tuple[str, Place], list[int]] = {}
        self._first: dict[int, int] = {}
        for t, event in enumerate(search.log):
            self._first.setdefault(id(event.thing), t)
            expression = search.expressions[event.key[0]]
            place = expression.file, place_of(expression)
            self._visits.setdefault(place, []).append(t)
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
        """Whether an edit changes right values of other functions."""
        return self.of(self._ours(source, edit)) and self._differs(source, edit)

    def _differs(self, source: Source, edit: Edit) -> bool:
        """Whether the edit changes right values of functions that it leaves alone."""
        search = self.search
        try:
            with source.exchanged(edit):
                search.runs.step(search.kept, keeps=True)
        except Exception:
            return True
        after = {event.key: event.value for event in search.runs.log}
        here = source.outermost(edit.nodes[0])
        span = range(here.lineno, here.end_lineno + 1)  # type: ignore[attr-defined]
        for t in self._right:
            event = search.log[t]
            at = search.expressions[event.key[0]]
            if at.file == source.file and at.line in span:
                continue
            if not np.array_equal(after.get(event.key, np.nan), event.value):
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
                place = source.file, source.place(inner)
                if place in self._visits:
                    found += self._visits[place]
                    break
                inner = source.parent(inner)
        return found

    def _changes(self, ours: list[int], log: list[Event]) -> bool:
        search = self.search
        things = {id(search.log[t].thing) for t in ours}
        here = {self._function(t) for t in ours}
        made_here = {
            thing for thing in things if self._function(self._first[thing]) in here
        }
        return any(
            not np.array_equal(log[t].value, search.log[t].value)
            for t in set(self._right) - set(ours)
            if id(search.log[t].thing) not in things
            or (
                id(search.log[t].thing) in made_here
                and self._is_call(t)
                and self._function(t) not in here
            )
        )

    def _is_call(self, t: int) -> bool:
        """Whether a function that was called returned it."""
        return self.search.expressions[self.search.log[t].key[0]].is_call

    def _function(self, t: int) -> tuple[str, int]:
        expression = self.search.expressions[self.search.log[t].key[0]]
        return expression.file, expression.top
