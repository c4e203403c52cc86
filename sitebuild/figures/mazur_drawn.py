"""Mazur's network, with the derivatives of its output layer on the lines."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from backprop_explained import backward, forward
from backprop_explained.published import MAZUR
from sitebuild.figures.svg import (
    FAINT,
    MIDDLE,
    PAPER,
    RIGHT,
    as_svg,
    node,
    signed,
    sketch,
)

_COLUMNS, _ROWS, _RADIUS = (0.0, 2.9, 5.8), (2.6, 0.3), 0.43
_NAMES = (("x₁", "x₂"), ("h₁", "h₂"), ("o₁", "o₂"))
_DIGITS = "₁₂₃₄₅₆₇₈"


def _edges(axes: Axes, layer: int, labels: Sequence[str], colour: str) -> None:
    """The lines into one layer, each with its label, counted neuron by neuron."""
    left, right = _COLUMNS[layer], _COLUMNS[layer + 1]
    box = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.0}
    how = {**MIDDLE, "color": colour, "bbox": box}
    for neuron, end in enumerate(_ROWS):
        for source, start in enumerate(_ROWS):
            axes.plot([left, right], [start, end], color=FAINT, lw=1.1, zorder=1)
            part = 0.5 if source == neuron else 0.3
            x, y = left + part * (right - left), start + part * (end - start)
            axes.text(x, y, labels[2 * neuron + source], **how)


def _circles(
    axes: Axes, inside: Sequence[Sequence[str]], beside: dict[int, Sequence[str]]
) -> None:
    """The neurons, with their names above the upper row and below the lower."""
    for column, x in enumerate(_COLUMNS):
        for row, y in enumerate(_ROWS):
            node(axes, (x, y), _RADIUS, inside[column][row], lw=1, zorder=2)
            text = _NAMES[column][row]
            if column in beside:
                text += f": {beside[column][row]}"
            axes.text(x, y + (-0.7 if row else 0.68), text, **MIDDLE)


def with_derivatives() -> str:
    """The derivatives with respect to the weights into the output layer."""
    trace = forward(MAZUR.start, MAZUR.x)
    gradients = backward(MAZUR.start, trace, MAZUR.y, MAZUR.cost)
    slopes, deltas = gradients.weights[1].T.ravel(), gradients.biases[1]
    labels = [
        f"dw{_DIGITS[4 + n]} = {signed(slope, 4)}" for n, slope in enumerate(slopes)
    ]
    texts = [f"δ = {signed(delta, 5)}" for delta in deltas]
    inside = [[f"{value:.3f}" for value in a[0]] for a in trace.activations]
    with sketch(2.75, (-0.75, 6.55), (-0.6, 3.5)) as (drawing, axes):
        _edges(axes, 0, [""] * 4, FAINT)
        _edges(axes, 1, labels, RIGHT)
        _circles(axes, inside, {2: texts})
    first = signed(deltas[0], 5), f"{inside[1][0]}", signed(slopes[0], 4)
    return as_svg(
        drawing,
        "output-derivatives",
        "The derivative with respect to each weight into the output layer is the "
        "δ of the neuron that it enters, times the number in the circle that it "
        f"comes from: {first[0]} × {first[1]} = {first[2]}.",
        "The network, with its activations in the circles. Into the output layer: "
        + "; ".join(labels + texts)
        + ".",
    )
