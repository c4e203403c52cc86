"""The Jacobian of an activation that looks at one number, and of one that does not."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from backprop_explained.notation import Array
from sitebuild.checks.numerals import in_words
from sitebuild.figures.svg import FAINT, GRID, INK, MIDDLE, as_svg, bare, drawn, signed

_ZERO = 1e-9  # what central differences leave of a 0 is far below


def _grid(axes: Axes, jacobian: Array, title: str) -> None:
    """The entries in squares: row for an output, column for a pre-activation."""
    bare(axes, xlim=(-0.62, 3.05), ylim=(3.05, -0.75))
    axes.text(1.5, -0.55, title, **MIDDLE)
    for k, index in enumerate("₁₂₃"):
        axes.text(k + 0.5, -0.18, f"z{index}", **MIDDLE)
        axes.text(-0.3, k + 0.5, f"a{index}", **MIDDLE)
    for (j, k), entry in np.ndenumerate(jacobian):
        zero = abs(entry) < _ZERO
        edge = GRID if zero else INK
        box = Rectangle((k + 0.04, j + 0.04), 0.92, 0.92, fc="none", ec=edge, lw=1.3)
        axes.add_patch(box)
        text = "0" if zero else signed(entry)
        shade = FAINT if zero else INK
        axes.text(k + 0.5, j + 0.5, text, color=shade, **MIDDLE)


def _rows(jacobian: Array) -> str:
    return "; ".join(", ".join(signed(entry) for entry in r) for r in jacobian)


def two_jacobians(sigmoid: Array, softmax: Array) -> str:
    sigmoid = np.where(abs(sigmoid) < _ZERO, 0.0, sigmoid)
    outputs = in_words(len(sigmoid))
    off = softmax[~np.eye(len(softmax), dtype=bool)]
    with drawn(2.5, columns=2) as (drawing, (left, right)):
        _grid(left, sigmoid, "sigmoid")
        _grid(right, softmax, "softmax")
    return as_svg(
        drawing,
        "two-jacobians",
        "How output a answers to pre-activation z, in one example. The sigmoid's "
        f"Jacobian is 0 off the diagonal, so its {outputs} slopes say it all. That of "
        f"softmax is full, with entries down to {signed(off.min())} off the diagonal.",
        f"{in_words(len((left, right))).capitalize()} square tables of {outputs} rows, "
        f"a, and {outputs} columns, z. "
        f"Sigmoid: {_rows(sigmoid)}. Softmax: {_rows(softmax)}.",
    )
