"""What comes back to each hidden neuron of Mazur's network, way by way."""

from functools import cache

from matplotlib.axes import Axes
from matplotlib.patches import Circle

from backprop_explained import SIGMOID, forward
from backprop_explained.published import MAZUR
from sitebuild.checks.numerals import in_words
from sitebuild.figures.svg import (
    FAINT,
    INK,
    PAPER,
    as_svg,
    bare,
    drawn,
    signed,
)

_COLUMNS, _ROWS, _RADIUS = (0.0, 2.3, 5.3), (2.5, 0.6), 0.42
_NAMES = (("x₁", "x₂"), ("h₁", "h₂"), ("o₁", "o₂"))


def _line(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    axes.plot(*zip(start, end, strict=True), color=FAINT, lw=1.1, zorder=1)


def _share(axes: Axes, hidden: int, output: int, share: float) -> None:
    """The product of one way, on the line of its weight."""
    start, end = _ROWS[hidden], _ROWS[output]
    part = 0.5 if hidden == output else 0.25
    x = _COLUMNS[1] + part * (_COLUMNS[2] - _COLUMNS[1])
    y = start + part * (end - start)
    box = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.5}
    how = {"ha": "center", "va": "center", "color": INK, "bbox": box, "zorder": 3}
    axes.text(x, y, signed(share, 4), **how)


@cache
def two_ways() -> str:
    """The network, with the shares of both outputs in what reaches h₁ and h₂."""
    trace = forward(MAZUR.start, MAZUR.x)
    slope = SIGMOID.slope(trace.zs[1], trace.output)
    delta = (MAZUR.cost.slope(trace.output, MAZUR.y) * slope)[0]
    shares = delta * MAZUR.start.weights[1]  # row: hidden, column: output
    sums = shares.sum(axis=1)
    with drawn(2.75) as (drawing, axes):
        bare(axes, xlim=(-0.5, 5.85), ylim=(-0.35, 3.3))
        for left, right in [(0, 1), (1, 2)]:
            for start in _ROWS:
                for end in _ROWS:
                    _line(axes, (_COLUMNS[left], start), (_COLUMNS[right], end))
        for column, x in enumerate(_COLUMNS):
            for row, y in enumerate(_ROWS):
                axes.add_patch(Circle((x, y), _RADIUS, fc=PAPER, ec=INK, zorder=2))
                a = trace.activations[column][0, row]
                axes.text(x, y, f"{a:.3f}", ha="center", va="center", zorder=3)
                name = _NAMES[column][row]
                axes.text(x, y + 0.5, name, ha="center", zorder=3)
        for row, y in enumerate(_ROWS):
            below = {"y": y - 0.78, "ha": "center", "fontweight": "bold"}
            axes.text(_COLUMNS[1] - 0.1, s=f"sum {signed(sums[row], 4)}", **below)
            axes.text(_COLUMNS[2], s=f"δ {signed(delta[row], 4)}", **below)
            for output in range(2):
                _share(axes, row, output, shares[row, output])
    first = signed(shares[0, 0], 4)
    inputs, hidden, outputs = (in_words(a.shape[1]) for a in trace.activations)
    return as_svg(
        drawing,
        "two-ways",
        "What comes back to a hidden neuron is the sum over its paths to the cost. "
        f"The {in_words(len(delta))} outputs pull h₁ in opposite directions, by "
        f"{first} and "
        f"{signed(shares[0, 1], 4)}, and {signed(sums[0], 4)} is left. In the circles "
        "stands the output of each neuron; on a line, δ of the neuron to the right "
        "times the weight of the line.",
        f"A network of {inputs} inputs, {hidden} hidden neurons and {outputs} outputs. "
        "The δ of the "
        f"outputs are {signed(delta[0], 4)} and {signed(delta[1], 4)}. Neuron h₁ "
        f"receives {first} from o₁ and {signed(shares[0, 1], 4)} from o₂, in sum "
        f"{signed(sums[0], 4)}; h₂ receives {signed(shares[1, 0], 4)} and "
        f"{signed(shares[1, 1], 4)}, in sum {signed(sums[1], 4)}.",
    )
