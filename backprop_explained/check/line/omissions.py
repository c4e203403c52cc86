"""What may have been left out of an expression, or put in."""

import ast
from collections.abc import Iterator

from backprop_explained.check.line.edit import Edit
from backprop_explained.check.line.scope import Scope

_SIZED = frozenset(
    [
        "zeros",
        "ones",
        "empty",
        "full",
        "eye",
        "resize",
        "reshape",
        "range",
        "arange",
        "tile",
        "repeat",
    ]
)
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
    if len(arguments) == 2:
        inside = ", ".join([*reversed(arguments), *keywords])
        yield Edit((node,), f"{function}({inside})", 0, "order")
        if function.endswith("dot"):
            for pair in ("({}).T, {}", "{}, ({}).T"):
                yield Edit((node,), f"{function}({pair.format(*arguments)})", 0, "T")
            turned = ", ".join(transposed(a) for a in reversed(node.args))
            yield Edit((node,), f"{function}({turned})", 0, "T")
    if function.endswith((".sum", ".mean")) and not keywords and len(arguments) < 2:
        for axis in _AXES:
            inside = ", ".join([*arguments, axis])
            yield Edit((node,), f"{function}({inside})", 0, "sum")
    for i in range(len(keywords)):
        inside = ", ".join([*arguments, *keywords[:i], *keywords[i + 1 :]])
        yield Edit((node,), f"{function}({inside})", 1, "argument")
    if len(arguments) >= 2:
        inside = ", ".join([*arguments[:-1], *keywords])
        yield Edit((node,), f"{function}({inside})", 1, "argument")


def transposed(node: ast.expr) -> str:
    """Its transpose, as one would write it."""
    if isinstance(node, ast.Attribute) and node.attr == "T":
        return ast.unparse(node.value)
    text = ast.unparse(node)
    return f"({text}).T" if isinstance(node, ast.BinOp | ast.UnaryOp) else f"{text}.T"


def of_constant(node: ast.expr) -> Iterator[Edit]:
    """Another number."""
    if not isinstance(node, ast.Constant):
        return
    c = node.value
    if type(c) is bool:
        yield Edit((node,), repr(not c), 0, "number")
    elif type(c) in (int, float):
        assert isinstance(c, int | float)
        others = [0, 1, 2, -1, c + 1, c - 1, -c, 2 * c, c / 2]
        for other in dict.fromkeys(others):
            if other != c and not (type(c) is int and other != int(other)):
                yield Edit((node,), repr(type(c)(other)), 0, "number")


def dropped(node: ast.expr) -> Iterator[Edit]:
    """What is left if a part is left out."""
    parts: list[ast.expr] = []
    if isinstance(node, ast.BinOp):
        parts = [node.left, node.right]
        if isinstance(node.left, ast.BinOp) and isinstance(node.op, ast.Mult):
            parts.append(node.left.left)
    elif isinstance(node, ast.UnaryOp):
        yield Edit((node,), ast.unparse(node.operand), 0, "sign")
    elif isinstance(node, ast.Call):
        parts = node.args[:2]
        if isinstance(node.func, ast.Attribute):
            parts = [*parts, node.func.value]
    elif isinstance(node, ast.IfExp):
        parts = [node.body, node.orelse]
    if parts:
        kinds = ast.Name | ast.Attribute
        parts += [
            n
            for n in ast.walk(node)
            if isinstance(n, kinds) and isinstance(n.ctx, ast.Load)
        ]
    for part in parts:
        yield Edit((node,), ast.unparse(part), 1, "left out")


def scaled(node: ast.expr, scope: Scope) -> Iterator[Edit]:
    """A factor, a sign, a sum or a function that may be missing."""
    text = ast.unparse(node)
    inside = (
        f"({text})" if isinstance(node, ast.BinOp | ast.UnaryOp | ast.IfExp) else text
    )
    if not isinstance(node, ast.UnaryOp):
        yield Edit((node,), f"-{inside}", 0, "sign")
    chain = text if _is_chain(node) else inside
    for number in dict.fromkeys(["2", *scope.numbers]):
        divisor = number if _is_one(number) else f"({number})"
        kind = "times" if scope.varies(number) else "factor"
        yield Edit((node,), f"{chain} / {divisor}", 1, kind)
        yield Edit((node,), f"{number} * {chain}", 1, kind)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            left, right = ast.unparse(node.left), ast.unparse(node.right)
            yield Edit((node,), f"{left} / {divisor} * {right}", 1, kind)
    for read in scope.reads:
        yield Edit((node,), f"{inside} * {read}", 1, "times")
    for read in scope.arrays_read:
        for product in (f"{read}.T @ {inside}", f"{read} @ {inside}"):
            yield Edit((node,), product, 1, "times")
        yield Edit((node,), f"{inside} @ {read}.T", 1, "times")
    yield Edit((node,), f"1 - {inside}", 1, "one minus")
    yield Edit((node,), f"{inside}**2", 1, "square")
    for axis in _AXES:
        yield Edit((node,), f"{inside}.sum({axis})", 1, "sum")
    for function in scope.functions:
        yield Edit((node,), f"{function}({text})", 1, "function")
    yield from _with_slope(node, inside, scope)
    yield from wrapped_as_elsewhere(node, scope)


def _with_slope(node: ast.expr, inside: str, scope: Scope) -> Iterator[Edit]:
    """Times a slope that stands elsewhere, or may."""
    for factor in scope.factors:
        yield Edit((node,), f"{inside} * ({factor})", 2, "slope")
    for item in scope.items:
        yield Edit((node,), f"{inside} * {item}", 2, "times")
    for read in [*scope.reads, *scope.neighbours, *scope.forgotten]:
        for slope in (f"{read} * (1 - {read})", f"(1 - {read}**2)", f"({read} > 0)"):
            yield Edit((node,), f"{inside} * {slope}", 2, "slope")
        for helper in scope.of_one:
            yield Edit((node,), f"{inside} * {helper}({read})", 2, "slope")


def wrapped_as_elsewhere(node: ast.expr, scope: Scope) -> Iterator[Edit]:
    """Handed to a function of this and another thing, as it is called elsewhere."""
    for function, second in scope.calls_of_two:
        yield Edit((node,), f"{function}({ast.unparse(node)}, {second})", 2, "wrapped")


def _is_chain(node: ast.expr) -> bool:
    """Whether a factor can stand before or after it without brackets."""
    signs = ast.Mult | ast.Div | ast.MatMult
    return isinstance(node, ast.BinOp) and isinstance(node.op, signs)


def _is_one(text: str) -> bool:
    """Whether a divisor needs no brackets."""
    return not isinstance(ast.parse(text, mode="eval").body, ast.BinOp | ast.UnaryOp)
