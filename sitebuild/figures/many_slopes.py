"""The slope over the output of each activation that has one, small and side by side."""

from functools import cache

import numpy as np
from matplotlib.axes import Axes

from sitebuild.figures.output_stops import Course, courses, pieces
from sitebuild.figures.svg import FAINT, GRID, MIDDLE, A, as_svg, bare, drawn

COLUMNS = 5
_WIDE, _HIGH, _DOWN = 0.78, 0.62, 1.22  # of one graph, and from a row to the next


def _one(axes: Axes, course: Course, x: float, y: float) -> None:
    left, right = course.a_range
    low, high = min(0.0, *course.slope), max(0.0, *course.slope)
    zero = y - _HIGH * low / (high - low)
    axes.plot([x, x + _WIDE], [zero, zero], color=GRID, lw=1)
    for piece in pieces(course):
        a, slope = np.array(piece).T
        across = x + _WIDE * (a - left) / (right - left)
        axes.plot(across, y + _HIGH * (slope - low) / (high - low), color=A, lw=1.6)
    axes.text(x + _WIDE / 2, y - 0.2, course.name, color=FAINT, **MIDDLE)


@cache
def many_slopes() -> str:
    """All those whose output is enough, in the order of the catalogue."""
    enough = [course for course in courses() if not course.pairs]
    rows = -(-len(enough) // COLUMNS)
    with drawn(0.92 * rows) as (drawing, axes):
        bare(axes, xlim=(-0.12, COLUMNS - 0.1), ylim=(-_DOWN * rows + 0.85, 0.75))
        axes.set_aspect("auto")
        for n, course in enumerate(enough):
            _one(axes, course, n % COLUMNS, -_DOWN * (n // COLUMNS))
    return as_svg(
        drawing,
        "many-slopes",
        f"The slope over the output, for the {len(enough)} activations whose output is "
        "enough: one curve each, and over every output one slope.",
        f"{len(enough)} small graphs with a name below each. That of the sigmoid is an "
        "arch, that of exp a straight line that rises, that of identity a level one, "
        "those made of straight lines consist of level pieces.",
    )
