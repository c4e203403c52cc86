"""The recorder: what every expression was, and another value in its place."""

import builtins
import sys
from collections.abc import Callable, Mapping
from functools import partial
from threading import get_ident
from types import FrameType, ModuleType
from typing import Any, NamedTuple

import numpy as np

from backprop_explained.check.line.expression import Expression
from backprop_explained.check.line.wrapping import RECORDER
from backprop_explained.notation import Array

Key = tuple[int, int]
"""The number of an expression, and which of its visits, from 0."""


class Event(NamedTuple):
    """One visit of one expression.

    The value is a copy of what it was; the thing itself may be changed later on.
    """

    key: Key
    value: Array
    thing: Any


class Change(NamedTuple):
    """What is to be done with a value: add to it, or put another in its place."""

    adds: bool
    amount: Any


Plan = Mapping[Key, Change]

Answer = Callable[[int, Any], Any]

Looker = Callable[[FrameType, Any], None]
"""What is handed the frame of an expression, and its value before it is changed."""

HANDED_ON: Answer = dict[int, Any]().get
"""An empty dictionary answers with the second thing: nothing in Python is quicker."""

_BARE = frozenset([int, bool, str, type(None), range, slice, ModuleType])
"""What holds no numbers that could be moved."""

_event = partial(tuple.__new__, Event)
"""An event of a tuple of its parts; the constructor takes longer."""


def is_number(value: Any) -> bool:
    """Whether this is a real number or an array of them that can be moved."""
    if type(value) is float:
        return True
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "fbiu" and value.size > 0
    return isinstance(value, np.floating)


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
    """What the wrapped code calls with each value, and what that answers.

    Attributes
    ----------
    log : list of Event
        What was recorded since `begin`.
    met : dict
        Of each expression that holds numbers inside of an object or a list, after how
        many events it was first met; kept with the log.
    listed : set of int
        Those of them that were a list or a tuple.
    traced, callers
        The expression whose callers are asked for; -1 if none.  Of each visit of it,
        the places of the calls that led to it, from within.
    lookers : dict
        What is called at each visit of an expression while a log is kept.
    """

    def __init__(self) -> None:
        self.expressions: list[Expression] = []
        self.log: list[Event] = []
        self.met: dict[int, int] = {}
        self.listed: set[int] = set()
        self.traced = -1
        self.callers: dict[Key, list[tuple[Any, ...]]] = {}
        self.lookers: dict[int, Looker] = {}
        self.answer: Answer = HANDED_ON

    def begin(
        self, plan: Plan, *, keeps: bool, of: frozenset[int] | None = None
    ) -> None:
        """Count visits from 0, carry out a plan, and keep a log if it is asked for.

        The log is of some expressions, or else of all.
        """
        self.log, self.met, self.listed = [], {}, set()
        planned = frozenset(index for index, _ in plan if index >= 0)
        if keeps and of is None:
            self.answer = self._keeping(plan)
        elif keeps or planned:
            self.answer = self._changing(plan, planned, of or frozenset())
        setattr(builtins, RECORDER, self.answer)

    def end(self) -> None:
        """Hand every value on, as if there were no recorder."""
        self.answer = HANDED_ON
        setattr(builtins, RECORDER, HANDED_ON)

    def _keeping(self, plan: Plan) -> Answer:
        """Every number is recorded."""
        main, visits, expressions = get_ident(), dict[int, int](), self.expressions
        keep = self.log.append

        def answer(index: int, value: Any) -> Any:
            if get_ident() != main:
                return value
            expression = expressions[index]
            if not (is_number(value) or expression.kind == "constant"):
                self._meet(index, value)
                return value
            visits[index] = visit = visits.get(index, -1) + 1
            key = index, visit
            if index == self.traced:
                self.callers[key] = _callers()
            if index in self.lookers:
                self._look(self.lookers[index], value)
            if plan and (change := plan.get(key)) is not None:
                value = _changed(value, change, expression.kind == "update")
            keep(_event((key, np.array(value), value)))
            return value

        return answer

    def _changing(
        self, plan: Plan, planned: frozenset[int], kept: frozenset[int]
    ) -> Answer:
        """What is not asked for is handed on at once."""
        main, visits, expressions = get_ident(), dict[int, int](), self.expressions
        known = planned | kept

        def answer(index: int, value: Any) -> Any:
            if index not in known or get_ident() != main:
                return value
            kind = expressions[index].kind
            if not (is_number(value) or kind == "constant"):
                return value
            visits[index] = visit = visits.get(index, -1) + 1
            if (change := plan.get((index, visit))) is not None:
                value = _changed(value, change, kind == "update")
            if index in kept:
                self.log.append(Event((index, visit), np.array(value), value))
            return value

        return answer

    def _look(self, looker: Looker, value: Any) -> None:
        """Nothing is recorded of what the looker calls."""
        setattr(builtins, RECORDER, HANDED_ON)
        try:
            looker(sys._getframe(2), value)
        finally:
            setattr(builtins, RECORDER, self.answer)

    def _meet(self, index: int, value: Any) -> None:
        """No number; there may be some in it."""
        if type(value) in _BARE or index in self.met or not holds_numbers(value):
            return
        self.met[index] = len(self.log)
        if isinstance(value, list | tuple):
            self.listed.add(index)


def _callers() -> list[tuple[Any, ...]]:
    """The places at which the functions that are being run were called."""
    found = []
    frame = sys._getframe(2).f_back  # what called the function of the expression
    while frame is not None:
        positions = list(frame.f_code.co_positions())
        line, end, left, right = positions[frame.f_lasti // 2]
        found.append((frame.f_code.co_filename, line, left, end, right))
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
