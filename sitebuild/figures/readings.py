"""The figures of the pages, each drawn from the package's own numbers."""

from functools import cache

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import ConnectionPatch

from backprop_explained import (
    sigmoid,
    sigmoid_derivative,
    sigmoid_derivative_from_output,
)
from sitebuild.svg import (
    FAINT,
    OTHER,
    PAPER,
    RIGHT,
    STYLE,
    WRONG,
    as_svg,
    figure,
)


def _dot(axes: Axes, x: float, y: float, colour: str, *, hollow: bool = False) -> None:
    axes.plot(
        x, y, "o", ms=7, mec=colour, mfc=PAPER if hollow else colour, mew=1.8, zorder=5
    )


def _note(
    axes: Axes,
    text: str,
    point: tuple[float, float],
    shift: tuple[float, float],
    **how: str,
) -> None:
    """Text beside a point, shifted by so many points of the printer."""
    axes.annotate(text, point, shift, textcoords="offset points", **how)


def _signed(text: str) -> str:
    """The text with the minus sign of print."""
    return text.replace("-", "−")


@cache
def one_slope_two_graphs(z: float = 2.0) -> str:
    """The bell over z and the parabola over a, joined at one slope."""
    a, slope = float(sigmoid(z)), float(sigmoid_derivative(z))
    with mpl.rc_context(STYLE):
        drawing = figure(4.7, 2.75)
        left, right = drawing.subplots(1, 2, sharey=True, width_ratios=[1.5, 1])
        zs, outputs = np.linspace(-6, 6, 161), np.linspace(0, 1, 81)
        left.plot(zs, sigmoid_derivative(zs), color=RIGHT)
        right.plot(outputs, sigmoid_derivative_from_output(outputs), color=RIGHT)
        left.set(title="σ′(z) = σ(z)(1 − σ(z))", xlabel="z", xticks=range(-6, 7, 2))
        left.set(ylabel="slope", ylim=(-0.012, 0.285), yticks=[0, 0.1, 0.2])
        right.set(title="a(1 − a)", xlabel="a, the output", xticks=[0, 0.5, 1])
        join = ConnectionPatch(
            (z, slope), (a, slope), "data", "data", axesA=left, axesB=right
        )
        join.set(color=RIGHT, linestyle=(0, (1, 2)), linewidth=1.4)
        drawing.add_artist(join)
        _dot(left, z, slope, RIGHT)
        _dot(right, a, slope, RIGHT)
        _note(left, f"z = {z:g}", (z, slope), (8, 9))
        _note(right, f"a = {a:.2f}", (a, slope), (-6, 5), ha="right")
        wrong = float(sigmoid_derivative(a))
        _dot(left, a, wrong, OTHER, hollow=True)
        _note(left, f"fed a: {wrong:.3f}", (a, wrong), (10, 4), color=OTHER)
        below = float(sigmoid_derivative_from_output(z))
        right.annotate(
            "",
            (0.5, -0.012),
            (0.5, 0.055),
            arrowprops={"arrowstyle": "-|>", "color": WRONG, "lw": 1.4},
            annotation_clip=False,
        )
        fed = _signed(f"fed z: {below:.0f}")
        right.text(0.5, 0.062, fed, color=WRONG, ha="center")
    return as_svg(
        drawing,
        "one-slope",
        _signed(
            f"One slope, two graphs. At z = {z:g} the output is a = {a:.3f}, and both "
            f"formulas give {slope:.3f}, each from its own argument. Swap them, "
            f"and you read {wrong:.3f} instead, or {below:.0f}, far below the axis."
        ),
        "Left, the slope of the sigmoid over z, a bell. Right, the same slope over the "
        f"output a, a parabola. A dotted line at height {slope:.3f} joins z = {z:g} on "
        f"the bell to a = {a:.3f} on the parabola. The wrong readings are marked too: "
        f"{wrong:.3f} on the bell at z = {a:.3f}, and {below:.0f} for the parabola.",
    )


@cache
def tangent(z: float = 1.0) -> str:
    """The sigmoid with its tangent at one z."""
    a, slope = float(sigmoid(z)), float(sigmoid_derivative(z))
    with mpl.rc_context(STYLE):
        drawing = figure(4.7, 2.5)
        axes = drawing.subplots()
        zs = np.linspace(-5, 5, 161)
        axes.plot(zs, sigmoid(zs), color=RIGHT)
        run = np.array([z - 2, z + 2])
        axes.plot(run, a + slope * (run - z), color=OTHER, lw=1.4)
        axes.plot([z, z + 1, z + 1], [a, a, a + slope], color=FAINT, lw=1)
        _dot(axes, z, a, RIGHT)
        _note(axes, "1", (z + 0.5, a), (0, -11), ha="center")
        _note(axes, f"{slope:.3f}", (z + 1, a + slope / 2), (6, -3))
        axes.set(xlabel="z", ylabel="a = σ(z)", ylim=(-0.03, 1.12), yticks=[0, 0.5, 1])
    return as_svg(
        drawing,
        "tangent",
        f"At z = {z:g} the output is a = {a:.3f}, and going 1 to the right along the "
        f"tangent rises by {slope:.3f}: that is σ′({z:g}).",
        "The sigmoid from z = −5 to 5, rising from 0 to 1, with its tangent at "
        f"z = {z:g}, whose slope is {slope:.3f}.",
    )


@cache
def readings_over_z() -> str:
    """The right slope and the two wrong readings, over z."""
    with mpl.rc_context(STYLE):
        drawing = figure(4.7, 3.0)
        axes = drawing.subplots()
        zs = np.linspace(-5, 5, 201)
        axes.axhline(0, color=FAINT, lw=0.8)
        axes.plot(zs, sigmoid_derivative(zs), color=RIGHT)
        axes.plot(zs, sigmoid_derivative(sigmoid(zs)), color=OTHER, ls=(0, (6, 2)))
        axes.plot(zs, sigmoid_derivative_from_output(zs), color=WRONG, ls=(0, (2, 1.5)))
        axes.text(-4.9, 0.06, "σ′(z), right", color=RIGHT)
        axes.text(-4.9, 0.285, "σ′(a): never small", color=OTHER)
        axes.text(1.5, -0.3, "z(1 − z): downhill\nis turned uphill", color=WRONG)
        axes.set(xlabel="z", ylabel="slope", ylim=(-0.45, 0.36))
    return as_svg(
        drawing,
        "readings",
        "The two wrong readings fail in opposite ways. z(1 − z) is negative outside "
        "[0, 1] and falls without bound; σ′(a) is positive everywhere and nearly flat.",
        "Three curves over z from −5 to 5. The right slope is a bell of height 0.25. "
        "z times 1 minus z is a parabola that is negative outside 0 to 1. Sigma prime "
        "of a stays between 0.197 and 0.25.",
    )
