"""How fine the check sees, beside what one could see who knew the cost exactly."""

import re

import numpy as np
import pytest

from backprop_explained.check import directions
from backprop_explained.check.directions import scale_of
from backprop_explained.check.gradient import RIGHT
from backprop_explained.check.probe import Probe
from backprop_explained.check.verdict import COARSE
from sitebuild.evidence.gradient_check import achievable, trials
from sitebuild.evidence.gradient_check.achievable import AIMS, Best, exact_cost
from sitebuild.evidence.gradient_check.corpus import SIZE, case

RIGHT_ONES = trials.recorded().right
BEST = achievable.recorded()
NOISY = range(3, SIZE, 10)
SINGLE = range(1, SIZE, 10)
CHEAPEST = sorted(
    (row for row in BEST if row.group == "float32"),
    key=lambda row: RIGHT_ONES[row.number].calls,
)[:5]
SMALL = [row for row in BEST if RIGHT_ONES[row.number].parameters < 200]


def noise_of(number):
    """The noise that is measured, as a part of that which was added."""
    drawn = case(number)
    probe = Probe(drawn.cost, drawn.parameters)
    added = drawn.noise * abs(probe.here()) / np.sqrt(3)
    return directions._noise(probe, 0) / added


# ---- how fine


def test_smooth_networks_in_float64_are_read_to_a_millionth():
    bounds = np.array(trials.recorded().bounds("smooth"))
    assert sum(row.group == "smooth" for row in BEST) <= 4  # above it, or unmeasured
    assert np.median(bounds) < RIGHT


def test_networks_in_float32_are_read_to_a_hundredth_where_the_cost_carries_it():
    rows = [row for row in RIGHT_ONES if row.group == "float32"]
    fine = [row for row in rows if row.bound <= COARSE and not row.too_small]
    coarse = {row.number: row for row in BEST if row.group == "float32"}
    assert len(fine) >= 0.95 * len(rows)
    # by how many more who knows the cost would do better
    assert sum(row.carried for row in coarse.values()) <= 1


@pytest.mark.parametrize("row", CHEAPEST, ids=lambda row: row.number)
def test_what_the_digits_do_not_carry_is_said_with_the_way_out(row):
    drawn = case(row.number)
    check = trials.judge(drawn, drawn.gradients())
    assert check
    too_few = "too few to see (an error below .*|any error) in array"
    assert re.search(too_few, str(check))
    assert "compute the cost in float64" in check.reason


def test_each_network_above_the_aim_is_in_the_record():
    above = {
        number
        for number, row in enumerate(RIGHT_ONES)
        if row.group in AIMS and (row.too_small or row.bound > AIMS[row.group])
    }
    assert {row.number for row in BEST} == above
    assert all(row.group == RIGHT_ONES[row.number].group for row in BEST)
    assert all(row.stated > AIMS[row.group] for row in BEST)


@pytest.mark.parametrize("row", SMALL[::4], ids=lambda row: row.number)
def test_what_could_be_stated_is_found_again(row):
    again = achievable.on(row.number)
    assert (again.group, again.arrays) == (row.group, row.arrays)
    assert 0.5 < again.best / row.best < 2  # other processors round otherwise
    assert again.carried == row.carried


def test_a_cost_without_noise_carries_more_than_one_with_it():
    drawn = next(c for c in map(case, NOISY) if c.noise > 1e-7)
    still = case(0)
    for one in (drawn, still):
        exact, seen = exact_cost(one, one.parameters), one.cost(one.parameters)
        assert float(exact) == pytest.approx(float(seen), rel=2 * one.noise + 1e-12)
    unit = scale_of(drawn.parameters[0]) * np.ones(drawn.parameters[0].shape)
    noisy = achievable.tolerance(drawn, 0, unit)
    without = type(drawn)(**vars(drawn) | {"noise": 0.0})
    assert noisy > 10 * achievable.tolerance(without, 0, unit)


def test_what_is_carried_depends_on_the_group():
    assert Best(1, "float32", 1, 0.1, 1e-3).carried
    assert not Best(1, "float32", 1, 0.1, 0.02).carried
    assert not Best(1, "smooth", 1, 0.1, 1e-3).carried


@pytest.mark.parametrize("number", [304, 469, 471, 511])
def test_an_error_where_some_directions_are_too_coarse_does_not_pass(number):
    """Most directions, read finely, see it; of the right gradient none does."""
    assert not trials.on_wrong(number).passed
    assert trials.on_right(number).verdict == "right"


# ---- noise


def test_noise_is_rarely_taken_for_much_less_than_it_is():
    found = np.array([noise_of(number) for number in NOISY])
    assert 0.5 < np.median(found) < 1.5
    assert np.mean(found < 1 / 4) <= 0.05


@pytest.mark.parametrize("part", [4, 16])
def test_noise_taken_for_less_accuses_nobody(part, monkeypatch):
    """A slope may be off by eight of its deviations, and is asked at other steps."""
    measure = directions.estimate_noise
    monkeypatch.setattr(directions, "estimate_noise", lambda line: measure(line) / part)
    for number in [*NOISY[::48], *SINGLE[::48]]:
        assert trials.on_right(number).verdict in ("right", "kink")
