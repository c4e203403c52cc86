"""What comes back to each hidden neuron of Mazur's network, way by way."""

from functools import cache

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.patches import Circle

from backprop_explained import SIGMOID, forward
from backprop_explained.published import MAZUR
from sitebuild.figures.svg import FAINT, INK, OTHER, PAPER, RIGHT, STYLE, as_svg, figure

_COLUMNS, _ROWS, _RADIUS = (0.0, 2.3, 5.3), (2.5, 0.6), 0.42
_NAMES = (("x₁", "x₂"), ("h₁", "h₂"), ("o₁", "o₂"))


def _signed(number: float) -> str:
    return f"{number:.4f}".replace("-", "−")


def _line(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    axes.plot(*zip(start, end, strict=True), color=FAINT, lw=1.1, zorder=1)


def _share(axes: Axes, hidden: int, output: int, share: float) -> None:
    """The product of one way, on the line of its weight."""
    start, end = _ROWS[hidden], _ROWS[output]
    part = 0.5 if hidden == output else 0.36
    x = _COLUMNS[1] + part * (_COLUMNS[2] - _COLUMNS[1])
    y = start + part * (end - start)
    box = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.5}
    how = {"ha": "center", "va": "center", "color": RIGHT, "bbox": box, "zorder": 3}
    axes.text(x, y, _signed(share), **how)


@cache
def two_ways() -> str:
    """The network, with the shares of both outputs in what reaches h₁ and h₂."""
    trace = forward(MAZUR.start, MAZUR.x)
    slope = SIGMOID.slope(trace.zs[1], trace.output)
    delta = (MAZUR.cost.slope(trace.output, MAZUR.y) * slope)[0]
    shares = delta * MAZUR.start.weights[1]  # row: hidden, column: output
    sums = shares.sum(axis=1)
    with mpl.rc_context(STYLE):
        drawing = figure(4.7, 2.75)
        axes = drawing.subplots()
        axes.set(xlim=(-0.5, 5.85), ylim=(-0.35, 3.3), aspect="equal")
        axes.axis("off")
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
            below = {"y": y - 0.78, "ha": "center", "color": OTHER}
            axes.text(_COLUMNS[1] - 0.1, s=f"sum {_signed(sums[row])}", **below)
            axes.text(_COLUMNS[2], s=f"δ {_signed(delta[row])}", **below)
            for output in range(2):
                _share(axes, row, output, shares[row, output])
    first = _signed(shares[0, 0])
    return as_svg(
        drawing,
        "two-ways",
        "What comes back to a hidden neuron is the sum over its ways to the cost. "
        f"The two outputs pull h₁ in opposite directions, by {first} and "
        f"{_signed(shares[0, 1])}, and {_signed(sums[0])} is left. In the circles "
        "stands the output of each neuron; on a line, δ of the neuron to the right "
        "times the weight of the line.",
        "A network of two inputs, two hidden neurons and two outputs. The δ of the "
        f"outputs are {_signed(delta[0])} and {_signed(delta[1])}. Neuron h₁ receives "
        f"{first} from o₁ and {_signed(shares[0, 1])} from o₂, in sum "
        f"{_signed(sums[0])}; h₂ receives {_signed(shares[1, 0])} and "
        f"{_signed(shares[1, 1])}, in sum {_signed(sums[1])}.",
    )
