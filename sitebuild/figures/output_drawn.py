"""Two graphs of one activation: over z, and its slope over the output."""

import numpy as np

from sitebuild.figures.live_svg import Scale, Value, curve, tag, text_at
from sitebuild.figures.output_stops import COUNT, Course, pieces

LEFT, RIGHT, UP = (30.0137, 170.0137), (216.0137, 350.0137), (150.0137, 24.0137)
"""Where the two graphs stand: z, the output on its level axis, and what stands up.

A little off, so that no corner is half-way between two tenths, which one language
rounds up and the other to the even one.
"""
REACH = 22.0
"""How far a tangent reaches to either side of its point, in units of the drawing."""
_SEEN = (
    "The activation over z, with the tangent at z and a level line at its output. "
    "Beside it the slope over the output: a curve on which z has a point. Where "
    "another place has the same output and another slope, both graphs show it as a "
    "hollow point. The table holds the numbers."
)


def _scales(course: Course) -> dict[str, Scale]:
    return {
        "z": Scale(*course.z, *LEFT),
        "up": Scale(*course.a_range, *UP),
        "a": Scale(*course.a_range, *RIGHT),
        "slope": Scale(*course.slope_range, *UP),
    }


def _over_output(course: Course, at: dict[str, Scale]) -> str:
    """The slope over the output, which starts again where it jumps at a kink."""
    return "".join(
        curve([at["a"](a) for a, _ in piece], [at["slope"](s) for _, s in piece])
        for piece in pieces(course)
    )


def _short(value: float) -> str:
    return f"{value:g}".replace("-", "−")


def _frame(at: dict[str, Scale]) -> str:
    """The axes through 0, their names, and the numbers at their ends."""
    drawn, low_and_high = [], ("low", "high")
    for name, (start, end) in [("up", LEFT), ("slope", RIGHT)]:
        zero, scale = at[name](0), at[name]
        drawn.append(_line([start, end, zero, zero], "bp-axis", f"{name}-zero"))
        values = zip(low_and_high, UP, (scale.low, scale.high), strict=True)
        for which, y, value in values:
            text, part = _short(value), f"{name}-{which}"
            drawn.append(text_at(text, start - 5, y + 4, "bp-end bp-faint", part))
    bottom = UP[0] + 16
    for name, places in [("z", LEFT), ("a", RIGHT)]:
        values = zip(low_and_high, places, (at[name].low, at[name].high), strict=True)
        for which, x, value in values:
            class_ = f"bp-faint bp-{'start' if which == 'low' else 'end'}"
            drawn.append(text_at(_short(value), x, bottom, class_, f"{name}-{which}"))
        drawn.append(text_at(name, sum(places) / 2, bottom, f"bp-middle bp-{name}"))
    drawn.append(text_at("a = f(z)", LEFT[0], UP[1] - 10, "bp-start bp-a"))
    drawn.append(text_at("slope", RIGHT[0], UP[1] - 10, "bp-start"))
    return "".join(drawn)


def _tangent(z: float, a: float, slope: float, at: dict[str, Scale]) -> list[float]:
    """x1, x2, y1 and y2 of a piece of the tangent."""
    along, up = at["z"](1) - at["z"](0), slope * (at["up"](1) - at["up"](0))
    run = REACH / float(np.hypot(along, up))
    x, y = at["z"](z), at["up"](a)
    return [x - run * along, x + run * along, y - run * up, y + run * up]


def _line(ends: list[float], class_: str, part: str, *, hidden: bool = False) -> str:
    places = dict(zip(("x1", "x2", "y1", "y2"), ends, strict=True))
    return tag("line", **places, class_=class_, data_part=part, data_hidden=hidden)


def _circle(x: float, y: float, part: str, **how: Value) -> str:
    return tag("circle", cx=x, cy=y, r=5.0, data_part=part, **how)


def _marks(course: Course, k: int, at: dict[str, Scale]) -> str:
    """The place at z and, hollow, the other one that has its output."""
    z, a, slope = place_of(course, k), course.a[k], course.slope[k]
    pair = course.pairs.get(k)
    z2, slope2 = pair or (z, slope)
    gone = pair is None
    away = gone or not course.z[0] <= z2 <= course.z[1]
    x, y = at["a"](a), at["up"](a)
    ring, dot = {"class_": "bp-ring"}, {"class_": "bp-dot"}
    pair_tangent, tangent = (_tangent(*p, at) for p in ((z2, a, slope2), (z, a, slope)))
    return "".join(
        [
            _line([*LEFT, y, y], "bp-guide bp-a", "level"),
            _line([x, x, *UP], "bp-guide bp-a", "upright"),
            _line(pair_tangent, "bp-tangent", "pair-tangent", hidden=away),
            _line(tangent, "bp-tangent", "tangent"),
            _circle(at["z"](z2), y, "pair", **ring, data_hidden=away),
            _circle(x, at["slope"](slope2), "pair-slope", **ring, data_hidden=gone),
            _circle(at["z"](z), y, "point", **dot),
            _circle(x, at["slope"](slope), "point-slope", **dot),
        ]
    )


def place_of(course: Course, k: int) -> float:
    """The z of a stop."""
    low, high = course.z
    return low + (high - low) * k / (COUNT - 1)


def drawing(course: Course, k: int) -> str:
    at = _scales(course)
    zs = [at["z"](place_of(course, k)) for k in range(COUNT)]
    over_z = curve(zs, [at["up"](a) for a in course.a])
    over_a = _over_output(course, at)
    return tag(
        "svg",
        _frame(at),
        tag("path", d=over_z, class_="bp-curve bp-soft", data_part="over-z"),
        tag("path", d=over_a, class_="bp-curve bp-soft", data_part="over-a"),
        _marks(course, k, at),
        viewBox=f"0 0 360 {UP[0] + 22:g}",
        class_="bp-drawing bp-slope",
        role="img",
        aria_label=_SEEN,
        data_part="drawing",
    )
