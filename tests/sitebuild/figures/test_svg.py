"""A drawing as SVG: what its text has to be, whatever the digits of its coordinates."""

import re
from collections import defaultdict

from sites import ROOT

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


def named_twice(printed):
    """The names under which there are figures with other titles."""
    titles = defaultdict(set)
    drawing = r'<figure class="bp-figure" id="([^"]+)">.*?<title[^>]*>(.*?)</title>'
    for name, title in re.findall(drawing, printed, re.S):
        titles[name].add(title)
    return {name for name, others in titles.items() if len(others) > 1}, titles


def test_no_two_figures_have_one_name():
    pages = (ROOT / "docs").rglob("*.approved.txt")
    twice, titles = named_twice("\n".join(page.read_text() for page in pages))
    assert not twice, f"name one of them otherwise in as_svg: {twice}"
    assert len(titles) > 10


def test_another_figure_of_the_same_name_is_found():
    other = figure(2).replace("A line and", "Another line and")
    assert not named_twice(figure(2) + figure(2))[0]
    assert named_twice(figure(2) + other)[0] == {"two"}


def test_a_logarithmic_axis_is_labelled_in_text():
    with drawn(2) as (drawing, axes):
        axes.loglog([1e-3, 1e2], [1e-12, 1])
        svg = as_svg(drawing, "powers", "", "")
    assert {"10⁻³", "10²", "10⁻¹²", "10⁰"} <= set(re.findall(r">([^<>]+)</text>", svg))
    assert "tspan" not in svg  # which a formula would be made of


def test_a_label_that_is_no_power_stays_what_it_is():
    with drawn(2) as (drawing, axes):
        axes.set_xscale("log", base=2)
        axes.plot([1, 8], [0, 1])
        svg = as_svg(drawing, "powers", "", "")
    assert "tspan" in svg
