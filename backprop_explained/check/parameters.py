"""Which numbers of somebody's code are its parameters, and how often they change."""

import sys
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Any

import numpy as np

from backprop_explained.check.memory import Leaf, Memory
from backprop_explained.check.probe import number
from backprop_explained.check.putting_back import named_by

SHIFTS = (1e-3, 1.0, 30.0)
"""How far a number is moved, to see whether the cost reads it at all: relative to its
size, or absolute below 1.  A unit that is cut off near by may wake up further away."""

REFUSALS = (ArithmeticError, AssertionError, LookupError, TypeError, ValueError)
"""What code raises where a count or a size of it is moved."""


def named_in(where: Any) -> tuple[str, ...]:
    """The attributes that are named, if any are."""
    if not isinstance(where, tuple) or len(where) < 2:
        return ()
    names = where[1:]
    return names if all(isinstance(name, str) for name in names) else ()


def memory_of(step: Callable[[], Any], cost: Callable[[], Any], where: Any) -> Memory:
    """All that the calls and `where` hold, to be put back."""
    owners = [getattr(call, "__self__", None) for call in (step, cost)]
    memory = Memory(where[0] if named_in(where) else where, *owners)
    for value in (*_used_by(step), *_used_by(cost)):
        memory.keep_too(value)
    return memory


def _used_by(call: Any) -> list[Any]:
    """Objects that a function names, and the random generators of its module."""
    function = getattr(call, "__func__", call)
    used = named_by(function)
    if used is None:
        return []
    return [value for value in used if hasattr(value, "__dict__")] + [
        value
        for value in function.__globals__.values()
        if isinstance(value, np.random.Generator | np.random.RandomState)
    ]


def parameters_in(
    where: Any, changed: list[Leaf], cost: Callable[[], Any], memory: Memory
) -> list[Leaf]:
    """What was named; or what was listed; or what a step changes and the cost reads."""
    if names := named_in(where):
        return _named(names, memory)
    if isinstance(where, list | dict):
        if not changed:
            raise ValueError(
                "the step changed nothing in `where`; if it makes new arrays, hand "
                "over what holds them: the object, or globals()"
            )
        if not _is_namespace(where, cost):
            return memory.listed
    read = [leaf for leaf in changed if is_read(leaf, cost, memory)]
    if not read:
        what = ", ".join(leaf.name for leaf in changed) or "nothing"
        raise ValueError(
            f"the step changed {what}, and the cost reads none of it; "
            "`where` must hold the parameters, and `cost` compute with them"
        )
    return read


def is_read(leaf: Leaf, cost: Callable[[], Any], memory: Memory) -> bool:
    """Whether the cost depends on what stands there when it is called."""
    memory.restore()
    reference = number(cost())
    for shift in SHIFTS:
        memory.restore()
        values = leaf.values()
        assert values is not None
        # no two alike: softmax, for one, does not see what moves all its inputs
        way = np.random.default_rng(0).standard_normal(values.shape)
        leaf.fill(values + shift * way * np.maximum(1, np.abs(values)))
        with np.errstate(all="ignore"):
            try:
                if not np.array_equal(cost(), reference, equal_nan=True):
                    return True
            except REFUSALS:
                return False  # a count or a size: nothing that can be moved
    return False


def _named(names: tuple[str, ...], memory: Memory) -> list[Leaf]:
    named = [leaf for leaf in memory.leaves if _root(leaf.name) in names]
    absent = set(names) - {_root(leaf.name) for leaf in named}
    if absent:
        raise ValueError(
            f"no numbers were found in {', '.join(sorted(absent))}; name "
            "attributes that hold arrays, numbers or lists of them"
        )
    return named


def _root(name: str) -> str:
    return name.partition(".")[0].partition("[")[0]


def _is_namespace(where: Any, cost: Callable[[], Any]) -> bool:
    """Whether it is the names of a script, or what the cost's own object holds."""
    if not isinstance(where, dict):
        return False
    owner = getattr(getattr(cost, "__self__", None), "__dict__", None)
    return "__builtins__" in where or where is owner


# ---- how often they change


def count_changes(call: Callable[[], Any], leaves: Sequence[Leaf]) -> int:
    """Run a call line by line; the most changes that one single number went through.

    Examples
    --------
    >>> box = {"w": 1.0}
    >>> leaf = Leaf("w", lambda: box["w"], lambda value: box.update(w=value))
    >>> def twice():
    ...     box["w"] -= 0.5
    ...     box["w"] -= 0.5
    >>> count_changes(twice, [leaf])
    2
    """
    seen = [leaf.values() for leaf in leaves]
    changes: list[Any] = [0 for _ in seen]

    def look() -> None:
        for i, leaf in enumerate(leaves):
            now = leaf.now()
            before = seen[i]
            if now is not None and before is not None and now.shape == before.shape:
                changes[i] = changes[i] + (now != before)
                seen[i] = now

    def tracer(frame: FrameType, event: str, _: Any) -> Any:  # noqa: ARG001
        if event in ("line", "return"):
            look()
        return tracer

    previous = sys.gettrace()
    sys.settrace(tracer)
    try:
        call()
    finally:
        sys.settrace(previous)
    look()
    return int(max((np.max(count) for count in changes), default=0))
