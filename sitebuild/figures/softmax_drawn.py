"""The backward pass of softmax as areas above and below a mean."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from backprop_explained.notation import Array
from sitebuild.checks.numerals import in_words
from sitebuild.figures.svg import FAINT, GRID, INK, MIDDLE, A, as_svg, drawn, signed

_INDEX = "₁₂₃₄₅₆₇₈₉"
_NARROW = 0.1  # a column of less is named beside it


def _column(axes: Axes, left: float, a: float, g: float, mean: float) -> None:
    """One output: its g as an upright line, and the area between that and the mean."""
    low, high = sorted((g, mean))
    ends = {"width": a, "height": high - low}
    axes.add_patch(Rectangle((left, low), **ends, fc=GRID, ec=INK, lw=1.3))
    hatch = None if g > mean else "////"
    axes.add_patch(
        Rectangle((left, low), **ends, fc="none", ec=FAINT, lw=0, hatch=hatch)
    )
    axes.plot([left, left + a], [g, g], color=INK, lw=2.6, solid_capstyle="butt")


def _name(
    axes: Axes, number: int, left: float, a: float, g: float, mean: float
) -> None:
    sign = 1 if g > mean else -1
    x = left + a / 2
    axes.annotate(
        f"g{_INDEX[number]} = {signed(g, 1)}",
        (x, g),
        (0, 9 * sign),
        textcoords="offset points",
        **MIDDLE,
    )
    area = f"{signed(a * (g - mean))}".replace("0.", "+0.", 1 if sign > 0 else 0)
    beside = {"ha": "left", "va": "center"} if a < _NARROW else MIDDLE
    shift = (a / 2 + 0.012 if a < _NARROW else 0), (g + mean) / 2
    if abs(g - mean) < 0.06:  # no room inside
        shift = 0, mean + 0.03
    axes.text(x + shift[0], shift[1], area, **beside)


def areas(a: Array, g: Array) -> str:
    """Columns as wide as the outputs, from the mean of g to each g."""
    mean, lefts = float(a @ g), np.cumsum(a) - a
    with drawn(3.0) as (drawing, axes):
        axes.grid(visible=False)
        for number, (left, width, above) in enumerate(zip(lefts, a, g, strict=True)):
            _column(axes, left, width, above, mean)
            _name(axes, number, left, width, above, mean)
        axes.plot([0, 1], [mean, mean], color=INK, lw=1)
        axes.text(1.02, mean, "Σ g a", ha="left", va="center")
        ticks = lefts + a / 2
        names = [f"a{_INDEX[n]}" for n in range(len(a))]
        axes.set_xticks(ticks, names, color=A)
        axes.tick_params(bottom=False)
        axes.set(xlim=(0, 1.12), ylim=(g.min() - 0.07, g.max() + 0.07), ylabel="g")
    found = ", ".join(signed(d) for d in a * (g - mean))
    return as_svg(
        drawing,
        "softmax-areas",
        "Each column is as wide as an output, so all of them together are 1 wide, and "
        "reaches from the line to its g. The line, Σ g a, is the mean of g, weighted "
        "by the outputs. The area of a column is the derivative with respect to its "
        "z: above the line it is positive, below (hatched) negative, and there is as "
        "much above as below.",
        f"{in_words(len(a)).capitalize()} columns side by side on a line at the "
        f"weighted mean of g. Their areas, with signs, are {found}.",
    )
