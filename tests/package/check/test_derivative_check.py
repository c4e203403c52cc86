"""Every way of writing a slope is told apart, on every row; and the judge rejects."""

import dataclasses
import itertools
import math
import re
import warnings

import numpy as np
import pytest

from backprop_explained import (
    ACTIVATIONS,
    IDENTITY,
    RELU,
    SIGMOID,
    TANH,
    Argument,
    derivative_argument,
    make_activation,
    sigmoid,
    sigmoid_derivative,
    sigmoid_derivative_from_output,
)
from backprop_explained.check.probes import ABSOLUTE, CLEARANCE, RELATIVE, probe

Z, A, EITHER, NEITHER = (
    Argument.PRE_ACTIVATION,
    Argument.OUTPUT,
    Argument.EITHER,
    Argument.NEITHER,
)

OWN = [
    make_activation(
        "own leaky relu",
        lambda z: np.where(z > 0, z, 0.1 * z),
        lambda z: np.where(z > 0, 1, 0.1),
        lambda a: np.where(a > 0, 1, 0.1),
        kinks=(0.0,),
    ),
    make_activation(
        "own softplus", lambda z: np.logaddexp(0, z), sigmoid, lambda a: -np.expm1(-a)
    ),
    make_activation(
        "own silu",
        lambda z: z * sigmoid(z),
        lambda z: sigmoid(z) + z * sigmoid_derivative(z),
        witness=(-1.0, -1.596),
    ),
    make_activation("own exp", np.exp, np.exp, lambda a: a),
    make_activation("own square", lambda z: z**2, lambda z: 2 * z, witness=(-1.0, 1.0)),
    make_activation(
        "own square root",
        np.sqrt,
        lambda z: 0.5 / np.sqrt(z),
        lambda a: 0.5 / a,
        domain=(0.0, math.inf),
    ),
    make_activation(
        "own logarithm of -z",
        lambda z: np.log(-z),
        lambda z: 1 / z,
        lambda a: -np.exp(-a),
        domain=(-math.inf, 0.0),
    ),
    make_activation(
        "own logit",
        lambda z: np.log(z / (1 - z)),
        lambda z: 1 / (z * (1 - z)),
        lambda a: 2 + 2 * np.cosh(a),
        domain=(0.0, 1.0),
    ),
    make_activation(
        "own faint sigmoid",
        lambda z: 1e-6 * sigmoid(z),
        lambda z: 1e-6 * sigmoid_derivative(z),
        lambda a: a * (1 - 1e6 * a),
    ),
    make_activation(
        "own bell",
        lambda z: np.exp(-(z**2)),
        lambda z: -2 * z * np.exp(-(z**2)),
        witness=(-1.0, 1.0),
    ),
    make_activation(
        "own relu6",
        lambda z: np.clip(z, 0, 6),
        lambda z: np.where((z > 0) & (z < 6), 1, 0),
        lambda a: np.where((a > 0) & (a < 6), 1, 0),
        kinks=(0.0, 6.0),
    ),
]
ROWS = {row.name: row for row in [*ACTIVATIONS.values(), *OWN]}
WITH_OUTPUT = {n: r for n, r in ROWS.items() if r.derivative_from_output}

each_row = pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
each_with_output = pytest.mark.parametrize("row", WITH_OUTPUT.values(), ids=WITH_OUTPUT)


def rows_where(condition):
    """Those of the rows, for what only makes sense on them."""
    chosen = {name: row for name, row in ROWS.items() if condition(row)}
    return pytest.mark.parametrize("row", chosen.values(), ids=chosen)


def from_z(row):
    """The slope as a function of z alone, whatever the row is made of."""
    return lambda z: row.slope(z, row.function(z))


def quiet(f, v):
    with np.errstate(all="ignore"):
        return np.asarray(f(v), dtype=float) + 0 * v


def wrong_readings(row):
    """What the two wrong readings give, where the right ones give the slope."""
    points = probe(row)
    yield quiet(row.derivative or from_z(row), points.a)
    if row.derivative_from_output:
        yield quiet(row.derivative_from_output, points.z)


def gaps(wrong, slope):
    """How far a wrong reading is off, in units of what would pass."""
    floor = ABSOLUTE * min(1, np.abs(slope).max())
    gap = np.abs(wrong - slope) / (RELATIVE * np.abs(slope) + floor)
    return np.where(np.isnan(gap), np.inf, gap)


def readings_differ(row):
    """By a look at many points, not at the probes."""
    z = np.concatenate([np.linspace(p - 0.04, p + 0.04, 41) for p in probe(row).z])
    low, high = row.domain
    z = z[(z > low) & (z < high)]
    a = row.function(z)
    other = quiet(row.derivative or from_z(row), a)
    return not np.allclose(other, row.slope(z, a), rtol=1e-9, atol=1e-12)


each_with_two_readings = rows_where(readings_differ)
each_with_slope = rows_where(lambda row: probe(row).slope.any())
each_unlike_its_slope = rows_where(  # exp is its own slope
    lambda row: not np.allclose(probe(row).a, probe(row).slope)
)


# ---- the points


@each_row
def test_probes_lie_inside_the_domain_and_away_from_kinks(row):
    z = probe(row).z
    assert len(z) >= 12
    assert ((z > row.domain[0]) & (z < row.domain[1])).all()
    assert all(np.abs(z - kink).min() > CLEARANCE for kink in row.kinks)


@each_row
def test_a_probe_stands_on_each_side_of_each_kink(row):
    z, edges = probe(row).z, [row.domain[0], *row.kinks, row.domain[1]]
    for low, high in itertools.pairwise(edges):
        assert ((z > low) & (z < high)).any()


def test_probes_leave_room_at_a_kink_and_an_edge_wherever_they_are():
    """At 0.52 beside a probe, at 12 beyond them all, at 0.1 from the edge."""
    for kinks, domain in [((0.52, 12.0), (-math.inf, 12.3)), ((0.1,), (0.0, math.inf))]:
        bent = IDENTITY._replace(kinks=kinks, domain=domain)
        z = probe(bent).z
        assert z.min() > domain[0]
        assert z.max() < domain[1]
        assert min(np.abs(z - kink).min() for kink in kinks) > 0.04
    far = probe(IDENTITY._replace(kinks=(12.0,))).z
    assert (far > 12.1).any()
    assert ((far > 8) & (far < 11.9)).any()


@each_row
def test_probes_separate_the_readings_wherever_they_differ(row):
    slope = probe(row).slope
    for wrong in wrong_readings(row):
        apart = int((gaps(wrong, slope) > 10).sum())
        assert (apart >= 3) == readings_differ(row)
        assert apart or (gaps(wrong, slope) < 1e-3).all()


@pytest.mark.parametrize("row", [SIGMOID, TANH], ids=["sigmoid", "tanh"])
def test_every_single_probe_separates_the_readings_of_the_usual_two(row):
    for wrong in wrong_readings(row):
        assert gaps(wrong, probe(row).slope).min() > 5


def test_rows_whose_readings_agree_are_these():
    agree = {name for name, row in ROWS.items() if not readings_differ(row)}
    assert agree >= {"relu", "identity", "own leaky relu", "own relu6"}
    assert not agree & {"sigmoid", "tanh", "own softplus", "own exp"}


def test_probes_of_the_sigmoid_stay_away_from_its_coincidences():
    z = np.linspace(-9, 9, 1_800_001)
    roots = []
    for wrong in (sigmoid_derivative(sigmoid(z)), z * (1 - z)):
        difference = wrong - sigmoid_derivative(z)
        roots.append(z[:-1][difference[:-1] * difference[1:] < 0])
    assert roots[0] == pytest.approx([-0.401058, 0.659046], abs=2e-5)
    assert roots[1] == pytest.approx([0.401058, 0.659046], abs=2e-5)
    for root in np.concatenate(roots):
        assert np.abs(probe(SIGMOID).z - root).min() > 0.08


# ---- the verdict, on every row


@each_row
def test_the_slope_from_z_takes_z(row):
    expected = Z if readings_differ(row) else EITHER
    assert derivative_argument(from_z(row), row).argument is expected


@each_with_output
def test_the_slope_from_the_output_takes_the_output(row):
    verdict = derivative_argument(row.derivative_from_output, row)
    assert verdict.argument is (A if readings_differ(row) else EITHER)


@each_row
@pytest.mark.parametrize("h", [1e-3, 1e-5])
def test_a_central_difference_takes_z(row, h):
    def difference(z):
        return (row.function(z + h) - row.function(z - h)) / (2 * h)

    at_kink = np.isin(probe(row).a, row.kinks).any()  # as relu's output 0 is
    verdict = derivative_argument(difference, row)
    assert verdict.argument is (Z if readings_differ(row) or at_kink else EITHER)


@each_row
def test_float32_takes_z(row):
    def single(z):
        return from_z(row)(np.asarray(z, dtype=np.float32))

    verdict = derivative_argument(single, row)
    assert verdict.argument is (Z if readings_differ(row) else EITHER)


@each_with_output
def test_float32_takes_the_output(row):
    def single(a):
        return row.derivative_from_output(np.asarray(a, dtype=np.float32))

    verdict = derivative_argument(single, row)
    assert verdict.argument is (A if readings_differ(row) else EITHER)


@each_row
def test_one_number_at_a_time(row):
    def scalar(z):
        return float(np.asarray(from_z(row)(np.float64(float(z)))))

    verdict = derivative_argument(scalar, row)
    assert verdict.argument is (Z if readings_differ(row) else EITHER)


@each_row
def test_lists_in_and_lists_out(row):
    def listed(zs):
        if not isinstance(zs, list):
            raise TypeError("a list, please")
        return [float(np.asarray(from_z(row)(np.float64(z)))) for z in zs]

    verdict = derivative_argument(listed, row)
    assert verdict.argument is (Z if readings_differ(row) else EITHER)


@each_with_slope
@pytest.mark.parametrize("factor", [0.99, 1.01, 0.5, 2.0, -0.95, -1.0])
def test_a_factor_is_rejected_and_stated(row, factor):
    verdict = derivative_argument(lambda z: factor * from_z(row)(z), row)
    assert verdict.argument is NEITHER
    if factor == -1:
        assert "wrong sign" in verdict.resembles
    else:
        assert f"{factor} times" in verdict.resembles.replace("2 times", "2.0 times")
    assert ("`a`" in verdict.resembles) != readings_differ(row)


@each_with_two_readings
def test_one_percent_at_a_single_steep_point_is_rejected(row):
    points = probe(row)
    steep = points.z[np.abs(points.slope).argmax()]

    def bumped(z):
        return from_z(row)(z) * np.where(np.abs(z - steep) < 1e-9, 1.01, 1.0)

    verdict = derivative_argument(bumped, row)
    assert verdict.argument is NEITHER
    assert verdict.resembles.startswith("from `z` it is right only where z is")


@each_unlike_its_slope
def test_the_activation_itself_is_named(row):
    verdict = derivative_argument(row.function, row)
    assert verdict.argument is NEITHER
    assert "the activation itself" in verdict.resembles


@pytest.mark.parametrize(
    ("off", "expected"), [(0.5, A), (0.9, A), (1.1, NEITHER), (2.0, NEITHER)]
)
@pytest.mark.parametrize("sign", [-1, 1])
def test_the_tolerance_from_both_sides(off, expected, sign):
    factor = 1 + sign * off * RELATIVE
    verdict = derivative_argument(lambda a: factor * a * (1 - a) + 0.0)
    assert verdict.argument is expected


def test_a_one_sided_difference_passes_and_a_coarse_one_does_not():
    def forward_difference(h):
        return lambda z: (sigmoid(z + h) - sigmoid(z)) / h

    assert derivative_argument(forward_difference(1e-3)).argument is Z
    assert derivative_argument(forward_difference(2e-2)).argument is NEITHER


# ---- code as people write it


def sigmoid_prime(z):
    return 1 / (1 + np.exp(-z)) * (1 - 1 / (1 + np.exp(-z)))


def nonlin(x, deriv=False):
    if deriv:
        return x * (1 - x)
    return 1 / (1 + np.exp(-x))


def in_place(v):
    v *= 1 - v
    return v


def in_place_without_return(v):
    v *= 1 - v


def slot_by_slot(values):
    for i, value in enumerate(values):
        values[i] = value * (1 - value)
    return values


def scalar_relu_slope(v):
    return 1 if v > 0 else 0


def needs_rows(v):
    m, n = v.shape
    return (v * (1 - v)).reshape(m, n)


def far_out(z):
    return np.exp(z) / (1 + np.exp(z)) ** 2  # inf/inf from z = 355 on


def own_errstate(v):
    with np.errstate(all="warn"):
        return np.log(v) + sigmoid_derivative(v)


def scalar_near_zero(z):
    if z < -7:
        raise OverflowError("too far out")
    return math.exp(-z) / (1 + math.exp(-z)) ** 2


def scalar_from_output(a):
    return math.sqrt(a - a**2) ** 2  # no real number unless a is an output


WRITTEN = [
    (sigmoid_prime, SIGMOID, Z),
    (lambda z: math.exp(-z) / (1 + math.exp(-z)) ** 2, SIGMOID, Z),
    (lambda z: 0.25 / np.cosh(z / 2) ** 2, SIGMOID, Z),
    (lambda v: nonlin(v, deriv=True), SIGMOID, A),
    (lambda v: nonlin(nonlin(v), True), SIGMOID, Z),
    (in_place, SIGMOID, A),
    (in_place_without_return, SIGMOID, A),
    (slot_by_slot, SIGMOID, A),
    (lambda vs: [v * (1 - v) for v in vs], SIGMOID, A),
    (np.vectorize(lambda v: v * (1 - v)), SIGMOID, A),
    (needs_rows, SIGMOID, A),
    (scalar_from_output, SIGMOID, A),
    (lambda z: np.float32(sigmoid_derivative(z)), SIGMOID, Z),
    (far_out, SIGMOID, Z),
    (lambda z: 1 - math.tanh(z) ** 2, TANH, Z),
    (lambda a: 1 - a * a, TANH, A),
    (lambda a: (1 - a) * (1 + a), TANH, A),
    (scalar_relu_slope, RELU, EITHER),
    (lambda v: v > 0, RELU, EITHER),
    (lambda v: v >= 0, RELU, Z),
    (lambda v: 1, IDENTITY, EITHER),
    (lambda v: np.ones_like(v), IDENTITY, EITHER),
]


@pytest.mark.parametrize(("derivative", "row", "expected"), WRITTEN)
def test_code_as_people_write_it(derivative, row, expected):
    assert derivative_argument(derivative, row).argument is expected


@pytest.mark.parametrize("writes", [in_place, in_place_without_return, slot_by_slot])
def test_writing_to_the_argument_is_mentioned(writes):
    verdict = derivative_argument(writes)
    assert verdict.changes_argument
    assert str(verdict).endswith("it changes its argument in place: pass a copy")


def test_not_writing_is_not_mentioned():
    assert "in place" not in str(derivative_argument(sigmoid_derivative))


def test_writing_to_one_of_the_two_arguments_is_mentioned():
    def clipped(a):
        a[a > 1] = 1  # no output is
        return a * (1 - a)

    assert derivative_argument(clipped).changes_argument


def test_a_function_that_returns_its_own_buffer_each_time():
    buffer = np.empty_like(probe(SIGMOID).z)
    verdict = derivative_argument(
        lambda z: np.copyto(buffer, sigmoid_derivative(z)) or buffer
    )
    assert verdict.argument is Z


def test_a_function_that_keeps_what_it_is_given_cannot_spoil_the_verdict():
    def zeroes(v):
        result = v * (1 - v)
        v[...] = 0
        return result

    assert derivative_argument(zeroes).argument is A


def test_no_warning_escapes_and_none_of_the_callers_settings_change():
    before = np.geterr()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        derivative_argument(lambda z: far_out(100 * z) + np.log(z))
        derivative_argument(own_errstate)
        derivative_argument(lambda v: np.full_like(v, 1e308))
    assert not caught
    assert np.geterr() == before


# ---- what a wrong one resembles


@pytest.mark.parametrize(
    ("derivative", "row", "words"),
    [
        (lambda a: 2 * a * (1 - a), SIGMOID, "2 times the slope from `a`"),
        (lambda z: sigmoid_derivative(z) / 2, SIGMOID, "0.5 times the slope from `z`"),
        (lambda a: a * (a - 1), SIGMOID, "the slope from `a` with the wrong sign"),
        (lambda v: 3 * (v > 0), RELU, "3 times the slope from `z` or `a`"),
        (lambda v: 0.25, SIGMOID, "returns 0.25 for any argument"),
        (lambda v: 0 * v, SIGMOID, "returns 0 for any argument"),
        (lambda a: 1 - a**2, SIGMOID, "the slope of tanh, from `a`"),
        (lambda z: 1 / np.cosh(z) ** 2, SIGMOID, "the slope of tanh, from `z`"),
        (lambda a: a * (1 - a), TANH, "the slope of sigmoid, from `a`"),
        (lambda v: v > 0, SIGMOID, "relu, from `z` or `a`"),
        (
            lambda z: sigmoid_derivative(np.clip(z, -5, 5)),
            SIGMOID,
            "from `z` it is right only where z is -4.27 to 4.19; at z = -7.57",
        ),
        (
            lambda a: np.where(a > 0.5, a * (1 - a), 0),
            SIGMOID,
            "from `a` it is right only where z is 0.53 to 7.43; at z = -7.57",
        ),
        (
            lambda a: np.where(np.abs(a - 0.5) < 0.4, 7, a * (1 - a)),
            SIGMOID,
            "right only where z is -7.57 to -2.57 or 2.63 to 7.43; at z = -1.83",
        ),
        (
            scalar_near_zero,
            SIGMOID,
            "right only where z is -4.27 to 7.43; at z = -7.57 it gives nan",
        ),
        (
            lambda v: np.where(v > 0, v**2, 0),
            RELU,
            "from `z` it is right only where z is -7.57 to -0.49; at z = 0.53",
        ),
        (
            lambda v: np.where(np.abs(v) > 4, 0, 7),
            ROWS["own bell"],
            "it gives 7 from `z` and 7 from `a`",
        ),
        (
            lambda a: a * (1 - a) * np.where(a > 0.5, 0.01, 0.0105),
            SIGMOID,
            "at z = -0.49, a = 0.3799, where the slope",
        ),
        (lambda a: a**2 * (1 - a), SIGMOID, "at z = -0.49, a = 0.3799, where the"),
    ],
)
def test_neither_says_what_it_is_close_to(derivative, row, words):
    verdict = derivative_argument(derivative, row)
    assert verdict.argument is NEITHER
    assert words in verdict.resembles
    assert verdict.resembles in str(verdict)


@pytest.mark.parametrize(
    ("derivative", "words"),
    [
        (lambda v: 1 - np.exp(-v), "it is the slope of softplus, from `a`"),
        (lambda v: 2 * v, "it is the slope of square, from `z`"),
        (lambda v: 1 + v**2, "it is the slope of tan, from `a`"),
        (np.cos, "it is the slope of sin, from `z`"),
        (np.exp, "it is the slope of exp, from `z`, and of expm1, from `z`"),
        (np.sign, "it is the slope of relu, from `a`, and of abs, from `z`"),
        (lambda v: np.where(v > 0, 1, 0.01), "of leaky_relu, from `z` or `a`"),
    ],
)
def test_the_slope_of_another_activation_is_recognised(derivative, words):
    assert words in derivative_argument(derivative).resembles


@pytest.mark.parametrize("asked", [SIGMOID, TANH, RELU])
@each_row
def test_a_row_named_as_another_is_one_by_its_own_verdict(row, asked):
    """Each suggestion holds at hundreds of points, not only at the probes."""
    verdict = derivative_argument(from_z(row), asked)
    for name, named in re.findall(
        r"of (\w+), from (`z` or `a`|`z`|`a`)", verdict.resembles
    ):
        z = probe(ACTIVATIONS[name]).z
        z = np.linspace(z.min(), z.max(), 999)
        a, slope = ACTIVATIONS[name].function(z), ACTIVATIONS[name].derivative(z)
        for argument, v in (("`z`", z), ("`a`", a)):
            if argument in named:
                np.testing.assert_allclose(quiet(from_z(row), v), slope, 2e-3, 1e-6)


def test_every_row_is_recognised_when_another_was_asked_for():
    for name, row in ACTIVATIONS.items():
        resembles = derivative_argument(from_z(row), ROWS["own logit"]).resembles
        assert f"of {name}, from `z`" in resembles or "1 for any argument" in resembles


def test_a_slip_at_one_point_is_no_other_activation():
    """sign(v) is relu's slope from `a`, even with a slip at a z below 0."""
    slipped = ROWS["abs"].derivative(probe(ROWS["abs"]).z[:1]) * 1.01

    def sign(v):
        return np.where(np.abs(v - probe(ROWS["abs"]).z[0]) < 1e-9, slipped, np.sign(v))

    assert (
        "it is right only where z is"
        in derivative_argument(sign, ROWS["abs"]).resembles
    )


def test_an_even_and_an_odd_part_are_both_seen():
    """σ'(|z|) is σ'(z); the sign of z alone must not pass."""
    assert derivative_argument(lambda z: sigmoid_derivative(np.abs(z))).argument is Z
    odd = derivative_argument(lambda z: sigmoid_derivative(z) * np.sign(z))
    assert "right only where z is 0.53 to 7.43" in odd.resembles


# ---- what it prints, and what it refuses


def test_sentences():
    assert (
        str(derivative_argument(sigmoid_derivative_from_output))
        == "takes the output: pass `a`, not `z`"
    )
    assert (
        str(derivative_argument(sigmoid_derivative))
        == "takes the pre-activation: pass `z`, not `a`"
    )
    assert "either" in str(derivative_argument(scalar_relu_slope, RELU))
    assert str(derivative_argument(sigmoid)).startswith("takes neither: ")


def test_a_verdict_is_a_value():
    verdict = derivative_argument(sigmoid_derivative)
    assert verdict == derivative_argument(sigmoid_derivative)
    with pytest.raises(dataclasses.FrozenInstanceError):
        verdict.argument = A


def raising(v):
    return {}[float(np.sum(v))]


@pytest.mark.parametrize(
    ("derivative", "message"),
    [
        (raising, "failed: KeyError: .*; what it needs besides"),
        (lambda z, w: {}[0], "takes 2 arguments, `z` and `w`, and failed"),
        (lambda: 0.25, "must take an argument, but the function takes none"),
        (lambda v: math.no_such_name, "AttributeError"),
        (lambda v: None, "it returned None; end it with a return"),
        (lambda v: 1j * v, "real numbers, not complex128"),
        (lambda v: "slope", "real numbers"),
        (lambda v: v[:-1], r"returned shape \(15,\) for an argument of shape \(16,\)"),
        (lambda v: np.sum(v * (1 - v)), r"returned shape \(\) for an argument"),
        (lambda v: np.outer(v, v), "returned shape"),
        (lambda v: np.mean(v, axis=1), "returned shape"),
        (lambda v: np.sum(v, axis=0, keepdims=True), "returned shape"),
        (lambda v: v * np.nan, "returned nan for every argument"),
        (lambda v: math.nan, "returned nan for every argument"),
        (lambda v: v / 0, "must return a finite slope"),
    ],
)
def test_what_cannot_be_judged_is_refused(derivative, message):
    with pytest.raises(ValueError, match=message):
        derivative_argument(derivative)


@pytest.mark.parametrize("derivative", [0.25, "sigmoid", None, np.ones(3)])
def test_a_derivative_has_to_be_a_function(derivative):
    with pytest.raises(TypeError, match="must be a function or a layer"):
        derivative_argument(derivative)


@pytest.mark.parametrize("activation", ["tanh", np.tanh, None])
def test_an_activation_has_to_be_one(activation):
    with pytest.raises(TypeError, match=r'ACTIVATIONS\["tanh"\]'):
        derivative_argument(sigmoid_derivative, activation)


def test_an_activation_without_its_domain_is_refused():
    with np.errstate(invalid="ignore"):
        row = make_activation("root", np.sqrt, lambda z: 0.5 / np.sqrt(z))
        with pytest.raises(ValueError, match="root must have a finite slope inside"):
            derivative_argument(np.sqrt, row)


def test_a_wrong_argument_that_raises_or_gives_nan_tells_them_apart():
    def rooted(a):
        with np.errstate(invalid="warn"):  # a caller's own setting
            return np.sqrt(a * (1 - a)) ** 2

    assert derivative_argument(rooted).argument is A


def test_interrupts_are_not_swallowed():
    def interrupted(v):
        raise KeyboardInterrupt(v)

    with pytest.raises(KeyboardInterrupt):
        derivative_argument(interrupted)
