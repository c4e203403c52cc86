"""By hand: each number of one pass appears where it is computed, forward and back."""

import math
from functools import cache

from backprop_explained.notation import Array
from sitebuild.checks.numerals import in_words
from sitebuild.figures import hand_numbers as by_hand
from sitebuild.figures.hand_numbers import STEPS, five
from sitebuild.figures.live_svg import live, tag
from sitebuild.figures.stepping import controls, sentences

COLUMNS, ROWS, RADIUS = (38.0, 172.0, 316.0), (102.0, 282.0), 31.0
_DIGITS = "₁₂₃₄₅₆₇₈"  # weights are counted neuron by neuron
_SHARES = 0.5, 0.36  # where on its line a weight stands, if the line is level or not
_SHARES_OF_FIRST = by_hand.DELTA_OUTPUT * by_hand.W_OUTPUT[0]
_CAPTION = (
    "Every number of one pass, in its place. On a line stands its weight, and under "
    "that the derivative of C with respect to it; outside of a neuron stands what "
    f"comes back to it. The outputs pull h₁ in opposite directions, by "
    f"{five(_SHARES_OF_FIRST[0])} and {five(_SHARES_OF_FIRST[1])}, and "
    f"{five(by_hand.ERROR_HIDDEN[0])} is left."
)
_SEEN = (
    f"A network of {in_words(len(by_hand.X))} inputs, "
    f"{in_words(len(by_hand.Z_HIDDEN))} hidden neurons and "
    f"{in_words(len(by_hand.Y))} outputs. With each step a number more is written into "
    "its neurons and on its lines. The sentence below says what the step does."
)


def _text(text: str, x: float, y: float, class_: str, step: int = 0) -> str:
    """A number that is there from its step on."""
    at = {"data_step": f"{step}"} if step else {}
    return tag("text", text, x=x, y=y, class_=f"bp-middle {class_}".strip(), **at)


def _lines() -> str:
    drawn, steps = [], (12, 9)
    for layer, W in enumerate((by_hand.W_HIDDEN, by_hand.W_OUTPUT)):
        for i, start in enumerate(ROWS):
            for j, end in enumerate(ROWS):
                x1, x2 = COLUMNS[layer], COLUMNS[layer + 1]
                ends = {"x1": x1, "y1": start, "x2": x2, "y2": end}
                share = _SHARES[i != j]
                gap = _gap(x2 - x1, end - start, share)
                drawn.append(tag("line", **ends, **gap, class_="bp-edge"))
                x, y = x1 + share * (x2 - x1), start + share * (end - start)
                found = five(by_hand.GRADIENTS.weights[layer][i, j])
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
    for i, (y, value) in enumerate(zip(ROWS, by_hand.X, strict=True)):
        x = COLUMNS[0]
        drawn.append(tag("circle", cx=x, cy=y, r=22.0, class_="bp-node"))
        drawn.append(_text(f"x{'₁₂'[i]}", x, y - 27, ""))
        drawn.append(_text(f"{value:.2f}", x, y + 4, ""))
    return "".join(drawn)


def _neurons(
    column: int, names: tuple[str, ...], z: Array, a: Array, back: list[Array]
) -> str:
    """One layer: z and a in the circles, and what comes back below them."""
    drawn, x, late = [], COLUMNS[column], column == 2
    forward = (3, 4) if late else (1, 2)
    backward = (6, 7, 8) if late else (10, 11, 11)
    for i, y in enumerate(ROWS):
        drawn.append(tag("circle", cx=x, cy=y, r=RADIUS, class_="bp-node"))
        outside = _outside(y, below=i > 0)
        drawn.append(_text(names[i], x, outside.pop(), ""))
        drawn.append(_text(five(z[i]), x, y - 2, "bp-z", forward[0]))
        drawn.append(_text(five(a[i]), x, y + 13, "bp-a", forward[1]))
        labels = ("∂C/∂a", "a(1−a)", "δ")
        for k, (label, values) in enumerate(zip(labels, back, strict=True)):
            text = f"{label} {five(values[i])}"
            class_ = "bp-chosen" if label == "δ" else ""
            drawn.append(_text(text, x, outside[k], class_, backward[k]))
    return "".join(drawn)


def _drawing() -> str:
    hidden = [by_hand.ERROR_HIDDEN, by_hand.SLOPE_HIDDEN, by_hand.DELTA_HIDDEN]
    output = [by_hand.ERROR_OUTPUT, by_hand.SLOPE_OUTPUT, by_hand.DELTA_OUTPUT]
    targets = tuple(f"o{'₁₂'[i]}, y = {y:g}" for i, y in enumerate(by_hand.Y))
    middle = sum(ROWS) / 2
    return tag(
        "svg",
        _lines(),
        _inputs(),
        _neurons(1, ("h₁", "h₂"), by_hand.Z_HIDDEN, by_hand.A_HIDDEN, hidden),
        _neurons(2, targets, by_hand.Z_OUTPUT, by_hand.A_OUTPUT, output),
        _text(f"C = {five(by_hand.COST)}", COLUMNS[2], middle + 9, "bp-chosen", 5),
        _text(f"bias {by_hand.B_HIDDEN[0]:g}", COLUMNS[1], 11, "bp-faint"),
        _text(f"bias {by_hand.B_OUTPUT[0]:g}", COLUMNS[2], 11, "bp-faint"),
        viewBox="0 0 360 370",
        class_="bp-drawing",
        role="img",
        aria_label=_SEEN,
        data_part="drawing",
    )


@cache
def hand() -> str:
    """The figure with all of its numbers; its module takes the steps back."""
    parts = _drawing(), controls(len(STEPS) - 1), sentences(STEPS)
    return live("bp-hand", "hand", _CAPTION, *parts)
