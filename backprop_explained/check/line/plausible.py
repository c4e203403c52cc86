"""What speaks for an edit, and against it, by how the file reads."""

import ast
from difflib import SequenceMatcher

from backprop_explained.check.line.analogies import KIND as ANALOGY
from backprop_explained.check.line.edit import Edit
from backprop_explained.check.line.omissions import is_whole
from backprop_explained.check.line.source import DEFS, Source

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
    others = [other for other in getattr(parent, field) if other is not statement]
    signs = [other.op for other in others if isinstance(other, ast.AugAssign)]
    return any(isinstance(sign, ast.Add) for sign in signs)


def is_descent(statement: ast.stmt) -> bool:
    """Whether something is subtracted from what a name, a field or an item holds."""
    match statement:
        case ast.AugAssign(op=ast.Sub()):
            return True
        case ast.Assign([target, *_], ast.BinOp(left, ast.Sub())):
            return ast.unparse(left) == ast.unparse(target)
    return False


def agreement(source: Source, edit: Edit) -> int:
    r"""Whether an edit makes a name agree with that of the parameter: its sign tells.

    Examples
    --------
    >>> text = "def slope(z): return z\ndef step(z, a): return slope(a)"
    >>> source = Source(text, "net.py")
    >>> read = source.tree.body[1].body[0].value.args[0]
    >>> agreement(source, Edit((read,), "z", 0, "name"))
    1
    >>> source = Source(text.replace("slope(a)", "slope(z)"), "net.py")
    >>> read = source.tree.body[1].body[0].value.args[0]
    >>> agreement(source, Edit((read,), "a", 0, "name"))
    -1
    """
    node = edit.nodes[0]
    parent, field, index = source.parents[node]
    if field != "args" or index is None or len(edit.nodes) > 1:
        return 0
    names = _parameters(source, parent, index)
    after, before = (_called(text) in names for text in (edit.text, ast.unparse(node)))
    return after - before if len(names) == 1 else 0


def _called(text: str) -> str:
    """What a text is called, its owner and its index apart."""
    return text.split("[")[0].rpartition(".")[2]


def _parameters(source: Source, call: ast.AST, index: int) -> set[str]:
    """How the functions that may be called there call what they are given.

    If none of that name is known: those that are handed on, as in a dictionary.
    """
    if not isinstance(call, ast.Call):
        return set()
    defined = {n.name: n for n in source.nodes(DEFS)}
    called = {ast.unparse(call.func).rpartition(".")[2]}
    read = [n for n in source.nodes((ast.Name,)) if source.parents[n][1] != "func"]
    found = set()
    for name in (called & defined.keys()) or {n.id for n in read} & defined.keys():
        arguments = [a.arg for a in defined[name].args.args]
        names = [a for a in arguments if a not in ("self", "cls")]
        if len(names) == len(call.args):
            found.add(names[index])
    return found
