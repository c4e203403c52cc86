"""Formulas in Python: those of code spans, and those of the code they are taken from.

>>> [is_formula(span) for span in ("x * (1 - x)", "sigmoid", "two-columns", "1e-8")]
[True, False, False, True]
"""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from sitebuild.maths.trees import Node

ROOT = Path(__file__).parents[2]
_WORDS = re.compile(r"[A-Za-z]{2,}(?:[-/.][\w.]+)+|[\w./-]+/[\w./-]*")
_FORMULA = (ast.BinOp, ast.Compare, ast.UnaryOp, ast.AugAssign)
_OPERATORS = {
    ast.Add: "sum",
    ast.Sub: "difference",
    ast.Mult: "product",
    ast.MatMult: "product",
    ast.Div: "quotient",
    ast.Pow: "power",
}


@cache
def parsed(span: str) -> ast.stmt | None:
    """The one statement of a code span; nothing where it is none."""
    if _WORDS.fullmatch(span):
        return None
    try:
        body = ast.parse(span.replace("…", "dots")).body
    except SyntaxError:
        return None
    return body[0] if len(body) == 1 else None


@cache
def is_formula(span: str) -> bool:
    """Whether a code span says something exact: it has an operator or a digit."""
    statement = parsed(span)
    return re.search(r"\d", span) is not None or (
        statement is not None
        and any(isinstance(node, _FORMULA) for node in ast.walk(statement))
    )


def _number(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) in (int, float, complex)


def normal(node: ast.AST) -> str:
    """A text that the same code has wherever it stands."""
    if isinstance(node, ast.Expr):
        node = node.value
    return ast.dump(node).replace("ctx=Store()", "ctx=Load()")


def parts(sources: Iterable[str]) -> Iterator[ast.AST]:
    """Everything in Python sources, and in their strings that are Python themselves."""
    for source in sources:
        try:
            tree = ast.parse(source)
        except SyntaxError:
            continue
        for node in ast.walk(tree):
            yield node
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                inner = parsed(node.value) if len(node.value) < 200 else None
                yield from ast.walk(inner) if inner else ()


def normal_parts(sources: Iterable[str]) -> set[str]:
    """The normal texts of all formulas in Python sources."""
    kinds = (*_FORMULA, ast.Assign, ast.Call, ast.Lambda, ast.Subscript, ast.List)
    found, names = set(), set()
    for node in parts(sources):
        if isinstance(node, kinds) or _number(node):
            found.add(normal(node))
        elif isinstance(node, ast.Name | ast.Attribute | ast.arg):
            name = getattr(node, "id", None) or getattr(node, "attr", None)
            names.add(name or node.arg)  # type: ignore[union-attr]
    return found | {normal(ast.Name(name, ast.Load())) for name in names}


@cache
def of_the_project() -> frozenset[str]:
    """What the code of the package says."""
    files = (ROOT / "backprop_explained").rglob("*.py")
    return frozenset(normal_parts(path.read_text() for path in files))


def computed(statement: ast.stmt | None) -> str:
    """The Python expression of what a statement computes."""
    if isinstance(statement, ast.AugAssign):
        return ast.unparse(ast.BinOp(statement.target, statement.op, statement.value))
    if isinstance(statement, ast.Expr | ast.Assign):
        return ast.unparse(statement.value)
    raise ValueError("it computes nothing")


def trees(sources: Iterable[str]) -> set[Node]:
    """The arithmetic in Python sources, as the trees that formulas have."""
    found = (_tree(node) for node in parts(sources) if isinstance(node, ast.expr))
    return {node for node in found if node and node[0] not in {"symbol", "number"}}


def _tree(node: ast.expr) -> Node | None:
    if _number(node):
        return ("number", node.value)  # type: ignore[attr-defined]
    if isinstance(node, ast.Name):
        return ("symbol", re.sub(r"(?<=[a-z])(?=\d)", "_", node.id, count=1))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return _of("negative", node.operand)
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return _of(_OPERATORS[type(node.op)], node.left, node.right)
    if isinstance(node, ast.Attribute) and node.attr == "T":
        return _of("transposed", node.value)
    if isinstance(node, ast.Call) and len(node.args) == 1:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else None
        function = ast.Name(name) if name else node.func
        if (name or getattr(node.func, "id", "")) == "exp":
            inner = _tree(node.args[0])
            return inner and ("power", ("symbol", "e"), inner)
        return _of("product", function, node.args[0])
    return None


def _of(kind: str, *nodes: ast.expr) -> Node | None:
    inner = [_tree(node) for node in nodes]
    return (kind, *inner) if all(inner) else None  # type: ignore[arg-type]
