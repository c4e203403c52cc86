"""The home page's figure: read off the drawing by its ticks, beside mpmath."""

import math

import pytest
from drawings import MP, Axis, Drawing, near, sigmoid, slope, value_of, written

from sitebuild.figures.live_reading import four_calls

ZS = [2.0, -3.4, 0.0, 5.9, -6.0]


@pytest.fixture(params=ZS)
def z(request):
    return request.param


@pytest.fixture
def drawing(z):
    return Drawing(four_calls(z))


def expected(z):
    """What each call gives, by the line that it has."""
    a = sigmoid(z)
    return {
        "derivative(z)": slope(z),
        "derivative_from_output(a)": slope(z),
        "derivative_from_output(z)": MP.mpf(z) - MP.mpf(z) ** 2,
        "derivative(a)": slope(a),
    }


def axes(drawing):
    least, most = drawing.part("least"), drawing.part("most")
    none, full = drawing.part("none"), drawing.part("full")
    along = Axis([(value_of(e.text), e["x"]) for e in (least, most)])
    return along, Axis([(value_of(e.text), e["y"] - 4) for e in (none, full)])


def test_the_curve_is_that_of_mpmath(drawing):
    along, up = axes(drawing)
    (curve,) = drawing.all("path", "bp-curve")
    last = len(curve.points) - 1
    for k, (x, y) in enumerate(curve.points):
        at = -6 + 12 * MP.mpf(k) / last
        assert (x, y) == (near(along(at), 1), near(up(sigmoid(at)), 1))


def test_the_point_and_its_numbers_are_those_of_mpmath(drawing, z):
    along, up = axes(drawing)
    point = drawing.part("point")
    assert (point["cx"], point["cy"]) == (near(along(z)), near(up(sigmoid(z))))
    upright, level = drawing.part("upright"), drawing.part("level")
    assert (upright["x1"], upright["y1"]) == (near(along(z)), near(up(0)))
    assert (level["x1"], level["y1"]) == (near(along(-6)), near(up(sigmoid(z))))
    for name in ("x2", "y2"):
        assert upright[name] == level[name] == point[f"c{name[0]}"]
    for name in ("z", "given"):
        assert drawing.part(name).text == f"z = {written(z, 1)}"
    assert drawing.part("a").text == f"a = {written(sigmoid(z), 2)}"


def test_each_line_goes_through_the_point_with_the_slope_of_its_call(drawing, z):
    along, up = axes(drawing)
    point, lengths = drawing.part("point"), []
    for name, exact in expected(z).items():
        assert drawing.part(f"{name}-slope").text == written(exact, 3)
        wrong = name in ("derivative_from_output(z)", "derivative(a)")
        line = drawing.part(name if wrong else "tangent")
        assert ("bp-wrong" in line.classes) == wrong
        run = (line["x2"] - line["x1"]) / along.unit
        rise = (line["y2"] - line["y1"]) / up.unit
        assert rise / run == pytest.approx(float(exact), rel=0.02, abs=2e-3)
        assert (line["x1"] + line["x2"]) / 2 == pytest.approx(point["cx"], abs=0.011)
        lengths.append(math.dist((line["x1"], line["y1"]), (line["x2"], line["y2"])))
    assert lengths == pytest.approx([lengths[0]] * 4, abs=0.02)


def test_the_rows_are_marked_right_or_wrong_as_their_slopes_are(drawing, z):
    rows = [row for row in drawing.all("tr") if "✓" in row.text or "✗" in row.text]
    assert len(rows) == 4
    for row, exact in zip(rows, expected(z).values(), strict=True):
        right = abs(exact - slope(z)) < 1e-12
        assert ("✓" in row.text) == right
        assert ("bp-bad" in row.classes) == (not right)


def test_the_ends_of_an_axis_are_hidden_where_the_value_stands(drawing, z):
    a = float(sigmoid(z))
    for part, near_it in [
        ("least", z + 6 <= 3),
        ("most", 6 - z <= 3),
        ("none", a <= 0.12),
        ("full", 1 - a <= 0.12),
    ]:
        assert ("data-hidden" in drawing.part(part).attributes) == near_it


def test_the_scales_are_told_to_the_module(drawing):
    along, up = axes(drawing)
    for name, axis in [("z", along), ("output", up)]:
        for value, place in axis.ticks:
            assert place == near(drawing.scale(name)(value))
