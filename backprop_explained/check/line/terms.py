"""Slopes, factors and terms that may belong where a value was measured to be wrong.

They are many, so they are tried at suspected lines alone.
"""

import ast
from collections.abc import Iterator
from itertools import combinations, permutations

from backprop_explained.check.line.edit import Edit, bracketed, each
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
    written = [slope.format(read) for read in scope.reads for slope in _SLOPES]
    called = [f"{helper}({read})" for helper in scope.of_one for read in scope.reads]
    return [*written, *called]


def far_fetched(
    node: ast.expr, parent: ast.AST, field: str, scope: Scope
) -> Iterator[Edit]:
    """The changes of one expression that are tried at suspected lines."""
    whole = is_whole(node, parent, field)
    is_number = isinstance(node, ast.Constant) and type(node.value) in (int, float)
    if is_number:  # it may have a name, or stand where a slope belongs
        yield from each(node, scope.constants, TIER, "number")
        yield from _written_elsewhere(node, scope)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        yield from _other_slope(node, scope)
    if (whole or is_number) and isinstance(parent, ast.Return | ast.Assign):
        yield from each(node, slopes(scope), TIER, "slope")
    if whole:
        yield from _two_factors(node, scope)
        yield from _terms(node, scope)
        yield from _written_elsewhere(node, scope)
    elif isinstance(node, ast.BinOp):
        reads = scope.reads[:READS]
        yield from each(
            node, (f"{ast.unparse(node)} + {r}" for r in reads), TIER, "term"
        )


def _written_elsewhere(node: ast.expr, scope: Scope) -> Iterator[Edit]:
    """What stands in another function, if its names mean something here."""
    nodes = scope.source.nodes((ast.BinOp, ast.Call))
    texts = dict.fromkeys(ast.unparse(n) for n in nodes if scope.is_at_hand(n))
    others = (t for t in list(texts)[:WRITTEN] if t != ast.unparse(node))
    yield from each(node, others, TIER, "name")


def _other_slope(node: ast.BinOp, scope: Scope) -> Iterator[Edit]:
    """Another slope in the place of one or two neighbouring factors."""
    factors, found = _factors(node), slopes(scope)
    inside = [slope if slope.endswith(")") else f"({slope})" for slope in found]
    for size in (1, 2):
        for i in range(len(factors) - size + 1):
            before, after = factors[:i], factors[i + size :]
            if before or after:
                texts = (" * ".join([*before, slope, *after]) for slope in inside)
                yield from each(node, texts, TIER, "slope")


def _factors(node: ast.expr) -> list[str]:
    """The factors of a product, as they can stand in one."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return [*_factors(node.left), *_factors(node.right)]
    return [bracketed(node)]


def _two_factors(node: ast.expr, scope: Scope) -> Iterator[Edit]:
    inside = bracketed(node)
    less = (f"{inside} * (1 - {read})" for read in scope.reads)
    yield from each(node, less, TIER, "times")
    pairs = combinations(scope.reads[:READS], 2)
    both = (f"{one} * {other} * {inside}" for one, other in pairs)
    yield from each(node, both, TIER, "times")


def _terms(node: ast.expr, scope: Scope) -> Iterator[Edit]:
    text, pairs = ast.unparse(node), list(permutations(scope.reads[:READS], 2))
    numbers = [f for n in scope.numbers[:NUMBERS] for f in (n, f"2 * {n}")]
    for read in scope.reads:
        terms = f"+ {read}", f"- {read}", *(f"+ {f} * {read}" for f in numbers)
        yield from each(node, (f"{text} {term}" for term in terms), TIER, "term")
    forms = ["{} + {}.T @ {}"] if isinstance(node, ast.BinOp | ast.Call) else []
    for form in [*forms, "{} + {} @ {}.T"]:
        yield from each(
            node, (form.format(text, *pair) for pair in pairs), TIER, "term"
        )
