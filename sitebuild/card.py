"""The picture that a link to the site shows where links are shared."""

import io
from functools import cache

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

from backprop_explained import (
    sigmoid,
    sigmoid_derivative,
    sigmoid_derivative_from_output,
)

ADDRESS = "assets/card.png"
WIDTH, HEIGHT = 1200, 630
INK, PAPER, RIGHT = "#1f2430", "#ffffff", "#1864ab"
Z = 2.0


@cache
def card() -> bytes:
    """The picture, as PNG of 1200 × 630 pixels."""
    dots = 100  # an inch
    with mpl.rc_context({"font.size": 15, "axes.edgecolor": INK, "text.color": INK}):
        drawing = Figure(figsize=(WIDTH / dots, HEIGHT / dots), dpi=dots)
        _words(drawing)
        _graphs(drawing)
        buffer = io.BytesIO()
        drawing.savefig(buffer, format="png", metadata={"Software": None})
    return buffer.getvalue()


def _words(drawing: Figure) -> None:
    drawing.text(0.06, 0.82, "σ′: of z, or of the output?", size=40, weight="bold")
    drawing.text(
        0.06, 0.71, "One slope, two formulas. Look inside your function.", size=24
    )
    drawing.text(0.06, 0.06, "Backprop, explained", size=22, color=RIGHT)


def _graphs(drawing: Figure) -> None:
    a, slope = sigmoid(Z), sigmoid_derivative(Z)
    zs, outputs = np.linspace(-6, 6, 200), np.linspace(0, 1, 200)
    left = drawing.add_axes((0.06, 0.22, 0.5, 0.4))
    right = drawing.add_axes((0.62, 0.22, 0.32, 0.4), sharey=left)
    left.plot(zs, sigmoid_derivative(zs), color=RIGHT, lw=4)
    right.plot(outputs, sigmoid_derivative_from_output(outputs), color=RIGHT, lw=4)
    left.set_title("σ(z)(1 − σ(z))", size=22)
    right.set_title("a(1 − a)", size=22)
    for axes, at in [(left, Z), (right, a)]:
        axes.plot(at, slope, "o", ms=15, color=RIGHT, mec=PAPER, mew=2)
        axes.spines[["top", "right"]].set_visible(False)
        axes.set(yticks=[], ylim=(0, 0.28))
        axes.tick_params(colors=INK)
    left.set_xlabel("z", size=20)
    right.set_xlabel("a", size=20)
