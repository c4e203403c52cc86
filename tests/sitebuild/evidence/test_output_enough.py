"""When the output is enough: the tables, and their formulas."""

import numpy as np
import pytest
from formulas import (
    DIGITS,
    EXACT,
    FORMULAS,
    MONOTONE,
    OTHERS,
    WITH_FORMULA,
    each_name,
    evaluate,
    exact_slope,
)
from rows import MP

from backprop_explained import ACTIVATIONS, make_activation
from backprop_explained.check.probes import probe
from sitebuild.evidence.catalogue_table import (
    as_markdown,
    domain,
    enough_table,
    turning_table,
    whole_table,
    witness_table,
)
from sitebuild.maths.delimiters import tex_problems


def fits(formulas, row):
    """Whether the printed formulas are what the row computes, to 13 digits."""
    z = np.concatenate([probe(row).z, row.kinks])
    a = row.function(z)
    from_z, from_a = row.derivative, row.derivative_from_output
    computed = [a, from_z(z), from_a(a) if from_a else from_z(z)]
    known = len(formulas) == 3 if from_a else len(formulas) in (2, 2 + monotone(row))
    return known and all(
        np.allclose(evaluated(formula, **variable), result, rtol=1e-13, atol=1e-14)
        for formula, variable, result in zip(
            formulas, ({"z": z}, {"z": z}, {"a": a}), computed, strict=False
        )
    )


def monotone(row):
    return row.witness is None


def evaluated(formula, **variable):
    ((name, numbers),) = variable.items()
    exact = [evaluate(formula, EXACT, **{name: MP.mpf(v)}) for v in numbers]
    return np.array(exact, dtype=float)


# ---- the tables


def names_in(table):
    first = [line.split("|")[1].strip() for line in table.splitlines()[2:]]
    return [cell.partition("<br>")[0].strip("*") for cell in first]


def test_each_row_is_in_one_of_the_tables():
    assert names_in(enough_table()) == list(MONOTONE)
    assert names_in(turning_table()) == names_in(witness_table()) == list(OTHERS)
    assert names_in(whole_table()) == list(ACTIVATIONS)
    assert len(MONOTONE) > 20
    assert len(OTHERS) > 8


@each_name
def test_each_table_has_the_formula_from_z_beside_the_output(name):
    table = enough_table() if name in MONOTONE else turning_table()
    (line,) = (line for line in table.splitlines() if f"**{name}**" in line)
    _, function, *slopes, _ = [cell.strip() for cell in line.split("|")]
    assert function.startswith(f"**{name}**<br>{as_markdown(FORMULAS[name][0])}")
    assert slopes[0] == as_markdown(FORMULAS[name][1])
    assert len(slopes) == 1 + (name in MONOTONE)
    if name in WITH_FORMULA:
        assert slopes[1] == as_markdown(FORMULAS[name][2])


@each_name
def test_a_formula_from_the_output_is_printed_where_the_row_has_one(name):
    printed = name in WITH_FORMULA
    assert printed or ACTIVATIONS[name].derivative_from_output is None
    assert not (printed and name in OTHERS)
    assert len(FORMULAS[name]) == 2 + printed


GUDERMANNIAN = make_activation(
    "gudermannian",
    lambda z: 2 * np.arctan(np.tanh(z / 2)),
    lambda z: 1 / np.cosh(z),
    formulas=("2 * arctan(tanh(z / 2))", "1 / cosh(z)", "cos(a)"),
)


def test_a_formula_that_loses_digits_is_printed_and_checked_though_no_code_has_it(
    monkeypatch,
):
    row, (*from_z, from_a) = GUDERMANNIAN, GUDERMANNIAN.formulas
    assert np.cos(row.function(np.float32(80))) < 0 < row.derivative(80.0)
    assert fits(row.formulas, row)
    assert fits(from_z, row)
    assert not fits((*from_z, "sin(a)"), row)
    monkeypatch.setitem(ACTIVATIONS, row.name, row)
    for table in (enough_table(), whole_table()):
        (line,) = (line for line in table.splitlines() if row.name in line)
        assert line.split("|")[-2].strip() == as_markdown(from_a)


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
    tables = enough_table(), turning_table(), whole_table()
    assert not tex_problems("\n\n".join(tables))
