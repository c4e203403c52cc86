"""Single random edits of right code, and pairs of them, made by a generator.

An edit is one of `KINDS`, at a random expression of a function of `tests/styles`.
It is kept if the program still runs and its cost is the same, at other values of the
parameters as well, so that the edit is in what follows the forward pass.
"""

import ast
import random
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from backprop_explained.check.line.edit import Edit
from backprop_explained.check.line.source import DEFS, Source
from backprop_explained.check.parameters import memory_of
from backprop_explained.check.trial import Trial
from sitebuild.evidence.styles import edited

KINDS = ("operator", "sign", "index", "argument", "transpose", "factor")

_OPERATORS = {ast.Add: "-", ast.Sub: "+", ast.Mult: "+/", ast.Div: "*", ast.Pow: "*"}


class Edited(NamedTuple):
    """An edited program: the text, and the lines and the change of each edit."""

    source: str
    lines: tuple[int, ...]
    says: str


def program_of(style: Any) -> Source:
    return Source(style.source, f"{style.name}.py")


def places(source: Source) -> list[ast.AST]:
    """The expressions and updates of its functions, those of `case` itself apart."""
    found = []
    for node in ast.walk(source.tree):
        functions = [n for n in source.path(node)[:-1] if isinstance(n, DEFS)]
        if not functions or functions[-1].name == "case":  # type: ignore[attr-defined]
            continue
        if isinstance(node, ast.expr | ast.AugAssign):
            found.append(node)
    return found


def texts(source: Source, node: ast.AST, kind: str) -> list[str]:
    """What an edit of a kind may make of a node."""
    return list(_TEXTS[kind](source, node))


def _operator(_: Source, node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.BinOp):
        left, right = f"({ast.unparse(node.left)})", f"({ast.unparse(node.right)})"
        for sign in _OPERATORS.get(type(node.op), ""):
            yield f"{left} {sign} {right}"


def _sign(source: Source, node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add | ast.Sub):
        sign = "-=" if isinstance(node.op, ast.Add) else "+="
        yield f"{ast.unparse(node.target)} {sign} {ast.unparse(node.value)}"
    if isinstance(node, ast.BinOp):
        if isinstance(node.op, ast.Sub):
            yield f"({ast.unparse(node.right)}) - ({ast.unparse(node.left)})"
        if isinstance(source.parent(node), ast.Assign | ast.Return):
            yield f"-({ast.unparse(node)})"


def _index(source: Source, node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and type(node.value) is int:
        around = source.path(node)[-4:-1]
        if any(isinstance(n, ast.Subscript | ast.keyword) for n in around):
            yield str(node.value + 1)
            yield str(node.value - 1)


def _argument(source: Source, node: ast.AST) -> Iterator[str]:
    if not isinstance(node, ast.Name | ast.Attribute) or not _is_read(source, node):
        return
    function = next(n for n in reversed(source.path(node)) if isinstance(n, DEFS))
    others = {
        ast.unparse(n)
        for n in ast.walk(function)
        if type(n) is type(node) and _is_read(source, n)
    }
    yield from sorted(others - {ast.unparse(node)})


def _is_read(source: Source, node: ast.AST) -> bool:
    parent, field, _ = source.parents[node]
    return (
        isinstance(getattr(node, "ctx", None), ast.Load)
        and field != "func"
        and isinstance(parent, ast.BinOp | ast.Call | ast.Assign | ast.AugAssign)
        and not (isinstance(node, ast.Attribute) and node.attr == "T")
    )


def _transpose(source: Source, node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield ast.unparse(node.value)
    elif isinstance(node, ast.Name | ast.Attribute) and _is_read(source, node):
        yield f"{ast.unparse(node)}.T"


def _factor(_: Source, node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div):
        yield ast.unparse(node.left)
        if isinstance(node.op, ast.Mult):
            yield ast.unparse(node.right)


_MAKERS = _operator, _sign, _index, _argument, _transpose, _factor
_TEXTS = dict(zip(KINDS, _MAKERS, strict=True))


def random_edit(style: Any, rng: random.Random) -> Edited | None:
    """An edit, or None if what was drawn cannot be made."""
    source = program_of(style)
    kind, node = rng.choice(KINDS), rng.choice(places(source))
    found = texts(source, node, kind)
    if not found:
        return None
    text = rng.choice(found)
    edit = Edit((node,), text, 0, kind)
    was = " ".join(source.segment(node).split())
    return Edited(source.edited(edit), (edit.line,), f"{kind}: {was} -> {text}")


def runs_alike(style: Any, text: str) -> bool:
    """Whether it runs, and the cost is what it was."""
    try:
        with np.errstate(all="ignore"):
            right, case = style.case(0), edited(style, text).case(0)
            before = case.cost()
            if not np.array_equal(before, right.cost()):
                return False
            case.step()
            after = case.cost()
            if not np.isfinite(after) or after == before:
                return False
            again = edited(style, text).case(0)
            return np.array_equal(moved(again), moved(style.case(0)))
    except Exception:
        return False


def moved(case: Any) -> Any:
    """The cost at other values of the parameters."""
    where = memory_of(case.step, case.cost, case.where)
    leaves = Trial(case.step, case.cost, case.where, where).leaves
    where.restore()
    rng = np.random.default_rng(0)
    for leaf in leaves:
        values = leaf.values()
        leaf.fill(values + 0.1 * rng.standard_normal(values.shape))
    return case.cost()
