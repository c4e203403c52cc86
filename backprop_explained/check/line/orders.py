"""Statements in another order, names unpacked in another, and one that is missing."""

import ast
import copy
from collections.abc import Iterator
from itertools import combinations

from backprop_explained.check.line.edit import SIMPLE, Edit, each, part_of
from backprop_explained.check.line.names import Shifted, unique
from backprop_explained.check.line.scope import Scope
from backprop_explained.check.line.source import Source

NEAR = 2
"""Statements this far apart may have changed places."""


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
        names = [n for n in ast.walk(statement) if isinstance(n, ast.Name)]
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
