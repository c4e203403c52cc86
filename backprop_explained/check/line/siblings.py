"""A statement that is missing, and that others of its function are like."""

import ast
import copy
from collections.abc import Iterator

from backprop_explained.check.line.edit import Edit
from backprop_explained.check.line.scope import Scope


def of_siblings(statement: ast.stmt, scope: Scope) -> Iterator[Edit]:
    """What is done for one layer may be missing for the next: it is put before it.

    Parameters
    ----------
    statement : ast.stmt
        The statement.
    scope : Scope
        What can be written in its function.
    """
    if not isinstance(statement, ast.AugAssign):
        return
    for by in (-1, 1):
        other = _Shifted(by).visit(copy.deepcopy(statement))
        text, own = ast.unparse(other), ast.unparse(statement)
        if text != own and scope.is_at_hand(other):
            yield Edit((statement,), f"{text}; {own}", 1, "statement")


class _Shifted(ast.NodeTransformer):
    """The numbers in names and indices, one more or one less."""

    def __init__(self, by: int) -> None:
        self.by = by

    def visit_Name(self, node: ast.Name) -> ast.Name:
        stem = node.id.rstrip("0123456789")
        if stem and stem != node.id:
            node.id = f"{stem}{int(node.id[len(stem) :]) + self.by}"
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        stem = node.attr.rstrip("0123456789")
        if stem and stem != node.attr:
            node.attr = f"{stem}{int(node.attr[len(stem) :]) + self.by}"
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        self.generic_visit(node)
        index = node.slice
        if isinstance(index, ast.Constant) and type(index.value) is int:
            node.slice = ast.Constant(max(index.value + self.by, 0))
        return node
