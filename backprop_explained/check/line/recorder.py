"""The recorder: what every expression was, and another value in its place."""

import sys
from collections.abc import Callable, Mapping
from types import FrameType, ModuleType
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


Place = tuple[str, int | None, int | None, int | None, int | None]
"""A file, the first and the last line, and columns in bytes."""

Plan = Mapping[Key, Change]

Looker = Callable[[FrameType, Any], None]
"""What is handed the frame of an expression, and its value before it is changed."""


def is_number(value: Any) -> bool:
    """Whether this is a real number or an array of them that can be moved."""
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "fbiu" and value.size > 0
    return type(value) is float or isinstance(value, np.floating)


def holds_numbers(value: Any, deep: int = 3) -> bool:
    """Whether this is a list of numbers, or an object with numbers in it.

    Examples
    --------
    >>> holds_numbers([[1.0]]), holds_numbers([]), holds_numbers("text")
    (True, False, False)
    """
    if is_number(value):
        return True
    if isinstance(value, list | tuple):
        return bool(value) and deep > 0 and holds_numbers(value[0], deep - 1)
    fields = getattr(value, "__dict__", None)
    if fields is None or deep < 1 or isinstance(value, type | ModuleType | Callable):
        return False
    return any(holds_numbers(field, deep - 1) for field in list(fields.values()))


class Recorder:
    """Is called by the wrapped code with each value, and answers with a value.

    Attributes
    ----------
    expressions : list of Expression
        All that can be recorded.
    log : list of Event
        What was recorded since `begin`.
    met : dict
        Of each expression that holds numbers inside of an object or a list, after how
        many events it was first met; kept with the log.
    listed : set of int
        Those of them that were a list or a tuple.
    traced : int
        The expression whose callers are asked for; -1 if none.
    callers : dict
        Of each visit of it, the places of the calls that led to it, from within.
    lookers : dict
        What is called at each visit of an expression.
    """

    def __init__(self) -> None:
        self.expressions: list[Expression] = []
        self.log: list[Event] = []
        self.met: dict[int, int] = {}
        self.listed: set[int] = set()
        self.traced = -1
        self.callers: dict[Key, list[Place]] = {}
        self.lookers: dict[int, Looker] = {}
        self._is_on = self._keeps = False
        self._visits: dict[int, int] = {}
        self._plan: Plan = {}

    def begin(self, plan: Plan, *, keeps: bool) -> None:
        """Count visits from 0, carry out a plan, and keep a log if it is asked for."""
        self.log, self.met, self.listed, self._visits = [], {}, set(), {}
        self._plan, self._keeps, self._is_on = plan, keeps, keeps or bool(plan)

    def end(self) -> None:
        """Hand every value on, as if there were no recorder."""
        self._is_on, self._plan = False, {}

    def __call__(self, index: int, value: Any) -> Any:
        """What the expression is to be."""
        if not self._is_on or not (
            is_number(value) or self.expressions[index].kind == "constant"
        ):
            if self._keeps and index not in self.met and holds_numbers(value):
                self.met[index] = len(self.log)
                if isinstance(value, list | tuple):
                    self.listed.add(index)
            return value
        visit = self._visits.get(index, -1) + 1
        self._visits[index] = visit
        if index == self.traced:
            self.callers[index, visit] = _callers()
        if index in self.lookers:
            self._look(self.lookers[index], value)
        if self._plan and (change := self._plan.get((index, visit))) is not None:
            value = _changed(value, change, self.expressions[index].kind == "update")
        if self._keeps:
            self.log.append(Event((index, visit), np.array(value), value))
        return value

    def _look(self, looker: Looker, value: Any) -> None:
        """Nothing is recorded of what the looker calls."""
        on, keeps = self._is_on, self._keeps
        self._is_on = self._keeps = False
        try:
            looker(sys._getframe(3), value)
        finally:
            self._is_on, self._keeps = on, keeps


def _callers() -> list[Place]:
    """Where the functions that are being run were called."""
    found = []
    frame = sys._getframe(2).f_back  # what called the function of the expression
    while frame is not None:
        positions = list(frame.f_code.co_positions())
        line, end, left, right = positions[frame.f_lasti // 2]
        found.append((frame.f_code.co_filename, line, end, left, right))
        frame = frame.f_back
    return found


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
