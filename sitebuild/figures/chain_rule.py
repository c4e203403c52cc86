"""The path of one weight to the cost, with a number under every factor."""

from collections.abc import Sequence
from itertools import accumulate
from operator import mul

from matplotlib.axes import Axes

from sitebuild.checks.numerals import in_words
from sitebuild.figures.svg import FAINT, RIGHT, arrow, as_svg, node, signed, sketch

_NAMES = ("w₁", "z₁", "a₁", "z₂", "a₂", "C")
_FACTORS = ("x₁", "σ′(z₁)", "w₂", "σ′(z₂)", "a₂ − y")
_RADIUS = 0.235


def _side_entrance(axes: Axes, x: float, label: str) -> None:
    """What else enters this pre-activation, and has no part in the path."""
    axes.text(x, 1.13, label, color=FAINT, ha="center", va="bottom")
    arrow(axes, (x, 1.11), (x, _RADIUS + 0.02), FAINT, lw=1.4)


def _draw_path(axes: Axes, factors: Sequence[float]) -> None:
    for i, name in enumerate(_NAMES):
        node(axes, (i, 0), _RADIUS, name, low=0.01)
    for i, (factor, label) in enumerate(zip(factors, _FACTORS, strict=True)):
        arrow(axes, (i + _RADIUS, 0), (i + 1 - _RADIUS, 0), RIGHT, lw=1.4)
        axes.text(i + 0.5, 0.32, label, color=RIGHT, ha="center")
        axes.text(i + 0.5, -0.55, signed(factor), color=RIGHT, ha="center")


def _seen(factors: Sequence[float], products: Sequence[float]) -> str:
    pairs = zip(_FACTORS, map(signed, factors), strict=True)
    return (
        f"{in_words(len(_NAMES)).capitalize()} circles in a row, w₁, z₁, a₁, z₂, a₂ "
        "and C, joined by arrows. The factors on the arrows are "
        + ", ".join(map(" = ".join, pairs))
        + ". Below the circles stands the derivative of the cost with respect to each: "
        + ", ".join(map(signed, products))
        + " and 1."
    )


def path(factors: Sequence[float]) -> str:
    """Six numbers in a row, the factor between each two, and the products so far."""
    products = list(accumulate(reversed(factors), mul))[::-1]
    with sketch(2.3, (-0.45, 5.35), (-1.45, 1.5)) as (drawing, axes):
        _draw_path(axes, factors)
        _side_entrance(axes, 1, "input 2, bias")
        _side_entrance(axes, 3, "neuron 2, bias")
        for i, product in enumerate([*products, 1.0]):
            text = signed(product) if i < len(products) else "1"
            axes.text(i, -1.38, text, ha="center", fontweight="bold")
        axes.text(-0.4, -1.0, "∂C/∂ of each, from the right:", color=FAINT)
    return as_svg(
        drawing,
        "chain-path",
        f"From the weight to the cost there are {in_words(len(factors))} factors, on "
        "the arrows. Multiplied from the right, one after the other, they give the "
        "derivative of C with respect to each number on the path, in the lower row, "
        f"and at the end with respect to w₁: {signed(products[0])}.",
        _seen(factors, products),
    )
