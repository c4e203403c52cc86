"""The figures of the pages on when the output is enough, and of its proof."""

from functools import cache

import numpy as np
from matplotlib.axes import Axes

from backprop_explained import ACTIVATIONS, SIGMOID
from backprop_explained.notation import Array
from sitebuild.checks.numerals import as_times, in_words
from sitebuild.evidence.first_return import first_return
from sitebuild.figures.svg import (
    FAINT,
    GRID,
    INK,
    PAPER,
    as_svg,
    drawn,
    note,
    signed,
)


def wave(z: Array) -> Array:
    """A curve that rises, falls, and goes on, so that one return is the first."""
    return np.sin(2.2 * z) - 0.08 * z


def wave_derivative(z: Array) -> Array:
    return 2.2 * np.cos(2.2 * z) - 0.08


WAVE_P, WAVE_Q = 0.12, 4.5
"""Where the curve of the proof is rising, and where it is falling again."""


def _tangent(axes: Axes, z: float, a: float, slope: float) -> None:
    """A piece of the tangent about its point, of one length in every picture."""
    width, height = np.ptp(axes.get_xlim()), np.ptp(axes.get_ylim())
    run = 0.17 / np.hypot(1 / width, slope / height)
    ends = np.array([-run, run])
    axes.plot(z + ends, a + slope * ends, color=INK, lw=2.6)
    _point(axes, z, a, INK)


def _point(axes: Axes, z: float, a: float, colour: str) -> None:
    axes.plot(z, a, "o", ms=6, mec=colour, mfc=PAPER, mew=1.8, zorder=5)


def _level(axes: Axes, a: float) -> None:
    axes.axhline(a, color=FAINT, lw=1.2, ls=(0, (4, 3)))


@cache
def one_slope_or_two(z: float = -1.0) -> str:
    """A level line meets the sigmoid once and silu twice."""
    silu = ACTIVATIONS["silu"]
    pair = np.array(silu.witness)
    a, slopes = silu.function(pair), silu.derivative(pair)
    output, single = float(SIGMOID.function(z)), float(SIGMOID.derivative(z))
    with drawn(2.5, columns=2) as (drawing, (left, right)):
        zs = np.linspace(-5, 2, 141)
        left.plot(zs, SIGMOID.function(zs), color=FAINT)
        right.plot(zs, silu.function(zs), color=FAINT)
        left.set(title="sigmoid", xlabel="z", ylabel="output a")
        left.set(xlim=(-5, 2), ylim=(-0.05, 0.9))
        right.set(title="silu, z σ(z)", xlabel="z", xlim=(-5, 2), ylim=(-0.4, 0.55))
        left.set(xticks=range(-4, 3, 2))
        right.set(xticks=range(-4, 3, 2))
        _level(left, output)
        _level(right, a[0])
        _tangent(left, z, output, single)
        note(left, f"{single:.2f}", (z, output), (9, -9))
        for place, slope in zip(pair, slopes, strict=True):
            _tangent(right, place, a[0], slope)
        low, high = zip(pair, slopes, strict=True)
        note(right, signed(low[1], 2), (low[0], a[0]), (-2, 9), ha="center")
        note(right, signed(high[1], 2), (high[0], a[0]), (10, -5))
    return as_svg(
        drawing,
        "one-slope-or-two",
        "The output says where you are on the sigmoid, and so how steep it is: "
        f"a = {output:.3f} means slope {single:.3f}. On silu the output "
        f"{signed(a[0], 1)} comes {as_times(len(pair))}, once falling with slope "
        f"{signed(slopes[0], 2)} and once rising with slope {slopes[1]:.2f}.",
        f"{in_words(len((left, right))).capitalize()} curves, each cut by a horizontal "
        "dashed line. The line meets the sigmoid "
        f"once. It meets silu, which falls and then rises, {as_times(len(pair))}: the "
        "tangent at the "
        "left point goes down and that at the right point goes up.",
    )


@cache
def the_first_return() -> str:
    """A curve leaves a level upwards and comes back to it from above."""
    p, q = WAVE_P, WAVE_Q
    level, r = float(wave(p)), first_return(wave, p, q)
    with drawn(2.7) as (drawing, axes):
        zs = np.linspace(-0.45, 5.0, 240)
        between = np.linspace(p, r, 120)
        _level(axes, level)
        axes.fill_between(between, level, wave(between), color=GRID, lw=0)
        axes.plot(zs, wave(zs), color=FAINT)
        axes.set(xlabel="z", ylabel="a = f(z)", xlim=(-0.45, 5), ylim=(-1.5, 1.15))
        for z in (p, r):
            _tangent(axes, z, level, float(wave_derivative(z)))
        _point(axes, q, float(wave(q)), FAINT)
        names = [("p", p, INK, -12, 4), ("r", r, INK, 8, 4), ("q", q, FAINT, 9, 0)]
        for name, z, colour, *shift in names:
            at = z, float(wave(z))
            note(axes, name, at, shift, style="italic", color=colour)
        note(axes, "v = f(p)", (2.2, level), (0, 4), ha="center")
    slopes = [float(wave_derivative(z)) for z in (p, r)]
    return as_svg(
        drawing,
        "first-return",
        "The curve leaves the level v going up, so it can only come back from "
        f"above, going down. At p and at r the output is {level:.3f}; the slopes "
        f"are {slopes[0]:.2f} and {signed(slopes[1], 2)}. Later returns may go "
        "either way.",
        "A wavy curve and a horizontal dashed line at its height at the point p, where "
        "it rises. It stays above the line until the point r, where it crosses the "
        "line falling. It crosses the line again later, before the point q.",
    )
