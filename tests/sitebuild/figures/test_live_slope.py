"""One slope, two graphs: read off the drawing by its ticks, beside mpmath."""

import pytest
from drawings import MP, Axis, Drawing, near, sigmoid, slope, value_of, written

from sitebuild.figures.live_slope import one_slope

ZS = [2.0, -3.4, 0.5, 0.0, 1.0, 5.9, -6.0]


@pytest.fixture(params=ZS)
def z(request):
    return request.param


@pytest.fixture
def drawing(z):
    return Drawing(one_slope(z))


def heights(drawing):
    """The axes of the two graphs, from the numbers beside their grid lines."""
    ticks = [(value_of(t.text), t["y"] - 4) for t in drawing.all("text", "bp-end")]
    upper, lower = Axis(ticks[:3]), Axis(ticks[3:])
    assert upper.ticks[0][0] == lower.ticks[0][0] == 0
    assert upper(0) < lower.ticks[-1][1]
    return upper, lower


def widths(drawing):
    """The axes of z and of a; only the ends of the first have numbers."""
    least, most = drawing.part("least"), drawing.part("most")
    zs = Axis([(value_of(e.text), e["x"]) for e in (least, most)])
    upright = [e for e in drawing.all("line", "bp-axis") if e["x1"] == e["x2"]]
    places = [line["x1"] for line in upright]
    of_z, of_a = places[:-3], places[-3:]
    Axis(list(zip(range(-6, 7, 2), of_z, strict=True)))
    assert (zs(-6), zs(6)) == (near(of_z[0]), near(of_z[-1]))
    return zs, Axis(list(zip((0, 0.5, 1), of_a, strict=True)))


def test_the_grid_is_where_its_numbers_are(drawing):
    upper, lower = heights(drawing)
    zs, outputs = widths(drawing)
    level = [e for e in drawing.all("line") if e["y1"] == e["y2"]]
    level = [e for e in level if e["x1"] in (34, 240) and "bp-join" not in e.classes]
    drawn = {(e["x1"], e["x2"], e["y1"]) for e in level}
    expected = {(zs(-6), zs(6), y) for axis in (upper, lower) for _, y in axis.ticks}
    expected |= {(outputs(0), outputs(1), y) for _, y in lower.ticks}
    assert drawn == {tuple(round(v, 2) for v in line) for line in expected}
    assert {e["y1"] for e in drawing.all("line", "bp-axis")} >= {upper(0), lower(0)}


def test_the_diagonal_leads_from_an_output_to_itself(drawing):
    upper, _ = heights(drawing)
    _, outputs = widths(drawing)
    (line,) = [e for e in drawing.all("line", "bp-grid") if e["y1"] != e["y2"]]
    assert (line["x1"], line["y1"]) == (near(outputs(0)), near(upper(0)))
    assert (line["x2"], line["y2"]) == (near(outputs(1)), near(upper(1)))


def test_the_module_is_told_the_same_scales(drawing):
    upper, lower = heights(drawing)
    zs, outputs = widths(drawing)
    for name, axis in [("z", zs), ("a", outputs), ("output", upper), ("slope", lower)]:
        told = drawing.scale(name)
        for value, place in axis.ticks:
            assert place == near(told(value)), name


def test_the_curves_are_those_of_mpmath(drawing):
    upper, lower = heights(drawing)
    zs, outputs = widths(drawing)
    first, bell, parabola = (path.points for path in drawing.all("path", "bp-curve"))
    for points, curve, axis, height in [
        (first, sigmoid, zs, upper),
        (bell, slope, zs, lower),
        (parabola, lambda a: slope(MP.log(a / (1 - a))), outputs, lower),
    ]:
        low, high = axis.ticks[0][0], axis.ticks[-1][0]
        last = len(points) - 1
        assert last >= 30
        for k, (x, y) in enumerate(points):
            at = low + (high - low) * MP.mpf(k) / last
            assert x == near(axis(at), 1)
            value = 0 if axis is outputs and k in (0, last) else curve(at)
            assert y == near(height(value), 1)


def test_the_marks_are_where_mpmath_has_them(drawing, z):
    upper, lower = heights(drawing)
    zs, outputs = widths(drawing)
    a = sigmoid(z)
    for part, x, y in [
        ("on-sigmoid", zs(z), upper(a)),
        ("on-bell", zs(z), lower(slope(z))),
        ("on-parabola", outputs(a), lower(slope(z))),
        ("fed-a", zs(a), lower(slope(a))),
    ]:
        mark = drawing.part(part)
        assert (mark["cx"], mark["cy"]) == (near(x), near(y)), part
    join, tangent = drawing.part("join"), drawing.part("tangent")
    assert (join["x1"], join["x2"]) == (near(zs(z)), near(outputs(a)))
    assert join["y1"] == join["y2"] == near(lower(slope(z)))
    reach = drawing.part("drawing")["data-tangent"]
    for side, end in [(-1, "1"), (1, "2")]:
        assert tangent[f"x{end}"] == near(zs(z + side * reach))
        assert tangent[f"y{end}"] == near(upper(a + side * reach * slope(z)))
    around = [(zs(z), lower(0)), (zs(z), upper(a)), (outputs(a), upper(a))]
    for point, (x, y) in zip(drawing.part("around").points, around, strict=False):
        assert point == (near(x, 1), near(y, 1))


def test_the_hollow_mark_of_z_is_on_the_parabola_or_hidden(drawing, z):
    _, lower = heights(drawing)
    _, outputs = widths(drawing)
    ring, arrow = drawing.part("fed-z"), drawing.part("below")
    inside = 0 <= z <= 1
    assert ("data-hidden" in ring.attributes) == (not inside)
    assert ("data-hidden" in arrow.attributes) == inside
    if inside:
        place = (near(outputs(z)), near(lower(z * (1 - z))))
        assert (ring["cx"], ring["cy"]) == place


def test_the_numbers_are_those_of_mpmath(drawing, z):
    a = sigmoid(z)
    expected = {
        "slope": written(slope(z), 3),
        "output": written(a, 3),
        "z": f"z = {written(z, 1)}",
        "a": f"a = {written(a, 2)}",
        "given-z": f"z = {written(z, 1)}",
        "given-a": f"a = {written(a, 3)}",
        "from-z-of-z": written(slope(z), 3),
        "from-z-of-a": written(slope(a), 3),
        "from-a-of-z": written(MP.mpf(z) - MP.mpf(z) ** 2, 3),
        "from-a-of-a": written(slope(z), 3),
    }
    assert {name: drawing.part(name).text for name in expected} == expected


def test_the_slider_goes_from_end_to_end(drawing, z):
    slider = drawing.part("slider")
    zs, _ = widths(drawing)
    ends = [value for value, _ in zs.ticks]
    assert [slider["min"], slider["max"]] == ends
    assert slider["value"] == z
    assert slider["step"] == 0.1
