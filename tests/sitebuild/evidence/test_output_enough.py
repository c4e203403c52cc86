"""When the output is enough: the tables, their formulas, and the proof as code."""

import ast
import re

import mpmath
import numpy as np
import pytest
import sympy

from backprop_explained import ACTIVATIONS, numerical_gradient, relative_error
from backprop_explained.check.probes import probe
from sitebuild.evidence.catalogue_table import (
    as_markdown,
    domain,
    enough_table,
    whole_table,
    witness_table,
)
from sitebuild.evidence.first_return import (
    MonotoneError,
    find_witness,
    first_return,
    rise_and_fall,
    witness_of,
)
from sitebuild.figures import output_enough as figures
from sitebuild.maths.delimiters import tex_problems

MP = mpmath.mp.clone()
MP.dps = 60
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
IN_ONE_PIECE = [
    name
    for name in WITH_FORMULA
    if not re.search("max|min| if ", " ".join(FORMULAS[name]))
]

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


def fits(formulas, row):
    """Whether the printed formulas are what the row computes, to 13 digits."""
    z = np.concatenate([probe(row).z, row.kinks])
    a = row.function(z)
    from_z, from_a = row.derivative, row.derivative_from_output
    computed = [a, from_z(z), *([from_a(a)] if from_a else [])]
    variables = [{"z": z}, {"z": z}, {"a": a}]
    return len(formulas) == len(computed) and all(
        np.allclose(evaluated(formula, **variable), result, rtol=1e-13, atol=1e-14)
        for formula, variable, result in zip(
            formulas, variables, computed, strict=False
        )
    )


def evaluated(formula, **variable):
    ((name, numbers),) = variable.items()
    exact = [evaluate(formula, EXACT, **{name: MP.mpf(v)}) for v in numbers]
    return np.array(exact, dtype=float)


# ---- the tables


def names_in(table):
    return [line.split("|")[1].strip() for line in table.splitlines()[2:]]


def test_each_row_is_in_one_of_the_tables():
    assert names_in(enough_table()) == list(MONOTONE)
    assert names_in(witness_table()) == list(OTHERS)
    assert names_in(whole_table()) == list(ACTIVATIONS)
    assert len(MONOTONE) > 20
    assert len(OTHERS) > 8


@each_name
def test_a_formula_from_the_output_is_printed_where_the_row_has_one(name):
    printed = name in WITH_FORMULA
    assert printed == (ACTIVATIONS[name].derivative_from_output is not None)
    assert not (printed and name in OTHERS)
    assert len(FORMULAS[name]) == 2 + printed


@each_name
def test_the_printed_formulas_are_what_the_row_computes(name):
    assert fits(FORMULAS[name], ACTIVATIONS[name])


@pytest.mark.parametrize(
    ("name", "formulas"),
    [
        ("celu", FORMULAS["elu"]),
        ("gelu", FORMULAS["gelu_tanh"]),
        ("sigmoid", (*FORMULAS["sigmoid"][:2], "1 - a**2")),
        ("sigmoid", (FORMULAS["sigmoid"][0], "sigma(z) ** 2", "a * (1 - a)")),
        ("selu", (*FORMULAS["selu"][:2], "lam if a > 0 else a + lam")),
        ("cube", (*FORMULAS["cube"][:2], "3 * a ** 2")),
        ("abs", ("abs(z)", "1 if z > 0 else -1")),  # another slope at the kink
        ("sigmoid", FORMULAS["sigmoid"][:2]),
        ("silu", (*FORMULAS["silu"], "a")),
    ],
)
def test_other_formulas_do_not_fit(name, formulas):
    assert not fits(formulas, ACTIVATIONS[name])


@each_name
def test_the_formula_from_z_is_the_derivative_of_the_first_to_30_digits(name):
    function, from_z, *_ = FORMULAS[name]
    for z in probe(ACTIVATIONS[name]).z:
        slope = exact_slope(function, z)
        off = abs(evaluate(from_z, EXACT, z=MP.mpf(z)) - slope)
        assert off <= DIGITS * max(1, abs(slope))


@each_name
def test_the_printed_domain_is_that_of_the_row(name):
    low, high = ACTIVATIONS[name].domain
    printed = domain(ACTIVATIONS[name])
    if printed is None:
        assert (low, high) == (-np.inf, np.inf)
        return
    for z in np.linspace(-3, 3, 60):
        assert evaluate(printed, EXACT, z=MP.mpf(z)) == (low < z < high)


def test_each_witness_in_the_table_is_one():
    for line in witness_table().replace("−", "-").splitlines()[2:]:
        name, places, output, slopes = np.array(line.split("|"))[[1, -4, -3, -2]]
        formula = FORMULAS[name.strip()][0]
        for z, slope in zip(places.split("and"), slopes.split("and"), strict=True):
            a = evaluate(formula, EXACT, z=MP.mpf(z.strip()))
            assert abs(a - float(output)) < 1e-4
            assert abs(exact_slope(formula, z.strip()) - float(slope)) < 2e-4
        first, second = map(float, slopes.split("and"))
        assert first * second < 0


# ---- the formulas in print


@pytest.mark.parametrize(
    ("formula", "printed"),
    [
        ("a * (1 - a)", r"$a\,(1 - a)$"),
        ("1 - (z - 1)", "$1 - (z - 1)$"),
        ("1 / (2 * a)", r"$1 / (2\,a)$"),
        ("2 / 3 * z", r"$2 / 3\,z$"),
        ("-(z + 1)", "$-(z + 1)$"),
        ("(-z) ** 2", "$(-z)^{2}$"),
        ("-(z**2)", "$-z^{2}$"),
        ("(z / 2) ** 2", "$(z / 2)^{2}$"),
        ("exp(z) ** 2", "$(e^{z})^{2}$"),
        ("cos(a) ** 2", r"$\cos^{2} a$"),
        ("2 * 3", r"$2\cdot 3$"),
        ("1 if z > 0 else 0", "$1$ if $z > 0$, else $0$"),
        (
            "1 if z > 1 else 0 if z < 0 else z",
            "$1$ if $z > 1$, $0$ if $z < 0$, else $z$",
        ),
    ],
)
def test_parentheses_stand_where_they_must(formula, printed):
    assert as_markdown(formula) == printed


def test_what_has_no_tex_is_an_error():
    with pytest.raises(ValueError, match=r"no TeX: z\[0\]"):
        as_markdown("z[0]")


def test_every_formula_can_be_shown():
    tables = enough_table(), witness_table(), whole_table()
    assert not tex_problems("\n\n".join(tables))


# ---- the slope is a function of the output: the equation, its inverse, its solutions


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


# ---- the proof


def assert_witness(function, slope, witness):
    places = np.array(witness)
    outputs, slopes = function(places), slope(places)
    assert places[0] != places[1]
    assert np.isclose(*outputs, rtol=1e-13, atol=1e-15)
    assert slopes[0] != slopes[1]
    assert slopes[0] * slopes[1] <= 0


@each_other
def test_each_row_that_is_not_monotone_has_the_witness_of_the_proof(name):
    row = ACTIVATIONS[name]
    assert_witness(row.function, row.derivative, witness_of(row))


@each_other
def test_any_rise_and_any_fall_lead_to_a_witness(name):
    row = ACTIVATIONS[name]
    z, _, slopes = probe(row)
    for p in z[slopes > 1e-6]:
        for q in z[slopes < -1e-6]:
            witness = find_witness(row.function, p, q)
            assert_witness(row.function, row.derivative, witness)
            assert {p, q} & set(witness)
            assert all(min(p, q) <= place <= max(p, q) for place in witness)


@each_monotone
def test_each_monotone_row_is_rejected(name):
    with pytest.raises(MonotoneError, match=f"{name} has slopes of one sign"):
        rise_and_fall(ACTIVATIONS[name])


def cubic(z):
    return z**3 - 3 * z


@pytest.mark.parametrize(
    ("p", "q", "rise_first", "higher_first"),
    [
        (-1.5, 0.5, True, True),
        (-2.0, 0.5, True, False),
        (1.2, 0.5, False, False),
        (2.0, -0.5, False, True),
    ],
)
def test_each_case_of_the_second_step(p, q, rise_first, higher_first):
    def slope(z):
        return 3 * z**2 - 3

    sign = 1 if rise_first else -1
    assert slope(p) > 0 > slope(q)
    assert (p < q) == rise_first
    start, end = min(p, q), max(p, q)
    assert (sign * cubic(start) >= sign * cubic(end)) == higher_first
    assert_witness(cubic, slope, find_witness(cubic, p, q))


def test_the_return_is_the_first():
    far = 6.9 * np.pi / 2
    assert np.isclose(first_return(np.sin, np.pi / 6, far), 5 * np.pi / 6, rtol=1e-14)


def test_no_return_is_an_error():
    with pytest.raises(ValueError, match="must be above"):
        first_return(np.exp, 0.0, 1.0)  # never comes back
    with pytest.raises(ValueError, match="must be above"):
        first_return(np.cos, 0.5, 1.0)  # goes down at once


# ---- the figure of the proof


def test_the_curve_of_the_proof_has_the_slope_that_is_drawn():
    z = np.linspace(-0.4, 5, 30)
    measured = numerical_gradient(lambda z: figures.wave(z).sum(), z)
    assert relative_error(figures.wave_derivative(z), measured) < 1e-8


def test_the_curve_of_the_proof_returns_thrice_and_not_always_falling():
    p, q = figures.WAVE_P, figures.WAVE_Q
    assert figures.wave_derivative(p) > 0 > figures.wave_derivative(q)
    z = np.linspace(p, q, 1001)[1:]
    above = figures.wave(z) > figures.wave(p)
    assert list(np.diff(above.astype(int))[np.flatnonzero(np.diff(above))]) == [
        -1,
        1,
        -1,
    ]
