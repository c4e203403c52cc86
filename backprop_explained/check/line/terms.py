"""Slopes, factors and terms that may belong where a value was measured to be wrong.

They are many, so they are tried at suspected lines alone.
"""

import ast
from collections.abc import Iterator
from itertools import combinations, permutations

from backprop_explained.check.line.edit import Edit
from backprop_explained.check.line.omissions import is_whole
from backprop_explained.check.line.scope import Scope

TIER = 3
"""More far-fetched than what is tried at every line."""

READS = 16
"""So many names are put together in pairs."""

WRITTEN = 40
"""So many expressions of the file are tried."""

NUMBERS = 6
"""So many numbers may be the factor of a term."""

_SLOPES = ("{0} * (1 - {0})", "1 - {0}**2", "({0} > 0)")


def slopes(scope: Scope) -> list[str]:
    """How the derivative of an activation may be written, of all that can be read."""
    reads = scope.reads
    written = [slope.format(read) for read in reads for slope in _SLOPES]
    called = [f"{helper}({read})" for helper in scope.of_one for read in reads]
    return [*written, *called]


def far_fetched(
    node: ast.expr, parent: ast.AST, field: str, scope: Scope
) -> Iterator[Edit]:
    """The changes of one expression that are tried at suspected lines.

    Parameters
    ----------
    node, parent, field
        The expression, what it stands in, and as what.
    scope : Scope
        What can be written in its function.
    """
    if isinstance(node, ast.Constant):
        yield from _of_constant(node, parent, scope)
        return
    whole = is_whole(node, parent, field)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        yield from _other_slope(node, scope)
    if whole and isinstance(parent, ast.Return | ast.Assign):
        for slope in slopes(scope):
            yield Edit((node,), slope, TIER, "slope")
    if whole:
        yield from _two_factors(node, scope)
        yield from _terms(node, scope)
        yield from _written_elsewhere(node, scope)
    elif isinstance(node, ast.BinOp):
        for read in scope.reads[:READS]:
            yield Edit((node,), f"{ast.unparse(node)} + {read}", TIER, "term")


def _written_elsewhere(node: ast.expr, scope: Scope) -> Iterator[Edit]:
    """What stands in another function, if its names mean something here."""
    own = ast.unparse(node)
    texts = (
        ast.unparse(n)
        for n in scope.source.nodes((ast.BinOp, ast.Call))
        if scope.is_at_hand(n)
    )
    for text in list(dict.fromkeys(texts))[:WRITTEN]:
        if text != own:
            yield Edit((node,), text, TIER, "name")


def _of_constant(node: ast.Constant, parent: ast.AST, scope: Scope) -> Iterator[Edit]:
    """A number with a name, or a slope where there is none."""
    if type(node.value) not in (int, float):
        return
    for name in scope.constants:
        yield Edit((node,), name, TIER, "number")
    yield from _written_elsewhere(node, scope)
    if isinstance(parent, ast.Return | ast.Assign):
        for slope in slopes(scope):
            yield Edit((node,), slope, TIER, "slope")


def _other_slope(node: ast.BinOp, scope: Scope) -> Iterator[Edit]:
    """Another slope in the place of one or two neighbouring factors."""
    factors = _factors(node)
    for size in (1, 2):
        for i in range(len(factors) - size + 1):
            before, after = factors[:i], factors[i + size :]
            if not before and not after:
                continue
            for slope in slopes(scope):
                inside = slope if slope.endswith(")") else f"({slope})"
                text = " * ".join([*before, inside, *after])
                yield Edit((node,), text, TIER, "slope")


def _factors(node: ast.expr) -> list[str]:
    """The factors of a product, as they can stand in one."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return [*_factors(node.left), *_factors(node.right)]
    return [_bracketed(node)]


def _bracketed(node: ast.expr) -> str:
    text = ast.unparse(node)
    return f"({text})" if isinstance(node, ast.BinOp | ast.UnaryOp) else text


def _two_factors(node: ast.expr, scope: Scope) -> Iterator[Edit]:
    inside = _bracketed(node)
    for read in scope.reads:
        yield Edit((node,), f"{inside} * (1 - {read})", TIER, "times")
    for one, other in combinations(scope.reads[:READS], 2):
        yield Edit((node,), f"{one} * {other} * {inside}", TIER, "times")


def _terms(node: ast.expr, scope: Scope) -> Iterator[Edit]:
    text, reads = ast.unparse(node), scope.reads[:READS]
    for read in scope.reads:
        yield Edit((node,), f"{text} + {read}", TIER, "term")
        yield Edit((node,), f"{text} - {read}", TIER, "term")
        for number in scope.numbers[:NUMBERS]:
            for factor in (number, f"2 * {number}"):
                yield Edit((node,), f"{text} + {factor} * {read}", TIER, "term")
    if isinstance(node, ast.BinOp | ast.Call):
        for one, other in permutations(reads, 2):
            yield Edit((node,), f"{text} + {one}.T @ {other}", TIER, "term")
    for one, other in permutations(reads, 2):
        yield Edit((node,), f"{text} + {one} @ {other}.T", TIER, "term")
