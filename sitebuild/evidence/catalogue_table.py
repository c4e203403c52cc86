"""The tables of activations: each formula is one string, shown and evaluated alike.

A formula is a Python expression in `z` or `a`, and stands in the row it belongs to.  It
is rendered to TeX for the reader, and the tests evaluate the same string, so that what
is printed is what runs.
"""

import ast
import math
from collections.abc import Iterator

import numpy as np

from backprop_explained import ACTIVATIONS, Activation
from sitebuild.evidence.markdown import table

CONSTANTS = {"pi": "\\pi", "lam": "\\lambda", "alpha": "\\alpha"}
"""Names in the formulas that are neither `z` nor `a`, and their TeX."""

_NAMED = ("arctan", "cos", "cosh", "ln", "max", "min", "sigma", "sin", "sinh", "tan")
_FUNCTIONS = {name: f"\\{name}" for name in (*_NAMED, "tanh", "Phi")}
_FUNCTIONS["asinh"] = "\\operatorname{asinh}"
_PLAIN = {"sigma", "Phi"}  # functions whose argument is in parentheses always
_SIGNS = {ast.Gt: ">", ast.Lt: "<", ast.GtE: "\\ge", ast.LtE: "\\le", ast.NotEq: "\\ne"}
_SUM, _PRODUCT, _POWER, _ATOM = range(4)


# ---- as the reader sees it


def as_markdown(formula: str) -> str:
    """The formula in TeX; its cases in words, which can break a line."""
    return _cases(ast.parse(formula, mode="eval").body)


def _cases(node: ast.expr) -> str:
    if isinstance(node, ast.IfExp):
        rest = _cases(node.orelse)
        more = "" if isinstance(node.orelse, ast.IfExp) else "else "
        return f"{_cases(node.body)} if ${_tex(node.test)}$, {more}{rest}"
    return " ".join(f"${part}$" for part in _parts(node))


def _parts(node: ast.expr) -> list[str]:
    """A long sum or product in parts; a browser breaks lines between formulas alone."""
    match node:
        case ast.BinOp(left, ast.Add(), right) if _is_long(node):
            first, *rest = _parts(right)
            return [*_parts(left), f"{{}} + {first}", *rest]
        case ast.BinOp(ast.BinOp(op=ast.Mult()) as left, ast.Mult(), right) if _is_long(
            node
        ):
            return [*_parts(left), f"{{}} \\cdot {_tex(right, _PRODUCT)}"]
    return [_tex(node)]


def _is_long(node: ast.expr) -> bool:
    return len(ast.unparse(node)) > 50


def _tex(node: ast.expr, least: int = _SUM) -> str:
    """The TeX of a part, in parentheses if it binds less than it must."""
    tex, strength = _rendered(node)
    return tex if strength >= least else f"({tex})"


def _rendered(node: ast.expr) -> tuple[str, int]:
    match node:
        case ast.Constant(value):
            return str(value), _ATOM
        case ast.Name(name):
            return CONSTANTS.get(name, name), _ATOM
        case ast.UnaryOp(ast.USub(), operand):
            return f"-{_tex(operand, _PRODUCT)}", _SUM
        case ast.BinOp(left, ast.Add() | ast.Sub() as operator, right):
            sign = "+" if isinstance(operator, ast.Add) else "-"
            least = _SUM if sign == "+" else _PRODUCT
            return f"{_tex(left)} {sign} {_tex(right, least)}", _SUM
        case ast.BinOp(left, ast.Mult(), right):
            return _product(_tex(left, _PRODUCT), _tex(right, _PRODUCT)), _PRODUCT
        case ast.BinOp(left, ast.Div(), right):
            return f"{_tex(left, _PRODUCT)} / {_tex(right, _POWER)}", _PRODUCT
        case ast.BinOp(base, ast.Pow(), exponent):
            return _power(base, _tex(exponent)), _POWER
        case ast.Compare(left, operators, rights):
            pairs = zip(operators, rights, strict=True)
            found = (f" {_SIGNS[type(sign)]} {_tex(right)}" for sign, right in pairs)
            return _tex(left) + "".join(found), _SUM
        case ast.Call(ast.Name(name), arguments):
            return _call(name, arguments)
    raise ValueError(f"this part of a formula has no TeX: {ast.unparse(node)}")


def _product(left: str, right: str) -> str:
    """Two numbers side by side would be read as one."""
    return left + ("\\cdot " if right[0].isdigit() else "\\,") + right


def _power(base: ast.expr, exponent: str) -> str:
    """A power of a function is written on its name: cos² a."""
    match base:
        case ast.Call(ast.Name(name), [argument]) if name in _FUNCTIONS:
            return f"{_FUNCTIONS[name]}^{{{exponent}}} {_argument(argument)}"
    return f"{_tex(base, _ATOM)}^{{{exponent}}}"


def _argument(node: ast.expr) -> str:
    tex, strength = _rendered(node)
    return tex if strength == _ATOM else f"({tex})"


def _call(name: str, arguments: list[ast.expr]) -> tuple[str, int]:
    parts = [_tex(argument) for argument in arguments]
    if name == "exp":
        return f"e^{{{parts[0]}}}", _POWER
    if name == "sqrt":
        return f"\\sqrt{{{parts[0]}}}", _ATOM
    if name == "abs":
        return f"\\lvert {parts[0]} \\rvert", _ATOM
    if len(parts) > 1 or name in _PLAIN:
        return f"{_FUNCTIONS[name]}({', '.join(parts)})", _ATOM
    return f"{_FUNCTIONS[name]} {_argument(arguments[0])}", _POWER


# ---- the tables


def whole_table() -> str:
    """Every row: its output, its slope from `z`, and from the output if known."""
    rows = []
    for name, row in ACTIVATIONS.items():
        _, from_z, *from_output = map(as_markdown, row.formulas)
        rows.append((name, _function(row), from_z, *(from_output or [""])))
    head = "| | the output $a$ | the slope from $z$ | from $a$ |"
    return table(head, "|:--|:--|:--|:--|", rows)


def enough_table() -> str:
    """Each row whose slope is a function of the output: from `z`, and from `a`."""
    rows = []
    for name, row in ACTIVATIONS.items():
        if row.witness is None:
            _, from_z, *known = map(as_markdown, row.formulas)
            from_a = known[0] if known else "no formula known"
            rows.append((_named(name, row), from_z, from_a))
    head = "| output $a$ | its slope from $z$ | from the output $a$ |"
    return table(head, "|:--|:--|:--|", rows)


def turning_table() -> str:
    """Each row whose slope is no function of the output: from `z` alone."""
    rows = [
        (_named(name, row), as_markdown(row.formulas[1]))
        for name, row in ACTIVATIONS.items()
        if row.witness is not None
    ]
    return table("| output $a$ | its slope from $z$ |", "|:--|:--|", rows)


def _named(name: str, row: Activation) -> str:
    """The name above the formula, so that a telephone has room for the slopes."""
    return f"**{name}**<br>{_function(row)}"


def witness_table() -> str:
    """What rules the output out: two places, their one output, their two slopes."""
    rows = [
        (name, *_witness_cells(row))
        for name, row in ACTIVATIONS.items()
        if row.witness is not None
    ]
    head = "| | at $z$ | the output is | the slope is |"
    return table(head, "|:--|:-:|:-:|:-:|", rows)


def domain(row: Activation) -> str | None:
    """The domain as a formula; None where it is the whole line."""
    low, high = row.domain
    if math.isinf(low) and math.isinf(high):
        return None
    if low == -high:
        return "abs(z) < pi / 2" if high == math.pi / 2 else f"abs(z) < {high:g}"
    if math.isinf(high):
        return f"z > {low:g}"
    return f"z < {high:g}" if math.isinf(low) else f"{low:g} < z < {high:g}"


def _function(row: Activation) -> str:
    within = domain(row)
    return as_markdown(row.formulas[0]) + (f", {as_markdown(within)}" if within else "")


def _witness_cells(row: Activation) -> Iterator[str]:
    assert row.derivative
    z = np.array(row.witness)
    yield " and ".join(map(_number, z))
    yield _number(row.function(z)[0])
    yield " and ".join(map(_number, row.derivative(z)))


def _number(value: float) -> str:
    """Four digits after the point, without zeros at the end, and the minus of print."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "−")
