"""How far one expression is from another one, in the nodes of their trees."""

import ast
from collections import Counter
from functools import lru_cache
from itertools import pairwise

KEPT = 2000
"""So many texts are remembered in parts."""


@lru_cache(KEPT)
def _parts(text: str) -> Counter[str]:
    """Every node of a tree, with what it stands in, and the order of the leaves."""
    found: Counter[str] = Counter()
    leaves: list[str] = []

    def visit(node: ast.AST, above: str) -> None:
        own = _name(node)
        found[own] += 2
        found[f"{above}>{own}"] += 1
        marks = ast.expr_context | ast.operator | ast.unaryop | ast.cmpop
        inside = [n for n in ast.iter_child_nodes(node) if not isinstance(n, marks)]
        leaves.extend([] if inside else [own])
        for place, child in enumerate(inside):
            visit(child, f"{own} {place}")

    visit(ast.parse(text, mode="eval").body, "")
    found.update(map(" ".join, pairwise(leaves)))
    return found


def _name(node: ast.AST) -> str:
    kind = type(node).__name__
    if isinstance(node, ast.BinOp | ast.UnaryOp):
        return f"{kind} {type(node.op).__name__}"
    detail = getattr(node, "id", getattr(node, "attr", getattr(node, "value", "")))
    return kind if isinstance(detail, ast.AST) else f"{kind} {detail}"


def distance(old: str, new: str) -> int:
    """How many nodes, edges and neighbouring leaves differ; nodes count more.

    Examples
    --------
    >>> distance("a * b", "a * c"), distance("a * b", "a * b * (1 - c)")
    (8, 14)
    >>> distance("a * b", "c / 2")
    20
    """
    one, other = _parts(old), _parts(new)
    return ((one - other) + (other - one)).total()
