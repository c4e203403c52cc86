"""Small changes of a source: what a slip of the pen may have been before."""

import ast
from collections.abc import Iterator

from backprop_explained.check.line.analogies import of_analogy
from backprop_explained.check.line.curves import of_curve, of_listed
from backprop_explained.check.line.edit import READ, Edit, counted_in, each, tidy
from backprop_explained.check.line.gathered import (
    of_axis,
    of_column,
    of_index,
    of_item,
    of_repeated,
    of_slice,
    of_turned,
)
from backprop_explained.check.line.omissions import (
    dropped,
    is_whole,
    of_call,
    of_constant,
    scaled,
    transposed,
)
from backprop_explained.check.line.orders import of_order, of_place, of_siblings
from backprop_explained.check.line.scope import Scope, receiver
from backprop_explained.check.line.source import Source
from backprop_explained.check.line.terms import far_fetched

_OTHER: dict[type[ast.operator], tuple[str, ...]] = {
    ast.Add: ("-", "*"),
    ast.Sub: ("+", "*"),
    ast.Mult: ("/", "@", "+"),
    ast.Div: ("*",),
    ast.MatMult: ("*",),
    ast.Pow: ("*",),
}
_COMPARED: dict[type[ast.cmpop], tuple[str, ...]] = {
    ast.Gt: ("<=", "<", ">="),
    ast.GtE: ("<", ">", "<="),
    ast.Lt: (">=", ">", "<="),
    ast.LtE: (">", "<", ">="),
    ast.Eq: ("!=",),
    ast.NotEq: ("==",),
}
_SIGNS = {ast.Add: "-=", ast.Sub: "+=", ast.Mult: "/=", ast.Div: "*="}


def edits(
    source: Source, statement: ast.stmt, scope: Scope, *, is_suspected: bool = False
) -> Iterator[Edit]:
    """The changes of a statement, its body apart; if suspected, far-fetched ones."""
    yield from _of_statement(statement)
    yield from of_order(source, statement, scope)
    yield from of_place(source, statement)
    yield from of_siblings(statement, scope)
    yield from of_analogy(statement, scope)
    yield from of_repeated(statement, scope)
    yield from of_index(statement, scope)
    counted = counted_in(statement)
    for node in own_nodes(statement):
        yield from of_turned(statement, node)
        if isinstance(node, ast.expr) and not _is_stored(node):
            parent, field, _ = source.parents[node]
            if isinstance(parent, ast.Call) and field == "func":
                yield from _of_function(node, scope)
                continue
            yield from _of_expression(node, parent, scope, is_counted=node in counted)
            if node not in counted and is_whole(node, parent, field):
                yield from scaled(node, scope)
            if node not in counted and is_suspected:
                yield from far_fetched(node, parent, field, scope)
    yield from _together(statement, scope)


def _of_expression(
    node: ast.expr, parent: ast.AST, scope: Scope, *, is_counted: bool
) -> Iterator[Edit]:
    yield from _of_operator(node)
    if is_counted and ast.unparse(node) not in scope.arrays:
        yield from _of_counter(node, scope)
    else:
        yield from _of_read(node, parent, scope)
    yield from of_call(node)
    yield from of_constant(node)
    yield from of_axis(node)
    yield from of_curve(node, scope.functions)
    yield from of_listed(node, parent, scope)
    yield from of_item(node)
    yield from of_column(node)
    yield from of_slice(node, scope)
    yield from dropped(node)


def own_nodes(statement: ast.stmt) -> Iterator[ast.AST]:
    """The nodes of a statement that are not in statements inside of it."""
    for node in ast.iter_child_nodes(statement):
        if not isinstance(node, ast.stmt | ast.excepthandler | ast.arguments):
            yield from ast.walk(node)


def _is_stored(node: ast.expr) -> bool:
    return not isinstance(getattr(node, "ctx", ast.Load()), ast.Load)


def _of_statement(statement: ast.stmt) -> Iterator[Edit]:
    if isinstance(statement, ast.AugAssign):
        target, value = map(ast.unparse, (statement.target, statement.value))
        signs = [_SIGNS.get(type(statement.op)), "="]
        texts = (f"{target} {sign} {value}" for sign in signs if sign)
        yield from each(statement, texts, 0, "sign")
        yield Edit((statement,), "pass", 1, "left out")
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target, value = map(ast.unparse, (statement.targets[0], statement.value))
        texts = (f"{target} {sign} {value}" for sign in ("+=", "-="))
        yield from each(statement, texts, 0, "added")
        if not isinstance(statement.targets[0], ast.Name):
            yield Edit((statement,), "pass", 1, "left out")


def _of_operator(node: ast.expr) -> Iterator[Edit]:
    if isinstance(node, ast.BinOp):
        left, right = f"({ast.unparse(node.left)})", f"({ast.unparse(node.right)})"
        signs = _OTHER.get(type(node.op), ())
        texts = (tidy(f"{left} {sign} {right}") for sign in signs)
        yield from each(node, texts, 0, "operator")
        if isinstance(node.op, ast.Sub | ast.Div | ast.MatMult | ast.Pow):
            turned = ast.BinOp(node.right, node.op, node.left)
            yield Edit((node,), ast.unparse(turned), 0, "order")
        if isinstance(node.op, ast.MatMult):
            both = f"{left}.T @ {right}", f"{left} @ {right}.T"
            yield from each(node, map(tidy, both), 0, "T")
            text = f"{transposed(node.right)} @ {transposed(node.left)}"
            yield Edit((node,), text, 0, "T")
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        left, right = map(ast.unparse, (node.left, node.comparators[0]))
        signs = _COMPARED.get(type(node.ops[0]), ())
        texts = (f"{left} {sign} {right}" for sign in signs)
        yield from each(node, texts, 0, "comparison")


def _of_read(node: ast.expr, parent: ast.AST, scope: Scope) -> Iterator[Edit]:
    is_turned = isinstance(parent, ast.Attribute) and parent.attr == "T"
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield Edit((node,), ast.unparse(node.value), 0, "T")
        return
    if not isinstance(node, READ):
        return
    if isinstance(parent, ast.Attribute) and not is_turned:
        if scope.is_asked(node, parent):
            yield from each(node, scope.others(node), 0, "name")
        return
    if isinstance(node, ast.Name) and node.id in scope.helpers:
        yield from _of_helper(node, scope)
        return
    yield from _of_value(node, parent, scope)
    if not is_turned:
        text = ast.unparse(node)
        yield Edit((node,), f"{text}.T", 0, "T")
        yield Edit((node,), f"{text}.copy()", 1, "copy")
    if isinstance(node, ast.Subscript):
        base = ast.unparse(node.value)
        yield Edit((node,), base, 1, "index")
        yield from each(node, (f"{base}.sum(axis={n})" for n in (0, 1)), 1, "sum")


def _of_value(node: ast.expr, parent: ast.AST, scope: Scope) -> Iterator[Edit]:
    """Another name, or a term in which the name stands elsewhere."""
    own = receiver(parent)  # a list in itself never ends
    yield from each(node, (o for o in scope.others(node) if o != own), 0, "name")
    written = scope.with_name(node)
    if ast.unparse(parent) not in written:
        yield from each(node, written, 1, "term")


def _of_counter(node: ast.expr, scope: Scope) -> Iterator[Edit]:
    """Another name in an index, which is no array."""
    if isinstance(node, READ):
        others = (o for o in scope.others(node) if o not in scope.arrays)
        yield from each(node, others, 0, "name")


def _of_helper(node: ast.Name, scope: Scope) -> Iterator[Edit]:
    return each(node, (h for h in scope.helpers if h != node.id), 0, "function")


def _of_function(node: ast.expr, scope: Scope) -> Iterator[Edit]:
    if isinstance(node, ast.Name) and node.id in scope.helpers:
        yield from _of_helper(node, scope)
    pairs = {"sum": "mean", "mean": "sum", "outer": "dot"}
    if isinstance(node, ast.Attribute) and node.attr in pairs:
        instead = ast.Attribute(node.value, pairs[node.attr], ast.Load())
        yield Edit((node,), ast.unparse(instead), 0, "function")


def _together(statement: ast.stmt, scope: Scope) -> Iterator[Edit]:
    """The same read, or the same call, in several places of a statement."""
    same: dict[str, list[ast.expr]] = {}
    for node in own_nodes(statement):
        if not isinstance(node, READ | ast.Call) or _is_stored(node):
            continue
        if scope.is_number(node):
            same.setdefault(ast.unparse(node), []).append(node)
    for own, nodes in same.items():
        first = nodes[0]
        if len(nodes) < 2:
            continue
        if not isinstance(first, ast.Call):
            called = [f"{f}({own})" for f in scope.functions]
            for other in [*scope.others(first), *called]:
                yield Edit(tuple(nodes), other, 0, "name")
        elif len(first.args) == 1:
            yield Edit(tuple(nodes), ast.unparse(first.args[0]), 1, "left out")
