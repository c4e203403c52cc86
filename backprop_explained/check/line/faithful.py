"""Functions that are right: derivatives of other functions of their file.

A derivative that is handed the wrong thing repairs a gradient as well if it is written
for that thing.  But it is what it is called: its call is the line to look at.
"""

import ast
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from types import FunctionType
from typing import Any, NamedTuple

import numpy as np

from backprop_explained.check.line.edit import Edit
from backprop_explained.check.line.names import computes, takes_one
from backprop_explained.check.line.source import DEFS, Function, Source
from backprop_explained.notation import Array

POINTS = np.array([-1.7, -0.9, -0.31, 0.23, 0.6, 1.3, 2.1])
"""Where functions are compared: on both sides of the origin, and not near it."""

STEP = 1e-5
"""For central differences."""

CLOSE = 1e-6
"""So far off a slope may be."""

MOST = 24
"""So many functions of a file are compared."""


class Way(NamedTuple):
    """One way to call a function of one thing, and what it gives."""

    node: Function
    call: Callable[[Array], Array]
    values: Array
    slopes: Array


class Faithful:
    r"""Finds them in some files.

    Examples
    --------
    >>> text = '''
    ... def square(x): return x * x
    ... def slope(x): return 2 * x
    ... def other(x): return 3 * x
    ... '''
    >>> names = {}
    >>> exec(compile(text, "pair.py", "exec"), names)
    >>> source = Source(text, "pair.py")
    >>> faithful = Faithful([source])
    >>> bodies = [function.body[0].value for function in source.tree.body]
    >>> [faithful.holds(source, Edit((b,), "x", 0, "name")) for b in bodies]
    [False, True, False]
    """

    def __init__(self, sources: Sequence[Source]) -> None:
        self._right = {source.file: set(_derivatives(source)) for source in sources}

    def holds(self, source: Source, edit: Edit) -> bool:
        """Whether an edit is of such a function."""
        right = self._right.get(source.file, set())
        return bool(right) and all(
            any(node in right for node in source.path(n)) for n in edit.nodes
        )


def _derivatives(source: Source) -> Iterator[ast.AST]:
    """The functions that give the slope of another one, from `z` or from its output."""
    with np.errstate(all="ignore"):
        ways = list(_ways(source))
        for way in ways:
            if any(_is_slope(way, of) for of in ways if of is not way):
                yield way.node


def _ways(source: Source) -> Iterator[Way]:
    living = {(f.__name__, f.__code__.co_firstlineno): f for f in source.functions}
    nodes = filter(takes_one, source.nodes(DEFS))
    for node in islice(nodes, MOST):
        function = living.get((node.name, node.lineno))
        if function is None or not computes(node, source.tree):
            continue
        for call in _calls(function):
            try:
                values = call(POINTS)
                slopes = (call(POINTS + STEP) - call(POINTS - STEP)) / (2 * STEP)
            except Exception:
                continue
            yield Way(node, call, values, slopes)


def _calls(function: FunctionType) -> Iterator[Callable[[Array], Array]]:
    """As it is called with one thing: as it is, and with a flag the other way."""
    code = function.__code__
    names = code.co_varnames[: code.co_argcount]
    first = [None] if names[:1] in (("self",), ("cls",)) else []
    defaults = function.__defaults__ or ()
    flags = zip(names[len(names) - len(defaults) :], defaults, strict=True)
    turned = [{name: not value} for name, value in flags if type(value) is bool]
    for named in [{}, *turned]:
        yield partial(_entry_by_entry, partial(function, *first, **named))


def _entry_by_entry(call: Callable[[float], Any], x: Array) -> Array:
    found = np.array([call(number) for number in x.tolist()], float)
    if found.shape != x.shape:
        raise ValueError(found.shape)
    return found


def _is_slope(way: Way, of: Way) -> bool:
    """Whether one is the derivative of the other, and that is no constant."""
    if not np.isfinite(of.slopes).all() or np.ptp(of.slopes) < CLOSE:
        return False
    if _are_close(way.values, of.slopes):
        return True
    try:
        return _are_close(way.call(of.values), of.slopes)
    except Exception:
        return False


def _are_close(a: Array, b: Array) -> bool:
    return bool(np.abs(a - b).max() <= CLOSE)
