"""What every row of the catalogue obeys: a witness or none, its domain, its kinks."""

import math

import numpy as np
import pytest
from rows import (
    CUBE,
    EXACT,
    MP,
    ROUNDINGS,
    SINE,
    each_monotone,
    each_other,
    each_row,
    each_with_kinks,
    grid,
    rows_where,
)

from backprop_explained import ACTIVATIONS, make_activation

# ---- monotone, or a witness


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
    """A new one needs a formula, or its name here and a reason in a comment."""
    monotone = {name: row for name, row in ACTIVATIONS.items() if not row.witness}
    without = [name for name, row in monotone.items() if len(row.formulas) < 3]
    assert without == ["tanhshrink"]


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
    slope = lambda z: np.sign(z - 0.123456) + np.exp(z)
    hidden = make_activation("bent", np.abs, slope)
    assert kinks_found(hidden).tolist() == [0.123456]


def sides(row, kink):
    """The slopes on the left and on the right of a kink, by mpmath."""
    f, z = EXACT[row.name], MP.mpf(kink)
    return [float(MP.diff(f, z, direction=side)) for side in (-1, 1)]


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
