"""Putting one thing back as it was: an array, a list, an object, a random state."""

import inspect
import random
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from backprop_explained.notation import Array

Kept = tuple[Any, Any, Callable[[Any, Any], None]]
"""What is put back, as it was, and how."""


def state_of(value: Any) -> Kept | None:
    """What there is to put back of something that keeps numbers; None of an object.

    Examples
    --------
    >>> values = [1, 2]
    >>> target, saved, put = state_of(values)
    >>> values.clear()
    >>> put(target, saved)
    >>> values
    [1, 2]
    """
    if isinstance(value, np.ndarray):
        return value, value.copy(), _put_array
    if isinstance(value, np.random.Generator):
        return value.bit_generator, value.bit_generator.state, _put_generator
    if isinstance(value, np.random.RandomState):
        return value, value.get_state(), lambda rng, state: rng.set_state(state)
    if isinstance(value, random.Random):
        return value, value.getstate(), lambda rng, state: rng.setstate(state)
    if isinstance(value, list):
        return value, list(value), put_list
    if isinstance(value, dict):
        return value, dict(value), _put_dict
    return None


def draw_from(target: Any) -> None:
    """A number from a random state, as it is kept; nothing of anything else."""
    if isinstance(target, np.random.BitGenerator):
        target.random_raw()
    elif isinstance(target, np.random.RandomState | random.Random):
        target.random()


def attributes(value: Any) -> Iterator[tuple[str, Any]]:
    """What an object holds in `__dict__` and in `__slots__`."""
    yield from getattr(value, "__dict__", {}).items()
    for kind in type(value).__mro__:
        slots = kind.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if name not in ("__dict__", "__weakref__") and hasattr(value, name):
                yield name, getattr(value, name)


def named_by(function: Any) -> list[Any] | None:
    """What a function names, in its closure and among its globals, if that is known."""
    try:
        names = inspect.getclosurevars(function)
    except (TypeError, ValueError):  # no function of Python, or a cell is still empty
        return None
    return [*names.nonlocals.values(), *names.globals.values()]


def _put_array(target: Array, saved: Array) -> None:
    if target.flags.writeable:
        target[...] = saved


def _put_generator(target: Any, saved: Any) -> None:
    target.state = saved


def put_list(target: list[Any], saved: list[Any]) -> None:
    """What a list held, in the list itself."""
    target[:] = saved


def _put_dict(target: dict[Any, Any], saved: dict[Any, Any]) -> None:
    for key in [key for key in target if key not in saved]:
        del target[key]
    target.update(saved)


def put_attributes(target: Any, saved: dict[str, Any]) -> None:
    """What an object held, and nothing else."""
    for name in [name for name, _ in attributes(target) if name not in saved]:
        delattr(target, name)
    for name, value in saved.items():
        if getattr(target, name, None) is not value:
            object.__setattr__(target, name, value)
