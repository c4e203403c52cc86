"""The slope of one activation where that of another belongs."""

import ast
from collections.abc import Iterator, Sequence

from backprop_explained.check.line.edit import Edit
from backprop_explained.check.line.scope import Scope

FORMS = ("{0} * (1 - {0})", "1 - {0}**2", "{0} > 0", "1")
"""How the slope of a sigmoid, a tanh, a relu and no activation is written."""

READS = 16
"""So many lists are tried as what a slope is of."""

_SQUARES = ("power", "square", "pow")


def of_curve(node: ast.expr, functions: Sequence[str] = ()) -> Iterator[Edit]:
    """Another slope of the same value, or of what that is made from.

    Parameters
    ----------
    node : ast.expr
        The expression.
    functions : sequence of str
        The functions of one thing that may have been forgotten in it.

    Examples
    --------
    >>> node = ast.parse("e * h * (1 - h)", mode="eval").body
    >>> [edit.text for edit in of_curve(node)]
    ['e * (1 - h ** 2)', 'e * (h > 0)', 'e * 1']
    >>> node = ast.parse("np.tanh(z) * (1 - np.tanh(z))", mode="eval").body
    >>> [edit.text for edit in of_curve(node)][:2]
    ['1 - np.tanh(z) ** 2', 'np.tanh(z) > 0']
    """
    before, own, of = _recognised(node)
    if of is None:
        return
    inner = [ast.unparse(of)]
    if isinstance(of, ast.Call) and len(of.args) == 1 and not of.keywords:
        inner.append(ast.unparse(of.args[0]))
    inner += [f"{function}({inner[0]})" for function in functions]
    for i, read in enumerate(inner):
        for n, form in enumerate(FORMS):
            is_wrapped = read.endswith(f"({inner[0]})") and i > 0
            if n == own if is_wrapped else i or n != own:
                text = form.format(f"({read})" if " " in read else read)
                text = f"{before} * ({text})" if before else text
                tree = ast.parse(text, mode="eval").body
                yield Edit((node,), ast.unparse(tree), 0, "slope")


def of_listed(node: ast.expr, parent: ast.AST, scope: Scope) -> Iterator[Edit]:
    """A slope of another list, entry by entry, where lists are gone through in pairs.

    Parameters
    ----------
    node, parent : ast.AST
        The expression, and what it stands in.
    scope : Scope
        What can be written in its function.
    """
    kinds = ast.Name | ast.ListComp
    if not isinstance(parent, ast.Assign) or not isinstance(node, kinds):
        return
    if "zip(" not in scope.source.text:
        return
    own, tier = ast.unparse(node), 0 if isinstance(node, ast.Name) else 2
    targets = [ast.unparse(target) for target in parent.targets]
    reads = [r for r in scope.reads if r not in (own, *targets, *scope.counters)]
    for read in reads[:READS]:
        for form in FORMS[:3]:
            slope = form.format("a")
            text = f"[d * ({slope}) for d, a in zip({own}, {read})]"
            tree = ast.parse(text, mode="eval").body
            yield Edit((node,), ast.unparse(tree), tier, "listed")


def _recognised(node: ast.expr) -> tuple[str, int, ast.expr | None]:
    """What stands before a slope, which one it is, and of what; None if of nothing."""
    if not isinstance(node, ast.BinOp):
        return "", 0, None
    if (less := _less_from_one(node)) is not None:
        return "", 1, _squared(less)
    if not isinstance(node.op, ast.Mult):
        return "", 0, None
    for one, other in ((node.left, node.right), (node.right, node.left)):
        of = _less_from_one(other)
        if of is None:
            continue
        if _same(one, of):
            return "", 0, of
        if (
            isinstance(one, ast.BinOp)
            and isinstance(one.op, ast.Mult)
            and _same(one.right, of)
        ):
            return ast.unparse(one.left), 0, of
    return "", 0, None


def _squared(node: ast.expr) -> ast.expr | None:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        return node.left
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return node.left if _same(node.left, node.right) else None
    if isinstance(node, ast.Call) and node.args:
        name = ast.unparse(node.func).rpartition(".")[2]
        return node.args[0] if name in _SQUARES else None
    return None


def _less_from_one(node: ast.expr) -> ast.expr | None:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub):
        return node.right if _is_one(node.left) else None
    return None


def _is_one(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value == 1


def _same(one: ast.expr, other: ast.expr) -> bool:
    return ast.unparse(one) == ast.unparse(other)
