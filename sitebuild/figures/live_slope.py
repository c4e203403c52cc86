"""One slope, two graphs: the sigmoid, its slope over z, and the same slope over a."""

from functools import cache

import numpy as np

from backprop_explained import (
    sigmoid,
    sigmoid_derivative,
    sigmoid_derivative_from_output,
)
from sitebuild.checks.numerals import as_character, in_words
from sitebuild.figures import live_svg
from sitebuild.figures.live_svg import Scale, curve, number, tag, text_at
from sitebuild.figures.svg import signed

Z = Scale(-6, 6, 34, 204)  # two graphs stand on this axis, one above the other
A = Scale(0, 1, 240, 330)
OUTPUT = Scale(0, 1, 108, 14)
SLOPE = Scale(0, 0.27, 256, 138)
TANGENT = 2  # how far it reaches to either side
_HEIGHT = as_character(sigmoid_derivative(0.0))
_BOTTOM = 276  # the line of the numbers under the axes
_DESCRIPTION = (
    f"{in_words(len((OUTPUT, SLOPE, A))).capitalize()} graphs. The sigmoid over z with "
    "its tangent; below it, on the same axis, its slope σ′(z), a bell; beside that, at "
    "the same heights, a(1 − a) over the output a, a parabola. One line joins the "
    "point of the bell at z to the point of the parabola at a: the same slope. A "
    "hollow mark shows what the bell gives for a. What the parabola gives for z has a "
    "hollow mark as well while z is between 0 and 1, and else an arrow that leaves the "
    "picture. The table holds the numbers."
)
_CAPTION = (
    f"One slope, {in_words(len((Z, A)))} graphs. The line joins the same slope, read "
    "off <var>z</var> on the bell and off the output <var>a</var> on the parabola. "
    f"Swap the {in_words(len((Z, A)))} and you land on a hollow mark: σ′(a), which is "
    f"never far from {_HEIGHT}, or z(1 − z). For a <var>z</var> outside [0,\u00a01] "
    "the latter lies below the picture, and an arrow points to it. The grey diagonal "
    "turns the output, a height in the graph above, into a place on the axis of the "
    "parabola."
)


def _line(x1: float, y1: float, x2: float, y2: float, **attributes: str) -> str:
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, **attributes)


def _axes(a: float) -> str:
    """Grid lines and the numbers at them; those under z and a are moved."""
    drawn = []
    for scale, ticks in [(OUTPUT, (0, 0.5, 1)), (SLOPE, (0, 0.1, 0.2))]:
        for value in ticks:
            y, grid = scale(value), "bp-axis" if value == 0 else "bp-grid"
            drawn.append(_line(Z.start, y, Z.end, y, class_=grid))
            drawn.append(text_at(f"{value:g}", Z.start - 5, y + 4, "bp-end"))
            if scale is SLOPE:
                drawn.append(_line(A.start, y, A.end, y, class_=grid))
    for z in (-6, -4, -2, 0, 2, 4, 6):
        x = Z(z)
        drawn.append(_line(x, SLOPE(0), x, SLOPE(0) + 4, class_="bp-axis"))
        if z in (-6, 6):
            part = "least" if z < 0 else "most"
            faint = "bp-middle bp-faint"
            drawn.append(text_at(signed(z, 0), x, _BOTTOM, faint, part))
    for at_a in (0, 0.5, 1):
        x = A(at_a)
        drawn.append(_line(x, SLOPE(0), x, SLOPE(0) + 4, class_="bp-axis"))
    for end, part in [(0, "none"), (1, "full")]:
        hidden = abs(end - a) <= 0.35  # where the number of a would stand on it
        at = A(end), _BOTTOM, "bp-middle bp-faint", part
        drawn.append(text_at(f"{end}", *at, data_hidden=hidden))
    return "".join(drawn)


def _curves() -> str:
    """The sigmoid, its slope over z, and its slope over a, each in its colour."""
    zs, outputs = np.linspace(-6, 6, 81), np.linspace(0, 1, 31)
    drawn = [
        ("bp-curve", Z(zs), OUTPUT(sigmoid(zs))),
        ("bp-curve bp-z", Z(zs), SLOPE(sigmoid_derivative(zs))),
        ("bp-curve bp-a", A(outputs), SLOPE(sigmoid_derivative_from_output(outputs))),
    ]
    paths = (tag("path", d=curve(xs, ys), class_=name) for name, xs, ys in drawn)
    diagonal = _line(A(0), OUTPUT(0), A(1), OUTPUT(1), class_="bp-grid")
    return "".join(paths) + diagonal


def _names() -> str:
    """What each curve is; drawn last, so that no line crosses it."""
    return (
        text_at("a = σ(z)", Z.start + 4, OUTPUT(1) + 10)
        + text_at("σ′(z)", Z.start + 4, SLOPE(0.25) + 10, "bp-z")
        + text_at("a(1 − a)", A(0.5), SLOPE(0.25) - 12, "bp-middle bp-a")
    )


def _rectangle(z: float, a: float, slope: float) -> str:
    """From z up to a, across to the other axis of a, down to the slope, and back."""
    run, x, y = TANGENT * slope, Z(z), OUTPUT(a)
    ends = Z(z - TANGENT), OUTPUT(a - run), Z(z + TANGENT), OUTPUT(a + run)
    around = curve([x, x, A(a), A(a)], [SLOPE(0), y, y, SLOPE(0)])
    return (
        tag("path", d=around, class_="bp-guide", data_part="around")
        + _line(*ends, class_="bp-tangent", data_part="tangent")
        + _line(x, SLOPE(slope), A(a), SLOPE(slope), class_="bp-join", data_part="join")
        + text_at(signed(slope), 225, SLOPE(slope) - 5, "bp-middle", "slope")
        + text_at(signed(a), 225, y - 5, "bp-middle", "output")
        + text_at(f"z = {signed(z, 1)}", x, _BOTTOM, "bp-middle bp-z", "z")
        + text_at(f"a = {signed(a, 2)}", A(a), _BOTTOM, "bp-middle bp-a", "a")
    )


def _mark(x: float, y: float, class_: str, part: str, *, hidden: bool = False) -> str:
    how = {"class_": class_, "data_part": part, "data_hidden": hidden}
    return tag("circle", cx=x, cy=y, r=5.0, **how)


def _marks(z: float, a: float, slope: float) -> str:
    """The right readings full, the wrong ones hollow, or an arrow downwards."""
    fed_a = float(sigmoid_derivative(a))
    fed_z = float(sigmoid_derivative_from_output(z))
    x, y, side = _name_of_fed_z(z, fed_z)
    return (
        text_at("σ′(a)", Z(a) + 9, SLOPE(fed_a) - 3, "bp-wrong", "fed-a-name")
        + text_at("z(1 − z)", x, y, f"bp-wrong {side}", "fed-z-name")
        + _mark(Z(z), OUTPUT(a), "bp-dot", "on-sigmoid")
        + _mark(Z(z), SLOPE(slope), "bp-dot bp-z", "on-bell")
        + _mark(A(a), SLOPE(slope), "bp-dot bp-a", "on-parabola")
        + _mark(Z(a), SLOPE(fed_a), "bp-ring bp-wrong", "fed-a")
        + _fed_z(z, fed_z)
    )


def _fed_z(z: float, value: float) -> str:
    """A hollow mark inside of the parabola; an arrow if the value is below it."""
    inside = 0 <= z <= 1
    x, y = A(min(max(z, 0), 1)), SLOPE(max(value, 0))
    below = tag(
        "path",
        d="M0 -24V0M-4 -6L0 1L4 -6",
        transform=f"translate({number(A(0.5) + 30)} {number(SLOPE(0) + 4)})",
        class_="bp-arrow",
        data_part="below",
        data_hidden=inside,
    )
    return _mark(x, y, "bp-ring bp-wrong", "fed-z", hidden=not inside) + below


def _name_of_fed_z(z: float, fed_z: float) -> tuple[float, float, str]:
    """Beside its hollow mark, inside of the parabola; or beside its arrow."""
    if not 0 <= z <= 1:
        return A(0.5), SLOPE(0) - 8, "bp-middle"
    low = min(SLOPE(fed_z) + 19, SLOPE(0) - 6)
    return (A(z) + 9, low, "bp-start") if z < 0.5 else (A(z) - 9, low, "bp-before")


def _cell(value: float, part: str, *, right: bool) -> str:
    mark = tag("span", "✓" if right else "✗", class_="bp-mark")
    shown = tag("span", signed(value), data_part=part)
    return tag("td", f"{mark} {shown}", class_="bp-good" if right else "bp-bad")


def _readings(z: float, a: float) -> str:
    """Two functions and two things to pass: the question's four readings."""
    given = {"z": f"z = {signed(z, 1)}", "a": f"a = {signed(a)}"}
    spans = (
        tag("span", text, class_=f"bp-{name}", data_part=f"given-{name}")
        for name, text in given.items()
    )
    heads = (tag("th", span, scope="col") for span in spans)
    of_z, of_a = sigmoid_derivative, sigmoid_derivative_from_output
    rows = [
        live_svg.row(
            tag("code", code),
            *(
                _cell(float(slope(value)), f"from-{name}-of-{of}", right=name == of)
                for of, value in (("z", z), ("a", a))
            ),
        )
        for name, code, slope in [
            ("z", "s(x) * (1 - s(x))", of_z),
            ("a", "x * (1 - x)", of_a),
        ]
    ]
    return live_svg.table(tag("tr", tag("td", "you pass"), *heads), rows)


def _slider(z: float) -> str:
    about = {"first": {"id": "one-slope-z"}, "data_part": "slider"}
    label = tag("label", tag("var", "z"), for_="one-slope-z")
    inside = label, live_svg.slider(Z.low, Z.high, 0.1, z, **about), live_svg.SAID
    return tag("div", *inside, class_="bp-controls bp-one-slider")


@cache
def one_slope(z: float = 2.0) -> str:
    """The figure at one z; with its module, at any z."""
    a, slope = float(sigmoid(z)), float(sigmoid_derivative(z))
    picture = live_svg.drawing(
        284,
        _DESCRIPTION,
        _axes(a),
        _curves(),
        _rectangle(z, a, slope),
        _names(),
        _marks(z, a, slope),
        class_="bp-drawing bp-slope",
        data_z=Z.written,
        data_a=A.written,
        data_output=OUTPUT.written,
        data_slope=SLOPE.written,
        data_tangent=str(TANGENT),
    )
    parts = picture, _slider(z), _readings(z, a)
    return live_svg.live("bp-slope", "one-slope", _CAPTION, *parts)
