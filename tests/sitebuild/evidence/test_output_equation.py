"""The slope is a function of the output: the equation, its inverse, its solutions."""

import re

import pytest
import sympy
from formulas import (
    DIGITS,
    EXACT,
    FORMULAS,
    SYMBOLIC,
    WITH_FORMULA,
    evaluate,
    exact_slope,
)
from rows import MP

from backprop_explained import ACTIVATIONS
from backprop_explained.check.probes import probe
from sitebuild.evidence.catalogue_table import domain

CASES = re.compile("max|min| if ")
IN_ONE_PIECE = [n for n in WITH_FORMULA if not CASES.search(" ".join(FORMULAS[n]))]


@pytest.mark.parametrize("name", WITH_FORMULA)
def test_the_slope_from_the_output_is_the_slope_to_30_digits(name):
    function, _, from_output = FORMULAS[name]
    for z in probe(ACTIVATIONS[name]).z:
        a = evaluate(function, EXACT, z=MP.mpf(z))
        slope = exact_slope(function, z)
        error = abs(evaluate(from_output, EXACT, a=a) - slope)
        assert error <= DIGITS * max(1, abs(slope))


def test_thirty_digits_see_what_sixteen_do_not():
    a = evaluate("sigma(z)", EXACT, z=MP.mpf(1))
    slope = evaluate("a * (1 - a)", EXACT, a=a)
    assert abs(slope - exact_slope("sigma(z)", 1)) <= DIGITS
    assert abs(slope * (1 + MP.mpf("1e-20")) - exact_slope("sigma(z)", 1)) > DIGITS


@pytest.mark.parametrize("name", IN_ONE_PIECE)
def test_the_activation_solves_its_differential_equation(name):
    function, _, from_output = FORMULAS[name]
    positive = domain(ACTIVATIONS[name]) == "z > 0"
    for sign in (1,) if positive else (1, -1):  # |z| is z, or it is -z
        z = sign * sympy.Symbol("z", positive=True)
        y = evaluate(function, SYMBOLIC, z=z)
        slope = sympy.diff(y, z * sign) * sign
        g = evaluate(from_output, SYMBOLIC, a=y)
        difference = g - slope
        ways = (difference, difference.rewrite(sympy.exp))
        assert 0 in map(sympy.simplify, ways)


@pytest.mark.parametrize(
    ("name", "inverse"),
    [
        ("sigmoid", "ln(a / (1 - a))"),
        ("tanh", "ln((1 + a) / (1 - a)) / 2"),
        ("arctan", "tan(a)"),
        ("asinh", "sinh(a)"),
        ("softplus", "ln(exp(a) - 1)"),
        ("exp", "ln(a)"),
        ("log", "exp(a)"),
        ("sqrt", "a**2"),
        ("reciprocal", "1 / a"),
        ("cube", "a ** (1 / 3)"),
        ("squareplus", "a - 1 / a"),
    ],
)
def test_the_slope_from_the_output_is_one_over_that_of_the_inverse(name, inverse):
    a = sympy.Symbol("a", positive=True)
    z = evaluate(inverse, SYMBOLIC, a=a)
    g = evaluate(FORMULAS[name][2], SYMBOLIC, a=a)
    assert sympy.simplify(g * sympy.diff(z, a) - 1) == 0
    for number in ("0.3", "0.7"):
        place = evaluate(inverse, EXACT, a=MP.mpf(number))
        output = evaluate(FORMULAS[name][0], EXACT, z=place)
        assert abs(output - MP.mpf(number)) < DIGITS


def test_two_solutions_of_the_equation_of_the_cube_begin_at_0():
    z = sympy.Symbol("z", real=True)
    for y in (z**3, sympy.Integer(0)):
        g = evaluate(FORMULAS["cube"][2], SYMBOLIC, a=y)
        assert sympy.simplify(g - sympy.diff(y, z)) == 0
        assert y.subs(z, 0) == 0


def test_softmax_has_one_jacobian_along_a_shift():
    zs, shift = sympy.symbols("z1:4", real=True), sympy.Symbol("c", real=True)
    outputs = sympy.Matrix([sympy.exp(z) for z in zs])
    outputs /= sum(outputs)
    jacobian = outputs.jacobian(zs)
    moved = dict(zip(zs, (z + shift for z in zs), strict=True))
    for before in (outputs, jacobian):
        after = before.subs(moved, simultaneous=True)
        assert (after - before).applyfunc(sympy.simplify) == sympy.zeros(*before.shape)
