"""The proof, step by step: what each step speaks of comes into the drawing with it.

It is shown on a curve that rises, falls, rises again, and falls.
"""

from functools import cache

import numpy as np

from backprop_explained.notation import Array
from sitebuild.checks.numerals import in_words
from sitebuild.evidence.first_return import first_return
from sitebuild.figures import live_svg
from sitebuild.figures.live_svg import Scale, Step, Value, curve, tag, text_at
from sitebuild.figures.portable import where_it_turns
from sitebuild.figures.svg import Point, signed

_BEND = 0.12


def wave(z: Array) -> Array:
    """Waves that become shorter, so that the first return has room in a drawing."""
    return np.sin(z + _BEND * z**2)


def wave_derivative(z: Array) -> Array:
    return np.cos(z + _BEND * z**2) * (1 + 2 * _BEND * z)


RISE, FALL = (-0.3, 0.7), (5.35, 5.85)
"""Between these two places it rises, all in all, and between those it falls."""


def chord(ends: tuple[float, float]) -> float:
    """The slope of the line from one place of the curve to another."""
    start, end = ends
    return float((wave(end) - wave(start)) / (end - start))


def mean_place(ends: tuple[float, float]) -> float:
    """The last place between two that has the slope of their chord.

    From there to the right end its slope is on one side of the chord's.
    """
    beyond = wave_derivative(ends[1]) > chord(ends)
    return where_it_turns(
        lambda z: (wave_derivative(z) > chord(ends)) == beyond, sum(ends) / 2, ends[1]
    )


P, Q = mean_place(RISE), mean_place(FALL)
LEVEL = float(wave(P))
S = P + 0.3
R = first_return(wave, P, Q)

Z = Scale(-0.7, 6.1, 24, 348)
OUTPUT = Scale(-1.1, 1.1, 190, 14)
BOTTOM = OUTPUT.start + 14
REACH = 30.0
"""How far a tangent reaches to either side of its point, in units of the drawing."""
SECANTS = np.linspace(S, R, 5)[1:-1]
"""Places on the way to the return, each of which has a line to it."""
MIRRORS = (-1, 1), (1, -1), (-1, -1)
_RISE, _BACK = (float(wave_derivative(at)) for at in (P, R))
STEPS = [
    Step(
        "Given is an f that has a slope everywhere and is not monotone.",
        f"Wanted: {in_words(len((P, R)))} places with one output and different slopes.",
    ),
    Step(
        "It does not only fall, so some x and y to the right of it have f(x) < f(y). "
        "Somewhere between them, at p, it is as steep as the line through both.",
        f"f′(p) = (f(y) − f(x)) / (y − x) = {chord(RISE):.2f} > 0",
    ),
    Step(
        "Nor does it only rise, and in the same way it falls at some q.",
        f"f′(q) = {signed(chord(FALL), 2)} < 0",
    ),
    Step(
        "Let p be on the left, and f(p) ≥ f(q). The other cases are mirror images: "
        "read from right to left, upside down, or both.",
        "Equal outputs stay equal in a mirror, and different slopes different.",
    ),
    Step(
        "At p it rises, so just after p it is above v = f(p). Choose an s there.",
        f"f(s) = {float(wave(S)):.2f} > v = {LEVEL:.2f}",
    ),
    Step(
        "Go to the right from s while f is above v. That ends at r, at q at the "
        "latest. Above v it would not have ended there, below v it would have ended "
        "sooner.",
        f"f(r) = v = {float(wave(R)):.2f}",
    ),
    Step(
        "On the way to r it is above f(r), so each line from there to r goes down.",
        "(f(z) − f(r)) / (z − r) < 0",
    ),
    Step(
        "The limit of their slopes is f′(r), and it is not positive. So p and r have "
        "one output and different slopes. ∎",
        f"f′(r) = {signed(_BACK, 2)} ≤ 0 < f′(p) = {_RISE:.2f}",
    ),
]
_CAPTION = (
    "The curve leaves the level <var>v</var> going up, so it can only come back from "
    f"above, going down. At <var>p</var> and at <var>r</var> the output is "
    f"{LEVEL:.2f}; the slopes are {_RISE:.2f} and {signed(_BACK, 2)}. Later returns "
    "may go either way."
)
_SEEN = (
    "A wavy curve over z, and a level line at its height at the point p, where it "
    "rises. It stays above the line until the point r, where it crosses the line "
    "falling, and crosses it again later, before the point q. With each step what it "
    "speaks of is drawn; the sentence below says what that is."
)


def _times(step: int, until: int | None = None) -> dict[str, Value]:
    """From which step on a part is there, and up to which; the last is drawn."""
    last = len(STEPS) - 1
    ends = None if until is None else f"{until}"
    gone = until is not None and until < last
    return {"data_step": f"{step}", "data_until": ends, "data_hidden": gone}


def _at(z: float) -> Point:
    return Z(z), OUTPUT(float(wave(z)))


def _line(one: Point, other: Point, **how: Value) -> str:
    ends = {"x1": one[0], "y1": one[1], "x2": other[0], "y2": other[1]}
    return tag("line", **ends, **how)


def _tangent(z: float, **when: Value) -> str:
    point, slope = (z, float(wave(z))), float(wave_derivative(z))
    x1, x2, y1, y2 = live_svg.tangent((Z, OUTPUT), point, slope, REACH).values()
    return _line((x1, y1), (x2, y2), class_="bp-tangent bp-wide", **when)


def _point(z: float, name: str, **when: Value) -> str:
    """A place of the curve, and its name under the axis."""
    x, y = _at(z)
    down = _line((x, y), (x, OUTPUT.start), class_="bp-guide", **when)
    ring = tag("circle", cx=x, cy=y, r=4.0, class_="bp-ring", **when)
    return down + ring + text_at(name, x, BOTTOM, "bp-middle", **when)


def _chord(ends: tuple[float, float], step: int) -> str:
    when = _times(step, step)
    line = _line(*map(_at, ends), class_="bp-join", **when)
    names = zip(ends, "xy", strict=True) if ends == RISE else []
    return line + "".join(_point(z, name, **when) for z, name in names)


def _above() -> str:
    """What lies between the curve and its level, from p to the first return."""
    zs = np.linspace(P, R, 25)
    d = curve(Z(zs), OUTPUT(wave(zs))) + "Z"
    return tag("path", d=d, class_="bp-between", **_times(5))


def _mirrors() -> str:
    """The three other cases, small: the stretch from p to q in its mirrors."""
    drawn, zs = [], np.linspace(P, Q, 40)
    x, y = (zs - (P + Q) / 2) * 4.2, -wave(zs) * 12
    for k, (along, up) in enumerate(MIRRORS):
        middle = 104 + 33 * k, OUTPUT(-0.75)
        inside = tag("path", d=curve(along * x, up * y), class_="bp-curve")
        for at in (0, -1):
            mark = {"cx": along * x[at], "cy": up * y[at], "r": 2.6}
            inside += tag("circle", **mark, class_="bp-dot" if at == 0 else "bp-ring")
        moved = f"translate({middle[0]:g} {middle[1]:g})"
        drawn.append(tag("g", inside, transform=moved, **_times(3, 3)))
    return "".join(drawn)


def _drawing() -> str:
    zs = np.linspace(Z.low, Z.high, 121)
    level, end = OUTPUT(LEVEL), (Z.end, OUTPUT.start)
    secants = (_line(_at(z), _at(R), class_="bp-join", **_times(6, 6)) for z in SECANTS)
    return live_svg.drawing(
        BOTTOM + 6,
        _SEEN,
        _above(),
        _line((Z.start, OUTPUT.start), end, class_="bp-axis"),
        text_at("z", Z.end, BOTTOM, "bp-middle bp-z"),
        text_at("a = f(z)", Z.start - 12, OUTPUT.end - 2, "bp-start bp-a"),
        _line((Z.start, level), (Z.end, level), class_="bp-guide bp-a", **_times(4)),
        text_at("v", Z.start - 8, level + 4, "bp-middle bp-a", **_times(4)),
        tag("path", d=curve(Z(zs), OUTPUT(wave(zs))), class_="bp-curve bp-soft"),
        _chord(RISE, 1),
        _chord(FALL, 2),
        *secants,
        _tangent(P, **_times(1)),
        _tangent(Q, **_times(2, 3)),
        _tangent(R, **_times(7)),
        _point(P, "p", **_times(1)),
        _point(Q, "q", **_times(2)),
        _point(S, "s", **_times(4, 6)),
        _point(R, "r", **_times(5)),
        _mirrors(),
        data_z=Z.written,
        data_output=OUTPUT.written,
    )


@cache
def proof() -> str:
    """The figure at the end of the argument; its module takes the steps back."""
    parts = _drawing(), live_svg.controls(len(STEPS) - 1), live_svg.sentences(STEPS)
    return live_svg.live("bp-proof", "first-return", _CAPTION, *parts)
