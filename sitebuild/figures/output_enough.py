"""The output says how steep the sigmoid is, and silu not."""

from functools import cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from backprop_explained import ACTIVATIONS, SIGMOID, Activation
from sitebuild.checks.numerals import as_times, in_words
from sitebuild.figures.svg import FAINT, INK, PAPER, as_svg, drawn, note, signed


def _tangent(axes: Axes, z: float, a: float, slope: float) -> None:
    """A piece of the tangent about its point, of one length in every picture."""
    width, height = np.ptp(axes.get_xlim()), np.ptp(axes.get_ylim())
    run = 0.17 / np.hypot(1 / width, slope / height)
    ends = np.array([-run, run])
    axes.plot(z + ends, a + slope * ends, color=INK, lw=2.6)
    axes.plot(z, a, "o", ms=6, mec=INK, mfc=PAPER, mew=1.8, zorder=5)


def _curve(axes: Axes, row: Activation, level: float, **how: Any) -> None:
    """An activation over z, and a line at the level of one output."""
    zs = np.linspace(-5, 2, 71)
    axes.plot(zs, row.function(zs), color=FAINT)
    axes.set(xlabel="z", xlim=(-5, 2), xticks=range(-4, 3, 2), **how)
    axes.axhline(level, color=FAINT, lw=1.2, ls=(0, (4, 3)))


@cache
def one_slope_or_two(z: float = -1.0) -> str:
    """A level line meets the sigmoid once and silu twice."""
    silu = ACTIVATIONS["silu"]
    pair = np.array(silu.witness)
    a, slopes = silu.function(pair), silu.derivative(pair)
    output, single = float(SIGMOID.function(z)), float(SIGMOID.derivative(z))
    with drawn(2.5, columns=2) as (drawing, (left, right)):
        how = {"title": "sigmoid", "ylabel": "output a", "ylim": (-0.05, 0.9)}
        _curve(left, SIGMOID, output, **how)
        _tangent(left, z, output, single)
        note(left, f"{single:.2f}", (z, output), (8, -14))
        _curve(right, silu, a[0], title="silu, z σ(z)", ylim=(-0.4, 0.55))
        for place, slope in zip(pair, slopes, strict=True):
            _tangent(right, place, a[0], slope)
        note(right, signed(slopes[0], 2), (pair[0], a[0]), (-13, -14), ha="center")
        note(right, signed(slopes[1], 2), (pair[1], a[0]), (8, -14))
    return as_svg(
        drawing,
        "one-slope-or-two",
        "The output says where you are on the sigmoid, and so how steep it is: "
        f"a = {output:.3f} means slope {single:.3f}. On silu the output "
        f"{signed(a[0], 1)} comes {as_times(len(pair))}, once falling with slope "
        f"{signed(slopes[0], 2)} and once rising with slope {slopes[1]:.2f}.",
        f"{in_words(len((left, right))).capitalize()} curves, each cut by a horizontal "
        "dashed line. The line meets the sigmoid once. It meets silu, which falls and "
        f"then rises, {as_times(len(pair))}: the tangent at the left point goes down "
        "and that at the right point goes up.",
    )
