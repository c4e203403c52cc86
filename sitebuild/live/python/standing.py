"""Which blocks of a page another one stands on, read off their sources."""

import ast
import dis
from functools import cache
from types import CodeType
from typing import NamedTuple


class Names(NamedTuple):
    """The names of the page that a block reads, binds, and changes in place."""

    read: frozenset[str]
    bound: frozenset[str]
    changed: frozenset[str]


_NONE = Names(frozenset(), frozenset(), frozenset())


@cache
def names_of(source: str) -> Names:
    r"""What a block has to do with names; nothing, if it is not Python.

    Examples
    --------
    >>> names = names_of("w[0] = x\ny = 1\nprint(y)")
    >>> sorted(names.read - {"print"}), set(names.bound), set(names.changed)
    (['w', 'x'], {'y'}, {'w'})
    """
    try:
        tree = ast.parse(source)
        code = compile(source, "block", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return _NONE
    read, bound = _of_code(code)
    return Names(frozenset(read), frozenset(bound), frozenset(_changed(tree)))


def _of_code(code: CodeType) -> tuple[set[str], set[str]]:
    """Names that are read before they are bound, and those that are bound."""
    read: set[str] = set()
    bound: set[str] = set()
    inner = []
    for step in dis.get_instructions(code):
        if isinstance(step.argval, CodeType):
            inner.append(step.argval)
        elif step.opname in ("STORE_NAME", "STORE_GLOBAL"):
            bound.add(step.argval)
        elif step.opname in ("LOAD_NAME", "LOAD_GLOBAL") and step.argval not in bound:
            read.add(step.argval)
    for function in inner:  # what it uses may be defined below it
        theirs, globals_ = _of_function(function)
        read |= theirs - bound
        bound |= globals_
    return read, bound


def _of_function(code: CodeType) -> tuple[set[str], set[str]]:
    own: set[str] = set()  # of the body of a class
    read: set[str] = set()
    bound: set[str] = set()
    for step in dis.get_instructions(code):
        if isinstance(step.argval, CodeType):
            theirs, globals_ = _of_function(step.argval)
            read |= theirs
            bound |= globals_
        elif step.opname == "STORE_GLOBAL":
            bound.add(step.argval)
        elif step.opname == "STORE_NAME":
            own.add(step.argval)
        elif step.opname in ("LOAD_NAME", "LOAD_GLOBAL") and step.argval not in own:
            read.add(step.argval)
    return read, bound


def _changed(tree: ast.Module) -> set[str]:
    """Names whose objects are given new parts, or called for nothing but an effect."""
    roots = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript | ast.Attribute):
            if not isinstance(node.ctx, ast.Load):
                roots.append(node)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            roots.append(node.value.func)
    return {name for node in roots if (name := _root(node))}


def _root(node: ast.AST) -> str | None:
    deeper = False
    while isinstance(node, ast.Subscript | ast.Attribute):
        node, deeper = node.value, True
    return node.id if deeper and isinstance(node, ast.Name) else None


def stands_on(sources: list[str], index: int) -> list[int]:
    """The blocks above one whose names it needs, and what these need, in order.

    Parameters
    ----------
    sources : list of str
        The blocks of a page, from the top.
    index : int
        The one of them that is to run.

    Examples
    --------
    >>> stands_on(["x = 2", "y = 5", "z = x + 1", "print(z)"], 3)
    [0, 2]
    """
    needed = set(names_of(sources[index]).read)
    found = []
    for place in range(index - 1, -1, -1):
        names = names_of(sources[place])
        if needed & (names.bound | names.changed):
            found.append(place)
            needed = (needed - names.bound) | names.read
    return found[::-1]
