"""The slope of relu over its output, by two conventions for the kink."""

from functools import cache

from matplotlib.axes import Axes

from sitebuild.checks.numerals import in_words
from sitebuild.figures.svg import INK, PAPER, WRONG, as_svg, drawn, note


def _point(axes: Axes, y: float, colour: str, face: str) -> None:
    axes.plot(0, y, "o", ms=7, mec=colour, mfc=face, mew=1.8, zorder=5, clip_on=False)


def _relu(axes: Axes) -> None:
    axes.plot([-2, 0, 2], [0, 0, 2], color=INK)
    axes.plot([-2, 0], [0, 0], color=INK, lw=3.4)
    _point(axes, 0, INK, INK)
    note(axes, "plateau:\nslope 0", (-1.1, 0), (0, 10), ha="center")
    axes.set(title="relu", xlabel="z", ylabel="output a", xlim=(-2, 2))
    axes.set(ylim=(-0.3, 2), xticks=[-2, 0, 2], yticks=[0, 1, 2])


def _its_slope(axes: Axes) -> None:
    """Over the output: a full point where most have it, a hollow one for the rest."""
    axes.plot([0, 2], [1, 1], color=INK)
    _point(axes, 1, WRONG, PAPER)
    _point(axes, 0, INK, INK)
    note(axes, "with z > 0", (0, 0), (10, -3))
    note(axes, "with z >= 0", (0, 1), (6, 9), color=WRONG)
    axes.set(title="its slope", xlabel="output a", xlim=(-0.1, 2))
    axes.set(ylim=(-0.15, 1.35), xticks=[0, 1, 2], yticks=[0, 1])


@cache
def at_the_kink() -> str:
    """Relu with its kink, and beside it the slope over the output."""
    with drawn(2.4, columns=2) as (drawing, (left, right)):
        _relu(left)
        _its_slope(right)
    return as_svg(
        drawing,
        "at-the-kink",
        "The plateau and the kink have one output, 0. With slope 0 at the kink that "
        "output has one slope; with slope 1 it would have both, and no formula in a "
        "could give them.",
        f"{in_words(len((left, right))).capitalize()} graphs. relu is level at 0 up to "
        "z = 0, and rises from there. Beside it its slope over the output: 1 for every "
        "output above 0, and a full point at 0; a hollow point at 1 over the same "
        "output is what the other convention adds.",
    )
