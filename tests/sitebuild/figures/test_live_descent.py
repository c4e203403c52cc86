"""Descent: read off the drawing by its ticks, beside a training of our own by hand."""

import json
import math

import numpy as np
import pytest
from drawings import Axis, Drawing, near, value_of, written

from sitebuild.figures.live_descent import descent

SIDES = ("one", "other")


def plain(z):
    return 1 / (1 + math.exp(-z))


SLOPES = {  # by the name that the table gives a reading
    "σ′(z)": lambda z: plain(z) * (1 - plain(z)),
    "σ′(a)": lambda z: plain(plain(z)) * (1 - plain(plain(z))),
}


@pytest.fixture(scope="module")
def drawing():
    return Drawing(descent())


@pytest.fixture(scope="module")
def given(drawing):
    (element,) = drawing.all("bp-descent")
    return json.loads(element.attributes["data-given"])


def trained(given, slope, steps):
    """Costs and outputs after each step: one example, one weight after the other."""
    first = [list(row) for row in given["weights"][0]]
    last = [row[0] for row in given["weights"][1]]
    costs, outputs = [], []
    for _ in range(steps + 1):
        moves = [[0.0] * 4 for _ in first], [0.0] * 4
        shown = []
        for x, (y,) in zip(given["x"], given["y"], strict=True):
            z = [sum(x[i] * first[i][j] for i in range(3)) for j in range(4)]
            a = [plain(at) for at in z]
            z_out = sum(a[j] * last[j] for j in range(4))
            shown.append(plain(z_out))
            delta = 2 * (shown[-1] - y) * slope(z_out)
            for j in range(4):
                moves[1][j] += a[j] * delta
                for i in range(3):
                    moves[0][i][j] += x[i] * delta * last[j] * slope(z[j])
        pairs = zip(shown, given["y"], strict=True)
        costs.append(math.fsum((a - y) ** 2 for a, (y,) in pairs))
        outputs.append(shown)
        for j in range(4):
            last[j] -= moves[1][j]
            for i in range(3):
                first[i][j] -= moves[0][i][j]
    return costs, outputs


@pytest.fixture(scope="module")
def courses(drawing, given):
    """Of either side, under the reading and for the steps that the table names."""
    steps = int(value_of(drawing.part("steps").text.removesuffix(" steps")))
    slope_of = lambda side: SLOPES[drawing.part(f"{side}-name").text]
    return {side: trained(given, slope_of(side), steps) for side in SIDES}


def test_the_start_and_the_examples_are_those_of_the_post(given):
    """Three inputs, the third always 1; the target is the exclusive or of two."""
    draws = np.random.RandomState(0)
    assert given["weights"] == [draws.rand(3, 4).tolist(), draws.rand(4, 1).tolist()]
    assert given["x"] == [[a, b, 1] for a in (0, 1) for b in (0, 1)]
    assert given["y"] == [[float(a != b)] for a, b, _ in given["x"]]
    assert given["stepSize"] == 1


def axes(drawing):
    """The costs and the steps, on logarithmic scales, from their ticks."""
    end = [t for t in drawing.all("text", "bp-end") if t.text[:1] in "01"]
    costs = [t for t in end if " " not in t.text]
    middle = [t for t in drawing.all("text", "bp-middle") if t["y"] < 180]
    assert len(costs) == len(middle) == 4
    up = Axis([(math.log10(value_of(t.text)), t["y"] - 4) for t in costs])
    along = Axis([(math.log10(1 + value_of(t.text)), t["x"]) for t in middle])
    return along, up


def test_the_grid_is_where_its_numbers_are(drawing, given):
    along, up = axes(drawing)
    lines = drawing.all("line")[:8]
    level = [e["y1"] for e in lines if e["y1"] == e["y2"]]
    upright = [e["x1"] for e in lines if e["x1"] == e["x2"]]
    assert level == [near(y) for _, y in up.ticks]
    assert upright == [near(x) for _, x in along.ticks]
    last = along(math.log10(1 + given["steps"][-1]))
    for line in lines:
        if line["y1"] == line["y2"]:
            assert (line["x1"], line["x2"]) == (near(along(0)), near(last))
    ends = [(e["y1"], e["y2"]) for e in lines if e["x1"] == e["x2"]]
    assert all(0 < below - axis < 6 for axis, below in ends)
    assert {axis for axis, _ in ends} == {up.ticks[-1][1]}


def test_the_module_is_told_the_same_scales(drawing):
    along, up = axes(drawing)
    told = [("time", along), ("cost", up)]
    told += [(side, across(drawing, side)) for side in SIDES]
    for name, axis in told:
        for value, place in axis.ticks:
            assert place == near(drawing.scale(name)(value)), name


def test_the_curves_are_those_of_the_training(drawing, given, courses):
    along, up = axes(drawing)
    steps = given["steps"]
    for side, (costs, _) in courses.items():
        assert steps[-1] == len(costs) - 1
        assert steps == sorted(set(steps))
        points = drawing.part(f"{side}-cost").points
        for step, (x, y) in zip(steps, points, strict=True):
            assert x == near(along(math.log10(1 + step)), 1)
            assert y == near(up(math.log10(costs[step])), 1)


def across(drawing, side):
    """The axis of the outputs on one side, from the numbers below it."""
    marks = [t for t in drawing.all("text", "bp-middle") if t["y"] > 270]
    chosen = marks[:3] if side == "one" else marks[3:]
    return Axis([(value_of(t.text), t["x"]) for t in chosen])


def test_outputs_and_targets_are_those_of_the_training(drawing, courses):
    examples = [t for t in drawing.all("text", "bp-end") if t.text.count(" ") == 2]
    marks = drawing.all("line", "bp-target")
    assert (len(examples), len(marks)) == (4, 8)
    level = [e for e in drawing.all("line", "bp-grid") if e["y1"] > 180]
    for k, side in enumerate(SIDES):
        axis = across(drawing, side)
        assert all(e["x1"] == near(axis(0)) for e in level[4 * k : 4 * k + 4])
        assert all(e["x2"] == near(axis(1)) for e in level[4 * k : 4 * k + 4])
        for row, example in enumerate(examples):
            first, second, third = map(float, example.text.split())
            assert third == 1
            target = marks[4 * k + row]
            middle = (target["y1"] + target["y2"]) / 2
            assert target["x1"] == target["x2"] == near(axis(first != second))
            dot = drawing.part(f"{side}-output-{row}")
            assert dot["cx"] == near(axis(courses[side][1][-1][row]))
            assert dot["cy"] == middle == example["y"] - 4
        guide = drawing.all("line", "bp-guide")[k]
        assert guide["x1"] == guide["x2"] == near(axis(0.5))


def test_the_table_says_what_the_training_did(drawing, given, courses):
    for side, (costs, outputs) in courses.items():
        assert drawing.part(f"{side}-cost-value").text == written(costs[-1], 4)
        pairs = zip(outputs[-1], given["y"], strict=True)
        right = sum((a > 0.5) == (y > 0.5) for a, (y,) in pairs)
        near = ", all near ½" * all(abs(a - 0.5) <= 0.1 for a in outputs[-1])
        assert drawing.part(f"{side}-learned-value").text == f"{right} of 4{near}"
        chosen = [o.text for o in drawing.all("option") if "selected" in o.attributes]
        name = drawing.part(f"{side}-name").text
        assert [text.startswith(name) for text in chosen].count(True) == 1


def test_only_the_wrong_reading_has_the_colour_of_what_is_wrong(drawing):
    parts = ["cost", "ghost", "now", "key", *(f"output-{row}" for row in range(4))]
    for side, wrong in zip(SIDES, (False, True), strict=True):
        for part in parts:
            found = drawing.part(f"{side}-{part}")
            assert ("bp-wrong" in found.classes) == wrong, part


def test_the_mark_of_now_is_at_the_end_of_its_curve(drawing):
    for side in SIDES:
        now = drawing.part(f"{side}-now")
        x, y = drawing.part(f"{side}-cost").points[-1]
        assert (now["cx"], now["cy"]) == (near(x, 1), near(y, 1))
        ghost = drawing.part(f"{side}-ghost")
        assert ghost.points == drawing.part(f"{side}-cost").points
