"""Where somebody's code keeps its step size, so that it can be made smaller."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from backprop_explained.check.memory import Leaf, Memory
from backprop_explained.notation import Array

SIZE_NAMES = ("lr", "learning_rate", "eta", "alpha", "step_size", "rate")

MANY = (
    "the call makes several updates, so its changes add up to no gradient at one "
    "point; give it one example, or keep the step size in an attribute named "
    f"{SIZE_NAMES[1]}"
)

SAME = 1e-6
"""Moves that differ by so little of their largest number are the same."""

USED = 0.1
"""A step size that is used, made far smaller, leaves less than this of a move."""


def size_holder(step: Callable[[], Any], memory: Memory, size: float) -> Leaf | None:
    """What holds this step size, under one of its usual names.

    An attribute, of the object or of its class, or a global name of the step.
    """
    for leaf in memory.leaves:
        if _is_size(leaf.name.rpartition(".")[2], leaf.read(), size):
            return leaf
    owner = getattr(step, "__self__", None)
    for kind in type(owner).__mro__ if owner is not None else ():
        for name in _named(vars(kind), size):
            write = partial(object.__setattr__, owner, name)
            return Leaf(name, partial(getattr, owner, name), write)
    names = getattr(getattr(step, "__func__", step), "__globals__", {})
    for name in _named(names, size):
        memory.add((names, {name: names[name]}, dict.update))
        return Leaf(name, partial(names.get, name), partial(names.__setitem__, name))
    return None


def _named(names: Mapping[str, Any], size: float) -> list[str]:
    return [name for name, value in names.items() if _is_size(name, value, size)]


def _is_size(name: str, value: Any, size: float) -> bool:
    return (
        name.lower() in SIZE_NAMES and isinstance(value, int | float) and value == size
    )


def first_order(moves_with: Callable[[float], list[Array]], size: float) -> list[Array]:
    """The moves without what later updates owe to earlier ones, of order size².

    A step with a smaller size tells the orders apart.

    Examples
    --------
    >>> first_order(lambda size: [np.array([3 * size + 5 * size**2])], 0.1)[0].round(9)
    array([0.3])
    """
    full, half = (moves_with(s) for s in (size, size / 2))
    return [4 * h - f for h, f in zip(half, full, strict=True)]


def is_smaller(small: list[Array], moves: list[Array]) -> bool:
    """Whether moves are much smaller than others: the step size is used, then."""
    one, other = (
        np.linalg.norm(np.concatenate([np.ravel(m) for m in some]))
        for some in (small, moves)
    )
    return bool(one < USED * other)


def differ(moves: list[Array], others: list[Array]) -> bool:
    """Whether they are others, by more than a sum in another order makes.

    Examples
    --------
    >>> differ([np.array([1e-9])], [np.array([2e-9])])
    True
    >>> differ([np.array([1.0, 0.0])], [np.array([1.0, 1e-9])])
    False
    """
    return any(
        (np.abs(a - b) > SAME * np.abs(a).max(initial=0.0)).any()
        for a, b in zip(moves, others, strict=True)
    )
