"""A drawing as SVG: what its text has to be, whatever the digits of its coordinates."""

import re

from sitebuild.figures.svg import RIGHT, as_svg, drawn


def figure(end):
    """A line and a marker, both of which are clipped."""
    with drawn(2) as (drawing, axes):
        axes.plot([0, end], [0, 1], color=RIGHT)
        axes.plot([0, 1, end], [1, 0, end], "o", color=RIGHT)
    return as_svg(drawing, "two", "A caption.", "A line and three dots.")


def ids(svg):
    return re.findall(r'\bid="([^"]+)"', svg)


def test_a_drawing_is_the_same_each_time_and_its_ids_are_its_own():
    svg = figure(2)
    assert svg == figure(2)
    assert len(ids(svg)) == len(set(ids(svg))) > 4
    assert all(id_.partition("-")[0] == "two" for id_ in ids(svg))
    used = re.findall(r'(?:href="#|url\(#)([^")]+)', svg)
    assert set(used) <= set(ids(svg))
    assert len(set(used)) > 2


def test_the_last_digit_of_a_coordinate_changes_no_line():
    svg = figure(2)
    assert figure(2 + 1e-12) == svg
    assert figure(3) != svg
    assert ids(figure(3)) == ids(svg)
