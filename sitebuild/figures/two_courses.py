"""Costs over the steps of two trainings of one network."""

import numpy as np

from backprop_explained.notation import Array
from sitebuild.checks.numerals import in_words
from sitebuild.figures.svg import FAINT, RIGHT, as_svg, drawn, note


def with_and_without_biases(fixed: Array, trained: Array) -> str:
    """The cost over the steps, with the biases where they were, and moved."""
    steps = np.arange(1, len(fixed))
    ends = fixed[-1], trained[-1]
    with drawn(2.6) as (drawing, axes):
        axes.loglog(steps, fixed[1:], color=FAINT, ls=(0, (6, 2)))
        axes.loglog(steps, trained[1:], color=RIGHT)
        at = len(steps) // 40
        note(axes, "biases fixed", (steps[at], fixed[at + 1]), (8, 6), color=FAINT)
        note(axes, "trained too", (steps[at], trained[at + 1]), (-8, -12), ha="right")
        axes.set(xlabel="steps", ylabel="cost")
        axes.minorticks_off()
    return as_svg(
        drawing,
        "biases-trained",
        f"After {len(steps):,} steps the cost without training the biases is "
        f"{ends[0] / ends[1]:.0f} times what it is with them.",
        f"{in_words(len(ends)).capitalize()} falling curves of the cost over the "
        "steps, on logarithmic axes. With the biases trained it falls sooner, and "
        "stays below the other throughout.",
    )
