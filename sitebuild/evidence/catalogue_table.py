"""The tables of activations: each formula is one string, shown and evaluated alike.

A formula is a Python expression in `z` or `a`.  It is rendered to TeX for the reader,
and the tests evaluate the same string, so that what is printed is what runs.
"""

import ast
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from backprop_explained import ACTIVATIONS, Activation


class Formulas(NamedTuple):
    """What the tables print of a row: its function, and its slope from the output."""

    function: str
    from_output: str | None = None
    domain: str | None = None


FORMULAS = {
    "sigmoid": Formulas("1 / (1 + exp(-z))", "a * (1 - a)"),
    "tanh": Formulas("tanh(z)", "1 - a**2"),
    "relu": Formulas("max(z, 0)", "1 if a > 0 else 0"),
    "identity": Formulas("z", "1"),
    "leaky_relu": Formulas("z if z > 0 else 0.01 * z", "1 if a > 0 else 0.01"),
    "leaky_relu_negative": Formulas("z if z > 0 else -(0.2 * z)"),
    "abs": Formulas("abs(z)"),
    "relu6": Formulas("min(max(z, 0), 6)", "1 if 0 < a < 6 else 0"),
    "hard_tanh": Formulas("min(max(z, -1), 1)", "1 if abs(a) < 1 else 0"),
    "hard_sigmoid": Formulas("min(max(z + 3, 0), 6) / 6", "1 / 6 if 0 < a < 1 else 0"),
    "hardswish": Formulas("z * min(max(z + 3, 0), 6) / 6"),
    "softshrink": Formulas("z - min(max(z, -1), 1)", "1 if a != 0 else 0"),
    "elu": Formulas("z if z > 0 else exp(z) - 1", "1 if a > 0 else a + 1"),
    "celu": Formulas(
        "z if z > 0 else 2 * (exp(z / 2) - 1)", "1 if a > 0 else a / 2 + 1"
    ),
    "selu": Formulas(
        "lam * z if z > 0 else lam * alpha * (exp(z) - 1)",
        "lam if a > 0 else a + lam * alpha",
    ),
    "softplus": Formulas("ln(1 + exp(z))", "1 - exp(-a)"),
    "log_sigmoid": Formulas("-ln(1 + exp(-z))", "1 - exp(a)"),
    "squareplus": Formulas("(z + sqrt(z**2 + 4)) / 2", "a**2 / (a**2 + 1)"),
    "softsign": Formulas("z / (1 + abs(z))", "(1 - abs(a)) ** 2"),
    "arctan": Formulas("arctan(z)", "cos(a) ** 2"),
    "asinh": Formulas("asinh(z)", "1 / cosh(a)"),
    "tanhshrink": Formulas("z - tanh(z)"),
    "silu": Formulas("z * sigma(z)"),
    "gelu": Formulas("z * Phi(z)"),
    "gelu_tanh": Formulas("z * sigma(sqrt(8 / pi) * (z + 0.044715 * z**3))"),
    "mish": Formulas("z * tanh(ln(1 + exp(z)))"),
    "exp": Formulas("exp(z)", "a"),
    "expm1": Formulas("exp(z) - 1", "a + 1"),
    "sinh": Formulas("sinh(z)", "sqrt(1 + a**2)"),
    "log": Formulas("ln(z)", "exp(-a)", "z > 0"),
    "sqrt": Formulas("sqrt(z)", "1 / (2 * a)", "z > 0"),
    "reciprocal": Formulas("1 / z", "-(a**2)", "z > 0"),
    "tan": Formulas("tan(z)", "1 + a**2", "abs(z) < pi / 2"),
    "cube": Formulas("z**3", "3 * abs(a) ** (2 / 3)"),
    "square": Formulas("z**2"),
    "sin": Formulas("sin(z)"),
    "gaussian": Formulas("exp(-(z**2))"),
}

CONSTANTS = {"pi": "\\pi", "lam": "\\lambda", "alpha": "\\alpha"}
"""Names in the formulas that are neither `z` nor `a`, and their TeX."""

_FUNCTIONS = {
    **{name: f"\\{name}" for name in ("arctan", "cos", "cosh", "ln", "max", "min")},
    **{name: f"\\{name}" for name in ("sigma", "sin", "sinh", "tan", "tanh", "Phi")},
    "asinh": "\\operatorname{asinh}",
}
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
    return f"${_tex(node)}$"


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
            return _tex(left) + "".join(map(_comparison, operators, rights)), _SUM
        case ast.Call(ast.Name(name), arguments):
            return _call(name, arguments)
    raise ValueError(f"this part of a formula has no TeX: {ast.unparse(node)}")


def _product(left: str, right: str) -> str:
    """Two numbers side by side would be read as one."""
    return left + ("\\cdot " if right[0].isdigit() else "\\,") + right


def _comparison(operator: ast.cmpop, right: ast.expr) -> str:
    return f" {_SIGNS[type(operator)]} {_tex(right)}"


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


def enough_table() -> str:
    """Each row whose slope is a function of the output, with the formula if known."""
    lines = ["| | the output $a$ | the slope from $a$ |", "|:--|:--|:--|"]
    for name, row in ACTIVATIONS.items():
        if row.witness is None:
            known = FORMULAS[name].from_output
            slope = as_markdown(known) if known else "by inversion, see below"
            lines.append(f"| {name} | {_function(name)} | {slope} |")
    return "\n".join(lines)


def witness_table() -> str:
    """Each row whose slope is not: two places, their one output, their two slopes."""
    lines = ["| | the output $a$ | at $z$ | it is | with slope |"]
    lines.append("|:--|:--|:-:|:-:|:-:|")
    for name, row in ACTIVATIONS.items():
        if row.witness is not None:
            numbers = " | ".join(_witness_cells(row))
            lines.append(f"| {name} | {_function(name)} | {numbers} |")
    return "\n".join(lines)


def _function(name: str) -> str:
    function, _, domain = FORMULAS[name]
    return as_markdown(function) + (f", {as_markdown(domain)}" if domain else "")


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
