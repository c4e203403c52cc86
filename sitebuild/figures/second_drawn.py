"""The second example: two neurons with tanh, and a sigmoid with cross-entropy."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from sitebuild.figures.svg import (
    FAINT,
    MIDDLE,
    PAPER,
    A,
    Z,
    as_svg,
    node,
    signed,
    sketch,
)

_INPUTS = (0.0, 1.55), (0.0, -1.55)
_NEURONS = (3.0, 1.55), (3.0, -1.55), (6.2, 0.0)
_RADIUS = 0.52

Numbers = Sequence[float]


def _short(weight: float) -> str:
    return f"{weight:g}".replace("-", "−")


def _edges(axes: Axes, weights: Numbers) -> None:
    """The six weights, each on its edge, nearer to where it comes from."""
    first, second, output = _NEURONS
    ends = [(_INPUTS[k], to) for to in (first, second) for k in range(2)]
    ends += [(first, output), (second, output)]
    for (begin, end), weight in zip(ends, weights, strict=True):
        axes.plot(*zip(begin, end, strict=True), color=FAINT, lw=1.2, zorder=0)
        share = 0.5 if begin[1] == end[1] or end is output else 0.3
        x, y = (b + share * (e - b) for b, e in zip(begin, end, strict=True))
        ground = {"boxstyle": "square,pad=0.12", "fc": PAPER, "ec": "none"}
        axes.text(x, y, _short(weight), bbox=ground, **MIDDLE)


def _neuron(axes: Axes, k: int, z: float, a: float, delta: Sequence[str]) -> None:
    x, y = _NEURONS[k]
    node(axes, (x, y), _RADIUS, signed(a, 2), A)
    side = -1 if k == 1 else 1  # away from the edges
    axes.text(x, y + 0.82 * side, f"z = {signed(z)}", color=Z, **MIDDLE)
    if k == 2:
        side, y = -1, y + 0.46
    for line, text in enumerate(delta):
        axes.text(x, y + (1.28 + 0.46 * line) * side, text, **MIDDLE)


def _hidden(
    axes: Axes, k: int, z: float, a: float, last: float, weight: float
) -> float:
    """A neuron with tanh, and how its delta comes from the last; that delta."""
    slope = 1 - a**2
    delta = last * weight * slope
    factors = signed(last), _short(weight), signed(slope)
    _neuron(axes, k, z, a, [f"δ = {' · '.join(factors)} = {signed(delta)}"])
    return delta


def tanh_and_cross_entropy(
    inputs: Numbers, weights: Numbers, zs: Numbers, outputs: Numbers, target: float
) -> str:
    """The network with its numbers forward, and each delta with its factors."""
    last = outputs[2] - target
    with sketch(3.5, (-0.6, 7.4), (-3.05, 3.05)) as (drawing, axes):
        _edges(axes, weights)
        for at, x in zip(_INPUTS, inputs, strict=True):
            node(axes, at, _RADIUS, signed(x, 1))
        deltas = [
            _hidden(axes, k, zs[k], outputs[k], last, weights[4 + k]) for k in (0, 1)
        ]
        _neuron(axes, 2, zs[2], outputs[2], ["δ = a − y", f"= {signed(last)}"])
        axes.text(3.0, 0, "tanh", color=FAINT, **MIDDLE)
        axes.text(6.2, 1.28, "sigmoid", color=FAINT, **MIDDLE)
    return as_svg(
        drawing,
        "second-network",
        "The network with its weights on the edges, an output in each circle and its z "
        "beside it. Back from the right: the last δ is a difference alone; a hidden "
        "one is that δ times the weight times the slope of tanh, the last factor.",
        f"Inputs {signed(inputs[0], 1)} and {signed(inputs[1], 1)}; hidden outputs "
        f"{signed(outputs[0])} and {signed(outputs[1])}; output {signed(outputs[2])}. "
        f"The deltas are {signed(deltas[0])} and {signed(deltas[1])} in the hidden "
        f"layer and {signed(last)} at the output.",
    )
