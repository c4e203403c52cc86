"""Which way a step goes, as it is written and as it would be."""

import ast

from backprop_explained.check.line.edit import Edit
from backprop_explained.check.line.source import Source


def goes_uphill(source: Source, edit: Edit) -> bool:
    """Whether a step that subtracts would add, or a positive number be negative."""
    node, text = edit.nodes[0], edit.text
    if isinstance(node, ast.AugAssign):
        is_turned = isinstance(node.op, ast.Sub) and " += " in text
        return is_turned and not _is_added_beside(source, node)
    if isinstance(node, ast.Constant):
        return text.startswith("-")
    if isinstance(node, ast.Name) and isinstance(source.parent(node), ast.Call):
        return text == f"-{node.id}"
    if not is_descent(source.statement(node)):
        return False
    return text.startswith("-") or (isinstance(node, ast.BinOp) and " + " in text)


def _is_added_beside(source: Source, statement: ast.stmt) -> bool:
    """Whether another statement of its block adds to what a name or a field holds."""
    parent, field, _ = source.parents[statement]
    return any(
        isinstance(other, ast.AugAssign) and isinstance(other.op, ast.Add)
        for other in getattr(parent, field)
        if other is not statement
    )


def is_descent(statement: ast.stmt) -> bool:
    """Whether something is subtracted from what a name, a field or an item holds."""
    if isinstance(statement, ast.AugAssign):
        return isinstance(statement.op, ast.Sub)
    if not isinstance(statement, ast.Assign):
        return False
    value, target = statement.value, ast.unparse(statement.targets[0])
    is_less = isinstance(value, ast.BinOp) and isinstance(value.op, ast.Sub)
    return is_less and ast.unparse(value.left) == target  # type: ignore[attr-defined]
