"""The proof: every place and every number of its figure, found by mpmath."""

import itertools

import pytest
from drawings import MP, Drawing, near, written

from sitebuild.figures.live_proof import STEPS, proof

ENDS = {"x": "-0.3", "y": "0.7"}
LAST = 7


def wave(z):
    z = MP.mpf(z)
    return MP.sin(z + MP.mpf("0.12") * z**2)


def slope(z):
    return MP.diff(wave, MP.mpf(z))


def chord(one, other):
    return (wave(other) - wave(one)) / (MP.mpf(other) - MP.mpf(one))


def with_slope(wanted, near_to):
    return MP.findroot(lambda z: slope(z) - wanted, near_to)


P = with_slope(chord("-0.3", "0.7"), 0.5)
Q = with_slope(chord("5.35", "5.85"), 5.79)
R = MP.findroot(lambda z: wave(z) - wave(P), 2.1)
PLACES = {"p": P, "q": Q, "r": R, "s": P + MP.mpf("0.3")} | ENDS


@pytest.fixture(scope="module")
def drawing():
    return Drawing(proof())


def at_step(drawing, name, step, *classes):
    """The elements that come with a step, be they there at the end or not."""
    found = drawing.all(name, *classes)
    return [e for e in found if e.attributes.get("data-step") == step]


def test_the_curve_is_that_of_mpmath(drawing):
    z, output = drawing.scale("z"), drawing.scale("output")
    (path,) = drawing.all("path", "bp-soft")
    for x, y in path.points:
        at = z.low + (x - z.start) / z.unit
        assert y == pytest.approx(output(wave(at)), abs=0.2)


@pytest.mark.parametrize("name", PLACES)
def test_each_place_stands_where_it_is(drawing, name):
    """Its ring on the curve, its name below, both on the line down from it."""
    z, output = drawing.scale("z"), drawing.scale("output")
    (label,) = [t for t in drawing.all("text", "bp-middle") if t.text == name]
    step = label.attributes["data-step"]
    assert label["x"] == near(z(MP.mpf(PLACES[name])))
    rings = at_step(drawing, "circle", step, "bp-ring")
    heights = [ring["cy"] for ring in rings if ring["cx"] == label["x"]]
    assert heights == [near(output(wave(PLACES[name])))]


@pytest.mark.parametrize(("step", "place"), [("1", P), ("2", Q), ("7", R)])
def test_a_tangent_is_one(drawing, step, place):
    z, output = drawing.scale("z"), drawing.scale("output")
    (line,) = at_step(drawing, "line", step, "bp-tangent")
    run = (line["x2"] - line["x1"]) / z.unit
    rise = (line["y2"] - line["y1"]) / output.unit
    assert rise / run == pytest.approx(float(slope(place)), rel=2e-3)
    assert (line["x1"] + line["x2"]) / 2 == near(z(place))


def test_the_places_before_the_return_are_all_above():
    for k in range(1, 400):
        assert wave(P + (R - P) * k / 400) > wave(P)
    assert slope(R) < 0 < slope(P)
    later = [wave(R + (Q - R) * k / 400) - wave(P) for k in range(1, 400)]
    crossed = [one < 0 < two for one, two in itertools.pairwise(later)]
    assert sum(crossed) == 1  # it comes back rising, which the caption speaks of
    assert wave(Q) < wave(P)


def test_the_lines_to_the_return_go_down(drawing):
    secants = at_step(drawing, "line", "6", "bp-join")
    end = drawing.scale("z")(R), drawing.scale("output")(wave(R))
    assert len(secants) == 3
    for line in secants:
        assert (line["x2"], line["y2"]) == (near(end[0]), near(end[1]))
        assert line["x1"] < line["x2"]
        assert line["y1"] < line["y2"]  # downwards, in a drawing


def test_the_mirrors_are_those_of_the_curve(drawing):
    """Filled where it rises in the curve itself, so on either side, high or low."""
    paths = [path.points for path in drawing.all("path", "bp-curve")]
    mirrors = [points for points in paths if len(points) == 40]
    starts = [points[0] for points in mirrors]
    (x, y), *others = starts[1], *starts
    assert others == [(-x, -y), (x, y), (-x, y)]
    for points in mirrors:
        assert [abs(x) for x, _ in points] == [abs(x) for x, _ in mirrors[0]]


def test_the_numbers_of_the_sentences_are_those_of_mpmath():
    examples = [step.example for step in STEPS]
    assert f"= {written(slope(P), 2)} > 0" in examples[1]
    assert written(chord("-0.3", "0.7"), 2) == written(slope(P), 2)
    assert f"= {written(slope(Q), 2)} < 0" in examples[2]
    high, level = written(wave(P + MP.mpf("0.3")), 2), written(wave(P), 2)
    assert examples[4] == f"f(s) = {high} > v = {level}"
    assert examples[5].endswith(f"= {written(wave(R), 2)}")
    back, up = written(slope(R), 2), written(slope(P), 2)
    assert examples[7] == f"f′(r) = {back} ≤ 0 < f′(p) = {up}"


def test_what_is_gone_at_the_end_is_hidden_at_first(drawing):
    timed = [e for e in drawing.elements if "data-step" in e.attributes]
    assert {int(e["data-step"]) for e in timed} == set(range(1, LAST + 1))
    for element in timed:
        gone = int(element.attributes.get("data-until", LAST)) < LAST
        assert ("data-hidden" in element.attributes) == gone
    assert drawing.part("slider")["value"] == len(STEPS) - 1 == LAST
