"""What the replayed runs of others say, in pictures."""

from functools import cache

import numpy as np
from matplotlib.axes import Axes

from backprop_explained.notation import Array
from sitebuild.checks.numerals import in_words
from sitebuild.evidence.experiments import EARLY
from sitebuild.figures.svg import FAINT, GRID, INK, RIGHT, WRONG, as_svg, drawn, note


def over_epochs(percent: Array) -> str:
    """How many pictures are read, start by start, over the epochs."""
    epochs, middle = np.arange(percent.shape[1]), np.median(percent, axis=0)
    last = percent[:, -1]
    with drawn(2.8) as (drawing, axes):
        for start in percent:
            axes.plot(epochs, start, color=GRID, lw=1.2)
        axes.plot(epochs, middle, color=INK, lw=2.4)
        at = epochs[-1] // 2
        note(axes, "median", (at, middle[at]), (0, -16), ha="center")
        axes.set(xlabel="epochs", ylabel="% of the test pictures", ylim=(0, 101))
    return as_svg(
        drawing,
        "over-epochs",
        f"The median of {len(percent)} starts rises fast and then hardly. From start "
        f"to start the last epoch is between {last.min():.1f} and {last.max():.1f} %, "
        "so one run says little.",
        "Thin lines, one per start, and a thick one for their median. All rise steeply "
        "in the first epochs; a few stay below the others to the end.",
    )


def his_among_ours(costs: Array, his: float) -> str:
    ordered = np.sort(costs)
    below = int((ordered < his).sum())
    with drawn(2.5) as (drawing, axes):
        axes.semilogy(np.arange(1, len(ordered) + 1), ordered, color=INK)
        axes.axhline(his, color=FAINT, lw=1.2, ls=(0, (4, 3)))
        axes.plot(below + 0.5, his, "o", ms=7, color=INK)
        note(axes, "his table", (below + 0.5, his), (-4, 8), ha="right")
        axes.set(xlabel="our starts, best first", ylabel=f"cost after {EARLY:,} steps")
        axes.minorticks_off()
    return as_svg(
        drawing,
        "his-among-ours",
        f"His table stands in the middle: of {len(ordered)} starts, {below} end with "
        f"a lower cost. One start, on the far right, ends at {ordered[-1]:.2f}.",
        "The costs of our starts in order, on a logarithmic axis: nearly level, with a "
        "few lower ones on the left and one jump at the right end. A dashed line at "
        "the cost of the printed table crosses them in the middle.",
    )


@cache
def _smooth(count: int) -> Array:
    """Steps at equal distances on a logarithmic axis."""
    return np.unique(np.round(np.geomspace(1, count, 90)).astype(int))


def correction(his: tuple[Array, Array], corrected: tuple[Array, Array]) -> str:
    """The costs of both networks over the turns, as it was and corrected."""
    titles = "first network", "second network"
    ends = [
        float(wrong[-1] / right[-1])
        for right, wrong in zip(his, corrected, strict=True)
    ]
    with drawn(2.6, columns=2) as (drawing, both):
        for axes, title, right, wrong in zip(both, titles, his, corrected, strict=True):
            steps = _smooth(len(right) - 1)
            axes.loglog(steps, right[steps], color=RIGHT)
            axes.loglog(steps, wrong[steps], color=WRONG, ls=(0, (6, 2)))
            axes.set(title=title, xlabel="turns")
            axes.minorticks_off()
        both[0].set(ylabel="cost")
        note(both[1], "'corrected'", (1, corrected[1][1]), (0, -14), color=WRONG)
        note(both[0], "his", (30, his[0][30]), (6, 4))
    return as_svg(
        drawing,
        "correction",
        "The same mistake, on both of his networks. On the first it ends with "
        f"{ends[0]:.2g} times his cost, and so looks like an improvement; on the "
        f"second with {ends[1]:.0f} times.",
        f"{in_words(len(ends)).capitalize()} graphs of the cost over the turns, on "
        "logarithmic axes. On the left the broken line of the mistake ends below his; "
        "on the right it stays above.",
    )


def _end(axes: Axes, name: str, x: float) -> None:
    """A mark with its name: a ring below which it is named, or a disc."""
    colour = WRONG if name != "by his rule" else INK
    full = name != "with the slip"
    face = colour if full else "none"
    axes.plot(x, 0, "o", ms=8 if full else 15, mec=colour, mfc=face, mew=1.6)
    above = (0, 12) if full else (0, -24)
    note(axes, name, (x, 0), above, ha="center", color=colour)


def three_ends(printed: float, right: float, slip: float) -> str:
    """The cost after one update: as printed, by the rule, and with the slip."""
    unit = 1e-9
    at = {"by his rule": right, "printed": printed, "with the slip": slip}
    with drawn(1.45) as (drawing, axes):
        axes.axhline(0, color=FAINT, lw=1)
        for name, value in at.items():
            _end(axes, name, (value - right) / unit)
        reach = (printed - right) / unit
        axes.set(xlim=(-0.3 * reach, 1.3 * reach), ylim=(-1, 1), yticks=[])
        axes.set(xlabel="billionths above what his rule gives")
        axes.spines["left"].set_visible(False)
    apart = abs(slip - printed) / unit
    return as_svg(
        drawing,
        "three-ends",
        f"The cost after one update. What was printed is {reach:.0f} billionths above "
        f"what his rule gives, and {apart:.1g} from what the slip gives: less than the "
        "last digit that was printed.",
        "A line with marks: at 0 the cost by his rule; far to the right the "
        "printed one, inside the ring of the one with the slip.",
    )
