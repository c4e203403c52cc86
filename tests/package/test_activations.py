"""The sigmoid to the last digits, and what an activation is made of."""

import math
import warnings

import numpy as np
import pytest
import sympy
from rows import MP

from backprop_explained import (
    SIGMOID,
    Activation,
    make_activation,
    relative_error,
    sigmoid,
    sigmoid_derivative,
    sigmoid_derivative_from_output,
)

FLOAT_MAX = np.finfo(np.float64).max
TINY = 5e-324  # the smallest number above 0
SIGMOIDS = [sigmoid, sigmoid_derivative, sigmoid_derivative_from_output]


def exact_sigmoid(z):
    return 1 / (1 + MP.exp(-MP.mpf(float(z))))


def exact_sigmoid_derivative(z):
    e = MP.exp(-abs(MP.mpf(float(z))))  # σ' is even
    return e / (1 + e) ** 2


def relative(actual, exact):
    return float(abs(MP.mpf(float(actual)) - exact) / abs(exact))


# ---- the sigmoid and its derivatives


def many_z(low, high):
    rng = np.random.default_rng(2)
    wide, narrow = rng.uniform(low, high, 3000), rng.uniform(-40, 40, 3000)
    tiny = rng.choice([-1, 1], 500) * 10 ** rng.uniform(-300, 2, 500)
    edges = [0.0, -0.0, TINY, -TINY, np.nextafter(low, 0), high]
    return np.concatenate([wide, narrow, tiny, np.linspace(36.7, 36.8, 101), edges])


# where 1 + exp(-z) just passes a power of two, and a search found the most lost
WORST_Z = [-7.624541282398318, -4.844580929051631, -1.098943657429036]


def test_sigmoid_is_as_exact_as_it_says():
    z = np.append(many_z(-708.39, 1000), [*WORST_Z, 1e5, 1e300, FLOAT_MAX])
    worst = max(map(relative, sigmoid(z), map(exact_sigmoid, z)))
    assert worst < 2**-51


@pytest.mark.parametrize("off", [2**-51, -(2**-51)])
def test_the_measure_sees_more_than_that(off):
    exact = exact_sigmoid(1.0)
    assert relative(float(exact) * (1 + 2 * off), exact) > 2**-51


def test_sigmoid_fades_to_0_where_its_docstring_says():
    below_normal = sigmoid([-708.4, -708.5, -709.7])
    assert (below_normal > 0).all()
    assert (below_normal < np.finfo(np.float64).smallest_normal).all()
    assert sigmoid(-708.39) > np.finfo(np.float64).smallest_normal
    assert (sigmoid([-709.8, -745, -1e5, -FLOAT_MAX]) == 0).all()


def test_sigmoid_rounds_to_1_from_53_ln_2_on():
    edge = 53 * math.log(2)
    assert f"{edge:.2f}" == "36.74"
    assert sigmoid(edge - 0.001) < 1
    assert (sigmoid([edge + 0.001, 37, 40, 700, FLOAT_MAX]) == 1).all()


def test_the_usual_formula_loses_the_slope_from_53_ln_2_on():
    z = np.array([36.74, 38, 40, 100])
    a = sigmoid(z)
    assert (a * (1 - a) == 0).all()
    assert (sigmoid_derivative_from_output(a) == 0).all()
    assert (sigmoid_derivative(z) > 0).all()
    assert f"{sigmoid_derivative(36.74):.1e}" == "1.1e-16"
    before = sigmoid(36.7)
    assert before * (1 - before) > 0


def test_sigmoid_derivative_keeps_its_digits():
    z = many_z(-700, 700)
    worst = max(map(relative, sigmoid_derivative(z), map(exact_sigmoid_derivative, z)))
    assert worst <= 1e-15


def test_sigmoid_derivative_is_at_most_a_quarter():
    assert sigmoid_derivative(0) == 0.25
    assert sigmoid_derivative(many_z(-700, 700)).max() <= np.nextafter(0.25, 1)


@pytest.mark.parametrize("state", ["warn", "raise"])
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize("function", [sigmoid, sigmoid_derivative])
def test_no_z_makes_a_warning(function, dtype, state):
    largest = np.finfo(dtype).max
    z = np.array([-800, -745, -709.9, -700, -104, -89, 0, 37, 800], dtype)
    edges = np.array([-largest, largest, -np.inf, np.inf, np.nan], dtype)
    with np.errstate(all=state), warnings.catch_warnings():
        warnings.simplefilter("error")
        result = function(np.concatenate([z, edges]))
    assert np.isfinite(result[:-1]).all()


def test_limits_are_exact_and_nan_stays():
    assert (sigmoid([-np.inf, np.inf]) == [0, 1]).all()
    assert (sigmoid_derivative([-np.inf, np.inf]) == [0, 0]).all()
    assert (sigmoid_derivative_from_output([0, 1]) == [0, 0]).all()
    assert all(np.isnan(function(np.nan)) for function in SIGMOIDS)


@pytest.mark.parametrize("function", SIGMOIDS)
def test_the_precision_given_is_the_precision_returned(function):
    assert function(np.float32(0.5)).dtype == np.float32
    assert function(np.ones((2, 3), np.float32)).dtype == np.float32
    assert function(np.ones((2, 3))).dtype == np.float64


@pytest.mark.parametrize("function", SIGMOIDS)
@pytest.mark.parametrize(
    "given", [2, 2.0, True, [2, 0], [[1], [2]], (3,), np.int8([2]), np.uint64([2])]
)
def test_scalars_lists_and_integers_are_taken_at_full_precision(function, given):
    result = function(given)
    assert result.dtype == np.float64
    assert np.shape(result) == np.shape(given)
    assert (result == function(np.array(given, np.float64))).all()


def test_float32_is_as_good_as_float32_can_be():
    z = np.random.default_rng(3).uniform(-80, 80, 2000).astype(np.float32)
    worst = max(map(relative, sigmoid(z), map(exact_sigmoid, z)))
    assert worst <= 3 * np.finfo(np.float32).eps


@pytest.mark.parametrize("function", SIGMOIDS)
def test_what_is_given_stays_as_it_is(function):
    given = np.array([[-1.0, 0.5], [2.0, 40.0]])
    before = given.copy()
    given.flags.writeable = False
    assert not np.shares_memory(function(given), given)
    assert (given == before).all()


@pytest.mark.parametrize("function", SIGMOIDS)
@pytest.mark.parametrize("wrong", [1j, [1 + 0j], "z", [None], object()])
def test_what_is_no_real_number_is_refused(function, wrong):
    argument = "a" if function is sigmoid_derivative_from_output else "z"
    with pytest.raises(TypeError, match=f"^{argument} must hold real numbers, not "):
        function(wrong)


def test_both_derivatives_agree_each_from_its_own_argument():
    z = np.linspace(-30, 5, 701)
    from_output = sigmoid_derivative_from_output(sigmoid(z))
    np.testing.assert_allclose(from_output, sigmoid_derivative(z), rtol=1e-13)


def test_outside_0_and_1_the_formula_is_still_carried_out():
    assert (sigmoid_derivative_from_output([2, -1, 3]) == [-2, -2, -6]).all()


def test_sympy_finds_the_derivative_written_in_the_output():
    z = sympy.Symbol("z", real=True)
    a = 1 / (1 + sympy.exp(-z))
    assert sympy.simplify(a.diff(z) - a * (1 - a)) == 0
    assert sympy.simplify(a.diff(z) - a * a.subs(z, -z)) == 0  # σ'(z) = σ(z)σ(−z)
    assert sympy.simplify(a.diff(z) - z * (1 - z)) != 0


# ---- rows of one's own


from_z, from_output = sigmoid_derivative, sigmoid_derivative_from_output


@pytest.mark.parametrize(
    "mistake", [lambda z, a: from_output(z), lambda z, a: from_z(a)]
)
def test_the_four_readings_are_one_line_each(mistake):
    z = np.array([-1.0, 2.0, 5.0])
    a = SIGMOID.function(z)
    right = SIGMOID._replace(slope=lambda z, a: from_z(z)).slope(z, a)
    also_right = SIGMOID._replace(slope=lambda z, a: from_output(a))
    np.testing.assert_allclose(also_right.slope(z, a), right, rtol=1e-12)
    wrong = SIGMOID._replace(slope=mistake)
    assert relative_error(wrong.slope(z, a), right) > 0.05
    assert wrong.function is SIGMOID.function


def test_a_made_row_holds_what_it_was_made_from():
    f, df, dg = np.tanh, np.cos, np.sin
    about = {"witness": (1, 2), "domain": (0, 3), "kinks": (1.5,), "formulas": ("z",)}
    row = make_activation("f", f, df, dg, **about)
    assert isinstance(row, Activation)
    assert row[:2] == ("f", f)
    assert row[3:] == (df, dg, *about.values())
    z, a = np.array([1.0]), np.array([2.0])
    assert row.slope(z, a) == dg(a)
    assert row._replace(slope=None) == Activation("f", f, None, df, dg, **about)


def test_a_made_row_is_by_default_smooth_and_defined_everywhere():
    cube = make_activation("cube", lambda z: z**3, lambda z: 3 * z**2)
    assert cube[4:] == (None, None, (-math.inf, math.inf), (), ())
    assert Activation(*cube[:3])[4:] == cube[4:]
    assert cube.slope(np.array([2.0]), np.array([8.0])) == 12


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("f", 3, np.cos), r"function must be a function of z, not 3"),
        (("f", np.sin, None), r"derivative must be a function of z, not None"),
        (
            ("f", np.sin, np.cos, 0.5),
            r"derivative_from_output must be a function of a, or None.*not 0\.5",
        ),
    ],
)
def test_a_row_of_the_wrong_kind_is_refused(arguments, words):
    with pytest.raises(TypeError, match=words):
        make_activation(*arguments)
