"""The slope of one activation where that of another belongs."""

import ast
from collections.abc import Iterator, Sequence

from backprop_explained.check.line.edit import Edit, each, tidy
from backprop_explained.check.line.scope import Scope

FORMS = ("{0} * (1 - {0})", "1 - {0}**2", "{0} > 0", "1")
"""How the slope of a sigmoid, a tanh, a relu and no activation is written."""

READS = 16
"""So many lists are tried as what a slope is of."""

_SQUARES = ("power", "square", "pow")


def of_curve(node: ast.expr, functions: Sequence[str] = ()) -> Iterator[Edit]:
    """Another slope of the same value, or of what that is made from.

    Of these functions of one thing, one may have been forgotten in it.

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
                yield Edit((node,), tidy(text), 0, "slope")


def of_listed(node: ast.expr, parent: ast.AST, scope: Scope) -> Iterator[Edit]:
    """A slope of another list, entry by entry, where lists are run through in pairs."""
    if not isinstance(parent, ast.Assign) or "zip(" not in scope.source.text:
        return
    if not isinstance(node, ast.Name | ast.ListComp):
        return
    own, tier = ast.unparse(node), 0 if isinstance(node, ast.Name) else 2
    targets = [ast.unparse(target) for target in parent.targets]
    reads = [r for r in scope.reads if r not in (own, *targets, *scope.counters)]
    slopes = [form.format("a") for form in FORMS[:3]]
    for read in reads[:READS]:
        texts = (f"[d * ({s}) for d, a in zip({own}, {read})]" for s in slopes)
        yield from each(node, map(tidy, texts), tier, "listed")


def _recognised(node: ast.expr) -> tuple[str, int, ast.expr | None]:
    """What stands before a slope, which one it is, and of what; None if of nothing."""
    match node:
        case ast.BinOp(ast.Constant(1), ast.Sub(), less):
            return "", 1, _squared(less)
        case ast.BinOp(left, ast.Mult(), right):
            for one, other in ((left, right), (right, left)):
                match one, other:
                    case _, ast.BinOp(ast.Constant(1), ast.Sub(), of) if _same(one, of):
                        return "", 0, of
                    case (
                        ast.BinOp(before, ast.Mult(), last),
                        ast.BinOp(ast.Constant(1), ast.Sub(), of),
                    ) if _same(last, of):
                        return ast.unparse(before), 0, of
    return "", 0, None


def _squared(node: ast.expr) -> ast.expr | None:
    match node:
        case ast.BinOp(base, ast.Pow()):
            return base
        case ast.BinOp(base, ast.Mult(), other) if _same(base, other):
            return base
        case ast.Call(function, [base, *_]):
            is_square = ast.unparse(function).rpartition(".")[2] in _SQUARES
            return base if is_square else None
    return None


def _same(one: ast.expr, other: ast.expr) -> bool:
    return ast.unparse(one) == ast.unparse(other)
