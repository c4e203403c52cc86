"""The recorder: what every expression was, and another value in its place."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from backprop_explained.check.line.expression import Expression
from backprop_explained.notation import Array

Key = tuple[int, int]
"""The number of an expression, and which of its visits, from 0."""


class Event(NamedTuple):
    """One visit of one expression.

    Attributes
    ----------
    key : tuple of int
        The expression and the visit.
    value : ndarray
        A copy of what it was.
    thing : object
        The object itself, which may be changed later on.
    """

    key: Key
    value: Array
    thing: Any


class Change(NamedTuple):
    """What is to be done with a value: add to it, or put another in its place."""

    adds: bool
    amount: Any


Plan = Mapping[Key, Change]


def is_number(value: Any) -> bool:
    """Whether this is a real number or an array of them that can be moved."""
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "fbiu" and value.size > 0
    return type(value) is float or isinstance(value, np.floating)


class Recorder:
    """Is called by the wrapped code with each value, and answers with a value.

    Attributes
    ----------
    expressions : list of Expression
        All that can be recorded.
    log : list of Event
        What was recorded since `begin`.
    """

    def __init__(self) -> None:
        self.expressions: list[Expression] = []
        self.log: list[Event] = []
        self._is_on = self._keeps = False
        self._visits: dict[int, int] = {}
        self._plan: Plan = {}

    def begin(self, plan: Plan, *, keeps: bool) -> None:
        """Count visits from 0, carry out a plan, and keep a log if it is asked for."""
        self.log, self._visits = [], {}
        self._plan, self._keeps, self._is_on = plan, keeps, keeps or bool(plan)

    def end(self) -> None:
        """Hand every value on, as if there were no recorder."""
        self._is_on, self._plan = False, {}

    def __call__(self, index: int, value: Any) -> Any:
        """What the expression is to be."""
        if not self._is_on or not (
            is_number(value) or self.expressions[index].kind == "constant"
        ):
            return value
        visit = self._visits.get(index, -1) + 1
        self._visits[index] = visit
        if self._plan and (change := self._plan.get((index, visit))) is not None:
            value = _changed(value, change, self.expressions[index].kind == "update")
        if self._keeps:
            self.log.append(Event((index, visit), np.array(value), value))
        return value


def _changed(value: Any, change: Change, in_place: bool) -> Any:
    if isinstance(value, float | int):
        amount = float(change.amount)
        return type(value)(value + amount) if change.adds else amount
    if change.adds:
        new = value + change.amount
    else:
        new = np.array(change.amount)
        new = new.astype(bool if value.dtype == bool else np.result_type(value, 1.0))
    if in_place and isinstance(value, np.ndarray) and value.dtype.kind == "f":
        value[...] = new
        return value
    return new
