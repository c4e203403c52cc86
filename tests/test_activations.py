"""The sigmoid to the last digits, and every row of the catalogue by its own laws."""

import copy
import math
import pickle
import warnings

import mpmath
import numpy as np
import pytest
import sympy

from backprop_explained import (
    ACTIVATIONS,
    IDENTITY,
    RELU,
    SIGMOID,
    TANH,
    Activation,
    make_activation,
    relative_error,
    sigmoid,
    sigmoid_derivative,
    sigmoid_derivative_from_output,
)

MP = mpmath.mp.clone()
MP.dps = 50
FLOAT_MAX = np.finfo(np.float64).max
TINY = 5e-324  # the smallest number above 0
SIGMOIDS = [sigmoid, sigmoid_derivative, sigmoid_derivative_from_output]

each_row = pytest.mark.parametrize("row", ACTIVATIONS.values(), ids=ACTIVATIONS)


def exact_sigmoid(z):
    return 1 / (1 + MP.exp(-MP.mpf(float(z))))


def exact_sigmoid_derivative(z):
    e = MP.exp(-abs(MP.mpf(float(z))))  # σ' is even
    return e / (1 + e) ** 2


def ulps(actual, exact):
    """The distance from the exact value, in units in the last place of it."""
    return float(abs(MP.mpf(float(actual)) - exact) / MP.mpf(np.spacing(float(exact))))


def relative(actual, exact):
    return float(abs(MP.mpf(float(actual)) - exact) / abs(exact))


# ---- the sigmoid and its derivatives


def many_z(low, high):
    rng = np.random.default_rng(2)
    return np.concatenate(
        [
            rng.uniform(low, high, 3000),
            rng.uniform(-40, 40, 3000),
            rng.choice([-1, 1], 500) * 10 ** rng.uniform(-300, 2, 500),
            np.linspace(36.7, 36.8, 101),
            [0.0, -0.0, TINY, -TINY, np.nextafter(low, 0), high],
        ]
    )


def test_sigmoid_is_within_2_ulp():
    z = np.append(many_z(-708, 1000), [1e5, 1e300, FLOAT_MAX])
    worst = max(map(ulps, sigmoid(z), map(exact_sigmoid, z)))
    assert worst <= 2


def test_the_measure_of_ulps_sees_three_of_them():
    exact = exact_sigmoid(1.0)
    assert ulps(float(exact) + 3 * np.spacing(float(exact)), exact) > 2


def test_sigmoid_fades_to_0_where_its_docstring_says():
    below_normal = sigmoid([-708.5, -709.7])
    assert (below_normal > 0).all()
    assert (below_normal < np.finfo(np.float64).smallest_normal).all()
    assert sigmoid(-708) > np.finfo(np.float64).smallest_normal
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


# ---- every row of the catalogue

EXACT = {
    "sigmoid": (exact_sigmoid, exact_sigmoid_derivative),
    "tanh": (lambda z: MP.tanh(float(z)), lambda z: MP.sech(float(z)) ** 2),
    "relu": (lambda z: MP.mpf(float(max(z, 0))), lambda z: MP.mpf(int(z > 0))),
    "identity": (lambda z: MP.mpf(float(z)), lambda z: MP.mpf(1)),
}


def grid(row, bound):
    """An odd grid inside the domain, a little away from its ends and the kinks."""
    low, high = max(row.domain[0], -bound), min(row.domain[1], bound)
    z = np.linspace(low, high, 1003)[1:-1] + 1e-4
    distances = [np.abs(z - kink) for kink in row.kinks]
    return z[np.min([np.full_like(z, np.inf), *distances], axis=0) > 1e-3]


def turns(row):
    """Whether the activation goes up in one place and down in another."""
    steps = np.diff(row.function(grid(row, 20)))
    significant = steps[np.abs(steps) > 1e-12]
    return bool((significant > 0).any() and (significant < 0).any())


def reads(row):
    """Which of its two arguments is enough for the slope of a row."""
    z = grid(row, 5)
    a, nothing = row.function(z), np.full_like(z, np.nan)
    enough = {"z": row.slope(z, nothing), "a": row.slope(nothing, a)}
    return {name for name, slope in enough.items() if np.isfinite(slope).all()}


def differences(row, z):
    """Central differences entry by entry, with no sum to round."""
    up, down = z + 6e-6, z - 6e-6
    return (row.function(up) - row.function(down)) / (up - down)


SINE = make_activation(
    "sine", np.sin, np.cos, witness=(math.pi / 4, 3 * math.pi / 4), domain=(-9.0, 9.0)
)
SQUARE = make_activation("square", np.square, lambda z: 2 * z, witness=(-1.0, 1.0))
CUBE = make_activation("cube", lambda z: z**3, lambda z: 3 * z**2)


def test_the_catalogue_is_keyed_by_name():
    assert all(name == row.name for name, row in ACTIVATIONS.items())
    assert [ACTIVATIONS[name] for name in ("sigmoid", "tanh", "relu", "identity")] == [
        SIGMOID,
        TANH,
        RELU,
        IDENTITY,
    ]


@pytest.mark.parametrize("name", EXACT)
def test_a_known_row_agrees_with_mpmath(name):
    row, (function, derivative) = ACTIVATIONS[name], EXACT[name]
    z = grid(row, 20)
    a, slope = row.function(z), row.derivative(z)
    for each_z, each_a, each_slope in zip(z, a, slope, strict=True):
        assert abs(each_a - function(each_z)) <= 4e-16 * abs(function(each_z))
        assert abs(each_slope - derivative(each_z)) <= 2e-15 * derivative(each_z)


@each_row
def test_derivative_is_the_slope_of_the_function(row):
    z = grid(row, 5)
    assert relative_error(row.derivative(z), differences(row, z)) < 1e-8
    np.testing.assert_allclose(row.derivative(z), differences(row, z), atol=1e-8)


@each_row
def test_derivative_from_output_agrees_where_there_is_one(row):
    z = grid(row, 5)
    if row.derivative_from_output is not None:
        from_output = row.derivative_from_output(row.function(z))
        np.testing.assert_allclose(from_output, row.derivative(z), rtol=1e-11)


@each_row
def test_slope_reads_the_output_where_the_output_is_enough(row):
    z = grid(row, 5)
    np.testing.assert_allclose(
        row.slope(z, row.function(z)), row.derivative(z), rtol=1e-11
    )
    if row.derivative_from_output is None:
        assert "z" in reads(row)
    else:
        assert "a" in reads(row)


def test_the_slope_of_a_row_reads_one_argument_alone():
    assert reads(SIGMOID) == reads(TANH) == {"a"}
    assert reads(CUBE) == {"z"}


@each_row
def test_a_witness_stands_exactly_where_the_activation_turns(row):
    assert (row.witness is not None) == turns(row)
    if row.witness is not None:
        check_witness(row)
        assert row.derivative_from_output is None


def check_witness(row):
    z = np.array(row.witness)
    (a1, a2), (slope1, slope2) = row.function(z), row.derivative(z)
    assert math.isclose(a1, a2, rel_tol=1e-9, abs_tol=1e-12)
    assert abs(slope1 - slope2) > 1e-3
    assert row.domain[0] < min(row.witness) < max(row.witness) < row.domain[1]


def test_the_checks_of_witnesses_tell_right_from_wrong():
    assert turns(SINE)
    assert turns(SQUARE)
    assert not turns(CUBE)
    check_witness(SINE)
    check_witness(SQUARE)
    with pytest.raises(AssertionError):
        check_witness(SINE._replace(witness=(0.0, 1.0)))  # two outputs
    with pytest.raises(AssertionError):
        check_witness(SINE._replace(witness=(0.0, 2 * math.pi)))  # one slope


def test_the_oracle_of_differences_rejects_a_wrong_derivative():
    wrong = SIGMOID._replace(derivative=lambda z: 1.001 * sigmoid_derivative(z))
    z = grid(wrong, 5)
    assert relative_error(wrong.derivative(z), differences(wrong, z)) > 1e-4


@each_row
def test_domain_and_kinks_are_sane(row):
    low, high = row.domain
    assert low < high
    assert all(low < kink < high for kink in row.kinks)
    assert np.isfinite(row.function(grid(row, 20))).all()


def jumps(row):
    """Where the derivative leaps within a ten-thousandth: in the middle of the leap."""
    z = np.linspace(max(row.domain[0], -5), min(row.domain[1], 5), 100_002)[1:-1]
    leap = np.abs(np.diff(row.derivative(z))) > 0.01
    return ((z[:-1] + z[1:]) / 2)[leap]


@each_row
def test_every_jump_of_the_derivative_is_a_kink(row):
    for z in jumps(row):
        assert any(abs(z - kink) < 1e-3 for kink in row.kinks)


def test_the_search_for_jumps_finds_the_kink_of_relu():
    assert len(jumps(RELU)) == 1
    assert abs(jumps(RELU)[0]) < 1e-3
    assert RELU.kinks == (0,)
    assert len(jumps(SINE)) == 0


@each_row
def test_a_kink_is_a_kink_and_its_slope_a_convention(row):
    for kink in row.kinks:
        h = 1e-6
        left, middle, right = row.function(np.array([kink - h, kink, kink + h]))
        before, after = (middle - left) / h, (right - middle) / h
        assert abs(after - before) > 1e-3
        z = np.array([kink])
        assert min(before, after) <= row.derivative(z)[0] <= max(before, after)
        assert row.slope(z, row.function(z)) == row.derivative(z)


@each_row
def test_a_row_keeps_shape_and_precision_and_changes_nothing(row):
    for dtype in (np.float32, np.float64):
        z = grid(row, 3).astype(dtype).reshape(-1, 1)
        before = z.copy()
        a = row.function(z)
        a_before = a.copy()
        slope = row.slope(z, a)
        assert a.shape == slope.shape == z.shape
        assert a.dtype == slope.dtype == dtype
        assert not np.shares_memory(a, z)
        assert (z == before).all()
        assert (a == a_before).all()


@pytest.mark.parametrize("row", [*ACTIVATIONS.values(), SINE], ids=lambda row: row.name)
def test_a_row_survives_pickling(row):
    other = pickle.loads(pickle.dumps(row))
    z = grid(row, 3)
    assert (other.slope(z, other.function(z)) == row.slope(z, row.function(z))).all()


@each_row
def test_a_row_of_the_catalogue_comes_back_as_itself(row):
    assert pickle.loads(pickle.dumps(row)) is row
    assert copy.deepcopy(row) is row


def test_a_mistaken_row_is_not_taken_for_the_one_it_came_from():
    mistaken = SIGMOID._replace(slope=sigmoid_derivative_from_output)
    assert pickle.loads(pickle.dumps(mistaken)).slope is sigmoid_derivative_from_output


def test_relu_has_slope_0_at_its_kink_and_keeps_nan():
    z = np.array([-1.0, 0.0, 2.0])
    assert (RELU.slope(z, RELU.function(z)) == [0, 0, 1]).all()
    assert np.isnan(RELU.function(np.array([np.nan]))).all()
    assert np.isnan(RELU.derivative(np.array([np.nan]))).all()


def test_tanh_has_a_slope_of_0_far_out_without_a_warning():
    z = np.array([-FLOAT_MAX, -800.0, 800.0, FLOAT_MAX, np.inf])
    with np.errstate(all="raise"):
        assert (TANH.derivative(z) == 0).all()


# ---- rows of one's own


@pytest.mark.parametrize(
    "mistake",
    [
        lambda z, a: sigmoid_derivative_from_output(z),
        lambda z, a: sigmoid_derivative(a),
    ],
)
def test_the_four_readings_are_one_line_each(mistake):
    z = np.array([-1.0, 2.0, 5.0])
    a = SIGMOID.function(z)
    right = SIGMOID._replace(slope=lambda z, a: sigmoid_derivative(z)).slope(z, a)
    also_right = SIGMOID._replace(slope=lambda z, a: sigmoid_derivative_from_output(a))
    np.testing.assert_allclose(also_right.slope(z, a), right, rtol=1e-12)
    wrong = SIGMOID._replace(slope=mistake)
    assert relative_error(wrong.slope(z, a), right) > 0.05
    assert wrong.function is SIGMOID.function


def test_a_made_row_holds_what_it_was_made_from():
    f, df, dg = np.tanh, np.cos, np.sin
    row = make_activation("f", f, df, dg, witness=(1, 2), domain=(0, 3), kinks=(1.5,))
    assert isinstance(row, Activation)
    assert row[:2] == ("f", f)
    assert row[3:] == (df, dg, (1, 2), (0, 3), (1.5,))
    z, a = np.array([1.0]), np.array([2.0])
    assert row.slope(z, a) == dg(a)
    assert row._replace(slope=None) == Activation(
        "f", f, None, df, dg, (1, 2), (0, 3), (1.5,)
    )


def test_a_made_row_is_by_default_smooth_and_defined_everywhere():
    assert CUBE[4:] == (None, None, (-math.inf, math.inf), ())
    assert CUBE.slope(np.array([2.0]), np.array([8.0])) == 12


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
