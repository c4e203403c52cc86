"""When the output is enough: every stop of every activation, beside mpmath."""

import itertools
import json
import re

import numpy as np
import pytest
from drawings import Drawing, near
from rows import EXACT, MP, each_row

from backprop_explained import ACTIVATIONS
from sitebuild.figures.live_output import FIRST, output, verdict
from sitebuild.figures.output_stops import COUNT, courses, nice_range

HALF = 0.000501
"""What a value may be off that was rounded to three digits."""


WITNESSED = [name for name, row in ACTIVATIONS.items() if row.witness]


@pytest.fixture(scope="module")
def every():
    """The courses of all activations, by name."""
    return {course.name: course for course in courses()}


@pytest.fixture(autouse=True)
def few_digits():
    with MP.workdps(25):
        yield


def places(course):
    low, high = (MP.mpf(str(end)) for end in course.z)
    return [low + (high - low) * k / (COUNT - 1) for k in range(COUNT)]


def slope(name, z):
    return MP.diff(EXACT[name], z)


@each_row
def test_the_stops_are_those_of_mpmath(every, row):
    course = every[row.name]
    for k, z in list(enumerate(places(course)))[:: 4 if row.kinks else 8]:
        assert course.a[k] == pytest.approx(float(EXACT[row.name](z)), abs=HALF)
        if not any(abs(z - MP.mpf(kink)) < 1e-9 for kink in row.kinks):
            assert k not in course.kinks
            expected = float(slope(row.name, z))
            assert course.slope[k] == pytest.approx(expected, abs=HALF)


@each_row
def test_at_a_kink_both_sides_are_known(every, row):
    course, zs = every[row.name], places(every[row.name])
    for kink in row.kinks:
        near_kink = [k for k, z in enumerate(zs) if abs(z - MP.mpf(kink)) < 1e-9]
        if not course.z[0] <= kink <= course.z[1]:
            assert near_kink == []
            continue
        (k,) = near_kink  # a stop stands on it
        beside = [zs[k] + side * MP.mpf("1e-6") for side in (-1, 1)]
        sides = [float(slope(row.name, z)) for z in beside]
        assert course.kinks[k] == pytest.approx(sides, abs=HALF + 1e-5)


@each_row
def test_there_are_pairs_exactly_where_there_is_a_witness(every, row):
    course = every[row.name]
    assert bool(course.pairs) == bool(row.witness) == (course.best is not None)
    for k in range(COUNT):
        said, good = verdict(course, k)
        assert good == (k not in course.pairs) == said.startswith("✓")
        assert ("each output" in said) == (not row.witness)


@pytest.mark.parametrize("name", WITNESSED)
def test_a_pair_has_one_output_and_different_slopes(every, name):
    course, zs = every[name], places(every[name])
    for k, (z2, slope2) in list(course.pairs.items())[::4]:
        if not -8 <= z2 <= 8:  # too flat out there for two digits of z
            continue
        there, back = MP.mpf(str(z2)), slope(name, MP.mpf(str(z2)))
        room = 0.0051 * (abs(float(back)) + 0.01) + 1e-9
        assert abs(EXACT[name](there) - EXACT[name](zs[k])) <= room
        bend = 0.0051 * 2.1  # twice the largest second derivative there is here
        assert slope2 == pytest.approx(float(back), abs=HALF + bend)
        assert abs(slope2 - float(slope(name, zs[k]))) > 0


@pytest.mark.parametrize("name", WITNESSED)
def test_where_there_is_none_the_output_comes_once(every, name):
    course, zs, f = every[name], places(every[name]), EXACT[name]
    around = [f(MP.mpf(x) / 8 + MP.mpf("0.0137")) for x in range(-90, 90)]
    for k in [k for k in range(0, COUNT, 3) if k not in (course.pairs | course.kinks)]:
        signs = np.sign([float(value - f(zs[k])) for value in around])
        assert np.count_nonzero(np.diff(signs)) <= 1


def test_the_formulas_are_those_of_the_catalogue(every):
    for name, course in every.items():
        own = ACTIVATIONS[name].formulas[2:]
        assert (course.formula,) == own or course.formula == ""
        if own and not course.formula:
            assert "lam" in own[0]


@pytest.mark.parametrize("name", ["silu", "relu", "sin", "hard_tanh"])
def test_both_curves_of_the_picture(every, name):
    course = every[name]
    drawing = Drawing(output(list(every).index(name)))
    (element,) = drawing.all("bp-output")
    ends = [float(end) for end in element.attributes["data-ends"].split()]
    left, right, up = ends[:2], ends[2:4], ends[4:6]

    over_z = drawing.part("over-z").points
    for (x, y), z, a in zip(over_z, places(course), course.a, strict=True):
        assert x == near(np.interp(float(z), course.z, left), 1)
        assert y == near(np.interp(a, course.a_range, up), 1)
    corners = drawing.part("over-a").points
    jumps = sum(one != other for one, other in course.kinks.values())
    assert len(corners) == COUNT + jumps
    d = drawing.part("over-a").attributes["d"]
    assert d.count("M") == 1 + jumps
    drawn = {(round(x, 1), round(y, 1)) for x, y in corners}
    for k in set(range(COUNT)) - set(course.kinks):
        x = np.interp(course.a[k], course.a_range, right)
        y = np.interp(course.slope[k], course.slope_range, up)
        assert any(abs(x - u) < 0.06 and abs(y - v) < 0.06 for u, v in drawn)


def whole(changes):
    return list(itertools.accumulate(map(int, changes.split())))


def test_the_module_is_given_what_the_build_has(every):
    (element,) = Drawing(output()).all("bp-output")
    given = json.loads(element.attributes["data-courses"])
    assert len(given) == len(every)
    for found, course in zip(given, every.values(), strict=True):
        z, a, slopes, kinks, stops, other_z, other_slope, best, *_ = found
        assert tuple(z) == course.z
        pairs = course.pairs.values()
        for changes, values in [
            (a, course.a),
            (slopes, course.slope),
            (other_z, [pair.z for pair in pairs]),
            (other_slope, [pair.slope for pair in pairs]),
        ]:
            assert [number / 1000 for number in whole(changes)] == values
        assert whole(stops) == list(course.pairs)
        assert {int(k): tuple(v) for k, v in kinks.items()} == course.kinks
        assert best == course.best


def test_every_activation_can_be_chosen_under_what_is_true_of_it():
    html = output()
    groups = re.findall(r'<optgroup label="(.*?)">(.*?)</optgroup>', html)
    names = {label: re.findall(r">(\w+)</option>", inside) for label, inside in groups}
    enough = [name for name in ACTIVATIONS if name not in WITNESSED]
    assert names == {"the output is enough": enough, "it is not": WITNESSED}
    assert html.count(" selected") == 1
    assert f'value="{FIRST}" selected' in html


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0.3, 0.9], (0, 1)),
        ([-0.28, 0.73], (-0.5, 1)),
        ([2.0, 8.0], (0, 10)),
        ([-4, 0], (-4, 0)),
    ],
)
def test_an_axis_ends_at_round_numbers_and_has_0(values, expected):
    assert nice_range(np.array(values)) == expected
