"""The slope from many steps: finer where noise limits, and never an accusation."""

import numpy as np
import pytest

from backprop_explained import check_gradients
from backprop_explained.check import asking
from backprop_explained.check.asking import DIRECTIONS, ODDS, SHOWN, bound_of
from backprop_explained.check.fitted import POINTS, fitted, refined, thorough
from backprop_explained.check.probe import Probe
from backprop_explained.check.slope import Line, Reading

NOISE = 1e-6


def line_of(cost, slope, seed=0, noise=NOISE):
    """The cost of one number from 1 on, with noise; its slope there is given."""
    rng = np.random.default_rng(seed)
    noisy = lambda p: float(cost(p[0][0])) + noise * rng.normal()
    x = np.array([1.0])
    probe = Probe(noisy, [x])
    given = np.array([slope])
    return Line(probe, 0, given, np.ones(1), noisy([x]), noise)


def test_a_fit_is_finer_than_three_steps_and_as_right():
    tolerances, errors = [], []
    for seed in range(200):
        line = line_of(np.sin, np.cos(1.0), seed)
        simple = line.best(-6, 0.0)
        fine = refined(line, simple, 0.0)
        tolerances.append(fine.tolerance / simple.tolerance)
        errors.append(abs(fine.residual) / fine.tolerance)
        assert fine.is_fitted
    assert np.median(tolerances) < 0.3
    assert np.mean(np.array(errors) > 1) <= 0.01


def test_a_fit_of_half_the_length_has_half_of_its_steps_already():
    line = line_of(np.sin, np.cos(1.0))
    simple = line.read(-2)
    fitted(line, simple, -2)
    before = line.probe.calls
    fitted(line, simple, -3)
    assert line.probe.calls - before == POINTS


def test_where_the_cost_is_not_finite_a_fit_says_nothing():
    line = line_of(lambda x: np.log(x), 1.0)
    assert fitted(line, line.read(-4), 2).tolerance == np.inf
    assert refined(line, line.read(-4), 0.0).level < 0


@pytest.mark.parametrize("distance", [0.0, 1e-6, 1e-4, 1e-2])
def test_a_kink_nearby_is_no_error(distance):
    """Beyond the kink the slope is 3; a long fit takes the mean of the two."""
    cost = lambda x: 2 * x + np.maximum(x - 1 - distance, 0)
    for seed in range(20):
        line = line_of(cost, 2.0 if distance else 2.5, seed, noise=1e-5)
        simple = line.best(-6, 0.0)
        if not simple.is_off(0.0):
            assert not refined(line, simple, 0.0).is_off(0.0)


def test_an_error_that_only_a_fit_sees_is_seen():
    line = line_of(np.sin, np.cos(1.0) + 3e-4)
    simple = line.read(-6)
    assert not simple.is_off(0.0)
    fine = refined(line, simple, 0.0)
    assert fine.is_off(0.0)
    assert fine.residual == pytest.approx(-3e-4, rel=0.1)


def small_in_a_large_cost(factor):
    """An array of which the cost, in float32, carries three digits or so."""
    rng = np.random.default_rng(3)
    x, W = rng.normal(size=(20, 30)), rng.normal(size=30) / 5
    a = np.tanh(x @ W)
    right = x.T @ (1 - a**2) / 200
    cost = lambda p: np.float32(10 + np.tanh(x @ p[0]).sum() / 200)
    return check_gradients(cost, [W], [factor * right])


def test_what_float32_hides_from_three_steps_shows_in_a_fit():
    check = small_in_a_large_cost(1)
    assert check.verdict == "right"
    assert check.arrays[0].bound <= 1e-2
    assert small_in_a_large_cost(2).verdict == "wrong"


def test_what_is_off_by_little_is_left_undecided_and_says_what_would_decide():
    check = small_in_a_large_cost(1.02)
    assert not check
    assert check.arrays[0].verdict == check.verdict == "undecided"
    assert check.arrays[0].is_doubted
    assert "in array 1 of 1 the cost disagrees" in check.reason
    assert "compute the cost in float64" in check.reason
    assert "too small" not in str(check)


def test_a_step_that_is_forced_is_not_fitted():
    x = np.linspace(0, 1, 20)
    cost = lambda p: np.float32(10 + np.sin(p[0]).sum())
    forced = check_gradients(cost, [x], [np.cos(x)], step=1e-3)
    free = check_gradients(cost, [x], [np.cos(x)])
    assert forced.arrays[0].bound > free.arrays[0].bound
    assert forced.calls < free.calls


@pytest.mark.parametrize("count", DIRECTIONS)
@pytest.mark.parametrize("spread", [1.0, 10.0])
def test_an_error_of_the_bound_is_missed_as_seldom_as_is_said(count, spread):
    rng = np.random.default_rng(count)
    tolerances = spread ** rng.random(count)
    readings = [Reading(1.0, 0.0, 0.0, t, 0.0, 0.0, 0) for t in tolerances]
    bound = bound_of(readings, 0.0, 1.0)
    slopes = bound * rng.normal(size=(200_000, count))
    missed = (np.abs(slopes) < SHOWN * tolerances).all(axis=1).mean()
    assert missed == pytest.approx(1 / ODDS, rel=0.15)
    larger = (np.abs(2 * slopes) < SHOWN * tolerances).all(axis=1).mean()
    assert larger < missed / 3


def test_more_directions_and_finer_ones_lower_the_bound():
    reading = Reading(1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0)
    finer = reading._replace(rounding=0.1)
    four, eight = (bound_of([reading] * n, 0.0, 1.0) for n in (4, 8))
    assert eight < four / 2
    assert bound_of([reading] * 3 + [finer], 0.0, 1.0) < four
    assert bound_of([finer] * 4, 0.0, 1.0) == pytest.approx(four / 10, rel=0.01)


def test_four_times_the_steps_halve_what_noise_leaves():
    shorter = []
    for seed in range(50):
        line = line_of(np.sin, np.cos(1.0), seed)
        fine = refined(line, line.best(-6, 0.0), 0.0)
        more = thorough(line, fine, 0.0)
        assert not more.is_off(0.0)
        assert more.tolerance <= fine.tolerance
        shorter.append(more.tolerance / fine.tolerance)
    assert np.median(shorter) < 0.6


def test_a_stair_of_the_cost_is_not_taken_for_its_slope():
    """Between two numbers of float32 the cost does not change at all."""
    line = line_of(lambda x: np.float32(8.0001 + 1e-3 * np.sin(x)), 5.403e-4, noise=0)
    line.noise = 3e-7
    short = fitted(line, line.read(-2), -11)
    assert short.measured == pytest.approx(0, abs=1e-12)
    assert short.tolerance == np.inf
    assert not refined(line, line.read(-4), 0.0).is_off(0.0)


@pytest.mark.parametrize("seed", range(5))
def test_where_shorter_steps_say_otherwise_the_longer_ones_were_wrong(seed):
    """Behind a kink at 2^-9 the slope is 2 % more, on which the long steps agree."""
    cost = lambda x: x + 0.02 * np.maximum(x - 1 - 2.0**-9, 0)
    line = line_of(cost, 1.0, seed, noise=1e-7)
    long = line.read(-3)._replace(formula=1e-3)
    assert long.residual == pytest.approx(0.01, rel=0.1)
    assert long.is_off(0.0)
    fine = refined(line, long, 0.0)
    assert not fine.is_off(0.0)
    assert fine.tolerance < abs(long.residual)


@pytest.mark.parametrize("factor", [1.0, 1.05])
def test_many_steps_are_spent_where_the_bound_would_be_wide(factor, monkeypatch):
    v = np.random.default_rng(0).normal(size=30)
    cost = lambda p: np.float32(2000 + np.sin(p[0]).sum() / 50)
    patient = check_gradients(cost, [v], [factor * np.cos(v) / 50])
    monkeypatch.setattr(asking, "PATIENCE", -1)
    hasty = check_gradients(cost, [v], [factor * np.cos(v) / 50])
    assert hasty.calls < patient.calls < 5_000
    assert bool(patient) == (factor == 1)
    if factor == 1:
        assert patient.arrays[0].bound <= 1e-2 < hasty.arrays[0].bound


def beside_much(much, kind):
    """Two arrays, of which the second adds little to a cost that is large."""
    rng = np.random.default_rng(0)
    v, w = rng.normal(size=30), rng.normal(size=5)
    cost = lambda p: kind(much + 9 * np.sin(p[1]).sum() + np.sin(p[0]).sum() / 50)
    return check_gradients(cost, [v, w], [np.cos(v) / 50, 9 * np.cos(w)])


def test_a_bound_that_the_digits_leave_wide_is_said_with_the_way_out(monkeypatch):
    monkeypatch.setattr(asking, "PATIENCE", -1)
    check = beside_much(3_000, np.float32)
    assert check.verdicts == ("right", "right")
    wide, fine = (array.bound for array in check.arrays)
    assert fine <= 1e-2 < wide
    assert check.reason.startswith(
        "right, by a cost that carries about 7 digits: too few to see an error below "
        f"{wide:.0e} in array 1 of 2; compute the cost in float64"
    )
    assert beside_much(3_000, np.float64).reason == "right"


def test_an_array_that_the_digits_hide_is_said_with_the_way_out():
    check = beside_much(60_000, np.float32)
    assert check.verdicts == ("undecided", "right")
    assert "too few to see any error in array 1 of 2; compute" in check.reason
    assert "too small to measure" in str(check)
    precise = beside_much(60_000, np.float64)
    assert precise.verdicts == ("right", "right")


def test_where_the_digits_hide_little_no_way_out_is_offered():
    check = beside_much(10, np.float32)
    assert max(array.bound for array in check.arrays) <= 1e-2
    assert check.reason == "right, by a cost that carries about 7 digits"
