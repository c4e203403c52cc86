"""The home page's figure: the sigmoid at one z, and the slopes that four calls give."""

from functools import cache
from typing import NamedTuple

import numpy as np

from backprop_explained import sigmoid
from sitebuild.checks.numerals import in_words
from sitebuild.evidence.experiments import SIGMOID, four_readings, readings
from sitebuild.figures import live_svg
from sitebuild.figures.live_svg import Scale, curve, tag, text_at
from sitebuild.figures.svg import signed

Z = Scale(-6, 6, 66, 344)
OUTPUT = Scale(0, 1, 142, 16)
REACH = 44.0
"""How far a line reaches to either side of the point, in units of the drawing."""
BOTTOM = OUTPUT.start + 18
NEAR = 3, 0.12
"""How far z and a stay from the ends of their axes for the ends to have numbers."""


class Call(NamedTuple):
    """What the function says, what it is given, and how its line is drawn."""

    body: str
    given: str
    line: str


CALLS = {
    "derivative(z)": Call("s(x) * (1 - s(x))", "z", "bp-tangent"),
    "derivative_from_output(a)": Call("x * (1 - x)", "a", "bp-tangent"),
    "derivative_from_output(z)": Call("x * (1 - x)", "z", "bp-tangent bp-dotted"),
    "derivative(a)": Call("s(x) * (1 - s(x))", "a", "bp-tangent bp-dashed"),
}
WRONG = list(CALLS)[2:]
_CAPTION = (
    "The sigmoid, <code>s</code>, and its slope at <var>z</var>. Move <var>z</var>: "
    "the calls marked ✓ give the slope of the curve, those marked ✗ that of the broken "
    "lines."
)
_SEEN = (
    "The sigmoid over z, from 0 to 1. At z the curve has a point, its output a is read "
    "off the upright axis, and the tangent is drawn through it. "
    f"{in_words(len(WRONG)).capitalize()} broken lines through the same point have the "
    "slopes that the wrong calls give. The table holds the numbers."
)


def slopes(z: float) -> dict[str, float]:
    at, a = np.array([z]), SIGMOID.function(np.array([z]))
    return {name: float(slope(at, a).item()) for name, slope in readings().items()}


def _line_through(z: float, a: float, slope: float, class_: str, part: str) -> str:
    """A piece of the line of this slope, as long whatever the slope is."""
    ends = live_svg.tangent((Z, OUTPUT), (z, a), slope, REACH)
    return tag("line", **ends, class_=class_, data_part=part)


def _axes() -> str:
    drawn = []
    for a in (0, 0.5, 1):
        y = OUTPUT(a)
        ends = {"x1": Z.start, "x2": Z.end, "y1": y, "y2": y}
        drawn.append(tag("line", **ends, class_="bp-grid" if a else "bp-axis"))
    zs = np.linspace(Z.low, Z.high, 81)
    drawn.append(tag("path", d=curve(Z(zs), OUTPUT(sigmoid(zs))), class_="bp-curve"))
    return "".join(drawn)


def _ends(z: float) -> str:
    """The numbers at the ends of both axes, where z and a leave room for them."""
    a, drawn = float(sigmoid(z)), []
    for end, part in [(Z.low, "least"), (Z.high, "most")]:
        hidden, at = abs(end - z) <= NEAR[0], (Z(end), BOTTOM, "bp-middle bp-faint")
        drawn.append(text_at(signed(end, 0), *at, part, data_hidden=hidden))
    for end, part in [(0, "none"), (1, "full")]:
        at = (Z.start - 7, OUTPUT(end) + 4, "bp-end bp-faint")
        hidden = abs(end - a) <= NEAR[1]
        drawn.append(text_at(f"{end}", *at, part, data_hidden=hidden))
    return "".join(drawn)


def _point(z: float) -> str:
    """From z up to the curve, and across to a; the lines of all slopes through it."""
    a = float(sigmoid(z))
    x, y, found = Z(z), OUTPUT(a), slopes(z)
    upright = {"x1": x, "x2": x, "y1": OUTPUT(0), "y2": y}
    level = {"x1": Z.start, "x2": x, "y1": y, "y2": y}
    wrong = [
        _line_through(z, a, found[name], f"bp-wrong {CALLS[name].line}", name)
        for name in WRONG
    ]
    return "".join(
        [
            tag("line", **upright, class_="bp-guide bp-z", data_part="upright"),
            tag("line", **level, class_="bp-guide bp-a", data_part="level"),
            *wrong,
            _line_through(z, a, found["derivative(z)"], "bp-tangent", "tangent"),
            tag("circle", cx=x, cy=y, r=5.0, class_="bp-dot", data_part="point"),
            text_at(f"z = {signed(z, 1)}", x, BOTTOM, "bp-middle bp-z", "z"),
            text_at(f"a = {signed(a, 2)}", Z.start - 7, y + 4, "bp-end bp-a", "a"),
        ]
    )


def _key(name: str) -> str:
    """The line of a call, for its row."""
    dashes = CALLS[name].line.removeprefix("bp-tangent").strip()
    classes = f"bp-sample {dashes}".strip() + (" bp-wrong" if name in WRONG else "")
    return tag("span", class_=classes, aria_hidden="true")


def _row(name: str, value: float) -> str:
    call, wrong = CALLS[name], name in WRONG
    mark = tag("span", "✗" if wrong else "✓", class_="bp-mark")
    shown = tag("span", signed(value), data_part=f"{name}-slope")
    given = tag("code", call.given) + (" output" if call.given == "a" else "")
    found = given, f"{_key(name)} {mark} {shown}", f"{four_readings()[name].learned()}"
    cells = (tag("td", cell) for cell in found)
    return live_svg.row(
        tag("code", call.body), *cells, class_="bp-bad" if wrong else None
    )


def _table(z: float) -> str:
    starts = len(four_readings()["derivative(z)"].runs)
    at = tag("span", f"z = {signed(z, 1)}", class_="bp-z bp-whole", data_part="given")
    heads = ["function", "you pass", f"slope at {at}", f"learned, of {starts}"]
    head = tag("tr", *(tag("th", text, scope="col") for text in heads))
    rows = [_row(name, value) for name, value in slopes(z).items()]
    return live_svg.table(head, rows, "bp-values bp-calls")


def _slider(z: float) -> str:
    about = {"id": "reading-z", "data_part": "slider"}
    label = tag("label", "move ", tag("var", "z"), for_="reading-z")
    inside = label, live_svg.slider(Z.low, Z.high, 0.1, z, about), live_svg.SAID
    return tag("div", *inside, class_="bp-controls bp-one-slider")


@cache
def four_calls(z: float = 2.0) -> str:
    """The figure at one z; with its module, at any z."""
    picture = live_svg.drawing(
        BOTTOM + 8,
        _SEEN,
        _axes(),
        _ends(z),
        _point(z),
        class_="bp-drawing bp-slope",
        data_z=Z.written,
        data_output=OUTPUT.written,
        data_reach=f"{REACH:g}",
    )
    parts = picture, _slider(z), _table(z)
    return live_svg.live("bp-reading", "four-calls", _CAPTION, *parts)
