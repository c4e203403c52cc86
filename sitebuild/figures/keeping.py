"""What is kept of each layer until the backward pass, drawn."""

from collections.abc import Sequence
from functools import cache

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from sitebuild.checks.numerals import in_words
from sitebuild.figures.svg import FAINT, INK, MIDDLE, PAPER, A, Z, arrow, as_svg, sketch

_COLOURS = {"x": INK, "z": Z, "a": A}
_STEPS = ["x", "z₁", "a₁", "z₂", "a₂", "z₃", "a₃"]


def _box(axes: Axes, at: float, height: float, text: str, colour: str | None) -> None:
    """One array: in colour if it is kept, dotted if it is let go."""
    if colour:
        ink, how = PAPER, {"fc": colour, "ec": colour}
    else:
        ink, how = FAINT, {"fc": PAPER, "ec": FAINT, "ls": (0, (2, 2))}
    how["boxstyle"] = "round,pad=0,rounding_size=0.12"
    corner = at - 0.34, height - 0.3
    axes.add_patch(FancyBboxPatch(corner, 0.68, 0.6, lw=1.2, **how))
    axes.text(at, height - 0.02, text, color=ink, **MIDDLE)


def _row(
    axes: Axes, height: float, title: str, steps: Sequence[str], kept: Sequence[bool]
) -> None:
    """The arrays of the forward pass, and which of them stay."""
    axes.text(-0.34, height + 0.55, title, va="center")
    for at, (step, stays) in enumerate(zip(steps, kept, strict=True)):
        _box(axes, at, height, step, _COLOURS[step[0]] if stays else None)
        if at:
            ends = (at - 0.64, height), (at - 0.36, height)
            arrow(axes, *ends, FAINT, arrowstyle="->", lw=1, shrinkA=2, shrinkB=2)


@cache
def what_stays() -> str:
    """Three layers, with a slope that reads the output, and one that reads z."""
    with sketch(2.3, (-0.5, 6.5), (-0.15, 2.8)) as (drawing, axes):
        outputs = [step[0] != "z" for step in _STEPS]
        both = [True] * (len(_STEPS) - 1) + [False]  # no layer reads the last a
        _row(axes, 2.0, "the slope reads a", _STEPS, outputs)
        _row(axes, 0.35, "the slope reads z", _STEPS, both)
    rows = few, many = sum(outputs), sum(both)
    layers = sum(step[0] == "z" for step in _STEPS)
    return as_svg(
        drawing,
        "what-stays",
        f"The product with the next weights needs a in any case. A slope that reads a "
        f"then costs no array of its own: {few} stay for {in_words(layers)} layers. A "
        f"slope that reads z keeps {many}. What is dotted is let go.",
        f"{in_words(len(rows)).capitalize()} rows of {in_words(len(_STEPS))} boxes: x, "
        f"then z and a of {in_words(layers)} layers. In the first row x and the "
        f"{in_words(few - 1)} a are filled, and every z is dotted. In the second row "
        f"x, the first {in_words(many - 1 - layers)} a and the {in_words(layers)} z "
        "are filled.",
    )


@cache
def two_ways_to_keep(his: str) -> str:
    """Two layers as Nielsen's code keeps them, and with the slope from the output.

    Parameters
    ----------
    his : str
        His formula for the slope, of `z`.
    """
    steps = _STEPS[:5]
    outputs = [step[0] != "z" for step in steps]
    again = his.count("sigmoid(z)")
    with sketch(2.5, (-0.5, 4.5), (-0.15, 3.0)) as (drawing, axes):
        _row(axes, 2.2, "his lists zs and activations", steps, [True] * len(steps))
        _row(axes, 0.35, "with the slope a(1 − a)", steps, outputs)
        for at, step in enumerate(steps):
            if step[0] == "z":
                text = f"σ {again} times more"
                axes.text(at, 1.62, text, color=FAINT, **MIDDLE)
    few, layers = sum(outputs), len(steps) - sum(outputs)
    return as_svg(
        drawing,
        "kept-by-nielsen",
        f"His code keeps {len(steps)} arrays for {in_words(layers)} layers, and in the "
        f"backward pass calls the sigmoid {in_words(again)} times more for each z. "
        f"Where the slope is read off the output, {few} arrays are enough and no "
        "sigmoid is called again. What is dotted is let go.",
        f"Rows of {in_words(len(steps))} boxes: x, then z and a of "
        f"{in_words(layers)} layers. In the upper row all are filled; in the lower x "
        f"and the {in_words(few - 1)} a are, and every z is dotted.",
    )
