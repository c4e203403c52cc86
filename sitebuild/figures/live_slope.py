"""One slope, two graphs: the sigmoid, its slope over z, and the same slope over a."""

from functools import cache

import numpy as np

from backprop_explained import (
    sigmoid,
    sigmoid_derivative,
    sigmoid_derivative_from_output,
)
from sitebuild.checks.numerals import as_character, in_words
from sitebuild.figures.live_svg import Scale, control, curve, live, number, tag
from sitebuild.figures.svg import signed

Z = Scale(-6, 6, 34, 204)  # two graphs stand on this axis, one above the other
A = Scale(0, 1, 246, 340)
OUTPUT = Scale(0, 1, 108, 14)
SLOPE = Scale(0, 0.27, 256, 138)
TANGENT = 2  # how far it reaches to either side
_HEIGHT = as_character(sigmoid_derivative(0.0))
_BOTTOM = 276  # the line of the numbers under the axes
_DESCRIPTION = (
    f"{in_words(len((OUTPUT, SLOPE, A))).capitalize()} graphs. The sigmoid over z with "
    "its tangent; below it, on the same axis, "
    "its slope σ′(z), a bell; beside that, at the same heights, a(1 − a) over the "
    "output a, a parabola. One line joins the point of the bell at z to the point of "
    "the parabola at a: the same slope. Hollow marks show what the bell gives for a, "
    "and the parabola for z. The table holds the numbers."
)
_CAPTION = (
    f"One slope, {in_words(len((Z, A)))} graphs. The line joins the same slope, read "
    "off <var>z</var> on "
    "the bell and off the output <var>a</var> on the parabola. Swap the "
    f"{in_words(len((Z, A)))} and "
    "you "
    f"land on the hollow marks: σ′(a), which is never far from {_HEIGHT}, or z(1 − z), "
    "which "
    "falls out of the picture as soon as <var>z</var> is outside [0,\u00a01]."
)


def _text(text: str, x: float, y: float, class_: str = "", **attributes: str) -> str:
    return tag("text", text, x=x, y=y, class_=class_ or None, **attributes)


def _line(x1: float, y1: float, x2: float, y2: float, **attributes: str) -> str:
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, **attributes)


def _axes() -> str:
    """Grid lines and the numbers at them; those under z and a are moved."""
    drawn = []
    for scale, ticks in [(OUTPUT, (0, 0.5, 1)), (SLOPE, (0, 0.1, 0.2))]:
        for value in ticks:
            y, grid = scale(value), "bp-axis" if value == 0 else "bp-grid"
            drawn.append(_line(Z.start, y, Z.end, y, class_=grid))
            drawn.append(_text(f"{value:g}", Z.start - 5, y + 4, "bp-end"))
            if scale is SLOPE:
                drawn.append(_line(A.start, y, A.end, y, class_=grid))
    for z in (-6, -4, -2, 0, 2, 4, 6):
        x = Z(z)
        drawn.append(_line(x, SLOPE(0), x, SLOPE(0) + 4, class_="bp-axis"))
        if z in (-6, 6):
            part = "least" if z < 0 else "most"
            faint = "bp-middle bp-faint"
            drawn.append(_text(signed(z, 0), x, _BOTTOM, faint, data_part=part))
    for a in (0, 0.5, 1):
        drawn.append(_line(A(a), SLOPE(0), A(a), SLOPE(0) + 4, class_="bp-axis"))
    return "".join(drawn)


def _curves() -> str:
    zs, outputs = np.linspace(-6, 6, 81), np.linspace(0, 1, 31)
    right = {"class_": "bp-curve"}
    return (
        tag("path", d=curve(Z(zs), OUTPUT(sigmoid(zs))), **right)
        + tag("path", d=curve(Z(zs), SLOPE(sigmoid_derivative(zs))), **right)
        + tag(
            "path",
            d=curve(A(outputs), SLOPE(sigmoid_derivative_from_output(outputs))),
            **right,
        )
        + _line(A(0), OUTPUT(0), A(1), OUTPUT(1), class_="bp-grid")
        + _text("a = σ(z)", Z.start + 4, OUTPUT(1) + 10)
        + _text("σ′(z)", Z.start + 4, SLOPE(0.25) + 10)
        + _text("a(1 − a)", A(0.5), SLOPE(0.25) - 12, "bp-middle")
    )


def _rectangle(z: float, a: float, slope: float) -> str:
    """From z up to a, across to the other axis of a, down to the slope, and back."""
    run, x, y = TANGENT * slope, Z(z), OUTPUT(a)
    tangent = _line(
        Z(z - TANGENT),
        OUTPUT(a - run),
        Z(z + TANGENT),
        OUTPUT(a + run),
        class_="bp-tangent",
        data_part="tangent",
    )
    around = [(x, SLOPE(0)), (x, y), (A(a), y), (A(a), SLOPE(0))]
    return (
        tag(
            "path",
            d=curve(*zip(*around, strict=True)),
            class_="bp-guide",
            data_part="around",
        )
        + tangent
        + _line(x, SLOPE(slope), A(a), SLOPE(slope), class_="bp-join", data_part="join")
        + _text(signed(slope), 225, SLOPE(slope) - 5, "bp-middle", data_part="slope")
        + _text(signed(a), 225, y - 5, "bp-middle", data_part="output")
        + _text(f"z = {signed(z, 1)}", x, _BOTTOM, "bp-middle", data_part="z")
        + _text(f"a = {signed(a, 2)}", A(a), _BOTTOM, "bp-middle", data_part="a")
    )


def _mark(x: float, y: float, class_: str, part: str, *, hidden: bool = False) -> str:
    return tag(
        "circle", cx=x, cy=y, r=5.0, class_=class_, data_part=part, data_hidden=hidden
    )


def _marks(z: float, a: float, slope: float) -> str:
    """The right readings full, the wrong ones hollow, or an arrow downwards."""
    fed_a = float(sigmoid_derivative(a))
    fed_z = float(sigmoid_derivative_from_output(z))
    inside = 0 <= z <= 1
    edge = A(0) - 8 if z < 0 else A(1) + 8
    return (
        _text("σ′(a)", Z(a) + 9, SLOPE(fed_a) - 3, "bp-other", data_part="fed-a-name")
        + _text(
            "z(1 − z)",
            A(z) if inside else A(0.5),
            SLOPE(fed_z) + 19 if inside else SLOPE(0) - 8,
            "bp-wrong bp-middle",
            data_part="fed-z-name",
        )
        + _mark(Z(z), OUTPUT(a), "bp-dot", "on-sigmoid")
        + _mark(Z(z), SLOPE(slope), "bp-dot", "on-bell")
        + _mark(A(a), SLOPE(slope), "bp-dot", "on-parabola")
        + _mark(Z(a), SLOPE(fed_a), "bp-ring bp-other", "fed-a")
        + _mark(
            A(min(max(z, 0), 1)),
            SLOPE(max(fed_z, 0)),
            "bp-ring bp-wrong",
            "fed-z",
            hidden=not inside,
        )
        + tag(
            "path",
            d="M0 -24V0M-4 -6L0 1L4 -6",
            transform=f"translate({number(edge)} {number(SLOPE(0) + 4)})",
            class_="bp-arrow",
            data_part="below",
            data_hidden=inside,
        )
    )


def _cell(value: float, part: str, *, right: bool) -> str:
    mark = tag("span", "✓" if right else "✗", class_="bp-mark")
    shown = tag("span", signed(value), data_part=part)
    return tag("td", f"{mark} {shown}", class_="bp-good" if right else "bp-bad")


def _readings(z: float, a: float) -> str:
    """Two functions and two things to pass: the question's four readings."""
    heads = (
        tag("td", "you pass")
        + tag("th", tag("span", f"z = {signed(z, 1)}", data_part="given-z"))
        + tag("th", tag("span", f"a = {signed(a)}", data_part="given-a"))
    ).replace("<th", '<th scope="col"')
    from_z = tag("th", tag("code", "s(x) * (1 - s(x))"), scope="row")
    from_a = tag("th", tag("code", "x * (1 - x)"), scope="row")
    rows = [
        from_z
        + _cell(float(sigmoid_derivative(z)), "from-z-of-z", right=True)
        + _cell(float(sigmoid_derivative(a)), "from-z-of-a", right=False),
        from_a
        + _cell(float(sigmoid_derivative_from_output(z)), "from-a-of-z", right=False)
        + _cell(float(sigmoid_derivative_from_output(a)), "from-a-of-a", right=True),
    ]
    body = tag("thead", tag("tr", heads)) + tag(
        "tbody", *(tag("tr", row) for row in rows)
    )
    return tag("table", body, class_="bp-values")


def _slider(z: float) -> str:
    slider = control(
        "input",
        type="range",
        id="one-slope-z",
        min="-6",
        max="6",
        step="0.1",
        value=f"{z:g}",
        data_part="slider",
    )
    label = tag("label", tag("var", "z"), for_="one-slope-z")
    said = tag("p", role="status", class_="bp-said", data_part="said")
    return tag("div", label + slider + said, class_="bp-controls bp-one-slider")


@cache
def one_slope(z: float = 2.0) -> str:
    """The figure at one z; with its module, at any z."""
    a, slope = float(sigmoid(z)), float(sigmoid_derivative(z))
    drawing = tag(
        "svg",
        _axes(),
        _curves(),
        _rectangle(z, a, slope),
        _marks(z, a, slope),
        viewBox="0 0 360 284",
        class_="bp-drawing bp-slope",
        role="img",
        aria_label=_DESCRIPTION,
        data_part="drawing",
        data_z=Z.written,
        data_a=A.written,
        data_output=OUTPUT.written,
        data_slope=SLOPE.written,
        data_tangent=str(TANGENT),
    )
    parts = drawing, _slider(z), _readings(z, a)
    return live("bp-slope", "one-slope", _CAPTION, *parts)
