"""What may have been left out of an expression, or put in."""

import ast
from collections.abc import Iterator

from backprop_explained.check.line.edit import Edit, bracketed, each
from backprop_explained.check.line.scope import Scope

_FILLED = ("zeros", "ones", "empty", "full", "eye", "tile", "repeat")
_SIZED = (*_FILLED, "resize", "reshape", "range", "arange")
"""What takes sizes: a large one would fill the memory."""

_AXES = ("axis=0", "axis=1", "axis=0, keepdims=True", "axis=1, keepdims=True")


def is_whole(node: ast.expr, parent: ast.AST, field: str) -> bool:
    """Whether it is all that is assigned, returned or handed over, or a term."""
    if isinstance(node, ast.Constant | ast.Tuple | ast.List | ast.Dict | ast.Starred):
        return False
    if isinstance(parent, ast.BinOp):
        return isinstance(parent.op, ast.MatMult | ast.Add | ast.Sub)
    if isinstance(node, ast.Attribute) and node.attr in ("shape", "size", "ndim"):
        return False
    if isinstance(parent, ast.Call):
        called = ast.unparse(parent.func).rpartition(".")[2]
        return field == "args" and called not in _SIZED
    kinds = ast.Assign | ast.AugAssign | ast.Return | ast.Tuple | ast.List | ast.Dict
    return isinstance(parent, kinds | ast.ListComp | ast.GeneratorExp | ast.Lambda)


def of_call(node: ast.expr) -> Iterator[Edit]:
    """Its arguments in another order, or one of them left out."""
    if not isinstance(node, ast.Call):
        return
    function = ast.unparse(node.func)
    arguments = [ast.unparse(a) for a in node.args]
    keywords = [ast.unparse(k) for k in node.keywords]

    def with_(tier: int, kind: str, *inside: str) -> Edit:
        return Edit((node,), f"{function}({', '.join(inside)})", tier, kind)

    if len(arguments) == 2:
        one, other = arguments
        yield with_(0, "order", other, one, *keywords)
        if function.endswith("dot"):
            yield with_(0, "T", f"({one}).T", other)
            yield with_(0, "T", one, f"({other}).T")
            yield with_(0, "T", *map(transposed, reversed(node.args)))
    if function.endswith((".sum", ".mean")) and not keywords and len(arguments) < 2:
        for axis in _AXES:
            yield with_(0, "sum", *arguments, axis)
    for i in range(len(keywords)):
        yield with_(1, "argument", *arguments, *keywords[:i], *keywords[i + 1 :])
    if len(arguments) >= 2:
        yield with_(1, "argument", *arguments[:-1], *keywords)


def transposed(node: ast.expr) -> str:
    """Its transpose, as one would write it."""
    if isinstance(node, ast.Attribute) and node.attr == "T":
        return ast.unparse(node.value)
    return f"{bracketed(node)}.T"


def of_constant(node: ast.expr) -> Iterator[Edit]:
    """Another number."""
    c = node.value if isinstance(node, ast.Constant) else None
    if isinstance(c, bool):
        yield Edit((node,), repr(not c), 0, "number")
    elif isinstance(c, int | float):
        for other in dict.fromkeys([0, 1, 2, -1, c + 1, c - 1, -c, 2 * c, c / 2]):
            if other != c and not (isinstance(c, int) and other != int(other)):
                yield Edit((node,), repr(type(c)(other)), 0, "number")


def dropped(node: ast.expr) -> Iterator[Edit]:
    """What is left if a part is left out."""
    parts: list[ast.expr] = []
    match node:
        case ast.BinOp(ast.BinOp(inner), ast.Mult()):
            parts = [node.left, node.right, inner]
        case ast.BinOp():
            parts = [node.left, node.right]
        case ast.UnaryOp():
            yield Edit((node,), ast.unparse(node.operand), 0, "sign")
        case ast.Call(ast.Attribute(inner)):
            parts = [*node.args[:2], inner]
        case ast.Call():
            parts = node.args[:2]
        case ast.IfExp():
            parts = [node.body, node.orelse]
    if parts:
        names = [n for n in ast.walk(node) if isinstance(n, ast.Name | ast.Attribute)]
        parts = [*parts, *(n for n in names if isinstance(n.ctx, ast.Load))]
    yield from each(node, map(ast.unparse, parts), 1, "left out")


def scaled(node: ast.expr, scope: Scope) -> Iterator[Edit]:
    """A factor, a sign, a sum or a function that may be missing."""
    text = ast.unparse(node)
    inside = f"({text})" if isinstance(node, ast.IfExp) else bracketed(node)
    if not isinstance(node, ast.UnaryOp):
        yield Edit((node,), f"-{inside}", 0, "sign")
    yield from _with_number(node, text, inside, scope)
    yield from each(node, (f"{inside} * {read}" for read in scope.reads), 1, "times")
    for read in scope.arrays_read:
        products = f"{read}.T @ {inside}", f"{read} @ {inside}", f"{inside} @ {read}.T"
        yield from each(node, products, 1, "times")
    yield Edit((node,), f"1 - {inside}", 1, "one minus")
    yield Edit((node,), f"{inside}**2", 1, "square")
    yield from each(node, (f"{inside}.sum({axis})" for axis in _AXES), 1, "sum")
    yield from each(node, (f"{f}({text})" for f in scope.functions), 1, "function")
    yield from _with_slope(node, inside, scope)
    wrapped = (f"{f}({text}, {second})" for f, second in scope.calls_of_two)
    yield from each(node, wrapped, 2, "wrapped")


def _with_number(
    node: ast.expr, text: str, inside: str, scope: Scope
) -> Iterator[Edit]:
    """Times a number, or divided by it; of a product, one factor may be."""
    signs = ast.Mult | ast.Div | ast.MatMult
    is_chain = isinstance(node, ast.BinOp) and isinstance(node.op, signs)
    chain = text if is_chain else inside
    for number in dict.fromkeys(["2", *scope.numbers]):
        divisor = number if _is_one(number) else f"({number})"
        texts = [f"{chain} / {divisor}", f"{number} * {chain}"]
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            left, right = ast.unparse(node.left), ast.unparse(node.right)
            texts.append(f"{left} / {divisor} * {right}")
        yield from each(node, texts, 1, "times" if scope.varies(number) else "factor")


def _with_slope(node: ast.expr, inside: str, scope: Scope) -> Iterator[Edit]:
    """Times a slope that stands elsewhere, or may."""
    yield from each(node, (f"{inside} * ({f})" for f in scope.factors), 2, "slope")
    yield from each(node, (f"{inside} * {item}" for item in scope.items), 2, "times")
    for read in [*scope.reads, *scope.neighbours, *scope.forgotten]:
        written = f"{read} * (1 - {read})", f"(1 - {read}**2)", f"({read} > 0)"
        called = (f"{helper}({read})" for helper in scope.of_one)
        texts = (f"{inside} * {slope}" for slope in (*written, *called))
        yield from each(node, texts, 2, "slope")


def _is_one(text: str) -> bool:
    """Whether a divisor needs no brackets."""
    return not isinstance(ast.parse(text, mode="eval").body, ast.BinOp | ast.UnaryOp)
