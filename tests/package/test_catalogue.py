"""Every row of the catalogue: against mpmath, and by the laws that a row obeys."""

import copy
import inspect
import math
import pickle
import re
import warnings
from functools import cache

import mpmath
import numpy as np
import pytest

from backprop_explained import (
    ACTIVATIONS,
    IDENTITY,
    RELU,
    SIGMOID,
    TANH,
    catalogue,
    make_activation,
    relative_error,
    sigmoid_derivative,
    sigmoid_derivative_from_output,
)

MP = mpmath.mp.clone()
MP.dps = 110
NOISE = 1e-90  # of a slope that mpmath takes from differences of numbers near 1
FLOAT_MAX = np.finfo(np.float64).max

ROUNDINGS = 4
"""The roundings that a function, and what is handed to it, may go through."""


def rows_where(condition):
    chosen = {name: row for name, row in ACTIVATIONS.items() if condition(row)}
    return pytest.mark.parametrize("row", chosen.values(), ids=chosen)


each_row = rows_where(lambda row: True)
each_with_output = rows_where(lambda row: row.derivative_from_output)
each_monotone = rows_where(lambda row: row.witness is None)
each_other = rows_where(lambda row: row.witness)
each_with_kinks = rows_where(lambda row: row.kinks)

SINE = make_activation(
    "sine", np.sin, np.cos, witness=(math.pi / 4, 3 * math.pi / 4), domain=(-9.0, 9.0)
)
CUBE = make_activation("own cube", lambda z: z**3, lambda z: 3 * z**2)


# ---- the same functions, by mpmath


def number(decimal):
    return MP.mpf(decimal)


def clamp(z, low, high):
    return min(max(z, low), high)


def selu(z):
    """From the fixed point that defines it: mean 0 and variance 1 stay as they are."""
    e, pi, tail = MP.exp(1), MP.pi, MP.erfc(1 / MP.sqrt(2))
    alpha = -MP.sqrt(2 / pi) / (tail * MP.sqrt(e) - 1)
    mean = (1 - alpha * (1 - MP.sqrt(e) * tail) * MP.sqrt(pi / 2)) / MP.sqrt(2 * pi)
    square = (
        1 + alpha**2 * (e**2 * MP.erfc(MP.sqrt(2)) - 2 * MP.sqrt(e) * tail + 1)
    ) / 2
    assert abs(mean) < 1e-50
    return (z if z > 0 else alpha * MP.expm1(z)) / MP.sqrt(square)


def gelu_tanh(z):
    u = MP.sqrt(2 / MP.pi) * (z + number("0.044715") * z**3)
    return z * MP.exp(u) / (2 * MP.cosh(u))  # (1 + tanh u)/2 without cancelling


EXACT = {
    "sigmoid": lambda z: 1 / (1 + MP.exp(-z)),
    "tanh": MP.tanh,
    "relu": lambda z: max(z, 0),
    "identity": lambda z: z,
    "leaky_relu": lambda z: z if z > 0 else z / 100,
    "leaky_relu_negative": lambda z: z if z > 0 else -z / 5,
    "abs": abs,
    "relu6": lambda z: clamp(z, 0, 6),
    "hard_tanh": lambda z: clamp(z, -1, 1),
    "hard_sigmoid": lambda z: clamp(z / 6 + number("0.5"), 0, 1),
    "hardswish": lambda z: z * clamp(z / 6 + number("0.5"), 0, 1),
    "softshrink": lambda z: MP.sign(z) * max(abs(z) - 1, 0),
    "elu": lambda z: z if z > 0 else MP.expm1(z),
    "celu": lambda z: z if z > 0 else 2 * MP.expm1(z / 2),
    "selu": selu,
    "softplus": lambda z: MP.log1p(MP.exp(z)),
    "log_sigmoid": lambda z: -MP.log1p(MP.exp(-z)),
    "squareplus": lambda z: (z + MP.sqrt(z**2 + 4)) / 2,
    "softsign": lambda z: z / (1 + abs(z)),
    "arctan": MP.atan,
    "asinh": MP.asinh,
    "tanhshrink": lambda z: z - MP.tanh(z),
    "silu": lambda z: z / (1 + MP.exp(-z)),
    "gelu": lambda z: z * MP.ncdf(z),
    "gelu_tanh": gelu_tanh,
    "mish": lambda z: z * MP.tanh(MP.log1p(MP.exp(z))),
    "exp": MP.exp,
    "expm1": MP.expm1,
    "sinh": MP.sinh,
    "log": MP.log,
    "sqrt": MP.sqrt,
    "reciprocal": lambda z: 1 / z,
    "tan": MP.tan,
    "cube": lambda z: z**3,
    "square": lambda z: z**2,
    "sin": MP.sin,
    "gaussian": lambda z: MP.exp(-(z**2)),
}


def test_every_row_has_an_exact_function():
    assert EXACT.keys() == ACTIVATIONS.keys()
    assert len(ACTIVATIONS) >= 30


# ---- where they are compared


def points(row):
    """Near 0 and far out, in between, about the kinks and at the edges; in float32."""
    rng = np.random.default_rng(4)
    near_and_far = 10 ** rng.uniform(-12, 4, 30) * rng.choice([-1, 1], 30)
    kinks = [
        kink + rng.choice([-1, 1], 6) * 10 ** rng.uniform(-4, -1, 6)
        for kink in row.kinks
    ]
    z = np.concatenate(
        [near_and_far, rng.uniform(-8, 8, 40), rng.uniform(-80, 80, 20), *kinks]
    )
    low, high = row.domain
    if math.isfinite(low) and math.isfinite(high):
        z = low + (high - low) / (1 + np.exp(-np.clip(z, -40, 40) / 2))
    elif math.isfinite(low):
        z = low + np.abs(z)
    z = np.unique(z.astype(np.float32))
    return z[(z > low) & (z < high) & ~np.isin(z, row.kinks)]


@cache
def exact(row):
    """At the points: the value, the slope, the second derivative; none out of range."""
    z = points(row)
    columns = [
        [MP.diff(EXACT[row.name], MP.mpf(float(v)), n) for v in z] for n in range(3)
    ]
    values = np.array(columns, dtype=object)
    most = np.abs(values[:2]).max(axis=0)
    inside = most < float(np.finfo(np.float32).max)
    return z[inside], values[:, inside].astype(float)


def test_the_points_are_many_and_wide():
    for row in ACTIVATIONS.values():
        z, values = exact(row)
        assert len(z) > 70
        assert np.isfinite(values).all()
    z, _ = exact(SIGMOID)
    assert (np.abs(z) < 1e-9).any()
    assert z.min() < -1000
    assert z.max() > 1000


def worst(actual, expected, slope, argument):
    """The largest error, in what one rounding of the argument and of the result makes.

    Below the smallest normal number a rounding is that of the smallest.
    """
    info = np.finfo(actual.dtype)
    allowed = info.eps * (np.abs(expected) + np.abs(slope * argument))
    return (np.abs(actual - expected) / (allowed + info.smallest_normal + NOISE)).max()


def spacing_of_terms(row, z):
    """tanhshrink subtracts numbers of the size of z: their rounding is what remains."""
    return z if row.name == "tanhshrink" else 0


each_precision = pytest.mark.parametrize("dtype", [np.float32, np.float64])


@each_precision
@each_row
def test_the_function_agrees_with_mpmath(row, dtype):
    z, (a, slope, _) = exact(row)
    terms = np.abs(spacing_of_terms(row, z))
    assert (
        worst(row.function(z.astype(dtype)), a, np.abs(slope) + (terms > 0), z)
        < ROUNDINGS
    )


@each_precision
@each_row
def test_the_derivative_agrees_with_mpmath(row, dtype):
    z, (_, slope, bend) = exact(row)
    assert worst(row.derivative(z.astype(dtype)), slope, bend, z) < ROUNDINGS


@each_precision
@each_with_output
def test_the_derivative_from_output_agrees_with_mpmath(row, dtype):
    """A rounding of `a` moves the slope by dg/da = f''/f'."""
    z, (a, slope, bend) = exact(row)
    moves = np.divide(bend, slope, out=np.zeros_like(slope), where=slope != 0)
    from_output = row.derivative_from_output(row.function(z.astype(dtype)))
    assert worst(from_output, slope, moves, a) < ROUNDINGS


def test_the_comparison_sees_a_few_roundings_too_many():
    z, (a, slope, bend) = exact(SIGMOID)
    eps = np.finfo(np.float64).eps
    off = SIGMOID.derivative(z.astype(float)) * (1 + 2 * ROUNDINGS * eps)
    assert worst(off, slope, 0 * bend, z) > ROUNDINGS
    swapped = sigmoid_derivative(a)
    assert worst(swapped, slope, bend, z) > 1e12


def test_the_far_tails_keep_their_digits():
    """Where 1 - σ, 1 + erf and 1 + tanh have none left."""
    tails = {"gelu": -10.0, "gelu_tanh": -8.0, "silu": -50.0, "mish": -50.0}
    tails |= {"log_sigmoid": 60.0, "softplus": -60.0, "squareplus": -1e9}
    for name, z in tails.items():
        f, row = EXACT[name], ACTIVATIONS[name]
        assert row.function(np.array(z)) == pytest.approx(
            float(f(MP.mpf(z))), rel=1e-13, abs=0
        )
        slope = float(MP.diff(f, MP.mpf(z)))
        assert row.derivative(np.array(z)) == pytest.approx(slope, rel=1e-13, abs=0)


# ---- monotone, or a witness


def grid(row, bound):
    """An odd grid inside the domain, a little away from its ends and the kinks."""
    low, high = max(row.domain[0], -bound), min(row.domain[1], bound)
    z = np.linspace(low, high, 1003)[1:-1] + 1e-4
    distances = [np.abs(z - kink) for kink in row.kinks]
    return z[np.min([np.full_like(z, np.inf), *distances], axis=0) > 1e-3]


def turns(row):
    """Whether the activation goes up in one place and down in another."""
    z = np.unique(np.concatenate([grid(row, 4), grid(row, 20)]))
    steps = np.diff(row.function(z))
    significant = steps[np.abs(steps) > 1e-12]
    return bool((significant > 0).any() and (significant < 0).any())


def inverse(row, a):
    """A z for each output, by bisection: it knows nothing of slopes."""
    low, high = (np.full_like(a, edge) for edge in np.clip(row.domain, -50, 50))
    rising = np.subtract(*row.function(grid(row, 4)[[-1, 0]])) > 0
    for _ in range(80):
        middle = (low + high) / 2
        above = (row.function(middle) >= a) == rising
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    return high


def check_output_is_enough(row):
    """The slope at any z with the same output is the slope.

    A rounding of the output remains, which moves the slope by f''/f'; and the plateaus
    are found at their edge, which is a kink except for a rounding.
    """
    z = grid(row, 4)
    a, slope = row.function(z), row.derivative(z)
    found = inverse(row, a)
    for kink in row.kinks:
        found[np.abs(found - kink) < 1e-15] = kink
    bend = (row.derivative(z + 1e-5) - row.derivative(z - 1e-5)) / 2e-5
    moves = np.divide(bend, slope, out=np.zeros_like(slope), where=slope != 0)
    rounding = np.spacing(np.maximum(np.abs(a), np.abs(z))) * np.abs(moves)
    off = np.abs(row.derivative(found) - slope) / (rounding + np.spacing(np.abs(slope)))
    at = off.argmax()
    assert off[at] <= ROUNDINGS, (
        f"equal outputs of {row.name}, but at z = {z[at]:g} the slopes differ by "
        f"{off[at]:.1f} roundings, and {ROUNDINGS} are allowed: is it monotone, and "
        "can the derivative be written in fewer operations?"
    )


@each_monotone
def test_the_slope_follows_from_the_output_alone(row):
    assert not turns(row)
    check_output_is_enough(row)


def test_the_inversion_rejects_what_is_not_monotone():
    for name in ("square", "sin", "silu", "leaky_relu_negative"):
        with pytest.raises(AssertionError):
            check_output_is_enough(ACTIVATIONS[name])


@each_monotone
def test_a_monotone_row_has_slopes_of_one_sign(row):
    slope = np.append(row.derivative(grid(row, 4)), row.derivative(grid(row, 20)))
    assert (slope >= 0).all() or (slope <= 0).all()


def test_monotone_rows_without_a_formula_from_the_output_are_these():
    """A new one needs a reason in a comment, or a formula."""
    without = {
        name
        for name, row in ACTIVATIONS.items()
        if not row.witness and not row.derivative_from_output
    }
    assert without == {"tanhshrink"}


@each_other
def test_a_witness_stands_where_the_activation_turns(row):
    assert turns(row)
    assert row.derivative_from_output is None
    check_witness(row, EXACT[row.name])


def check_witness(row, exactly):
    """The outputs differ by no more than half a unit in the last place of each z."""
    z = [MP.mpf(v) for v in row.witness]
    slopes = [MP.diff(exactly, v) for v in z]
    allowed = sum(
        MP.mpf(np.spacing(abs(v))) / 2 * abs(slope)
        for v, slope in zip(row.witness, slopes, strict=True)
    )
    assert abs(exactly(z[0]) - exactly(z[1])) <= allowed
    assert slopes[0] * slopes[1] < 0
    assert abs(slopes[0] - slopes[1]) > 0.2
    a = row.function(np.array(row.witness))
    assert abs(a[0] - a[1]) <= 2 * np.spacing(np.abs(a).max())
    assert row.domain[0] < min(row.witness) < max(row.witness) < row.domain[1]


def test_the_checks_of_witnesses_tell_right_from_wrong():
    assert turns(SINE)
    assert not turns(CUBE)
    check_witness(SINE, MP.sin)
    for wrong in [(0.0, 1.0), (0.0, 2 * math.pi), (0.5235987, 2.6179938)]:
        with pytest.raises(AssertionError):
            check_witness(SINE._replace(witness=wrong), MP.sin)


# ---- which argument the slope of a row reads


def reads(row):
    """Which of its two arguments is enough for the slope of a row."""
    z = grid(row, 5)
    a, nothing = row.function(z), np.full_like(z, np.nan)
    enough = {"z": row.slope(z, nothing), "a": row.slope(nothing, a)}
    return {name for name, slope in enough.items() if np.isfinite(slope).all()}


@each_row
def test_slope_reads_the_output_where_a_formula_is_known(row):
    expected = "z" if row.derivative_from_output is None else "a"
    assert expected in reads(row)


def test_the_slope_of_a_row_reads_one_argument_alone():
    assert reads(SIGMOID) == reads(TANH) == {"a"}
    assert reads(CUBE) == {"z"}


# ---- differences, which know no formula


def differences(row, z):
    """Central differences entry by entry, with no sum to round."""
    up, down = z + 6e-6, z - 6e-6
    return (row.function(up) - row.function(down)) / (up - down)


def inner(row):
    """A grid that stays where differences are precise: away from a pole."""
    z, (low, high) = grid(row, 5), row.domain
    return z[(z > low + 0.2) & (z < high - 0.2)]


@each_row
def test_derivative_is_the_slope_of_the_function(row):
    z = inner(row)
    assert relative_error(row.derivative(z), differences(row, z)) < 1e-8
    np.testing.assert_allclose(
        row.derivative(z), differences(row, z), rtol=1e-8, atol=1e-8
    )


def test_the_oracle_of_differences_rejects_a_wrong_derivative():
    wrong = SIGMOID._replace(derivative=lambda z: 1.001 * sigmoid_derivative(z))
    z = grid(wrong, 5)
    assert relative_error(wrong.derivative(z), differences(wrong, z)) > 1e-4


# ---- domain and kinks


@each_row
def test_inside_the_domain_all_is_finite(row):
    low, high = row.domain
    assert low < high
    assert all(low < kink < high for kink in row.kinks)
    z = grid(row, 20)
    assert np.isfinite([row.function(z), row.derivative(z)]).all()


@rows_where(lambda row: np.isfinite(row.domain).any())
def test_a_domain_ends_where_the_slope_grows_without_bound(row):
    for edge, into in zip(row.domain, (1, -1), strict=True):
        if math.isfinite(edge):
            near = edge + into * np.array([1e-4, 1e-8, 1e-12])
            slopes = np.abs(row.derivative(near))
            assert (np.diff(np.log(slopes)) > 4).all()


@rows_where(lambda row: not np.isfinite(row.domain).any())
def test_an_unbounded_domain_has_no_hole(row):
    z = np.concatenate([-(2.0 ** np.arange(9, -40, -1)), [0], 2.0 ** np.arange(-40, 9)])
    assert np.isfinite([row.function(z), row.derivative(z)]).all()


def kinks_found(row):
    """Where the derivative leaps however near one looks."""
    z = np.linspace(max(row.domain[0], -9), min(row.domain[1], 9), 20_002)[1:-1]
    low, high = z[:-1], z[1:]
    for _ in range(30):
        middle = (low + high) / 2
        first = leap(row, low, middle) >= leap(row, middle, high)
        low, high = np.where(first, low, middle), np.where(first, middle, high)
    return np.unique(middle[leap(row, low, high) > 1e-3].round(6))


def leap(row, low, high):
    before, after = row.derivative(low), row.derivative(high)
    return np.abs(after - before) / (1 + np.abs(before))


@each_row
def test_the_kinks_are_where_the_derivative_leaps(row):
    assert kinks_found(row).tolist() == list(row.kinks)


def test_the_search_for_leaps_finds_them():
    hidden = make_activation(
        "bent", np.abs, lambda z: np.sign(z - 0.123456) + np.exp(z)
    )
    assert kinks_found(hidden).tolist() == [0.123456]


def sides(row, kink):
    """The slopes on the left and on the right of a kink, by mpmath."""
    return [
        float(MP.diff(EXACT[row.name], MP.mpf(kink), direction=side))
        for side in (-1, 1)
    ]


@each_with_kinks
def test_a_kink_is_a_kink_and_its_slope_a_convention(row):
    for kink in row.kinks:
        before, after = sides(row, kink)
        z = np.array([kink])
        slope = row.derivative(z)[0]
        assert abs(after - before) > 0.1
        assert min(before, after) <= slope <= max(before, after)
        assert row.slope(z, row.function(z)) == slope


@each_with_kinks
def test_where_a_kink_meets_a_plateau_it_has_the_slope_of_the_plateau(row):
    for kink in row.kinks:
        if 0 in sides(row, kink):
            assert row.derivative(np.array([kink])) == 0


def test_kinks_without_a_plateau_and_their_slopes():
    conventions = {
        (name, kink): row.derivative(np.array([kink]))[0]
        for name, row in ACTIVATIONS.items()
        for kink in row.kinks
        if 0 not in sides(row, kink)
    }
    assert conventions == {
        ("leaky_relu", 0): 0.01,  # the left one
        ("leaky_relu_negative", 0): -0.2,  # the left one
        ("selu", 0): pytest.approx(sides(ACTIVATIONS["selu"], 0)[0], rel=1e-15),
        ("abs", 0): 0,
        ("hardswish", 3): 1,  # the right one
    }


# ---- arrays in and out


@each_row
def test_a_row_keeps_shape_and_precision_and_changes_nothing(row):
    for dtype in (np.float32, np.float64):
        z = grid(row, 3).astype(dtype).reshape(-1, 1)
        before = z.copy()
        a = row.function(z)
        a_before = a.copy()
        slopes = [row.slope(z, a), row.derivative(z)]
        assert all(array.shape == z.shape for array in (a, *slopes))
        assert all(array.dtype == dtype for array in (a, *slopes))
        assert not any(np.shares_memory(array, z) for array in (a, *slopes))
        assert not np.shares_memory(slopes[0], a)
        assert (z == before).all()
        assert (a == a_before).all()


@each_row
def test_nan_stays_nan_and_says_nothing(row):
    nan = np.array([np.nan, np.nan])
    with np.errstate(all="raise"), warnings.catch_warnings():
        warnings.simplefilter("error")
        results = [row.function(nan), row.derivative(nan), row.slope(nan, nan)]
    assert np.isnan(results).all() or row is IDENTITY
    assert np.isnan(results[0]).all()


@each_precision
@each_row
def test_nothing_overflows_on_the_way_to_a_number(row, dtype):
    """Up to 1e12, the functions warn only where the result is no number of the type."""
    sizes = np.array([0, 1e-12, 1e-6, 1, 9, 20, 37, 90, 104, 750, 1e4, 1e12])
    z = np.unique(np.concatenate([-sizes, sizes])).astype(dtype)
    z = z[(z > row.domain[0]) & (z < row.domain[1])]
    with np.errstate(all="ignore"):
        fits = np.isfinite([row.function(z), row.derivative(z)]).all(axis=0)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        results = row.function(z[fits]), row.derivative(z[fits])
    assert np.isfinite(results).all()
    largest = float(np.finfo(dtype).max)
    for v in z[~fits]:
        assert (
            max(abs(EXACT[row.name](MP.mpf(float(v)))), slope_bound(row, v)) > largest
        )


def slope_bound(row, z):
    return abs(MP.diff(EXACT[row.name], MP.mpf(float(z))))


def test_relu_has_slope_0_at_its_kink_and_keeps_nan():
    z = np.array([-1.0, 0.0, 2.0])
    assert (RELU.slope(z, RELU.function(z)) == [0, 0, 1]).all()
    assert np.isnan(RELU.function(np.array([np.nan]))).all()
    assert np.isnan(RELU.derivative(np.array([np.nan]))).all()


def test_tanh_has_a_slope_of_0_far_out_without_a_warning():
    z = np.array([-FLOAT_MAX, -800.0, 800.0, FLOAT_MAX, np.inf])
    with np.errstate(all="raise"):
        assert (TANH.derivative(z) == 0).all()


# ---- the table itself


def test_the_catalogue_is_keyed_by_name_and_starts_with_the_usual_four():
    assert all(name == row.name for name, row in ACTIVATIONS.items())
    assert list(ACTIVATIONS.values())[:4] == [SIGMOID, TANH, RELU, IDENTITY]


def test_no_row_of_the_module_takes_the_name_of_another():
    rows = re.findall(r"^_row\(", inspect.getsource(catalogue), re.MULTILINE)
    assert len(rows) == len(ACTIVATIONS) - 4


@pytest.mark.parametrize("row", [*ACTIVATIONS.values(), SINE], ids=lambda row: row.name)
def test_a_row_survives_pickling(row):
    other = pickle.loads(pickle.dumps(row))
    z = grid(row, 3)
    assert (other.slope(z, other.function(z)) == row.slope(z, row.function(z))).all()


@each_row
def test_a_row_of_the_catalogue_comes_back_as_itself(row):
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(row, protocol)) is row
    assert copy.copy(row) is row
    assert copy.deepcopy(row) is row


def test_a_mistaken_row_is_not_taken_for_the_one_it_came_from():
    mistaken = SIGMOID._replace(slope=sigmoid_derivative_from_output)
    assert pickle.loads(pickle.dumps(mistaken)).slope is sigmoid_derivative_from_output


def test_literals():
    z = np.array([-1.0, 2.0])
    for name, a, slope in [
        ("leaky_relu", [-0.01, 2], [0.01, 1]),
        ("hard_sigmoid", [1 / 3, 5 / 6], [1 / 6, 1 / 6]),
        ("hardswish", [-1 / 3, 5 / 3], [1 / 6, 7 / 6]),
        ("softshrink", [0, 1], [0, 1]),
        ("softsign", [-1 / 2, 2 / 3], [1 / 4, 1 / 9]),
        ("elu", [-0.6321206, 2], [0.3678794, 1]),
        ("softplus", [0.3132617, 2.1269280], [0.2689414, 0.8807971]),
        ("gelu", [-0.1586553, 1.9544997], [-0.0833155, 1.0852319]),
        ("cube", [-1, 8], [3, 12]),
    ]:
        row = ACTIVATIONS[name]
        np.testing.assert_allclose(row.function(z), a, atol=5e-8)
        np.testing.assert_allclose(row.slope(z, row.function(z)), slope, atol=5e-8)
