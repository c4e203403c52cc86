"""The printed formulas of the catalogue, evaluated by mpmath or by SymPy."""

import ast

import pytest
import sympy
from rows import MP

from backprop_explained import ACTIVATIONS

DIGITS = MP.mpf(10) ** -30
SCALE = MP.mpf("1.0507009873554804934193349852946")  # as printed in TensorFlow
SCALE_ALPHA = MP.mpf("1.7580993408473768599402175208123")

EXACT = {
    **{name: getattr(MP, name) for name in ("exp", "ln", "sqrt", "sin", "cos", "tan")},
    **{name: getattr(MP, name) for name in ("sinh", "cosh", "tanh", "asinh", "pi")},
    "max": max,
    "min": min,
    "abs": abs,
    "Phi": MP.ncdf,
    "arctan": MP.atan,
    "sigma": lambda z: 1 / (1 + MP.exp(-z)),
    "number": MP.mpf,
    "lam": SCALE,
    "alpha": SCALE_ALPHA / SCALE,
}
SYMBOLIC = {
    **{name: getattr(sympy, name) for name in ("exp", "ln", "sqrt", "sin", "cos")},
    **{name: getattr(sympy, name) for name in ("tan", "sinh", "cosh", "tanh", "asinh")},
    "arctan": sympy.atan,
    "pi": sympy.pi,
    "abs": sympy.Abs,
    "number": sympy.Rational,
}

MONOTONE = {name: row for name, row in ACTIVATIONS.items() if row.witness is None}
OTHERS = {name: row for name, row in ACTIVATIONS.items() if row.witness is not None}
FORMULAS = {name: row.formulas for name, row in ACTIVATIONS.items()}
WITH_FORMULA = [name for name, formulas in FORMULAS.items() if len(formulas) == 3]

each_name = pytest.mark.parametrize("name", ACTIVATIONS)
each_monotone = pytest.mark.parametrize("name", MONOTONE)
each_other = pytest.mark.parametrize("name", OTHERS)


class _ExactNumbers(ast.NodeTransformer):
    """Makes 2 / 3 a fraction, which in Python it is not."""

    def visit_Constant(self, node):
        text = ast.Constant(str(node.value))
        return ast.Call(ast.Name("number", ast.Load()), [text], [])


def evaluate(formula, names, **variable):
    tree = _ExactNumbers().visit(ast.parse(formula, mode="eval"))
    code = compile(ast.fix_missing_locations(tree), formula, "eval")
    return eval(code, {"__builtins__": {}}, names | variable)


def exact_slope(formula, z):
    return MP.diff(lambda z: evaluate(formula, EXACT, z=z), MP.mpf(z))
