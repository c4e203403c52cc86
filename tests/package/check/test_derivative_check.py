"""Every way of writing a slope is told apart, on every row; and the judge rejects."""

import itertools
import math

import numpy as np
import pytest
from slope_rows import (
    EITHER,
    NEITHER,
    ROWS,
    A,
    Z,
    each_row,
    each_unlike_its_slope,
    each_with_output,
    each_with_slope,
    each_with_two_readings,
    from_z,
    gaps,
    readings_differ,
    wrong_readings,
)

from backprop_explained import (
    IDENTITY,
    SIGMOID,
    TANH,
    derivative_argument,
    sigmoid,
    sigmoid_derivative,
)
from backprop_explained.check.probes import CLEARANCE, RELATIVE, probe

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


def assert_takes(argument, derivative, row):
    verdict = derivative_argument(derivative, row)
    assert verdict.argument is (argument if readings_differ(row) else EITHER)


@each_row
def test_the_slope_from_z_takes_z(row):
    assert_takes(Z, from_z(row), row)


@each_with_output
def test_the_slope_from_the_output_takes_the_output(row):
    assert_takes(A, row.derivative_from_output, row)


@each_row
@pytest.mark.parametrize("h", [1e-3, 1e-5])
def test_a_central_difference_takes_z(row, h):
    difference = lambda z: (row.function(z + h) - row.function(z - h)) / (2 * h)
    at_kink = np.isin(probe(row).a, row.kinks).any()  # as relu's output 0 is
    verdict = derivative_argument(difference, row)
    assert verdict.argument is (Z if readings_differ(row) or at_kink else EITHER)


@each_row
def test_float32_takes_z(row):
    assert_takes(Z, lambda z: from_z(row)(np.float32(z)), row)


@each_with_output
def test_float32_takes_the_output(row):
    assert_takes(A, lambda a: row.derivative_from_output(np.float32(a)), row)


@each_row
def test_one_number_at_a_time(row):
    one = lambda z: float(np.asarray(from_z(row)(np.float64(float(z)))))
    assert_takes(Z, one, row)


@each_row
def test_lists_in_and_lists_out(row):
    def listed(zs):
        if not isinstance(zs, list):
            raise TypeError("a list, please")
        return [float(np.asarray(from_z(row)(np.float64(z)))) for z in zs]

    assert_takes(Z, listed, row)


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
    bump = lambda z: np.where(np.abs(z - steep) < 1e-9, 1.01, 1.0)
    verdict = derivative_argument(lambda z: from_z(row)(z) * bump(z), row)
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
    for h, argument in [(1e-3, Z), (2e-2, NEITHER)]:
        one_sided = lambda z, h=h: (sigmoid(z + h) - sigmoid(z)) / h
        assert derivative_argument(one_sided).argument is argument
