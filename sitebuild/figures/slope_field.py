"""What a formula in the output determines: a field of directions, and its curves."""

from functools import cache

import numpy as np

from backprop_explained import sigmoid, sigmoid_derivative_from_output
from sitebuild.checks.numerals import in_words
from sitebuild.figures.svg import FAINT, INK, as_svg, drawn

SHIFTS = -2.0, 0.0, 2.0
_SHORT = 0.2  # half of a dash, in z


@cache
def field() -> str:
    """The directions that a(1 − a) gives, and three curves that follow them."""
    zs, outputs = np.arange(-5, 5.1, 0.7), np.linspace(0.04, 0.96, 9)
    ratio = 4.4  # how much longer a unit of a is drawn: then dashes have one length
    with drawn(2.9) as (drawing, axes):
        for a in outputs:
            slope = sigmoid_derivative_from_output(a)
            run = _SHORT / np.hypot(1, slope * ratio)
            for z in zs:
                ends = [a - run * slope, a + run * slope]
                axes.plot([z - run, z + run], ends, color=FAINT, lw=1)
        along = np.linspace(-5.2, 5.2, 131)
        for shift in SHIFTS:
            colour, line = (FAINT, (0, (6, 2))) if shift else (INK, "-")
            axes.plot(along, sigmoid(along - shift), color=colour, ls=line, lw=2.2)
        axes.set(xlabel="z", ylabel="output a", xlim=(-5.2, 5.2), ylim=(0, 1))
        axes.grid(visible=False)
    return as_svg(
        drawing,
        "slope-field",
        "What a formula in the output says: at each height one direction, the same all "
        "along the row. Begin between 0 and 1 and follow it: you draw the sigmoid, or "
        "a copy of it to the left or right. This g and one point determine it.",
        "Short dashes in rows, flat near outputs 0 and 1 and steepest in the middle. "
        f"{in_words(len(SHIFTS)).capitalize()} curves follow them: the sigmoid, and "
        "the same curve shifted to either side.",
    )
