"""A statement that was written too early, or at the wrong depth of the loops."""

import ast
import copy
from collections.abc import Iterator

from backprop_explained.check.line.edit import SIMPLE, Edit
from backprop_explained.check.line.source import Source

FAR = 8
"""So many statements later it may have been meant to stand."""

_LOOPS = (ast.For, ast.While)


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
    read = {n.id for n in ast.walk(loop.test) if isinstance(n, ast.Name)}
    names = (n for n in ast.walk(statement) if isinstance(n, ast.Name))
    return any(n.id in read and isinstance(n.ctx, ast.Store) for n in names)
