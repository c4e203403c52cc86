"""The figures of the pages, each drawn from the package's own numbers."""

from functools import cache

import numpy as np

from backprop_explained import (
    sigmoid,
    sigmoid_derivative,
    sigmoid_derivative_from_output,
)
from sitebuild.checks.numerals import in_words
from sitebuild.figures.svg import FAINT, INK, RIGHT, WRONG, as_svg, drawn, note, signed


@cache
def tangent(z: float = 1.0) -> str:
    a, slope = float(sigmoid(z)), float(sigmoid_derivative(z))
    with drawn(2.5) as (drawing, axes):
        zs = np.linspace(-5, 5, 81)
        axes.plot(zs, sigmoid(zs), color=FAINT)
        run = np.array([z - 2, z + 2])
        axes.plot(run, a + slope * (run - z), color=INK, lw=2)
        axes.plot([z, z + 1, z + 1], [a, a, a + slope], color=FAINT, lw=1)
        axes.plot(z, a, "o", ms=7, mec=INK, mfc=INK, mew=1.8, zorder=5)
        note(axes, "1", (z + 0.5, a), (0, -11), ha="center")
        note(axes, f"{slope:.3f}", (z + 1, a + slope / 2), (6, -3))
        axes.set(xlabel="z", ylabel="a = σ(z)", ylim=(-0.03, 1.12), yticks=[0, 0.5, 1])
    return as_svg(
        drawing,
        "tangent",
        f"At z = {z:g} the output is a = {a:.3f}, and going 1 to the right along the "
        f"tangent rises by {slope:.3f}: that is σ′({z:g}).",
        f"The sigmoid from z = {signed(zs[0], 0)} to {zs[-1]:.0f}, rising from 0 to 1, "
        f"with its tangent at z = {z:g}, whose slope is {slope:.3f}.",
    )


@cache
def readings_over_z() -> str:
    """The right slope and the two wrong readings, over z."""
    with drawn(3.0) as (drawing, axes):
        zs = np.linspace(-5, 5, 101)
        level = axes.axhline(0, color=FAINT, lw=0.8)
        axes.plot(zs, sigmoid_derivative(zs), color=RIGHT)
        axes.plot(zs, sigmoid_derivative(sigmoid(zs)), color=WRONG, ls=(0, (6, 2)))
        axes.plot(zs, sigmoid_derivative_from_output(zs), color=WRONG, ls=(0, (2, 1.5)))
        axes.text(-4.9, 0.06, "σ′(z), right", color=RIGHT)
        axes.text(-4.9, 0.285, "σ′(a): never small", color=WRONG)
        axes.text(1.5, -0.3, "z(1 − z): downhill\nis turned uphill", color=WRONG)
        axes.set(xlabel="z", ylabel="slope", ylim=(-0.45, 0.36))
    curves = sum(line is not level for line in axes.lines)
    steepest = f"{sigmoid_derivative(0.0):.2f}"
    return as_svg(
        drawing,
        "readings",
        f"The {in_words(curves - 1)} wrong readings fail in opposite ways. z(1 − z) is "
        "negative outside [0, 1] and falls without bound; σ′(a) is positive everywhere "
        "and nearly flat.",
        f"{in_words(curves).capitalize()} curves over z from {signed(zs[0], 0)} to "
        f"{zs[-1]:.0f}. The right slope is a bell of height {steepest}. "
        "z times 1 minus z is a parabola that is negative outside 0 to 1. Sigma prime "
        f"of a stays between {sigmoid_derivative(1.0):.3f} and {steepest}.",
    )
