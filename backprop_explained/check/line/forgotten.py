"""Functions that objects hold and nothing calls: a slope that was left out, mostly."""

import ast
import gc
from collections.abc import Iterator
from types import FunctionType
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from backprop_explained.check.line.edit import nodes_in
from backprop_explained.check.line.names import computes, unique
from backprop_explained.check.line.source import DEFS, Source

_known: WeakKeyDictionary[Source, list[str]] = WeakKeyDictionary()


def forgotten_functions(source: Source) -> list[str]:
    """The fields of this kind, as a method reads them.

    Parameters
    ----------
    source : Source
        The file, whose objects are alive.

    Returns
    -------
    list of str
        Those that hold nothing but functions that compute something of one thing.

    Examples
    --------
    >>> text = '''
    ... class Layer:
    ...     def __init__(self, f, slope, name):
    ...         self.f, self.slope, self.name = f, slope, name
    ...     def forward(self, z):
    ...         return self.f(z)
    ... '''
    >>> names = {}
    >>> exec(compile(text, "layer.py", "exec"), names)
    >>> layer = names["Layer"](np.tanh, np.cosh, "first")
    >>> forgotten_functions(Source(text, "layer.py"))
    ['self.slope']
    """
    if source not in _known:
        _known[source] = _found(source)
    return _known[source]


def _found(source: Source) -> list[str]:
    fields = _never_read(source.tree)
    if not fields:
        return []
    held = list(_held(source, fields))
    kinds = {
        field: [_may_be_tried(source, value) for name, value in held if name == field]
        for field in fields
    }
    return [f"self.{field}" for field, tried in kinds.items() if tried and all(tried)]


def _never_read(tree: ast.Module) -> list[str]:
    """The fields that are given a value to, and never read."""
    nodes = list(nodes_in(tree, ast.Attribute))
    read = {n.attr for n in nodes if isinstance(n.ctx, ast.Load)}
    stored = [n.attr for n in nodes if isinstance(n.ctx, ast.Store)]
    return unique(name for name in stored if name not in read)


def _held(source: Source, fields: list[str]) -> Iterator[tuple[str, Any]]:
    """What the fields are, of all objects of the file's classes."""
    classes = {n.name for n in source.nodes((ast.ClassDef,))}
    for thing in gc.get_objects():
        if type(thing).__name__ in classes and _is_of(source, type(thing)):
            values = getattr(thing, "__dict__", None) or {}
            yield from ((name, values[name]) for name in fields if name in values)


def _is_of(source: Source, kind: type) -> bool:
    """Whether a class was defined in the file, and not another of the same name."""
    methods = [f for f in vars(kind).values() if type(f) is FunctionType]
    return any(f.__code__.co_filename == source.file for f in methods)


def _may_be_tried(source: Source, value: Any) -> bool:
    """Whether it is a function of one thing that does no more than compute."""
    if isinstance(value, np.ufunc):
        return value.nin == 1
    if type(value) is not FunctionType or value.__code__.co_filename != source.file:
        return False
    if value.__code__.co_argcount - len(value.__defaults__ or ()) != 1:
        return False
    line = value.__code__.co_firstlineno
    nodes = [
        n
        for n in source.nodes((*DEFS, ast.Lambda))
        if getattr(n, "lineno", 0) == line
        and getattr(n, "name", "<lambda>") == value.__name__
    ]
    return bool(nodes) and all(computes(n, source.tree) for n in nodes)
