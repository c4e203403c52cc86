"""Whether an expression reads like others of its file, whatever its names are."""

import ast
from difflib import SequenceMatcher

from backprop_explained.check.line.analogies import KIND as ANALOGY
from backprop_explained.check.line.edit import Edit
from backprop_explained.check.line.omissions import is_whole
from backprop_explained.check.line.source import Source

Shapes = dict[str, list[str]]

SIGNS = 2
"""So many operators, at least, are no coincidence."""


def _whole(source: Source, node: ast.AST) -> ast.AST | None:
    """The whole expression that a node is part of."""
    if isinstance(node, ast.AugAssign):
        return node
    while isinstance(node, ast.expr):
        parent, field, _ = source.parents[node]
        if isinstance(node, ast.BinOp) and is_whole(node, parent, field):
            return node
        node = parent
    return None


def shape(node: ast.AST) -> str:
    """Its tree without names; empty if it is too simple to tell.

    Examples
    --------
    >>> shape(ast.parse("a * b / len(c)")) == shape(ast.parse("d * e / len(f)"))
    True
    """
    kinds = ast.BinOp | ast.AugAssign
    if sum(isinstance(n, kinds) for n in ast.walk(node)) < SIGNS:
        return ""
    text = _dump(node)
    while isinstance(node, ast.AugAssign) and "part(name)" in text:
        text = text.replace("part(name)", "name")
    return text


def _dump(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return "builtin " + node.id if node.id in ("len", "sum", "np") else "name"
    if isinstance(node, ast.Subscript | ast.Attribute):
        return f"part({_dump(node.value)})"
    if isinstance(node, ast.Constant):
        return repr(node.value)
    inside = ", ".join(_dump(child) for child in ast.iter_child_nodes(node))
    return f"{type(node).__name__}({inside})"


def shapes_in(source: Source) -> Shapes:
    """The whole expressions of a file, by their shape."""
    found: Shapes = {}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.BinOp | ast.AugAssign) and _whole(source, node) is node:
            found.setdefault(shape(node), []).append(ast.unparse(node))
    return found


def likeness(source: Source, edit: Edit, shapes: Shapes) -> float:
    """How much it reads like another expression once it is edited; 0 if not.

    It has to be alone with its shape as it is.
    """
    node = edit.nodes[0]
    if edit.kind == ANALOGY:
        return SequenceMatcher(None, ast.unparse(node), edit.text).ratio()
    whole = _whole(source, node)
    if edit.tier > 1 or len(edit.nodes) > 1 or whole is None:
        return 0.0
    if shape(whole) and len(shapes.get(shape(whole), ())) > 1:
        return 0.0
    try:
        with source.with_edit(edit) as (other,):
            new = other if node is whole else whole
            others = shapes.get(mark, ()) if (mark := shape(new)) else ()
            text = ast.unparse(new) if others else ""
    except SyntaxError:
        return 0.0
    return max((SequenceMatcher(None, text, t).ratio() for t in others), default=0.0)
