"""Statements in another order or place, names unpacked in another, and one missing."""

import ast
import copy
from collections.abc import Iterator
from itertools import combinations

from backprop_explained.check.line.edit import SIMPLE, Edit, each, nodes_in, part_of
from backprop_explained.check.line.names import Shifted, unique
from backprop_explained.check.line.scope import Scope
from backprop_explained.check.line.source import Source

NEAR = 2
"""Statements this far apart may have changed places."""


FAR = 8
"""So many statements later it may have been meant to stand."""

_LOOPS = (ast.For, ast.While)


def of_order(source: Source, statement: ast.stmt, scope: Scope) -> Iterator[Edit]:
    """What may have been written before or after another thing."""
    yield from _swapped(source, statement)
    yield from _unpacked(statement)
    yield from _followed(statement, scope)
    yield from _after_loop(source, statement, scope)
    yield from _carried(source, statement, scope)


def of_siblings(statement: ast.stmt, scope: Scope) -> Iterator[Edit]:
    """What is done for one layer may be missing for the next: it is put before it."""
    if not isinstance(statement, ast.AugAssign):
        return
    for by in (-1, 1):
        other = Shifted(by).visit(copy.deepcopy(statement))
        text, own = ast.unparse(other), ast.unparse(statement)
        if text != own and scope.is_at_hand(other):
            yield Edit((statement,), f"{text}; {own}", 1, "statement")


def _swapped(source: Source, statement: ast.stmt) -> Iterator[Edit]:
    """It and one of the next, each in the place of the other."""
    parent, field, index = source.parents[statement]
    if index is None or not isinstance(statement, SIMPLE):
        return
    for other in getattr(parent, field)[index + 1 : index + 1 + NEAR]:
        if not isinstance(other, SIMPLE):
            return
        texts = ast.unparse(other), ast.unparse(statement)
        yield Edit((statement, other), "; ".join(texts), 1, "swap", texts, statement)


def _unpacked(statement: ast.stmt) -> Iterator[Edit]:
    """Two names of a tuple that take each other's value."""
    match statement:
        case ast.Assign(targets=[ast.Tuple(elements)], value=value):
            names = [ast.unparse(e) for e in elements]
            for i, j in combinations(range(len(names)), 2):
                if names[i] != names[j]:
                    other = list(names)
                    other[i], other[j] = names[j], names[i]
                    text = f"{', '.join(other)} = {ast.unparse(value)}"
                    yield Edit((statement,), text, 1, "order")


def _followed(statement: ast.stmt, scope: Scope) -> Iterator[Edit]:
    """A division of the whole, once a part of an array was written."""
    if name := part_of(statement):
        before, numbers = ast.unparse(statement), ["2", *scope.numbers]
        texts = (f"{before}; {name} /= {number}" for number in numbers)
        yield from each(statement, texts, 0, "factor")


def _after_loop(source: Source, statement: ast.stmt, scope: Scope) -> Iterator[Edit]:
    """A division of what a loop summed up, right after it."""
    parent, field, index = source.parents[statement]
    if not index or not isinstance(statement, (*SIMPLE, ast.Return)):
        return
    loop = getattr(parent, field)[index - 1]
    if not isinstance(loop, ast.For | ast.While):
        return
    own = ast.unparse(statement)
    numbers = [number for number in scope.numbers if not scope.varies(number)]
    for name in filter(None, unique(map(_summed, ast.walk(loop)))):
        texts = (f"{name} /= {number}; {own}" for number in numbers)
        yield from each(statement, texts, 1, "statement")


def _carried(source: Source, statement: ast.stmt, scope: Scope) -> Iterator[Edit]:
    """A factor of what a loop carries on to its next turn, at the end of its body."""
    loop, field, index = source.parents[statement]
    if not isinstance(loop, ast.For | ast.While) or field != "body":
        return
    if index != len(loop.body) - 1 or not isinstance(statement, SIMPLE):
        return
    own = ast.unparse(statement)
    for name in _carried_by(loop):
        for read in scope.reads if name in scope.arrays else ():
            products = f"{name} * {read}", f"{name} @ {read}.T", f"{read}.T @ {name}"
            texts = (f"{own}; {name} = {product}" for product in products)
            yield from each(statement, texts, 2, "statement")


def _carried_by(loop: ast.For | ast.While) -> list[str]:
    """The names that a loop gives a value to, after they were read in it."""
    read: list[str] = []
    found: list[str] = []
    for statement in loop.body:
        names = list(nodes_in(statement, ast.Name))
        read += [n.id for n in names if isinstance(n.ctx, ast.Load)]
        stored = [n.id for n in names if isinstance(n.ctx, ast.Store)]
        found += [name for name in stored if name in read]
    return unique(found)


def _summed(node: ast.AST) -> str:
    """The name of what is added to, or written to a part of; empty if nothing is."""
    match node:
        case ast.AugAssign(ast.Name(name) | ast.Subscript(ast.Name(name))):
            return name
        case ast.AugAssign(ast.Subscript()):
            return ""
    return part_of(node) if isinstance(node, ast.stmt) else ""


def of_place(source: Source, statement: ast.stmt) -> Iterator[Edit]:
    """It in another place of its block, in the loop after it or out of its loop."""
    if isinstance(statement, SIMPLE):
        yield from _later(source, statement)
        yield from _in_the_loop(source, statement)
        yield from _out_of_the_loop(source, statement)


def _later(source: Source, statement: ast.stmt) -> Iterator[Edit]:
    """What is changed in place, after a later statement of its block."""
    if not _changes(statement):
        return
    parent, field, index = source.parents[statement]
    assert index is not None
    block = getattr(parent, field)[index : index + 1 + FAR]
    for k, last in enumerate(block[1:], 1):
        if not isinstance(last, SIMPLE):
            return
        if k > 1 and not _changes(last):
            those = block[: k + 1]
            texts = tuple(map(ast.unparse, [*those[1:], statement]))
            says = f"it after line {last.end_lineno}"
            yield Edit(tuple(those), says, 1, "later", texts, statement)


def _changes(statement: ast.stmt) -> bool:
    """Whether something that was there before has another value then."""
    match statement:
        case ast.Expr(value):
            return isinstance(value, ast.Call)
        case ast.Assign([ast.Name(), *_]):
            return False
    return True


def _in_the_loop(source: Source, statement: ast.stmt) -> Iterator[Edit]:
    """What is set once before a loop, at the beginning of each turn."""
    if not isinstance(statement, ast.Assign):
        return
    parent, field, index = source.parents[statement]
    assert index is not None
    own = ast.unparse(statement)
    for loop in getattr(parent, field)[index + 1 : index + 3]:
        if isinstance(loop, _LOOPS) and not _ends(statement, loop):
            first = loop.body[0]
            texts = own, f"{own}\n{ast.unparse(first)}"
            says = f"{own} at each turn of the loop of line {loop.lineno}"
            yield Edit((statement, first), says, 0, "loop", texts, statement)


def _out_of_the_loop(source: Source, statement: ast.stmt) -> Iterator[Edit]:
    """The last statement of a loop, after the loop; or its first one, before it."""
    loop, field, index = source.parents[statement]
    if not isinstance(loop, _LOOPS) or field != "body" or len(loop.body) < 2:
        return
    if _ends(statement, loop):
        return
    own = ast.unparse(statement)
    other = copy.copy(loop)
    other.body = [s for s in loop.body if s is not statement]
    if index == len(loop.body) - 1:
        text, where = f"{ast.unparse(other)}\n{own}", "after"
    elif index == 0:
        text, where = f"{own}\n{ast.unparse(other)}", "before"
    else:
        return
    says = f"it {where} the loop of line {loop.lineno}"
    yield Edit((loop,), says, 0, "loop", (text,), statement)


def _ends(statement: ast.stmt, loop: ast.For | ast.While) -> bool:
    """Whether a loop hangs on what is set here: elsewhere, it might never end."""
    if isinstance(loop, ast.For):
        return False
    read = {n.id for n in nodes_in(loop.test, ast.Name)}
    stored = [n for n in nodes_in(statement, ast.Name) if isinstance(n.ctx, ast.Store)]
    return any(n.id in read for n in stored)
