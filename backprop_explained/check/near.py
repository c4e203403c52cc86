"""The data that somebody's calls hold: arrays near them that the cost reads."""

from collections.abc import Callable, Iterator
from functools import partial
from types import FunctionType, MethodType, ModuleType
from typing import Any

import numpy as np

from backprop_explained.check.putting_back import attributes, named_by
from backprop_explained.notation import Array

DEPTH, ITEMS = 5, 64
"""How far it is looked, and at how many items of a list."""


def data_near(cost: Callable[[], Any], *calls: Any, but: list[Any]) -> list[Array]:
    """Copies of matrices and lists of numbers that the cost reads, and `calls` hold.

    The cost is called once for each array, with that array changed and then put back.
    What is in `but` is known to be something else, such as the parameters.

    Examples
    --------
    >>> x, unread = np.ones((3, 2)), np.ones((4, 4))
    >>> def cost():
    ...     return float(x.sum()) + 0 * unread[0, 0]
    >>> [array.shape for array in data_near(cost, cost, but=[])]
    [(3, 2)]
    """
    seen = {id(value) for value in but}
    values = [v for call in (cost, *calls) for v in _numbers(call, DEPTH, seen)]
    return [
        np.array(value, dtype=np.float64)
        for value in values
        if not isinstance(value, np.ndarray) or _is_read(value, cost)
    ]


def _numbers(value: Any, depth: int, seen: set[int]) -> Iterator[Any]:
    """What is made of numbers, one of each."""
    if id(value) in seen or depth < 0 or isinstance(value, str | bytes | ModuleType):
        return
    seen.add(id(value))
    if isinstance(value, np.ndarray):
        if value.dtype.kind in "fiu" and value.size and value.ndim in (1, 2):
            yield value
        return
    if isinstance(value, list | tuple):
        yield from _in_a_list(value, depth, seen)
        return
    for part in _parts(value):
        yield from _numbers(part, depth - 1, seen)


def _in_a_list(
    value: list[Any] | tuple[Any, ...], depth: int, seen: set[int]
) -> Iterator[Any]:
    """Numbers, or pairs of an input and a target, or what stands in it."""
    array = _as_matrix(value)
    if array is not None:
        yield array.tolist()
        return
    if value and all(isinstance(p, list | tuple) and len(p) == 2 for p in value):
        sides = [
            _as_matrix([np.ravel(side) for side in kind])
            for kind in zip(*value, strict=True)
        ]
        if all(side is not None for side in sides):
            yield from (side.tolist() for side in sides if side is not None)
            return
    for item in value[:ITEMS]:
        yield from _numbers(item, depth - 1, seen)


def _as_matrix(value: Any) -> Array | None:
    try:
        array = np.asarray(value)
    except ValueError:  # of different lengths
        return None
    fits = array.dtype.kind in "fiu" and array.ndim in (1, 2) and array.size
    return array if fits else None


def _parts(value: Any) -> list[Any]:
    """What a function, a partial, a dictionary or an object holds."""
    if isinstance(value, MethodType):
        return [value.__self__, value.__func__]
    if isinstance(value, FunctionType):
        return named_by(value) or []
    if isinstance(value, dict):
        return list(value.values())
    if isinstance(value, partial):
        return [value.func, *value.args, *value.keywords.values()]
    if isinstance(value, type):
        return []
    return [item for _, item in attributes(value)]


def _is_read(array: Array, cost: Callable[[], Any]) -> bool:
    """Whether the cost is another where it is; of class numbers it is taken for so."""
    if array.dtype.kind != "f" or not array.flags.writeable:
        return True
    kept = array.copy()
    try:
        reference = cost()
        way = np.random.default_rng(0).standard_normal(array.shape)
        array[...] = kept + 1e-3 * way * np.maximum(1, np.abs(kept))
        with np.errstate(all="ignore"):
            return not np.array_equal(cost(), reference, equal_nan=True)
    except Exception:  # a cost that cannot take it has looked at it
        return True
    finally:
        array[...] = kept
