"""What somebody's code holds: found, remembered, put back.

A network written by anyone keeps its parameters somewhere: in attributes, in lists, in
a dictionary, in arrays that it writes to or replaces.  Here all of it is found from one
place to begin at, and can be put back as it was, whatever the code did to it.
"""

import builtins
import random
from collections.abc import Callable, Iterable
from operator import setitem
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any, NamedTuple

import numpy as np

from backprop_explained.check.putting_back import (
    Kept,
    attributes,
    draw_from,
    put_attributes,
    put_list,
    state_of,
)
from backprop_explained.notation import Array

Reach = Callable[[], Any]
"""Walks from a root to what stands in a place now."""

_CLOSED = (ModuleType, type, FunctionType, MethodType, BuiltinFunctionType)
"""What holds no numbers of a network, or far too much besides."""


class Leaf(NamedTuple):
    """A number, an array, or lists of numbers, and how to reach it.

    `name` is as the code would write it: `weights1`, `layers[0].W`.
    """

    name: str
    read: Reach
    write: Callable[[Any], None]  # puts something of the same kind there

    def values(self) -> Array | None:
        """The numbers that stand there now, as an array of their own; or None."""
        return _numbers(self.read())

    def now(self) -> Array | None:
        """The same; None also where the code took the place away."""
        try:
            return self.values()
        except (AttributeError, LookupError):
            return None

    def fill(self, values: Array) -> None:
        """Put numbers there, in place where there is one to write to."""
        now = self.read()
        if isinstance(now, np.ndarray):
            now[...] = values
        elif isinstance(now, list):
            _fill_list(now, values)
        else:
            self.write(type(now)(values))


def _numbers(value: Any) -> Array | None:
    """A copy as a float array, or None for what is not made of real numbers."""
    if isinstance(value, bool | np.bool_ | str | bytes) or value is None:
        return None
    if isinstance(value, np.ndarray):
        return np.array(value) if value.dtype.kind == "f" and value.size else None
    if isinstance(value, int | float | np.integer | np.floating):
        return np.array(value, dtype=np.float64)
    if isinstance(value, list) and value and _made_of_numbers(value):
        try:
            return np.array(value, dtype=np.float64)
        except ValueError:  # rows of different lengths
            return None
    return None


def _made_of_numbers(values: list[Any]) -> bool:
    first = values[0]
    if isinstance(first, list):
        return all(isinstance(v, list) and v and _made_of_numbers(v) for v in values)
    return all(
        isinstance(v, int | float | np.floating) and not isinstance(v, bool)
        for v in values
    )


def _fill_list(target: list[Any], values: Array) -> None:
    for i, value in enumerate(values):
        if isinstance(target[i], list):
            _fill_list(target[i], value)
        else:
            target[i] = float(value)


class Memory:
    """All that can be reached from some places, as it was when this was made."""

    def __init__(self, *roots: Any) -> None:
        self._saved: list[Kept] = []
        self._seen: dict[int, Any] = {}
        self.leaves: list[Leaf] = []
        ends = [self._visit_root(root) for root in roots]
        self.listed = self.leaves[: next(iter(ends), 0)]  # of the first of the places
        self._numpy = np.random.get_state()
        self._random = random.getstate()

    def _visit_root(self, root: Any) -> int:
        self._visit(root, "", lambda: root)
        return len(self.leaves)

    def keep_too(self, value: Any) -> None:
        """Something else to put back, in which no parameters are looked for."""
        count = len(self.leaves)
        self._visit_root(value)
        del self.leaves[count:]

    def add(self, kept: Kept) -> None:
        """One thing more to put back."""
        self._saved.append(kept)

    def stir(self, count: int) -> None:
        """Draw from every random state, so that the next numbers are others."""
        for _ in range(count):
            for target, _, _ in self._saved:
                draw_from(target)
            np.random.random()
            random.random()

    def restore(self, *, draws: bool = True) -> None:
        """Put everything back, and the random states of NumPy and `random`."""
        for target, saved, put in self._saved:
            put(target, saved)
        if draws:
            np.random.set_state(self._numpy)
            random.setstate(self._random)

    def has_drawn(self) -> bool:
        """Whether the random states of NumPy or `random` are others by now."""
        now, then = np.random.get_state(), self._numpy
        pairs = zip(now, then, strict=True)
        is_same = all(np.array_equal(a, b) for a, b in pairs)
        return not is_same or random.getstate() != self._random

    def _visit(self, value: Any, name: str, reach: Reach) -> None:
        if isinstance(value, _CLOSED) or id(value) in self._seen:
            return
        if value is vars(builtins):  # of every namespace a part, and of no network
            return
        kept = state_of(value)
        if kept is not None:
            self._keep(value, kept)
        if isinstance(value, list):
            self._visit_items(enumerate(value), name, reach)
        elif isinstance(value, dict):
            self._visit_items(list(value.items()), name, reach)
        elif isinstance(value, tuple):
            self._visit_tuple(value, name, reach)
        elif kept is None:
            self._visit_attributes(value, name, reach)

    def _visit_tuple(self, value: tuple[Any, ...], name: str, reach: Reach) -> None:
        self._seen[id(value)] = value
        for i, item in enumerate(value):
            leaf = _item(f"{name}[{i}]", reach, i)
            if isinstance(item, np.ndarray | list):  # written to, never replaced
                self._visit_place(item, leaf)
            else:
                self._visit(item, leaf.name, leaf.read)

    def _keep(self, value: Any, kept: Kept) -> None:
        self._seen[id(value)] = value  # so that its id stays its own
        self._saved.append(kept)

    def _visit_items(
        self, items: Iterable[tuple[Any, Any]], name: str, reach: Reach
    ) -> None:
        for key, item in items:
            place = f"{name}[{key!r}]" if name else str(key)
            self._visit_place(item, _item(place, reach, key))

    def _visit_attributes(self, value: Any, name: str, reach: Reach) -> None:
        held = dict(attributes(value))
        if not held:
            return
        self._keep(value, (value, held, put_attributes))
        for key, item in held.items():
            place = f"{name}.{key}" if name else key
            self._visit_place(item, _attribute(place, reach, key))

    def _visit_place(self, item: Any, leaf: Leaf) -> None:
        """What stands in one place: a leaf, or more to visit."""
        is_seen = isinstance(item, list | np.ndarray) and id(item) in self._seen
        if _numbers(item) is not None and not is_seen:
            self.leaves.append(leaf)
        if isinstance(item, list) and _numbers(item) is not None:
            self._remember_lists(item)
        else:
            self._visit(item, leaf.name, leaf.read)

    def _remember_lists(self, value: list[Any]) -> None:
        if id(value) in self._seen:
            return
        self._keep(value, (value, list(value), put_list))
        for item in value:
            if isinstance(item, list):
                self._remember_lists(item)


# ---- a place is reached from the root each time: what stands between may be replaced


def _item(name: str, reach: Reach, key: Any) -> Leaf:
    return Leaf(name, lambda: reach()[key], lambda v: setitem(reach(), key, v))


def _attribute(name: str, reach: Reach, key: str) -> Leaf:
    def write(value: Any) -> None:
        object.__setattr__(reach(), key, value)

    return Leaf(name, lambda: getattr(reach(), key), write)
