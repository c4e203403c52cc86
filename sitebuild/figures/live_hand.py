"""By hand: each number of one pass appears where it is computed, forward and back."""

import math
from functools import cache

from backprop_explained import SIGMOID, backward, forward
from backprop_explained.notation import Array
from backprop_explained.published import MAZUR
from sitebuild.checks.numerals import as_character, in_words
from sitebuild.figures import live_svg
from sitebuild.figures.live_svg import Step, tag, text_at
from sitebuild.figures.svg import signed

TRACE = forward(MAZUR.start, MAZUR.x)
GRADIENTS = backward(MAZUR.start, TRACE, MAZUR.y, MAZUR.cost)
X, Y = MAZUR.x[0], MAZUR.y[0]
(W_HIDDEN, W_OUTPUT), (B_HIDDEN, B_OUTPUT) = MAZUR.start.weights, MAZUR.start.biases
Z_HIDDEN, Z_OUTPUT = (z[0] for z in TRACE.zs)
_, A_HIDDEN, A_OUTPUT = (a[0] for a in TRACE.activations)
HALF = as_character(MAZUR.cost([[1.0]], [[0.0]]))
COST = MAZUR.cost(TRACE.output, MAZUR.y)
ERROR_OUTPUT = MAZUR.cost.slope(TRACE.output, MAZUR.y)[0]
SLOPE_OUTPUT, SLOPE_HIDDEN = (
    SIGMOID.derivative_from_output(a) for a in (A_OUTPUT, A_HIDDEN)
)
DELTA_OUTPUT = ERROR_OUTPUT * SLOPE_OUTPUT
ERROR_HIDDEN = W_OUTPUT @ DELTA_OUTPUT
DELTA_HIDDEN = ERROR_HIDDEN * SLOPE_HIDDEN


def five(value: float) -> str:
    """A number as the figure has it."""
    return signed(float(value), 5)


def _sum(ones: Array, others: Array, total: float, *bias: float) -> str:
    """Products that are added up, and what comes out."""
    pairs = zip(map(_short, ones), map(_short, others), strict=True)
    parts = [*map(" × ".join, pairs), *map(_short, bias)]
    return f"{' + '.join(parts)} = {five(total)}".replace("+ −", "− ")


def _short(value: float) -> str:
    """As it was given where it was given, else with five digits."""
    text = f"{float(value):g}"
    return text.replace("-", "−") if len(text) <= 5 else five(value)


_OF_FIRST = A_OUTPUT, ERROR_OUTPUT, SLOPE_OUTPUT, DELTA_OUTPUT, A_HIDDEN
_A, _ERROR, _SLOPE, _DELTA, _BELOW = (five(of[0]) for of in _OF_FIRST)
_PASSED = five(ERROR_HIDDEN[0]), five(SLOPE_HIDDEN[0]), five(DELTA_HIDDEN[0])
_COSTS = (
    f"{HALF} ({five(a)} − {_short(y)})²" for a, y in zip(A_OUTPUT, Y, strict=True)
)

STEPS = [
    Step(
        "The input, the weights and the biases are given.", "Forward: what is z of h₁?"
    ),
    Step(
        "Each hidden neuron weighs its inputs, and adds its bias.",
        "z of h₁ = " + _sum(W_HIDDEN[:, 0], X, Z_HIDDEN[0], B_HIDDEN[0]),
    ),
    Step(
        "It passes the sum through the sigmoid.",
        f"a of h₁ = σ({five(Z_HIDDEN[0])}) = {_BELOW}",
    ),
    Step(
        "The outputs weigh what the hidden neurons give.",
        "z of o₁ = " + _sum(W_OUTPUT[:, 0], A_HIDDEN, Z_OUTPUT[0], B_OUTPUT[0]),
    ),
    Step(
        "They pass it through the sigmoid.",
        f"a of o₁ = σ({five(Z_OUTPUT[0])}) = {_A}",
    ),
    Step(
        f"The cost adds up {HALF} (a − y)² of both outputs.",
        f"C = {' + '.join(_COSTS)} = {five(COST)}",
    ),
    Step(
        "Back: the derivative of C with respect to an output is a − y.",
        f"∂C/∂a of o₁ = {_A} − {_short(Y[0])} = {_ERROR}",
    ),
    Step(
        "The derivative of the sigmoid is a(1 − a).",
        f"of o₁: {_A} × (1 − {_A}) = {_SLOPE}",
    ),
    Step(
        "Their product is δ = ∂C/∂z.",
        f"δ of o₁ = {_ERROR} × {_SLOPE} = {_DELTA}",
    ),
    Step(
        "The derivative for a weight is δ of its right end times a of its left.",
        f"for h₁ → o₁: {_DELTA} × {_BELOW} = {five(GRADIENTS.weights[1][0, 0])}",
    ),
    Step(
        "Down to the hidden neurons: what comes back over both weights is added up.",
        "∂C/∂a of h₁ = " + _sum(DELTA_OUTPUT, W_OUTPUT[0], ERROR_HIDDEN[0]),
    ),
    Step(
        "Times the derivative of their own sigmoid, it is their δ.",
        "δ of h₁ = {} × {} = {}".format(*_PASSED),
    ),
    Step(
        "δ times the input is the derivative for a weight of the first layer.",
        f"for x₁ → h₁: {_PASSED[2]} × {_short(X[0])} = "
        f"{five(GRADIENTS.weights[0][0, 0])}",
    ),
]

COLUMNS, ROWS, RADIUS = (38.0, 172.0, 316.0), (102.0, 282.0), 31.0
_DIGITS = "₁₂₃₄₅₆₇₈"  # weights are counted neuron by neuron
_SHARES = 0.5, 0.36  # where on its line a weight stands, if the line is level or not
_SHARES_OF_FIRST = DELTA_OUTPUT * W_OUTPUT[0]
_CAPTION = (
    "Every number of one pass, in its place. On a line stands its weight, and under "
    "that the derivative of C with respect to it; outside of a neuron stands what "
    f"comes back to it. The outputs pull h₁ in opposite directions, by "
    f"{five(_SHARES_OF_FIRST[0])} and {five(_SHARES_OF_FIRST[1])}, and "
    f"{five(ERROR_HIDDEN[0])} is left."
)
_SEEN = (
    f"A network of {in_words(len(X))} inputs, "
    f"{in_words(len(Z_HIDDEN))} hidden neurons and "
    f"{in_words(len(Y))} outputs. With each step a number more is written into "
    "its neurons and on its lines. The sentence below says what the step does."
)


def _text(text: str, x: float, y: float, class_: str = "", step: int = 0) -> str:
    """A number that is there from its step on."""
    from_step = f"{step}" if step else None
    return text_at(text, x, y, f"bp-middle {class_}".strip(), data_step=from_step)


def _lines() -> str:
    drawn, steps = [], (12, 9)
    for layer, W in enumerate((W_HIDDEN, W_OUTPUT)):
        for i, start in enumerate(ROWS):
            for j, end in enumerate(ROWS):
                x1, x2 = COLUMNS[layer], COLUMNS[layer + 1]
                ends = {"x1": x1, "y1": start, "x2": x2, "y2": end}
                share = _SHARES[i != j]
                gap = _gap(x2 - x1, end - start, share)
                drawn.append(tag("line", **ends, **gap, class_="bp-edge"))
                x, y = x1 + share * (x2 - x1), start + share * (end - start)
                found = five(GRADIENTS.weights[layer][i, j])
                name = f"w{_DIGITS[4 * layer + 2 * j + i]} {W[i, j]:.2f}"
                drawn.append(_text(name, x, y - 4, "bp-faint"))
                drawn.append(_text(found, x, y + 11, "", steps[layer]))
    return "".join(drawn)


def _gap(width: float, height: float, share: float) -> dict[str, str]:
    """What a line that is not level leaves free for the weight that stands on it."""
    if not height:
        return {}
    length, free = math.hypot(width, height), 32 * math.hypot(width / height, 1)
    before = share * length - free / 2
    return {"stroke_dasharray": f"{before:.1f} {free:.1f} {length:.1f}"}


def _outside(y: float, *, below: bool) -> list[float]:
    """The heights of what comes back to a neuron, and of its name, where no line is."""
    nearest = y + RADIUS + 14 if below else y - RADIUS - 7
    first = nearest + 13 if below else nearest - 39
    return [*(first + 13 * k for k in range(3)), nearest]


def _inputs() -> str:
    drawn = []
    for i, (y, value) in enumerate(zip(ROWS, X, strict=True)):
        x = COLUMNS[0]
        drawn.append(tag("circle", cx=x, cy=y, r=22.0, class_="bp-node"))
        drawn.append(_text(f"x{'₁₂'[i]}", x, y - 27))
        drawn.append(_text(f"{value:.2f}", x, y + 4))
    return "".join(drawn)


def _neurons(
    column: int, names: tuple[str, ...], z: Array, a: Array, back: list[Array]
) -> str:
    """One layer: z and a in the circles, and what comes back outside of them."""
    drawn, x, late = [], COLUMNS[column], column == 2
    forward = (3, 4) if late else (1, 2)
    backward = (6, 7, 8) if late else (10, 11, 11)
    for i, y in enumerate(ROWS):
        drawn.append(tag("circle", cx=x, cy=y, r=RADIUS, class_="bp-node"))
        outside = _outside(y, below=i > 0)
        drawn.append(_text(names[i], x, outside.pop()))
        drawn.append(_text(five(z[i]), x, y - 2, "bp-z", forward[0]))
        drawn.append(_text(five(a[i]), x, y + 13, "bp-a", forward[1]))
        labels = ("∂C/∂a", "a(1−a)", "δ")
        for k, (label, values) in enumerate(zip(labels, back, strict=True)):
            text = f"{label} {five(values[i])}"
            class_ = "bp-chosen" if label == "δ" else ""
            drawn.append(_text(text, x, outside[k], class_, backward[k]))
    return "".join(drawn)


def _drawing() -> str:
    hidden = [ERROR_HIDDEN, SLOPE_HIDDEN, DELTA_HIDDEN]
    output = [ERROR_OUTPUT, SLOPE_OUTPUT, DELTA_OUTPUT]
    targets = tuple(f"o{'₁₂'[i]}, y = {y:g}" for i, y in enumerate(Y))
    middle = sum(ROWS) / 2
    return live_svg.drawing(
        370,
        _SEEN,
        _lines(),
        _inputs(),
        _neurons(1, ("h₁", "h₂"), Z_HIDDEN, A_HIDDEN, hidden),
        _neurons(2, targets, Z_OUTPUT, A_OUTPUT, output),
        _text(f"C = {five(COST)}", COLUMNS[2], middle + 9, "bp-chosen", 5),
        _text(f"bias {B_HIDDEN[0]:g}", COLUMNS[1], 11, "bp-faint"),
        _text(f"bias {B_OUTPUT[0]:g}", COLUMNS[2], 11, "bp-faint"),
    )


@cache
def hand() -> str:
    """The figure with all of its numbers; its module takes the steps back."""
    parts = _drawing(), live_svg.controls(len(STEPS) - 1), live_svg.sentences(STEPS)
    return live_svg.live("bp-hand", "hand", _CAPTION, *parts)
