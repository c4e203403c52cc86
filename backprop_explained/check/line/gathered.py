"""Sums, slices and items: which entries are added up, and which are read."""

import ast
import copy
from collections.abc import Iterator
from itertools import pairwise

from backprop_explained.check.line.edit import Edit, each, tidy
from backprop_explained.check.line.scope import Scope

MOST = 12
"""So many names are tried as the bound of a slice."""

_NUMPY = ast.Name("np", ast.Load())


def of_axis(node: ast.expr) -> Iterator[Edit]:
    """A sum along another axis, or of everything.

    Examples
    --------
    >>> node = ast.parse("np.sum(d, keepdims=True)", mode="eval").body
    >>> [edit.text for edit in of_axis(node)][:2]
    ['np.sum(d, axis=0, keepdims=True)', 'np.sum(d, axis=1, keepdims=True)']
    """
    match node:
        case ast.Call(ast.Attribute(attr="sum" | "mean"), [] | [_]):
            inside = [ast.unparse(a) for a in node.args]
            rest = tuple(ast.unparse(k) for k in node.keywords if k.arg != "axis")
            for axis in (["axis=0"], ["axis=1"], []):
                for others in dict.fromkeys([rest, ("keepdims=True",)]):
                    arguments = ", ".join([*inside, *axis, *others])
                    text = f"{ast.unparse(node.func)}({arguments})"
                    if text != ast.unparse(node):
                        yield Edit((node,), text, 0, "axis")


def of_repeated(statement: ast.stmt, scope: Scope) -> Iterator[Edit]:
    """What is added to entries that an index may name more than once."""
    target, sign = _written(statement), getattr(statement, "op", ast.Add())
    if target is None or not scope.is_at_hand(_NUMPY):
        return
    if not isinstance(sign, ast.Add | ast.Sub):
        return
    base, index = ast.unparse(target.value), ast.unparse(target.slice)
    value = ast.unparse(statement.value)  # type: ignore[attr-defined]
    if isinstance(target.slice, ast.Tuple):
        index = f"({index})" if not index.startswith("(") else index
        if any(isinstance(n, ast.Slice) for n in target.slice.elts):
            return
    function = "np.subtract.at" if isinstance(sign, ast.Sub) else "np.add.at"
    yield Edit((statement,), f"{function}({base}, {index}, {value})", 1, "added")


def of_index(statement: ast.stmt, scope: Scope) -> Iterator[Edit]:
    """Other entries are written to: those that an index elsewhere in the file means."""
    target = _written(statement)
    if target is None:
        return
    own = ast.unparse(target)
    rest = ast.unparse(statement).removeprefix(own)
    for node in scope.source.nodes((ast.Subscript,)):
        if isinstance(node.slice, ast.Tuple) and scope.is_at_hand(node.slice):
            text = ast.unparse(ast.Subscript(target.value, node.slice, ast.Store()))
            if text != own:
                yield Edit((statement,), f"{text}{rest}", 0, "index")


def of_column(node: ast.expr) -> Iterator[Edit]:
    """A column of a list of rows where a row is read, or a row where a column is.

    Examples
    --------
    >>> node = ast.parse("rows[i]", mode="eval").body
    >>> [edit.text for edit in of_column(node)]
    ['[row[i] for row in rows]']
    >>> node = ast.parse("[row[i] for row in rows]", mode="eval").body
    >>> [edit.text for edit in of_column(node)]
    ['rows[i]']
    """
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Name):
        base, index = ast.unparse(node.value), ast.unparse(node.slice)
        yield Edit((node,), f"[row[{index}] for row in {base}]", 0, "column")
    match node:
        case ast.ListComp(ast.Subscript(row, index_of), [turn]):
            if ast.unparse(row) == ast.unparse(turn.target):
                text = f"{ast.unparse(turn.iter)}[{ast.unparse(index_of)}]"
                yield Edit((node,), text, 0, "column")


def of_turned(statement: ast.stmt, node: ast.AST) -> Iterator[Edit]:
    """The indices of an item, read or written to, each in the place of the other.

    Examples
    --------
    >>> statement = ast.parse("w[j][i] -= d[k, j] * o[h].w[k]").body[0]
    >>> for node in ast.walk(statement):
    ...     for edit in of_turned(statement, node):
    ...         print(edit.text)
    w[i][j] -= d[k, j] * o[h].w[k]
    d[j, k]
    o[k].w[h]
    """
    if not isinstance(node, ast.Subscript):
        return
    for text in _turned(node):
        if node is _written(statement):
            rest = ast.unparse(statement).removeprefix(ast.unparse(node))
            yield Edit((statement,), f"{text}{rest}", 0, "order")
        elif isinstance(node.ctx, ast.Load):
            yield Edit((node,), text, 0, "order")


def _turned(node: ast.Subscript) -> Iterator[str]:
    """Two indices that follow each other; a part is turned with a part alone."""
    turned = copy.deepcopy(node)
    inner, index = turned.value, turned.slice
    while isinstance(inner, ast.Attribute):
        inner = inner.value
    if isinstance(inner, ast.Subscript):
        one, two = ast.unparse(inner.slice), ast.unparse(index)
        inner.slice, turned.slice = index, inner.slice
        if one != two and ":" not in one + two:
            yield ast.unparse(turned)
    elif isinstance(index, ast.Tuple):
        those = list(index.elts)
        for i, (one_of, other) in enumerate(pairwise(those)):
            both = isinstance(one_of, ast.Slice), isinstance(other, ast.Slice)
            if both[0] == both[1] and ast.unparse(one_of) != ast.unparse(other):
                index.elts = [*those[:i], other, one_of, *those[i + 2 :]]
                yield ast.unparse(turned)


def _written(statement: ast.stmt) -> ast.Subscript | None:
    """The entries that a statement writes to; None if it does not."""
    match statement:
        case ast.Assign([ast.Subscript() as target, *_]):
            return target
        case ast.AugAssign(ast.Subscript() as target):
            return target
    return None


def of_item(node: ast.expr) -> Iterator[Edit]:
    """One item where the sum of all belongs.

    Examples
    --------
    >>> node = ast.parse("self.fed[-1].grads[self]", mode="eval").body
    >>> [edit.text for edit in of_item(node)]
    ['sum((item.grads[self] for item in self.fed))']
    """
    inner = node
    while isinstance(inner, ast.Attribute | ast.Subscript):
        is_item = isinstance(inner, ast.Subscript) and _is_count(inner.slice)
        if is_item and inner is not node:
            text, old, base = map(ast.unparse, (node, inner, inner.value))
            if text.startswith(old):
                whole = f"sum(item{text[len(old) :]} for item in {base})"
                yield Edit((node,), tidy(whole), 1, "items")
        inner = inner.value


def _is_count(index: ast.expr) -> bool:
    index = index.operand if isinstance(index, ast.UnaryOp) else index
    return isinstance(index, ast.Constant) and type(index.value) is int


def of_slice(node: ast.expr, scope: Scope) -> Iterator[Edit]:
    """Other bounds: those of blocks of a length, and those of other slices."""
    if not isinstance(node, ast.Subscript) or not isinstance(node.slice, ast.Slice):
        return
    base, own = ast.unparse(node.value), ast.unparse(node.slice)
    items = [n for n in ast.walk(scope.function) if isinstance(n, ast.Subscript)]
    texts = [ast.unparse(n.slice) for n in items if isinstance(n.slice, ast.Slice)]
    start, end = node.slice.lower, node.slice.upper
    if isinstance(end, ast.BinOp) and isinstance(end.op, ast.Add):
        count, step = ast.unparse(start) if start else "0", end
        for size in (step.left, step.right):
            by = ast.unparse(size)
            if by != count:
                texts.append(f"{count} * {by}:({count} + 1) * {by}")
    for name in scope.reads[:MOST] if not (start and end) else ():
        texts += [f"{name}:", f":{name}"]
    others = (f"{base}[{text}]" for text in dict.fromkeys(texts) if text != own)
    yield from each(node, others, 0, "index")
