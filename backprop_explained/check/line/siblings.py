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

    def _of_name(self, name: str) -> str:
        stem = name.rstrip("0123456789")
        return (
            f"{stem}{int(name[len(stem) :]) + self.by}"
            if stem not in ("", name)
            else name
        )

    def visit_Name(self, node: ast.Name) -> ast.Name:
        node.id = self._of_name(node.id)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        node.attr = self._of_name(node.attr)
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        self.generic_visit(node)
        index = node.slice
        if isinstance(index, ast.Constant) and type(index.value) is int:
            node.slice = ast.Constant(max(index.value + self.by, 0))
        return node
