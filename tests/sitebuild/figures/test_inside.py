"""Nothing of a moving figure is drawn outside of its picture, at any place of it."""

import re
from functools import partial

import pytest
from drawings import Drawing

from sitebuild.figures.live_chain import chain
from sitebuild.figures.live_descent import descent
from sitebuild.figures.live_slope import one_slope

PLACES = (-6.0, -2.5, 0.0, 0.7, 2.0, 6.0)
FIGURES = [chain, descent, *(partial(one_slope, z) for z in PLACES)]
AXIS_OF = {"x": 0, "x1": 0, "x2": 0, "cx": 0, "y": 1, "y1": 1, "y2": 1, "cy": 1}


def places(element):
    """Across or down, and how far: wherever the element reaches."""
    size = element["r"] if "r" in element.attributes else 0
    for name, axis in AXIS_OF.items():
        if name in element.attributes:
            yield from ((axis, element[name] + side * size) for side in (-1, 1))
    if "transform" in element.attributes:
        moved = re.findall(r"-?[\d.]+", element["transform"])
        yield from ((axis, float(place)) for axis, place in enumerate(moved))
    elif element.name == "path":
        for point in element.points:
            yield from enumerate(point)


@pytest.mark.parametrize("draw", FIGURES, ids=range(len(FIGURES)))
def test_everything_is_inside_the_picture(draw):
    drawing = Drawing(draw())
    viewbox = drawing.part("drawing")["viewbox"]  # the parser writes names small
    size = [*map(float, viewbox.split()[2:])]
    reached = {0: [], 1: []}
    for element in drawing.elements:
        if "data-hidden" not in element.attributes:
            for axis, place in places(element):
                assert 0 <= place <= size[axis], element
                reached[axis].append(place)
    for axis, end in enumerate(size):  # and it is no larger than what it shows
        assert min(reached[axis]) < end / 10
        assert max(reached[axis]) > 0.85 * end
