"""What an edited function might spoil, besides what is put back after every call."""

import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FunctionType
from typing import Any

import numpy as np

from backprop_explained.check.line.source import Source
from backprop_explained.check.memory import Leaf, Memory
from backprop_explained.notation import Array

DEEP = 4
"""So many containers deep, arrays are looked for."""


@contextmanager
def guarded(sources: Iterable[Source], held: Iterable[Leaf]) -> Iterator["Guard"]:
    """Nothing is left behind that an edit of these files does, or warns of.

    What is held is written to by the step itself, and put back before each call.
    """
    guard = Guard(f for source in sources for f in source.functions)
    with warnings.catch_warnings(), guard.locked([leaf.read() for leaf in held]):
        warnings.simplefilter("ignore")
        yield guard


class Guard:
    """The examples and other numbers that functions see in closures and globals."""

    def __init__(self, functions: Iterable[FunctionType]) -> None:
        self._arrays: dict[int, Array] = {}
        self._lists: dict[int, list[Any]] = {}
        for function in functions:
            for cell in function.__closure__ or ():
                try:
                    self._visit(cell.cell_contents, DEEP)
                except ValueError:  # not filled yet
                    continue
            for value in list(function.__globals__.values()):
                self._visit(value, DEEP)
        self._memory = Memory(*self._lists.values())

    def _visit(self, value: Any, deep: int) -> None:
        if isinstance(value, np.ndarray):
            if value.flags.writeable:
                self._arrays[id(value)] = value
        elif isinstance(value, list | tuple | dict) and deep:
            if isinstance(value, list):
                if id(value) in self._lists:
                    return
                self._lists[id(value)] = value
            inside = value.values() if isinstance(value, dict) else value
            for item in list(inside):
                self._visit(item, deep - 1)

    def put_back(self) -> None:
        """The lists are as they were."""
        self._memory.restore(draws=False)

    @contextmanager
    def locked(self, free: Iterable[Any]) -> Iterator[None]:
        """An edit that writes to an array of the code fails, except for free ones."""
        known = {id(value) for value in free}
        held = [a for i, a in self._arrays.items() if i not in known]
        for array in held:
            array.flags.writeable = False
        try:
            yield
        finally:
            for array in held:
                array.flags.writeable = True
