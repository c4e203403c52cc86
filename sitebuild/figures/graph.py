"""Computation graphs: operations in circles, values and derivatives on the wires."""

from functools import cache
from math import exp
from typing import NamedTuple

from matplotlib.axes import Axes

from sitebuild.checks.numerals import in_words
from sitebuild.figures.svg import FAINT, MIDDLE, arrow, as_svg, node, signed, sketch

_RADIUS = 0.5
_GAP = 2.25  # from one operation to the next


class Wire(NamedTuple):
    """What goes from one operation to the next."""

    name: str
    value: float
    derivative: float
    """Of the end of the graph, with respect to this value."""


class Operation(NamedTuple):
    """What a circle computes, and its derivative with respect to its wire."""

    name: str
    factor: str
    value: float
    beside: str = ""
    """Another input, which enters from above."""


def _wire(axes: Axes, wire: Wire, start: float, end: float) -> None:
    middle = (start + end) / 2
    arrow(axes, (start, 0), (end, 0))
    axes.text(middle, 0.78, wire.name, style="italic", **MIDDLE)
    axes.text(middle, 0.33, signed(wire.value), **MIDDLE)
    axes.text(middle, -0.38, signed(wire.derivative), **MIDDLE)


def _operation(axes: Axes, operation: Operation, x: float) -> None:
    node(axes, (x, 0), _RADIUS, operation.name, lw=1.3, low=0.01)
    axes.text(x, -1.15, operation.factor, color=FAINT, **MIDDLE)
    axes.text(x, -1.65, signed(operation.value), color=FAINT, **MIDDLE)
    if operation.beside:
        axes.text(x, 1.5, operation.beside, color=FAINT, **MIDDLE)
        arrow(axes, (x, 1.3), (x, _RADIUS), FAINT, lw=1.1, shrinkA=2, shrinkB=2)


def _drawn(
    wires: list[Wire], operations: list[Operation], name: str, caption: str
) -> str:
    """A chain of operations with a wire before each, and one at the end."""
    right = len(operations) * _GAP
    top = 1.8 if any(operation.beside for operation in operations) else 1.1
    with sketch(0.47 * (top + 3), (-1.1, right - 0.05), (-2.9, top)) as (drawing, axes):
        for n, wire in enumerate(wires):
            _wire(axes, wire, (n - 1) * _GAP + _RADIUS, n * _GAP - _RADIUS)
        for n, operation in enumerate(operations):
            _operation(axes, operation, n * _GAP)
        end = wires[-1].name
        axes.text(-1.05, -2.3, "factor of each operation", color=FAINT, va="center")
        below = f"∂{end}/∂ of each wire, multiplied from the right"
        axes.text(-1.05, -2.75, below, va="center")
    seen = "; ".join(
        f"{wire.name} is {signed(wire.value)}, with ∂{end}/∂{wire.name} "
        f"{signed(wire.derivative)}"
        for wire in wires
    )
    factors = ", ".join(f"{o.name} with factor {signed(o.value)}" for o in operations)
    count = in_words(len(operations)).capitalize()
    described = f"{count} operations in a row: {factors}. On the wires: {seen}."
    return as_svg(drawing, name, caption, described)


def _chained(
    names: str, values: list[float], operations: list[Operation]
) -> list[Wire]:
    """The wires, their derivatives multiplied from the right."""
    derivatives = [1.0]
    for operation in reversed(operations):
        derivatives.insert(0, derivatives[0] * operation.value)
    return [
        Wire(*three) for three in zip(names.split(), values, derivatives, strict=True)
    ]


@cache
def sigmoid_apart(z: float = 1.0) -> str:
    """The sigmoid as four operations, at one z."""
    u, v = -z, exp(-z)
    s = 1 + v
    a = 1 / s
    operations = [
        Operation("×(−1)", "−1", -1.0),
        Operation("exp", "eᵘ = v", v),
        Operation("+ 1", "1", 1.0),
        Operation("1 / s", "−1 / s²", -1 / s**2),
    ]
    wires = _chained("z u v s a", [z, u, v, s, a], operations)
    caption = (
        f"The sigmoid is {in_words(len(operations))} simple operations. The value of "
        "each wire stands above it, computed from the left; the derivative of <var>a"
        "</var> with respect to it stands below, computed from the right: the one of "
        "the next wire times the factor of the operation between. At "
        f"<var>z</var> it has become {signed(wires[0].derivative)}, which is "
        "<var>a</var>(1 − <var>a</var>)."
    )
    return _drawn(wires, operations, "sigmoid-apart", caption)


@cache
def neuron_together(w: float, x: float, b: float, y: float) -> str:
    """A neuron with squared error, the sigmoid as one operation again."""
    a = 1 / (1 + exp(-(w * x + b)))
    operations = [
        Operation("× x", "x", x, f"x = {x:g}"),
        Operation("+ b", "1", 1.0, f"b = {signed(b, 1)}"),
        Operation("σ", "a(1 − a)", a * (1 - a)),
        Operation("cost", "a − y", a - y, f"y = {y:g}"),
    ]
    values = [w, w * x, w * x + b, a, (a - y) ** 2 / 2]
    wires = _chained("w p z a C", values, operations)
    caption = (
        "The neuron, with the sigmoid as a single operation again. Its factor is "
        f"<var>a</var>(1 − <var>a</var>) = {signed(a * (1 - a))}, computed from the "
        "value on the wire to its right. Multiplied from the right, the factors give "
        f"∂<var>C</var>/∂<var>w</var> = {signed(wires[0].derivative)}."
    )
    return _drawn(wires, operations, "neuron-together", caption)
