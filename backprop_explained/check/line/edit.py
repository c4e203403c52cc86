"""One change of a source."""

import ast
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

Node = TypeVar("Node", bound=ast.AST)

READ = ast.Name | ast.Attribute | ast.Subscript
"""What reads something, or stands for where it is stored."""

SIMPLE = (ast.Assign, ast.AugAssign, ast.Expr)
"""Statements that may stand in another place."""


class Edit(NamedTuple):
    """One change of a source: these nodes, of one function, become that text.

    Those of a lower tier are less far-fetched, and tried first.  If not the same stands
    in the place of each node, `each` has their texts; what to name is `at`, if not the
    nodes.
    """

    nodes: tuple[ast.AST, ...]
    text: str
    tier: int
    kind: str
    each: tuple[str, ...] = ()
    at: ast.AST | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands in the place of each node."""
        return self.each or (self.text,) * len(self.nodes)

    @property
    def line(self) -> int:
        """The line on which it begins."""
        return self.named[0].lineno  # type: ignore[attr-defined,no-any-return]

    @property
    def named(self) -> tuple[ast.AST, ...]:
        """What to name."""
        return (self.at,) if self.at else self.nodes


def nodes_in(tree: ast.AST, *kinds: type[Node]) -> Iterator[Node]:
    """All nodes of these kinds."""
    return (node for node in ast.walk(tree) if isinstance(node, kinds))


def each(node: ast.AST, texts: Iterable[str], tier: int, kind: str) -> Iterator[Edit]:
    """One node, with each of these texts in its place."""
    return (Edit((node,), text, tier, kind) for text in texts)


def tidy(text: str) -> str:
    """An expression with no more brackets than it needs."""
    return ast.unparse(ast.parse(text, mode="eval"))


def bracketed(node: ast.expr) -> str:
    """How it reads as an operand."""
    text = ast.unparse(node)
    return f"({text})" if isinstance(node, ast.BinOp | ast.UnaryOp) else text


def part_of(statement: ast.stmt) -> str:
    """The name of the array that it writes to a part of; empty if it does not.

    Examples
    --------
    >>> part_of(ast.parse("dW[i, j] = 1").body[0]), part_of(ast.parse("dW = 1").body[0])
    ('dW', '')
    """
    for t in [getattr(statement, "target", None), *getattr(statement, "targets", [])]:
        match t:
            case ast.Subscript(ast.Name(name), ast.Tuple() | ast.Compare()):
                return name
    return ""


def counted_in(statement: ast.stmt) -> set[ast.AST]:
    """What is an index, or a part of one: it counts, and is no factor."""
    kinds = ast.Tuple | ast.Slice | ast.BinOp | ast.UnaryOp
    found: list[ast.AST] = [n.slice for n in nodes_in(statement, ast.Subscript)]
    for node in found:  # grows by what is inside
        found += ast.iter_child_nodes(node) if isinstance(node, kinds) else []
    return set(found)
